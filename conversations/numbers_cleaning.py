"""What stands around a number: spaces, "sekitar", Rp, ",-", "ya pak". Takes it off and says what it was.

It does not read the number itself.
"""

import re
from dataclasses import dataclass

from conversations.numbers_results import Reason, Unreadable

LONGEST = 400  # characters; the longest spelled number has 240

_FRACTIONS = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4"}
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"  # what copying from a web page or a chat leaves behind
_DASHES = "–—−‐‑‒"
_PLAIN = str.maketrans({"²": "2", "³": "3", **_FRACTIONS, **dict.fromkeys(_DASHES, "-"), **dict.fromkeys(_INVISIBLE)})
_SQUARE_OR_CUBE = re.compile(r"(?<![a-z])m[²³]")
_NOTHING = {
    *("-", "--", "nihil", "kosong", "nol", "gada", "gaada"),
    *(f"{no} ada" for no in ("tidak", "tdk", "tak", "ga", "gak", "gk", "nggak", "ngga", "enggak", "belum")),
}
_NOT_FINITE = {"nan", "inf", "infinity", "infinite", "∞", "tak hingga", "tak terhingga", "tidak terhingga"}
_EXPONENT = re.compile(r"[0-9]e[+-]?[0-9]|[0-9] ?\^|[0-9] ?\*\*|[0-9] pangkat\b")
_MARK = re.compile(r"(?<=[0-9a-z]) ?[.,] ?[-=]{1,3}(?=$| |rupiah|perak)")
_DOT_SPACE = re.compile(r"(?<=[0-9])\. (?=[0-9]{3}(?![0-9]))")
_SPACED = re.compile(r"(?<![0-9.,] )(?<![0-9.,/])[1-9][0-9]{0,2}(?: [0-9]{3}){2,4}(?! ?[0-9])")
_ABOUT = re.compile(
    r"^(?:(?:sekitar|sktr|kisaran|kurang lebih|lebih kurang|krg lbh|kurleb|kira[- ]kira|kira2|plus minus"
    r"|k/l|l/k)(?![a-z])|±|~|\+/?-) ?"
)
_ABOUT_AFTER = re.compile(r" (?:kurang lebih|lebih kurang|kira[- ]kira)$")
_ROUGHLY = re.compile(r"(ribu|rb|juta|jt|miliar|milyar|triliun)[- ]?an(?![a-z])")
_CURRENCY = re.compile(r"^(?:rp|idr)\.? ?")
_POLITE = re.compile(r"(?: (?:ya|saja|aja|bu|kak|pak))+$")
_MINUS = re.compile(r"^(?:-|(?:minus|min|negatif)(?![a-z])) ?")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Lower-case text with single spaces; `about`: "sekitar" was there; `mark`: the `,-` of money was."""

    text: str
    about: bool
    mark: bool


def clean(typed: str) -> Cleaned | Unreadable:
    """Takes off what is no part of the number; refuses what no reader takes."""
    typed = " ".join(typed.split())
    if not typed:
        return Unreadable(Reason.EMPTY)
    if len(typed) > LONGEST:
        wordless = not any(letter.isdigit() for letter in typed)
        return Unreadable(Reason.NOT_A_NUMBER if wordless else Reason.TOO_LONG)
    text = _SQUARE_OR_CUBE.sub(lambda found: found.group().translate(_PLAIN), typed.lower())
    if any(sign.isnumeric() and not sign.isascii() and sign not in _FRACTIONS for sign in text):
        return Unreadable(Reason.OTHER_DIGITS)
    text = " ".join(text.translate(_PLAIN).split()).rstrip(" .,!;")
    if text.lstrip("+-") in _NOT_FINITE:
        return Unreadable(Reason.NOT_FINITE)
    if _EXPONENT.search(text):
        return Unreadable(Reason.EXPONENT)
    text, marks = _MARK.subn("", text)
    text = _SPACED.sub(lambda found: found.group().replace(" ", ""), _DOT_SPACE.sub(".", text))
    text, rough = _ROUGHLY.subn(r"\1", text)
    after = _ABOUT_AFTER.sub("", text)
    before = _ABOUT.sub("", after)
    return Cleaned(before, about=bool(rough) or before != text, mark=bool(marks))


def is_nothing(text: str) -> bool:
    """Whether a cleaned text says that there is none: `tidak ada`, `nihil`, `-`."""
    return text in _NOTHING


def without_politeness(rest: str) -> str:
    """What stands after a number, without `ya pak`."""
    return _POLITE.sub("", f" {rest}").strip()


def without_minus(text: str) -> str | None:
    """What follows a minus; None if there is none."""
    found = _MINUS.match(text)
    return text[found.end() :] if found else None


def without_currency(text: str) -> str:
    """The text without Rp or IDR before the number."""
    return _CURRENCY.sub("", text)
