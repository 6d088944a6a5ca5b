"""What questions, items and values are called in a sentence: labels with their gaps filled, headers, units."""

from functools import cache
from string import Formatter

from conversations.answers import Mark
from conversations.form import Section, on_siinas
from conversations.numbers import rupiah
from conversations.periods import long_date
from conversations.questions import Question
from conversations.route import Stop, Walk
from conversations.scope import Scope
from conversations.sections.data_umum import ABOVE_LIMIT
from conversations.showing import in_words
from conversations.words import T, Words, literal


class Gaps(dict[str, str | Words]):
    """What stands in the gaps of a question's sentences, worked out only when a gap asks for it."""

    def __init__(self, walk: Walk, section: Section, question: Question, item: str) -> None:
        self._walk, self._section, self._question, self._within = walk, section, question, item
        self._lower = False

    @property
    def _scope(self) -> Scope:
        return self._walk.scope(self._within)

    def __missing__(self, gap: str) -> str | Words:
        if text := self._question.names.get(gap):
            return T(text)
        return _GAPS[gap](self)

    def small(self) -> "Gaps":
        """The same with units in small letters, for the middle of a sentence."""
        self._lower = True
        return self

    def _period(self) -> str | Words:
        period = self._scope.period
        return period.name if period else T("periode ini")

    def _range(self) -> str | Words:
        period = self._scope.period
        return period.name if period else ""

    def _last(self) -> str | Words:
        period = self._scope.period
        earlier = self._scope.scheme.ended(period.start, 1) if period else ()
        return earlier[0].name if earlier else T("periode sebelumnya")

    def _end(self) -> str | Words:
        period = self._scope.period
        return long_date(period.end) if period else T("akhir periode")

    def _months(self) -> str | Words:
        period = self._scope.period
        return str(period.months if period else 6)

    def _unit(self) -> str | Words:
        group = self._section.key
        keys = {"kapasitas_produksi": "satuan_asli", "produksi": "satuan", "bahan_baku": "satuan"}
        unit = self._scope.text(f"{group}.{keys.get(group, '')}")
        return (unit.lower() if self._lower else unit) or T("satuan")

    def _item(self) -> str | Words:
        return item_name(self._walk, self._section, self._scope.item) or self._noun()

    def _noun(self) -> str | Words:
        return T(self._section.repeat.noun) if self._section.repeat else ""

    def _amount(self) -> str | Words:
        amount = self._scope.value("produksi.jumlah_satuan_asli")
        question = self._walk.form.by_key["produksi.jumlah_satuan_asli"]
        return question.show(amount, self._scope) if amount is not None else ""

    def _total(self) -> str | Words:
        return rupiah(ABOVE_LIMIT.total(self._scope))


_GAPS = {
    "periode": Gaps._period, "periode_lalu": Gaps._last, "akhir": Gaps._end, "rentang": Gaps._range,
    "bulan": Gaps._months, "satuan": Gaps._unit, "barang": Gaps._item, "sebutan": Gaps._noun,
    "jumlah_barang": Gaps._amount, "total_investasi": Gaps._total,
}  # fmt: skip


def said(msgid: str, gaps: Gaps) -> Words:
    """A sentence with just the gaps it has filled."""
    if not (named := _named(msgid)):
        return _whole(msgid)
    return Words(msgid, {name: gaps[name] for name in named})


@cache
def _named(msgid: str) -> tuple[str, ...]:
    """The gaps of a sentence of the form."""
    return tuple(name for _, name, _, _ in Formatter().parse(msgid) if name)


@cache
def _whole(msgid: str) -> Words:
    """A sentence of the form that has no gaps."""
    return Words(msgid)


def item_name(walk: Walk, section: Section, item: str) -> str:
    """The name of an item, "" while it has none."""
    return walk.scope(item).text(section.repeat.name) if section.repeat and item else ""


def short(walk: Walk, stop: Stop) -> Words:
    """What a question is called where its section is not in sight: its short name, else its label."""
    return T(stop.question.short) if stop.question.short else label(walk, stop)


def label(walk: Walk, stop: Stop) -> Words:
    """The label of a question, its gaps filled; SIINas' own is never translated."""
    text, siinas = stop.question.label, on_siinas(stop.section, stop.question)
    if not _named(text):
        return _as_it_is(text) if siinas else _whole(text)
    words = said(text, Gaps(walk, stop.section, stop.question, stop.place.item))
    return literal(words.plain()) if siinas else words


@cache
def _as_it_is(text: str) -> Words:
    """A label of SIINas that has no gaps."""
    return literal(text)


def header(walk: Walk, stop: Stop) -> Words:
    """`Bagian 7 dari 11 · Bahan Baku — Kedelai`."""
    section, name = stop.section, item_name(walk, stop.section, stop.place.item)
    numbers = walk.form.numbers
    head = _head(section.title, numbers.get(section.key), len(numbers), siinas=section.key == "pengiriman")
    return T("{kepala} — {nama}", kepala=head, nama=name) if name else head


@cache
def _head(title: str, number: int | None, last: int, *, siinas: bool) -> Words:
    if number:
        return T("Bagian {n} dari {m} · {judul}", n=str(number), m=str(last), judul=_whole(title))
    if siinas:
        return T("SIINas · {judul}", judul=_whole(title))
    return T("Persiapan · {judul}", judul=_whole(title))


def shown(walk: Walk, stop: Stop) -> Words:
    """The stored value as a person reads it."""
    value = stop.value if stop.value is not None else Mark.NANTI
    return in_words(stop.question, value, walk.scope(stop.place.item))
