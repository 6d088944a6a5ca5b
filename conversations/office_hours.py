"""When the staff of the helpdesk are there, and what an owner may expect of it. Pure: the moment and the holidays come
in from outside."""

from collections.abc import Container
from datetime import date, datetime, time, timedelta

from conversations.periods import long_date
from conversations.words import N_, T, Words

OPENS, CLOSES = time(8, 30), time(15)  # Monday to Friday, guide L1000-1010; WIB is our ruling
_DAYS = (N_("Senin"), N_("Selasa"), N_("Rabu"), N_("Kamis"), N_("Jumat"), N_("Sabtu"), N_("Minggu"))
_FRIDAY = 4


def works(day: date, holidays: Container[date]) -> bool:
    """Whether staff work on this day at all."""
    return day.weekday() <= _FRIDAY and day not in holidays


def is_open(now: datetime, holidays: Container[date]) -> bool:
    """Whether staff are there at this moment. `now` is the time in WIB."""
    return works(now.date(), holidays) and OPENS <= now.time() < CLOSES


def next_opening(now: datetime, holidays: Container[date]) -> date:
    """The day on which staff begin next, today where they have not begun yet. `now` is the time in WIB."""
    day = now.date() if now.time() < OPENS else now.date() + timedelta(days=1)
    while not works(day, holidays):
        day += timedelta(days=1)
    return day


def expected(now: datetime, holidays: Container[date]) -> Words:
    """When an answer can be expected. `now` is the time in WIB."""
    if is_open(now, holidays):
        return T("Petugas ada sampai pukul 15.00 WIB hari ini. Jawabannya datang di sini.")
    day = next_opening(now, holidays)
    if day == now.date():
        return T(
            "Jam kerja petugas belum mulai. Jawabannya datang di sini, paling cepat hari ini mulai pukul 08.30 WIB."
        )
    return T(
        "Sekarang di luar jam kerja petugas. Jawabannya datang di sini, paling cepat {hari}, {tanggal}, mulai pukul 08.30 WIB.",
        hari=T(_DAYS[day.weekday()]),
        tanggal=long_date(day),
    )
