"""What the process counts about itself, for Prometheus: how many, how long, when last. No label holds anything that
a person, a token or an address could be told from."""

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

REGISTRY = CollectorRegistry()

_UPDATES = Counter(
    "temanlapor_updates",
    "Updates by what became of them: answered, repeated (applied before), failed (our mistake), postponed (the "
    "database could not take it, tried again), malformed, passed_over (nothing to answer)",
    ["outcome"],
    registry=REGISTRY,
)
# Looked up once: finding a counter by its label costs three times the counting.
UPDATES = {
    outcome: _UPDATES.labels(outcome)
    for outcome in ("answered", "repeated", "failed", "postponed", "malformed", "passed_over")
}
ANSWER_SECONDS = Histogram(
    "temanlapor_answer_seconds",
    "From a handed-over update to its last answer at Telegram",
    buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 15, 60),
    registry=REGISTRY,
)
_SENDS = Counter("temanlapor_sends", "Calls to Telegram by how they ended", ["outcome"], registry=REGISTRY)
SENDS = {outcome: _SENDS.labels(outcome) for outcome in ("delivered", "unsure", "not sent", "blocked", "refused")}
DOOR_FAILURES = Counter(
    "temanlapor_door_failures",
    "Fetches that failed, and requests to the webhook that were refused or not understood, by kind",
    ["kind"],
    registry=REGISTRY,
)
LAST_PROGRESS = Gauge(
    "temanlapor_last_progress_timestamp_seconds", "When the watchdog last heard of progress", registry=REGISTRY
)
ProcessCollector(registry=REGISTRY)


def progressed() -> None:
    """The process lives."""
    LAST_PROGRESS.set(time.time())
