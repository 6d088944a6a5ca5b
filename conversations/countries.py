"""Countries by the names owners use: Indonesian, everyday ("Cina", "Korsel", "Dubai") or English.

Indonesia is in the list too; whether it may be answered is the question's business.
"""

import re
from dataclasses import dataclass

from conversations.search import Finder, read_table, words

LINKING_WORDS = {"dan", "serta", "juga", "sama", "and", "ke", "dari", "negara"}
LONGEST_NAME = 7  # words
LONGEST_LIST = 500  # characters; a longer text is no list of countries


@dataclass(frozen=True)
class Country:
    """ISO 3166 code of two letters, Indonesian name, and other names it goes by."""

    iso2: str
    nama: str
    aliases: tuple[str, ...]


COUNTRIES = tuple(
    Country(row["iso2"], row["nama"], tuple(filter(None, row["alias"].split(","))))
    for row in read_table("negara.csv")
)

_finder = Finder((name, country) for country in COUNTRIES for name in (country.nama, *country.aliases))


def find_country(text: str) -> Country | None:
    """The country of this name, one typo allowed; None if unknown or if two are equally near."""
    return _finder.find(text)


def suggest_countries(text: str, limit: int = 6) -> tuple[Country, ...]:
    """Countries that may have been meant, the likeliest first."""
    return _finder.search(text, limit)


def read_countries(text: str) -> tuple[Country, ...] | str:
    """All countries of "Jepang, Korea dan Belanda", each once; or the first words that name none."""
    if len(text) > LONGEST_LIST:
        return text[:40]
    found: list[Country] = []
    for part in re.split(r"[,;/\n]", text):
        rest = words(part)
        while rest:
            country, length = _first_country(rest)
            if country is None and rest[0] not in LINKING_WORDS:
                return _unknown(rest)
            if country is not None and country not in found:
                found.append(country)
            rest = rest[length:]
    return tuple(found)


def _first_country(rest: list[str]) -> tuple[Country | None, int]:
    """The longest run of first words that names a country, and its length; (None, 1) if none does."""
    for length in range(min(len(rest), LONGEST_NAME), 0, -1):
        country = find_country(" ".join(rest[:length]))
        if country is not None:
            return country, length
    return None, 1


def _unknown(rest: list[str]) -> str:
    """The first words, up to where a country or a linking word stands."""
    for at, word in enumerate(rest):
        if word in LINKING_WORDS or _first_country(rest[at:])[0]:
            return " ".join(rest[:at])
    return " ".join(rest)
