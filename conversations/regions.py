"""Provinces, kabupaten and kota of Indonesia by official and everyday names, with their time zone.

Names as in Kepmendagri 300.2.2-2138/2025, zones as in Keppres 41/1987. Nothing below kabupaten and kota.
"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from conversations.search import Finder, read_table, words

KINDS = {"kab": "kabupaten", "kabupatn": "kabupaten", "kodya": "kota", "kotamadya": "kota"}
UNSPOKEN = {"adm", "administrasi", "di", "prov", "propinsi", "provinsi"}
LONGEST_PROVINCE = 4  # words
ZONES = {"WIB": ZoneInfo("Asia/Jakarta"), "WITA": ZoneInfo("Asia/Makassar"), "WIT": ZoneInfo("Asia/Jayapura")}


@dataclass(frozen=True)
class Province:
    """A province and the zone its clocks show: WIB, WITA or WIT."""

    name: str
    zone: str


@dataclass(frozen=True)
class Region:
    """A kabupaten or kota under its full name ("Kabupaten Tulungagung"), its province and zone."""

    name: str
    province: str
    zone: str


_rows = read_table("wilayah.csv")
PROVINCES = tuple(Province(row["provinsi"], row["zona"]) for row in _rows if not row["daerah"])
REGIONS = tuple(Region(row["daerah"], row["provinsi"], row["zona"]) for row in _rows if row["daerah"])


def _spoken(text: str) -> str:
    """The text without what is not said in a name: "Kab. Tulungagung" -> "kabupaten tulungagung"."""
    return " ".join(KINDS.get(word, word) for word in words(text) if word not in UNSPOKEN)


def _names(official: str, aliases: str) -> set[str]:
    full = _spoken(official)
    short = full.removeprefix("kabupaten ").removeprefix("kota ")
    return {full, short, *map(_spoken, aliases.split(","))} - {""}


_provinces = Finder(
    (name, Province(row["provinsi"], row["zona"]))
    for row in _rows
    if not row["daerah"]
    for name in sorted(_names(row["provinsi"], row["alias"]))
)
_regions = Finder(
    (name, Region(row["daerah"], row["provinsi"], row["zona"]))
    for row in _rows
    if row["daerah"]
    for name in sorted(_names(row["daerah"], row["alias"]))
)


def find_province(text: str) -> Province | None:
    """The province of this name or short name ("jatim"), one typo allowed; None if unknown or unclear."""
    return _provinces.find(_spoken(text))


def find_region(text: str) -> Region | None:
    """The kabupaten or kota meant, also with its province behind it; None if unknown or if several fit."""
    return _regions.find(_spoken(text)) or _in_province(text)


def suggest_regions(text: str, limit: int = 6) -> tuple[Region, ...]:
    """Kabupaten and kota that may be meant, the likeliest first: both for "bandung".

    A province alone gives its kabupaten and kota if they are few ("jakarta"), else none.
    """
    found = find_region(text)
    whole = find_province(text)
    if whole and not found:
        inside = tuple(region for region in REGIONS if region.province == whole.name)
        return inside if len(inside) <= limit else ()
    place, province = _split(text)
    alike = (r for r in _regions.search(place, len(REGIONS)) if province in ("", r.province))
    return tuple(dict.fromkeys((*([found] if found else []), *alike)))[:limit]


def _in_province(text: str) -> Region | None:
    place, province = _split(text)
    there = [region for region in _regions.near(place) if region.province == province]
    return there[0] if len(there) == 1 else None


def _split(text: str) -> tuple[str, str]:
    """The place and the province named behind it, "" where there is none: "banjar jabar", "bandung barat"."""
    said = _spoken(text).split()
    if not _regions.near(" ".join(said)):
        for length in range(min(LONGEST_PROVINCE, len(said) - 1), 0, -1):
            province = _provinces.find(" ".join(said[-length:]))
            if province:
                return " ".join(said[:-length]), province.name
    return " ".join(said), ""
