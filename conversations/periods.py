"""The reporting calendar as data: a scheme divides the year into periods and names the month in which each is
reported (guide L26-28). Schemes are files in data/kalender; this module reads them and never the clock."""

import calendar
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]  # the names as SIINas writes them


def long_date(day: date) -> str:
    """`30 Juni 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a year: months 1..12, SIINas' names for it, and when it is reported."""

    number: int
    first_month: int
    last_month: int
    name: str
    list_name: str
    data_name: str
    window_month: int
    window_next_year: bool


@dataclass(frozen=True, slots=True)
class Period:
    """One part of one year."""

    part: Part
    year: int

    @property
    def key(self) -> str:
        """`2026-1`: sorts in the order of time, and is what tables keep."""
        return f"{self.year}-{self.part.number}"

    @property
    def name(self) -> str:
        """`Januari - Juni 2026`."""
        return f"{self.part.name} {self.year}"

    @property
    def list_name(self) -> str:
        """The name in SIINas' list of reports: `Semester Ganjil Tahun 2026`."""
        return f"{self.part.list_name} Tahun {self.year}"

    @property
    def data_name(self) -> str:
        """The name on SIINas' Data Umum page: `Semester 1 2026`."""
        return f"{self.part.data_name} {self.year}"

    @property
    def months(self) -> int:
        """How many months it has: the "x 6" of the capacity (guide L536)."""
        return self.part.last_month - self.part.first_month + 1

    @property
    def end(self) -> date:
        """Its last day."""
        return date(self.year, self.part.last_month, calendar.monthrange(self.year, self.part.last_month)[1])

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.year, self.part.first_month, 1)

    @property
    def window(self) -> tuple[date, date]:
        """First and last day on which it is reported in time: the whole month, for no day is given (guide L27)."""
        year = self.year + self.part.window_next_year
        month = self.part.window_month
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a year is divided, the first year SIINas lists, and the parts in order."""

    name: str
    first_year: int
    parts: tuple[Part, ...]

    def period(self, key: str) -> Period | None:
        """The period of a key such as `2026-1`; None for anything else."""
        match = re.fullmatch(r"(\d{4})-(\d+)", key)
        if not match:
            return None
        return next((Period(p, int(match[1])) for p in self.parts if p.number == int(match[2])), None)

    def named(self, name: str, year: int) -> Period | None:
        """The period that SIINas calls `name` in `year`."""
        for part in self.parts:
            if part.name == name:
                return Period(part, year)
        return None

    def ended(self, today: date, count: int) -> tuple[Period, ...]:
        """The last `count` periods that have ended before `today`, latest first."""
        years = range(today.year, max(self.first_year, today.year - count) - 1, -1)
        every = (Period(part, year) for year in years for part in reversed(self.parts))
        return tuple(period for period in every if period.end < today)[:count]


def scheme(name: str = "semester") -> Scheme:
    """The scheme of that name. Raises LookupError naming those that exist."""
    folder = files("conversations") / "data" / "kalender"
    path = folder / f"{name}.toml"
    if not re.fullmatch(r"[a-z_]+", name) or not path.is_file():
        known = ", ".join(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir()))
        raise LookupError(f"REPORTING_SCHEME={name} has no calendar; known: {known}. Add a file to data/kalender.")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Scheme(name, data["first_year"], tuple(Part(**part) for part in data["part"]))
