"""Hides what staff need not see in somebody's words: numbers of persons, telephones and accounts, mail addresses,
passwords. Amounts stay. What it hides is gone: it keeps no copy."""

import re

HIDDEN = "•••"

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\d.,])(\+\s?62|62|0)[ .-]?8(?:[ .()-]?\d){7,12}(?![\d])")
_PERSONAL = re.compile(r"(?<!\d)(?:\d[ .-]?){14,15}\d(?!\d)")  # NIK has 16 digits, NPWP 15 or 16
_LONG = re.compile(
    r"(?<![\d.,])(?<!rp)(?<!rp )(?<!rp\.)(?<!rp\. )\d{10,}(?![\d])", re.IGNORECASE
)  # an account, a permit's number
_SECRET = re.compile(
    r"\b((?:kata ?sandi|pass ?word|passwd|pin|otp)(?:nya)?)\b(?:\s+(?:siinas|saya))*"
    r"(?:\s*(?:[:=]|\badalah\b)\s*\S+|\s+\S*\d\S*)",
    re.IGNORECASE,
)


def masked(text: str) -> str:
    """The text with three dots for each such number, address or password."""
    for pattern in (_MAIL, _PHONE, _PERSONAL, _LONG):
        text = pattern.sub(HIDDEN, text)
    return _SECRET.sub(lambda found: f"{found[1]} {HIDDEN}", text)
