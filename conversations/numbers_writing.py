"""Writes numbers as Indonesians do: dots between thousands, a comma before the fraction; or in words."""

from decimal import Decimal

_DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))
_LARGEST = 10**15
_SWAP = str.maketrans(",.", ".,")


def write(n: int | Decimal) -> str:
    """`18.500.000`, `15,6`, `0,45`: every digit there is, no zeros at the end of the fraction."""
    if isinstance(n, Decimal) and not n.is_finite():
        raise ValueError(f"{n} has no digits to write: check amounts with numbers.read_* before writing them")
    text = f"{n:,f}" if isinstance(n, Decimal) else f"{n:,d}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(_SWAP)


def rupiah(n: int) -> str:
    """`Rp18.500.000`."""
    return f"-Rp{write(-n)}" if n < 0 else f"Rp{write(n)}"


def spell(n: int) -> str:
    """`delapan belas juta lima ratus ribu`; whole numbers from 0 (`nol`) to 10**15 (`seribu triliun`)."""
    if not 0 <= n <= _LARGEST:
        raise ValueError(f"spell() knows 0 to 10**15, not {n}: refuse the amount before it is spelled")
    if n == 0:
        return _DIGITS[0]
    said = []
    for scale, name in _SCALES:
        count, n = divmod(n, scale)
        if count == 1 and scale == 10**3:
            said.append("seribu")
        elif count:
            said.append(f"{spell(count)} {name}")
    if n:
        said.append(_below_thousand(n))
    return " ".join(said)


def _below_thousand(n: int) -> str:
    said = []
    hundreds, n = divmod(n, 100)
    if hundreds:
        said.append("seratus" if hundreds == 1 else f"{_DIGITS[hundreds]} ratus")
    if n in (10, 11):
        said.append(("sepuluh", "sebelas")[n - 10])
    elif 11 < n < 20:
        said.append(f"{_DIGITS[n - 10]} belas")
    else:
        tens, ones = divmod(n, 10)
        if tens:
            said.append(f"{_DIGITS[tens]} puluh")
        if ones:
            said.append(_DIGITS[ones])
    return " ".join(said)
