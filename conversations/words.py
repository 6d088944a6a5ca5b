"""A sentence before it is put into a language: its Indonesian text, which is also its catalogue key, and what
goes into its gaps. This module knows no catalogue and no markup."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Words(NamedTuple):  # as a frozen dataclass it takes twice as long to make, and a turn makes dozens
    """A msgid with the values for its `{gaps}`; a value that is Words itself is translated too."""

    msgid: str
    args: "Mapping[str, str | Words]" = MappingProxyType({})

    def plain(self) -> str:
        """The sentence in Indonesian with its gaps filled: for the terminal, tests and logs of the engine."""
        if not self.args:
            return self.msgid
        return fill(self.msgid, {k: v.plain() if isinstance(v, Words) else v for k, v in self.args.items()})


_made = tuple.__new__  # half of what the class itself takes, which a turn would ask for dozens of times


def T(msgid: str, **args: "str | Words") -> Words:  # noqa: N802 - the one-letter mark that extraction looks for
    """Mark a sentence for translation: `T("Tersimpan: {nilai}", nilai="Rp5.000")`."""
    return _made(Words, (msgid, args))


def N_(msgid: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a sentence that reaches `T` later, through a name: a constant, an entry of a table."""
    return msgid


def literal(text: str) -> Words:
    """Text that is never translated: what an owner typed, a number, a SIINas label."""
    return Words("{teks}", {"teks": text})


def fill(msgid: str, args: Mapping[str, str]) -> str:
    """Put `args` into the gaps of `msgid`. Raises KeyError for a gap without a value: declare it where it is made."""
    return msgid.format(**args) if args else msgid
