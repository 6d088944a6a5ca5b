"""Questions answered with a name or code from a list of the world: codes, countries, units, regions, tariffs."""

import re
from dataclasses import dataclass

from conversations import problems
from conversations.answers import Value
from conversations.countries import Country as CountryRow
from conversations.countries import find_country, read_countries
from conversations.products import kbli_title, search_products
from conversations.questions import Doubt, Option, Question, Read, Reading, fold
from conversations.regions import find_region, suggest_regions
from conversations.scope import Scope
from conversations.tariffs import find_tariff, suggest_tariffs
from conversations.texts import Text
from conversations.units import find_unit

KBLI_DIGITS, HS_DIGITS = 5, 8
_SUGGESTED = 6  # buttons that a small phone shows at once


@dataclass(frozen=True, kw_only=True)
class Code(Question):
    """A code of `digits` digits in any punctuation: KBLI (5) or HS (8, written 0901.21.11). `several`: a tuple."""

    digits: int
    several: bool = False

    def read(self, text: str, scope: Scope) -> Reading:
        """The code as SIINas writes it, or a tuple of them; for a KBLI, words of a product offer its codes."""
        if not re.search(r"\d", text):
            options = self._named(text, scope)
            return Doubt(options) if options else problems.product_unknown(text)
        if not self.several:
            found = re.sub(r"\D", "", text)
            bare = re.fullmatch(r"[\W_]*(?:\d[\W_]*)+", text)
            return Read(self.written(found)) if bare and len(found) == self.digits else self._wrong()
        codes = re.findall(r"\d+", re.sub(r"(?<=\d)[.\-](?=\d)", "", text))
        if not codes or any(len(code) != self.digits for code in codes):
            return self._wrong()
        return Read(tuple(dict.fromkeys(codes)))

    def _named(self, text: str, scope: Scope) -> tuple[Option, ...]:
        """The codes whose product or official title fits the words: everyday words first, each code once."""
        products = search_products(text, _SUGGESTED)
        found: dict[str, str] = {}
        if self.digits == KBLI_DIGITS:
            found = {product.kbli: code_with_title(product.kbli) for product in products}
            listed = scope.lookup("kbli", text)
        else:
            found = {product.hs: f"{product.hs} · {product.kata[0]}" for product in products if product.hs}
            listed = scope.lookup("hs", text)
        for code, title in listed:
            found.setdefault(code, f"{code} · {_telling(title)}")
        return tuple(Option(code, face) for code, face in list(found.items())[:_SUGGESTED])

    def written(self, digits: str) -> str:
        """Eight digits with the dots of the tariff book; others as they are."""
        return f"{digits[:4]}.{digits[4:6]}.{digits[6:]}" if self.digits == HS_DIGITS else digits

    def _wrong(self) -> problems.Problem:
        return problems.code_digits(self.digits)


@dataclass(frozen=True, kw_only=True)
class Country(Question):
    """A country by its Indonesian name or a common alias, never Indonesia. `several`: a tuple of them."""

    several: bool = False

    def read(self, text: str, scope: Scope) -> Reading:  # noqa: ARG002 - the kind's shape
        """The Indonesian name, or a tuple of names."""
        if not self.several:
            country = find_country(text)
            found: tuple[CountryRow, ...] | str = (country,) if country else text
        else:
            found = read_countries(text)
        if isinstance(found, str) or not found:
            return problems.country_unknown(str(found or text))
        if any(country.iso2 == "ID" for country in found):
            return problems.not_indonesia()
        names = tuple(dict.fromkeys(country.nama for country in found))
        return Read(names if self.several else names[0])

    def exported(self, value: Value) -> object:
        """One country as text, several as a list."""
        return value[0] if isinstance(value, tuple) and len(value) == 1 else super().exported(value)


@dataclass(frozen=True, kw_only=True)
class Unit(Text):
    """A known unit, or any other in the owner's words: SIINas takes proposals for units it does not know."""

    longest: int = 40

    def read(self, text: str, scope: Scope) -> Reading:
        """The unit's SIINas name; unknown words as they are."""
        unit = find_unit(text)
        return Read(unit.name) if unit else super().read(text, scope)


@dataclass(frozen=True, kw_only=True)
class Region(Text):
    """A kabupaten or kota; a known one also answers the province and the time zone."""

    province: str
    zone: str

    def read(self, text: str, scope: Scope) -> Reading:
        """The official name, or the owner's words where it is unknown."""
        region = find_region(text)
        if region:
            return Read(region.name, {self.province: region.province, self.zone: region.zone})
        meant = suggest_regions(text, _SUGGESTED)
        return Doubt.between(found.name for found in meant) if meant else super().read(text, scope)


@dataclass(frozen=True, kw_only=True)
class Tariff(Text):
    """A PLN tariff and power such as R-1/1.300 VA, or the owner's words."""

    longest: int = 60

    def read(self, text: str, scope: Scope) -> Reading:
        """The canonical name where one is meant for sure."""
        tariff = find_tariff(text)
        if tariff:
            return Read(tariff)
        meant = suggest_tariffs(text)[:_SUGGESTED]
        return Doubt.between(meant) if len(meant) > 1 else super().read(text, scope)


@dataclass(frozen=True, kw_only=True)
class PeriodName(Question):
    """The part of the year that is reported. A text or press with a year in it answers `year` too."""

    year: str

    def read(self, text: str, scope: Scope) -> Reading:
        """SIINas' name of the part, "Januari - Juni"; its other names and first months are understood."""
        years = re.findall(r"\b20\d\d\b", text)
        words = fold(re.sub(r"\b20\d\d\b|\btahun\b", " ", text.casefold()))
        for part in scope.scheme.parts:
            first = fold(part.name).split()[0]
            if words in {
                fold(part.name),
                fold(part.data_name),
                fold(part.list_name),
                first,
                str(part.number),
            }:
                return Read(part.name, {self.year: int(years[0])} if len(years) == 1 else {})
        return problems.choose_one()


def _telling(title: str) -> str:
    """The last part of a long official title that says something."""
    parts = [part.strip() for part in title.split(" > ")]
    return next((part for part in reversed(parts) if fold(part) != "lain lain"), title)


def code_with_title(code: str) -> str:
    """`10391 · Industri Tempe Kedelai` where the title is known, else the code."""
    title = kbli_title(code)
    return f"{code} · {title}" if title else code
