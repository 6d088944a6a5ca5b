"""The languages of the bot: catalogues read once at start, Indonesian being the msgid itself. Knows no sentence."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

SOURCE = "id"
LANGUAGES = {SOURCE: "Bahasa Indonesia", "en": "English"}  # in their own words, as on the buttons of /bahasa
HERE = Path(__file__).parent

# What people type instead of pressing, besides the words of the buttons themselves, and what the form reads it as.
WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "yes": "ya", "yep": "ya", "no": "tidak", "nope": "tidak", "none": "tidak ada",
        "nothing": "tidak ada", "i don t know": "tidak tahu", "don t know": "tidak tahu", "not sure": "tidak tahu",
        "later": "nanti", "skip": "lewati", "back": "kembali", "help": "bantuan", "done": "selesai", "that s all": "selesai",
        "all": "semua",
    },
}  # fmt: skip

# Words behind a number: "18.5 million" is read as "18.5 juta".
SCALES: Mapping[str, Mapping[str, str]] = {"en": {"thousand": "ribu", "million": "juta", "billion": "miliar"}}


def catalogue(locale: str) -> Catalog:
    """The catalogue of a language as it stands in its file. Raises FileNotFoundError where there is none."""
    with (HERE / f"{locale}.po").open("rb") as file:
        return read_po(file, locale=locale)


@cache
def translator(locale: str) -> Callable[[str], str]:
    """A function from msgid to the sentence in `locale`; what is not translated stays Indonesian."""
    if locale == SOURCE or locale not in LANGUAGES:
        return str
    sentences = {str(m.id): str(m.string) for m in catalogue(locale) if m.id and m.string and not m.fuzzy}
    return lambda msgid: sentences.get(msgid, msgid)
