"""The words of Indonesian numbers, with the everyday, Javanese, Sundanese and market ones owners type.

Each word stands for one or two parts: `seribu` is a one and a thousand, `goceng` a five and a thousand.
How parts may follow one another is not known here.
"""

import re
from decimal import Decimal
from enum import Enum, auto

HALF = Decimal("0.5")
QUARTER = Decimal("0.25")
BILLION, MILLION, THOUSAND = 10**9, 10**6, 10**3


class Kind(Enum):
    """What a part does in a number."""

    DIGIT = auto()  # 0 to 9
    TENS = auto()  # a value below 1000 that is complete: gocap, selawe
    BELAS = auto()
    PULUH = auto()
    RATUS = auto()
    SCALE = auto()  # ribu, juta, miliar, triliun
    M = auto()  # miliar or million: nobody knows
    K = auto()  # thousand
    KILO = auto()  # a k that may be a kilo instead
    PART = auto()  # setengah, seperempat
    PEREMPAT = auto()
    KOMA = auto()
    NUMERAL = auto()  # typed in digits
    RATIO = auto()  # 1/2
    OTHER = auto()


Meaning = tuple[tuple[Kind, Decimal], ...]

_DIGITS = {
    0: "nol",
    1: "satu siji hiji",
    2: "dua loro rong",
    3: "tiga telu telung tilu",
    4: "empat ampat papat patang opat",
    5: "lima limo limang",
    6: "enam anam enem nem genep",
    7: "tujuh pitu pitung",
    8: "delapan dlapan wolu wolung dalapan",
    9: "sembilan songo sangang salapan",
}
_TENS = {25: "selawe jigo", 50: "seket gocap", 100: "satus cepek cepe", 200: "nopek", 500: "gopek gope"}
_SCALES = {
    10**3: "ribu rb rbu rebu ewu",
    10**6: "juta jt jta yuta jeti ceti",
    10**9: "miliar milyar milyard miliard mlr",
    10**12: "triliun trilyun trilliun",
}
_ONE_OF = {
    (Kind.PULUH, 10): "sepuluh sapuluh",
    (Kind.BELAS, 10): "sebelas sabelas",
    (Kind.RATUS, 100): "seratus saratus",
    (Kind.SCALE, 10**3): "seribu sarebu serebu sewu seceng",
    (Kind.SCALE, 10**6): "sejuta sajuta sayuta sejeti seceti",
    (Kind.SCALE, 10**9): "semiliar semilyar",
    (Kind.SCALE, 10**12): "setriliun setrilyun",
}
_THOUSANDS = {2: "noceng", 5: "goceng", 10: "ceban", 20: "noban", 50: "goban"}


def _vocabulary() -> dict[str, Meaning]:
    known: dict[str, Meaning] = {
        "belas": ((Kind.BELAS, Decimal(10)),),
        "puluh": ((Kind.PULUH, Decimal(10)),),
        "ratus": ((Kind.RATUS, Decimal(100)),),
        "m": ((Kind.M, Decimal(0)),),
        "mil": ((Kind.M, Decimal(0)),),
        "k": ((Kind.K, Decimal(THOUSAND)),),
        "setengah": ((Kind.PART, HALF),),
        "separuh": ((Kind.PART, HALF),),
        "separo": ((Kind.PART, HALF),),
        "seperempat": ((Kind.PART, QUARTER),),
        "perempat": ((Kind.PEREMPAT, QUARTER),),
        "koma": ((Kind.KOMA, Decimal(0)),),
    }
    for kind, table in ((Kind.DIGIT, _DIGITS), (Kind.TENS, _TENS), (Kind.SCALE, _SCALES)):
        for value, words in table.items():
            known |= {word: ((kind, Decimal(value)),) for word in words.split()}
    one = (Kind.DIGIT, Decimal(1))
    for (kind, value), words in _ONE_OF.items():
        known |= {word: (one, (kind, Decimal(value))) for word in words.split()}
    for count, word in _THOUSANDS.items():
        known[word] = ((Kind.TENS, Decimal(count)), (Kind.SCALE, Decimal(THOUSAND)))
    return known


_KNOWN = _vocabulary()
_JOINED = (  # what people write without a space: duapuluh, limaratusribu
    *(words.split()[0] for words in _DIGITS.values()),
    *("sepuluh", "sebelas", "seratus", "seribu", "sejuta", "setengah", "belas", "puluh", "ratus"),
    *("ribu", "rebu", "rb", "juta", "jt", "miliar", "milyar", "triliun", "koma"),
)
_PIECE = re.compile("|".join(sorted(_JOINED, key=len, reverse=True)))


def meaning(word: str) -> Meaning:
    """The parts of a number that a lower-case word stands for; empty if it is no number word."""
    if word in _KNOWN:
        return _KNOWN[word]
    pieces = _PIECE.findall(word)
    if not pieces or "".join(pieces) != word:
        return ()
    return tuple(part for piece in pieces for part in _KNOWN[piece])
