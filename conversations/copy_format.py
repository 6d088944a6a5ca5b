"""How numbers are typed into SIINas, kind by kind. The formats are data (data/format_salin.toml), for its input masks
could not be checked."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from conversations.amounts import Percent, Quantity, Rupiah, Whole, Year
from conversations.numbers import write
from conversations.questions import Question

_KINDS: tuple[tuple[type[Question], str], ...] = (
    (Rupiah, "rupiah"), (Percent, "persen"), (Quantity, "jumlah"), (Year, "tahun"), (Whole, "bulat"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CopyFormat:
    """The sign between thousands ("" for none) and the one before decimals."""

    ribuan: str
    desimal: str

    def typed(self, number: int | Decimal) -> str:
        """The number as it is put into SIINas."""
        return write(number).translate({ord("."): self.ribuan, ord(","): self.desimal})

    def number(self, text: str) -> Decimal:
        """The number that `typed` wrote."""
        return Decimal((text.replace(self.ribuan, "") if self.ribuan else text).replace(self.desimal, "."))


@cache
def formats() -> dict[str, CopyFormat]:
    """The formats by kind. Raises ValueError for a table that would make two numbers look alike."""
    path = files("conversations") / "data" / "format_salin.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    found = {kind: CopyFormat(row["ribuan"], row["desimal"]) for kind, row in data.items()}
    wrong = [kind for kind, one in found.items() if not one.desimal or one.ribuan == one.desimal]
    if wrong or found.keys() != {kind for _, kind in _KINDS}:
        raise ValueError(
            f"data/format_salin.toml: every kind of number needs two different signs ({wrong or found})."
        )
    return found


def format_of(question: Question) -> CopyFormat:
    """The format of this kind of question. Raises TypeError for a kind of number that has none: declare it."""
    for kind, name in _KINDS:
        if isinstance(question, kind):
            return formats()[name]
    raise TypeError(f"{type(question).__name__} holds numbers: give it a line in data/format_salin.toml.")
