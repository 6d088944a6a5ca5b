"""When an owner is reminded of a report: the days before the end of its window and one week after, at the hour they
chose, in the time of their place and never at night. It reads no clock and says nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from conversations.periods import Period, Scheme
from conversations.regions import ZONES

OPENS, LAST, LATE, TOMORROW = "buka", "terakhir", "terlambat", "besok"
BEFORE = {"14": 14, "7": 7, "3": 3, "1": 1, LAST: 0}  # days before the last day of the window
KINDS = (OPENS, *BEFORE, LATE)
LATE_AFTER = timedelta(days=7)
DEFAULT_MINUTE = 9 * 60
FIRST_MINUTE, LAST_MINUTE = 8 * 60, 20 * 60  # of the day, that somebody may choose
_NIGHT = LAST_MINUTE + 30  # whom a long wave has not reached until then gets it in the morning
DEFAULT_ZONE = "WIB"
_LAST_OF_ALL = 60  # urgency of what comes after the window: a day more or less matters no longer


@dataclass(frozen=True, slots=True)
class Settings:
    """How somebody wants to be reminded. `minute`: of their day. `kinds`: those of KINDS, separated by spaces.
    `tomorrow`: one reminder more, as "2026-07-18 2026-1" (day and period), "" for none."""

    zone: str = DEFAULT_ZONE
    minute: int = DEFAULT_MINUTE
    kinds: str = " ".join(KINDS)
    tomorrow: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """One reminder: which kind about which period, its day there, its moment, and when it is too late for it.
    `urgency`: days until the window ends; the smallest goes first."""

    kind: str
    period: Period
    day: date
    moment: datetime
    until: datetime

    @property
    def urgency(self) -> int:
        """0 on the last day, 30 when the window opens, 60 after it."""
        left = (self.period.window[1] - self.day).days
        return left if left >= 0 else _LAST_OF_ALL


def first_due(scheme: Scheme, settings: Settings, since: datetime) -> Due | None:
    """The first reminder at `since` or later; None where nothing is wanted."""
    wanted = [due for due in _around(scheme, settings, since) if due.moment >= since]
    # Where the extra one falls on a day that has its own, the day's own stands for both.
    return min(wanted, key=lambda due: (due.moment, due.kind == TOMORROW), default=None)


def _around(scheme: Scheme, settings: Settings, since: datetime) -> Iterator[Due]:
    """Every reminder of some years around a moment."""
    for year in range(max(scheme.first_year, since.year - 2), since.year + 2):
        for part in scheme.parts:
            period = Period(part, year)
            days = calendar_of(period)
            for (kind, day), (_, next_day) in zip(days, [*days[1:], ("", days[-1][1] + LATE_AFTER)], strict=True):
                if kind in settings.kinds.split():
                    yield _due(settings, kind, period, day, next_day)
    if settings.tomorrow:
        written, key = settings.tomorrow.split()
        found, when = scheme.period(key), date.fromisoformat(written)
        if found:
            yield _due(settings, TOMORROW, found, when, when + timedelta(days=1))


def calendar_of(period: Period) -> list[tuple[str, date]]:
    """The kinds of reminders of a period and their days, in order."""
    first, last = period.window
    days = [(kind, last - timedelta(days=before)) for kind, before in BEFORE.items()]
    return [(OPENS, first), *days, (LATE, last + LATE_AFTER)]


def _due(settings: Settings, kind: str, period: Period, day: date, until: date) -> Due:
    at = time(settings.minute // 60, settings.minute % 60, tzinfo=ZONES[settings.zone])
    return Due(
        kind, period, day, datetime.combine(day, at), datetime.combine(until, time(tzinfo=ZONES[settings.zone]))
    )


def awake(now: datetime) -> tuple[str, ...]:
    """The zones in which it is day, the eastern ones first: their night comes first."""
    local = {zone: now.astimezone(place) for zone, place in reversed(ZONES.items())}
    return tuple(zone for zone, here in local.items() if FIRST_MINUTE <= here.hour * 60 + here.minute < _NIGHT)


def tomorrow(period: str, today: date) -> str:
    """`Settings.tomorrow` for the day after today."""
    return f"{today + timedelta(days=1)} {period}"


def read_minute(text: str) -> int | None:
    """The minute of the day that "9", "10.30", "pukul 14:00" or "jam 7 malam" means; None where it is no time."""
    words = re.fullmatch(
        r"(?:pukul|jam)?\s*(\d{1,2})(?:[.:](\d{2}))?\s*(pagi|siang|sore|malam)?", text.strip().lower()
    )
    if not words:
        return None
    hour, minute = int(words[1]), int(words[2] or 0)
    if words[3] == "malam" and hour == 12:
        return minute  # midnight
    if (words[3] in {"sore", "malam"} and hour < 12) or (words[3] == "siang" and hour < 5):
        hour += 12
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def in_daytime(minute: int) -> bool:
    """Whether somebody may be reminded at this minute of the day."""
    return FIRST_MINUTE <= minute <= LAST_MINUTE


def clock_face(minute: int) -> str:
    """`09.00`."""
    return f"{minute // 60:02}.{minute % 60:02}"
