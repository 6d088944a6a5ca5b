"""Who must hear which reminder at which moment, reckoned firm by firm from what happened to it. Written apart from the
code it judges: it knows dates and hours, and nothing of conversations/, storage/ or bot/."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

HOURS_AHEAD = {"WIB": 7, "WITA": 8, "WIT": 9}
KINDS = {1: "buka", 17: "14", 24: "7", 28: "3", 30: "1", 31: "terakhir"}  # days of January and of July
NIGHT_ENDS, NIGHT_BEGINS = 8 * 60, 20 * 60 + 30
CLOSED = {"terkirim", "terverifikasi", "tidak_berproduksi"}


def reminders_of(year: int) -> list[tuple[date, str, str]]:
    """Day, kind and period of all that a calendar year holds."""
    found = []
    for month, period in ((1, f"{year - 1}-2"), (7, f"{year}-1")):
        found += [(date(year, month, day), kind, period) for day, kind in KINDS.items()]
        found.append((date(year, month + 1, 7), "terlambat", period))
    return found


CALENDAR = [entry for year in range(2025, 2029) for entry in reminders_of(year)]


@dataclass(frozen=True)
class Expected:
    """One reminder that waits: until when it makes sense, and whose clock it goes by."""

    day: date
    kind: str
    period: str
    ends: datetime
    zone: str


@dataclass
class Firm:
    """What is known of one firm, and what it must have heard: moment, period, kind, day."""

    zone: str
    since: datetime
    minute: int = 540
    kinds: set[str] = field(default_factory=lambda: {*KINDS.values(), "terlambat"})
    on: bool = True
    blocked: bool = False
    states: dict[str, str] = field(default_factory=dict)
    tomorrow: tuple[date, str] | None = None
    waiting: list[Expected] = field(default_factory=list)
    heard: list[tuple[datetime, str, str, date]] = field(default_factory=list)

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(UTC) + timedelta(hours=HOURS_AHEAD[self.zone])

    def moment(self, day: date, minute: int) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(
            minutes=minute, hours=-HOURS_AHEAD[self.zone]
        )

    def works(self, now: datetime) -> None:
        """The bot works at this moment, for the first time after `since`."""
        if self.on:
            self._fall_due(now)
        self.since = now
        if NIGHT_ENDS <= self._minute_there(now) < NIGHT_BEGINS or not self.waiting:
            for one in self.waiting:
                if self.on and not self.blocked and self._open(one.period) and now < one.ends:
                    self.heard.append((now, one.period, one.kind, one.day))
            self.waiting = []

    def _minute_there(self, now: datetime) -> int:
        hours = HOURS_AHEAD[self.waiting[0].zone if self.waiting else self.zone]
        there = now + timedelta(hours=hours)
        return there.hour * 60 + there.minute

    def _fall_due(self, now: datetime) -> None:
        near, day_long = (self.since.date(), now.date()), timedelta(days=1)
        own = {
            (self.moment(day, self.minute), day): (kind, period)
            for day, kind, period in CALENDAR
            if near[0] - day_long <= day <= near[1] + day_long and kind in self.kinds
        }
        if self.tomorrow:
            day, period = self.tomorrow
            own.setdefault((self.moment(day, self.minute), day), ("besok", period))
        for (moment, day), (kind, period) in sorted(own.items()):
            if self.since < moment <= now:
                later = [d for d, _, p in CALENDAR if d > day and p == period]
                last = day + timedelta(days=1) if kind == "besok" else min(later, default=day + timedelta(days=7))
                ends = self.moment(last, 0)
                known = {(p, k, d) for _, p, k, d in self.heard} | {(w.period, w.kind, w.day) for w in self.waiting}
                once = (period, kind, day) not in known
                if once and now < ends and not self.blocked and self._open(period):
                    self.waiting.append(Expected(day, kind, period, ends, self.zone))
                if self.tomorrow and self.tomorrow[0] <= day:
                    self.tomorrow = None

    def _open(self, period: str) -> bool:
        return self.states.get(period) not in CLOSED
