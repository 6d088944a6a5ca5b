"""The languages of the bot: catalogues read once at start, Indonesian being the msgid itself. Knows no sentence."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

SOURCE = "id"
_HERE = Path(__file__).parent


@cache
def translator(locale: str) -> Callable[[str], str]:
    """A function from msgid to the sentence in `locale`; what is not translated stays Indonesian."""
    path = _HERE / f"{locale}.po"
    if locale == SOURCE or not path.is_file():
        return str
    with path.open("rb") as file:
        catalog = read_po(file, locale=locale)
    sentences = {str(m.id): str(m.string) for m in catalog if m.id and m.string and not m.fuzzy}
    return lambda msgid: sentences.get(msgid, msgid)
