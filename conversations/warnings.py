"""Soft warnings: numbers that may be right and seldom are (form.md section 5). Each is shown, may be kept by the
owner, and blocks nothing. They follow from one walk; that one was kept is an answer under its fingerprint."""

from collections.abc import Iterable
from dataclasses import astuple
from functools import partial

from conversations.answers import Place
from conversations.route import Walk
from conversations.warnings_found import Line, Rule, SoftWarning
from conversations.warnings_past import AgainstLastPeriod, Grown
from conversations.warnings_present import AboveCapacity, Electricity, MaterialAboveProduction, WeightDoesNotFit

__all__ = ["PAST_AMOUNTS", "PAST_ITEMS", "RULES", "SoftWarning", "open_doubts", "place_of", "warnings"]

_BEFORE = "data_umum.periode_sebelumnya"
_MADE = Line(
    "produksi.produk", "produksi.satuan", "produksi.jumlah_satuan_asli", "produksi.nilai", "produksi.tujuan_produksi"
)
_CAPACITY = Line(
    "kapasitas_produksi.produk", "kapasitas_produksi.satuan_asli", "kapasitas_produksi.kapasitas_satuan_asli"
)
_SOURCES = (
    ("bahan_baku.jumlah_dalam_negeri", "bahan_baku.nilai_dalam_negeri"),
    ("bahan_baku.jumlah_luar_negeri", "bahan_baku.nilai_luar_negeri"),
)
_BOUGHT = tuple(
    Line("bahan_baku.nama", "bahan_baku.satuan", *source, "bahan_baku.sumber_bahan_baku") for source in _SOURCES
)
_SCALARS = (
    "data_umum.modal_kerja",
    "investasi.nilai_tanah",
    "investasi.nilai_bangunan",
    "listrik.jumlah_kwh",
    "listrik.nilai",
)

RULES: tuple[Rule, ...] = (
    Grown("mesin_x10", "data_umum.nilai_mesin", f"{_BEFORE}.nilai_mesin", times=10),
    Grown("x1000", "data_umum.nilai_lainnya", f"{_BEFORE}.nilai_lainnya"),
    *(Grown("x1000", question) for question in _SCALARS),
    *(AgainstLastPeriod(line) for line in (_CAPACITY, _MADE, *_BOUGHT)),
    WeightDoesNotFit(_CAPACITY, "kapasitas_produksi.berat_per_satuan", "kapasitas_produksi.kapasitas_kg"),
    WeightDoesNotFit(_MADE, "produksi.berat_per_satuan", "produksi.jumlah_kg"),
    AboveCapacity(),
    MaterialAboveProduction(),
    Electricity(),
)

# What an earlier report must bring along to be compared with: `Past.amounts` and the rows of `Past.items`.
PAST_AMOUNTS = ("data_umum.nilai_mesin", "data_umum.nilai_lainnya", *_SCALARS)
PAST_ITEMS = tuple(dict.fromkeys(key for line in (_CAPACITY, _MADE, *_BOUGHT) for key in astuple(line) if key))


def _of_rule(rule: Rule, walk: Walk) -> tuple[SoftWarning, ...]:
    return tuple(rule.found(walk))


_WORK = tuple(partial(_of_rule, rule) for rule in RULES)


def warnings(walk: Walk, rules: Iterable[int] = range(len(RULES))) -> tuple[SoftWarning, ...]:
    """All that hold now, of these rules, in the order of the form."""
    found = [
        warning
        for rule in rules  # a rule is asked again only where something it looked at has changed
        for warning in walk.worked_out(rule, _WORK[rule])
        if warning.place in walk.at
    ]
    if len(found) < 2:
        return tuple(found)
    order = list(walk.at)
    return tuple(sorted(found, key=lambda warning: order.index(warning.place)))


def place_of(fingerprint: str) -> Place:
    """Where it is noted that this warning was kept."""
    return Place(f"peringatan.{fingerprint}")


def open_doubts(walk: Walk, rules: Iterable[int] = range(len(RULES))) -> tuple[SoftWarning, ...]:
    """The warnings that hold and were not kept."""
    return tuple(doubt for doubt in warnings(walk, rules) if place_of(doubt.fingerprint) not in walk.draft.answers)
