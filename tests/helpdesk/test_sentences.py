"""What is masked, and when staff are there."""

from datetime import date, datetime

import pytest

from conversations.masking import masked
from conversations.office_hours import expected, is_open, next_opening

HOLIDAYS = {date(2026, 8, 17), date(2026, 12, 25)}


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("NIK 3201234567890123 saya", "NIK ••• saya"),
        ("3201 2345 6789 0123", "•••"),
        ("NPWP 01.234.567.8-901.000", "NPWP •••"),
        ("WA 0812-3456-7890 ya", "WA ••• ya"),
        ("+62 812 3456 7890", "•••"),
        ("hp 628123456789", "hp •••"),
        ("surel siti.tempe@contoh.co.id ya", "surel ••• ya"),
        ("rekening 1234567890", "rekening •••"),
        ("kata sandi saya tempe123", "kata sandi •••"),
        ("password: rahasia", "password •••"),
        ("PIN 123456", "PIN •••"),
    ],
)
def test_numbers_of_persons_addresses_and_passwords_are_hidden(text: str, seen: str) -> None:
    assert masked(text) == seen


@pytest.mark.parametrize(
    "text",
    [
        "18500000", "Rp18.500.000.000", "Rp 18500000000", "12.345,5 kg", "KBLI 10391", "lupa kata sandi SIINas bagaimana",
        "15 juta sampai 20 juta", "1201.90.00", "tahun 2022, 3 orang", "Januari - Juni 2026", "NIB saya di mana?",
        "087.500 kg", "Rp. 12345678901",
    ],
)  # fmt: skip
def test_amounts_codes_and_questions_stay(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        ("2026-08-13 08:29", False), ("2026-08-13 08:30", True), ("2026-08-13 14:59", True),
        ("2026-08-13 15:00", False), ("2026-08-15 10:00", False), ("2026-08-16 10:00", False),
        ("2026-08-17 10:00", False), ("2026-08-18 10:00", True),
    ],
)  # fmt: skip
def test_staff_are_there_monday_to_friday_and_on_no_holiday(moment: str, *, there: bool) -> None:
    assert is_open(datetime.fromisoformat(moment), HOLIDAYS) is there


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-08-13 07:00", date(2026, 8, 13)), ("2026-08-13 15:00", date(2026, 8, 14)),
        ("2026-08-14 15:00", date(2026, 8, 18)), ("2026-08-17 07:00", date(2026, 8, 18)),
        ("2026-12-24 16:00", date(2026, 12, 28)),
    ],
)  # fmt: skip
def test_the_next_opening_passes_over_weekends_and_holidays(moment: str, day: date) -> None:
    assert next_opening(datetime.fromisoformat(moment), HOLIDAYS) == day


def test_the_owner_hears_the_day_by_its_name() -> None:
    assert "sampai pukul 15.00 WIB hari ini" in expected(datetime(2026, 8, 13, 9), HOLIDAYS).plain()
    assert "hari ini mulai pukul 08.30" in expected(datetime(2026, 8, 13, 7), HOLIDAYS).plain()
    assert "Selasa, 18 Agustus 2026" in expected(datetime(2026, 8, 14, 20), HOLIDAYS).plain()
