"""Numbers typed in digits: which values `18.500.000`, `1,500`, `15.6` or `1/2` may stand for.

The dot groups thousands and the comma opens the fraction, as in Indonesia; phones and bank statements do it
the other way round, so a mark that could be either gives both values. What is counted is not known here.
"""

import re
from decimal import Decimal

from conversations.numbers_results import FINEST, LIMIT, Reason

_GROUPED = {mark: re.compile(rf"[1-9][0-9]{{0,2}}(?:\{mark}[0-9]{{3}})+") for mark in ".,"}
_MOST_DIGITS = 15


def numeral(text: str, scaled: bool) -> tuple[Decimal, ...] | Reason:
    """Values of digits with dots and commas, the likeliest first; `scaled` when ribu, juta… follows."""
    last = max(text.rfind("."), text.rfind(","))
    whole, fraction = (text, "") if last < 0 else (text[:last], text[last + 1 :])
    if len(fraction) > FINEST:
        return Reason.TOO_FINE
    if len(re.sub(r"[.,]", "", whole)) > _MOST_DIGITS and Decimal(re.sub(r"[.,]", "", text)) != LIMIT:
        return Reason.TOO_LONG
    values = _values(text, whole, fraction, scaled)
    if not values:
        return Reason.GROUPING
    return Reason.TOO_LONG if max(values) > LIMIT else values


def _values(text: str, whole: str, fraction: str, scaled: bool) -> tuple[Decimal, ...]:
    if not fraction:
        return (Decimal(text),)
    mark = text[len(whole)]
    joined = Decimal(re.sub(r"[.,]", "", text))
    if whole.isdigit():
        return _one_mark(whole, mark, fraction, scaled)
    if mark in whole:
        return (joined,) if _GROUPED[mark].fullmatch(text) else ()
    other = "." if mark == "," else ","
    if not _GROUPED[other].fullmatch(whole):
        return ()
    split = Decimal(f"{whole.replace(other, '')}.{fraction}")
    # 18.500.000,00 has one meaning; 1,500.000 may be a slip for 1.500.000.
    return (joined, split) if len(fraction) == 3 else (split,)


def _one_mark(whole: str, mark: str, fraction: str, scaled: bool) -> tuple[Decimal, ...]:
    joined, split = Decimal(whole + fraction), Decimal(f"{whole}.{fraction}")
    thousands = len(whole) <= 3 and len(fraction) == 3
    if whole.startswith("0"):
        return (split,)  # nobody groups 0.500
    if mark == ",":
        sure = not thousands and (scaled or len(fraction) <= 2)
        return (split,) if sure else (split, joined)
    if thousands:
        return (joined, split) if scaled else (joined,)
    if scaled or (len(whole) > 3 and len(fraction) <= 2):
        return (split,)
    # 1.50 may be 1,50 or 150 or a 1.500 that lost its last zero.
    return (split, joined, joined * 10) if len(fraction) == 2 else (split, joined)


def ratio(text: str) -> Decimal | None:
    """`3/4` as a Decimal; None unless it is a proper fraction that ends within the decimals read."""
    above, below = (int(side) for side in text.split("/"))
    if not 0 < above < below:
        return None
    scaled, left = divmod(above * 10**FINEST, below)
    return None if left else Decimal(scaled).scaleb(-FINEST).normalize()
