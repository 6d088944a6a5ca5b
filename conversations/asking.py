"""How the open question is put: header, SIINas label, one sentence, example, buttons. It changes nothing."""

import hashlib
from string import Formatter

from conversations.answers import Mark, Place, Source, Ticking, Value
from conversations.choices import Ticks
from conversations.form import AllListed, Section, StillSame, on_siinas
from conversations.messages import BLANK, Button, Effect, Go, InGroup, Message, On, Paragraph, Pick, Tick
from conversations.numbers import rupiah
from conversations.periods import long_date
from conversations.questions import Option, Question
from conversations.route import Stop, Walk
from conversations.sections.data_umum import ABOVE_LIMIT
from conversations.showing import in_words, listed
from conversations.words import T, Words, literal

_LONG = 34  # characters of a label on a button; the rest would be cut off by the phone anyway
_IN_A_ROW = 3  # short buttons that a small phone shows side by side without breaking words
_SHORT = 20  # characters of a button text up to which two stand in a row on a small phone


def token(option: Option) -> str:
    """Six characters that name an option on a button, whatever its place in the list."""
    return hashlib.blake2b(f"{option.value}\0{option.label}".encode(), digest_size=3).hexdigest()


class Gaps(dict[str, str | Words]):
    """What stands in the gaps of a question's sentences, worked out only when a gap asks for it."""

    def __init__(self, walk: Walk, section: Section, question: Question, item: str) -> None:
        super().__init__({gap: T(name) for gap, name in question.names.items()})
        self._walk, self._section, self._scope = walk, section, walk.scope(item)
        self._lower = False

    def __missing__(self, gap: str) -> str | Words:
        return {
            "periode": self._period, "periode_lalu": self._last, "akhir": self._end, "rentang": self._range,
            "bulan": self._months, "satuan": self._unit, "barang": self._item, "sebutan": self._noun,
            "jumlah_barang": self._amount, "total_investasi": self._total,
        }[gap]()  # fmt: skip

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


def said(msgid: str, gaps: Gaps) -> Words:
    """A sentence with just the gaps it has filled."""
    return Words(msgid, {name: gaps[name] for _, name, _, _ in Formatter().parse(msgid) if name})


def item_name(walk: Walk, section: Section, item: str) -> str:
    """The name of an item, "" while it has none."""
    return walk.scope(item).text(section.repeat.name) if section.repeat and item else ""


def short(walk: Walk, stop: Stop) -> Words:
    """What a question is called where its section is not in sight: its short name, else its label."""
    return T(stop.question.short) if stop.question.short else label(walk, stop)


def label(walk: Walk, stop: Stop) -> Words:
    """The label of a question, its gaps filled; SIINas' own is never translated."""
    words = said(stop.question.label, Gaps(walk, stop.section, stop.question, stop.place.item))
    return literal(words.plain()) if on_siinas(stop.section, stop.question) else words


def header(walk: Walk, stop: Stop) -> Words:
    """`Bagian 7 dari 11 · Bahan Baku — Kedelai`."""
    section, name = stop.section, item_name(walk, stop.section, stop.place.item)
    title: str | Words = T(section.title)
    if section.numbered:
        number = walk.form.numbered.index(section) + 1
        head = T("Bagian {n} dari {m} · {judul}", n=str(number), m=str(len(walk.form.numbered)), judul=title)
    else:
        head = T("Persiapan · {judul}", judul=title)
    return T("{kepala} — {nama}", kepala=head, nama=name) if name else head


def ask(
    walk: Walk,
    stop: Stop,
    after: tuple[Paragraph, ...] = (),
    extra: tuple[tuple[Button, ...], ...] = (),
    changes: tuple[tuple[Button, ...], ...] = (),
) -> Message:
    """The question of this stop. `after` (what was just stored, or why not) stands below it, `extra` above the
    usual buttons, `changes` (to earlier answers) below them."""
    question, place = stop.question, stop.place
    gaps = Gaps(walk, stop.section, question, place.item)
    unit = said(_unit(question), gaps) if _unit(question) else None
    lines = [
        Paragraph(header(walk, stop)),
        Paragraph(T("({satuan})", satuan=unit) if unit else None, bold=label(walk, stop)),
        Paragraph(said(question.ask, gaps.small())),
    ]
    if isinstance(question, StillSame):
        lines += [Paragraph(line) for line in _carried(walk, stop.section)]
    elif isinstance(question, AllListed):
        lines += [Paragraph(line) for line in _cards(walk, stop.section)]
    elif last := _last_time(walk, stop):
        lines.append(Paragraph(T("Periode lalu: {nilai}", nilai=last), quiet=True))
    elif question.example:
        lines.append(Paragraph(T("Contoh: {contoh}", contoh=said(question.example, gaps.small())), quiet=True))
    if after:
        lines += [BLANK, *after]
    return Message(tuple(lines), _once((*_answers(walk, stop), *extra, *_usual(walk, stop), *changes)), place=place)


def _once(buttons: tuple[tuple[Button, ...], ...]) -> tuple[tuple[Button, ...], ...]:
    """The rows without a button that does what an earlier one does."""
    seen: set[Effect] = set()
    result = []
    for row in buttons:
        fresh = tuple(button for button in row if button.effect not in seen)
        seen.update(button.effect for button in row)
        result += [fresh] if fresh else []
    return tuple(result)


def _unit(question: Question) -> str:
    """What stands in brackets behind the label."""
    if getattr(question, "unit_from", ""):
        return "{satuan}"
    return question.unit


def _last_time(walk: Walk, stop: Stop) -> str:
    """What the last report said to a question whose answer is never carried over, "" where nothing is known."""
    scope = walk.scope(stop.place.item)
    period = scope.period
    if stop.question.carry or period is None:
        return ""
    past = max((p for p in walk.draft.past if p.period < period.key), key=lambda p: p.period, default=None)
    if past is None:
        return ""
    key, repeat = stop.question.key, stop.section.repeat
    value: Value | None = past.amounts.get(key)
    if repeat:
        name = scope.text(repeat.name)
        rows_ = past.items.get(stop.section.key, ())
        value = next((row.get(key) for row in rows_ if row.get(repeat.name) == name), None)
    return stop.question.show(value, scope) if value is not None else ""


def _carried(walk: Walk, section: Section) -> list[Words]:
    """What the last report said here, one line a question or an item."""
    here = [stop for stop in walk.stops if stop.section is section and stop.passed and stop.question.export]
    if not section.repeat:
        return [
            T("{isian} — {nilai}", isian=short(walk, stop), nilai=shown(walk, stop))
            for stop in here
            if _old(walk, stop)
        ]
    lines = []
    for n, item in enumerate(walk.draft.items.get(section.key, ()), 1):
        values = [shown(walk, stop) for stop in here if stop.place.item == item and stop.value is not Mark.KOSONG]
        lines.append(T("{n}. {nama}", n=str(n), nama=listed(values)))
    return lines


def _old(walk: Walk, stop: Stop) -> bool:
    answer = walk.draft.answers.get(stop.place)
    return answer is not None and answer.source is Source.CARRIED


def _cards(walk: Walk, section: Section) -> list[Words]:
    """One line for each item."""
    items = walk.draft.items.get(section.key, ())
    return [
        T("{n}. {nama}", n=str(n), nama=item_name(walk, section, item) or T("(belum bernama)"))
        for n, item in enumerate(items, 1)
    ]


def _answers(walk: Walk, stop: Stop) -> tuple[tuple[Button, ...], ...]:
    """The buttons that answer: options, ticks, or the cards of a group."""
    question, place = stop.question, stop.place
    if isinstance(question, AllListed):
        more = Button(T("Tambah {sebutan}", sebutan=T(question.example)), InGroup("tambah", stop.section.key))
        change = Button(T("Ubah / hapus"), InGroup("kartu", stop.section.key))
        return (more,), (Button(T("Sudah semua"), On("semua", place)),), (change,)
    if isinstance(question, StillSame):
        same = Button(T("Masih sama"), Pick(place, token(question.choices[0])))
        return (same,), (Button(T("Ada yang berubah"), InGroup("isi", stop.section.key)),)
    if isinstance(question, Ticks):
        return _ticks(walk, question, place)
    scope = walk.scope(place.item)
    return rows([Button(T(option.face), Pick(place, token(option))) for option in question.options(scope)])


def _ticks(walk: Walk, question: Ticks, place: Place) -> tuple[tuple[Button, ...], ...]:
    chosen = chosen_ticks(walk, place)
    ticks = [
        Button(
            T("{tanda} {pilihan}", tanda="☑" if option.value in chosen else "☐", pilihan=T(option.face)),
            Tick(place, token(option), option.value not in chosen),
        )
        for option in question.choices
    ]
    done = T("Selesai") if chosen or question.least else T("Tidak ada satu pun")
    last = [Button(done, On("selesai", place))]
    if question.all_of_them:
        last.insert(0, Button(T("Semua sudah"), On("semua", place)))
    return (*rows(ticks, question.columns), tuple(last))


def chosen_ticks(walk: Walk, place: Place) -> tuple[str, ...]:
    """What is ticked now, finished or not."""
    answer = walk.draft.answers.get(place)
    value: Value | None = answer.value if answer else None
    if isinstance(value, Ticking):
        return value.chosen
    return value if isinstance(value, tuple) else ()


def rows(buttons: list[Button], columns: int = 0) -> tuple[tuple[Button, ...], ...]:
    """Buttons in rows: two short ones side by side, a long one alone; `columns` fixes the number."""
    result: list[list[Button]] = []
    for button in buttons:
        short = len(button.words.plain()) <= _SHORT
        width = columns or (2 if short else 1)
        if result and len(result[-1]) < width and (columns or len(result[-1][-1].words.plain()) <= _SHORT):
            result[-1].append(button)
        else:
            result.append([button])
    return tuple(map(tuple, result))


def _usual(walk: Walk, stop: Stop) -> tuple[tuple[Button, ...], ...]:
    """Related questions and commands, then help, put off, back."""
    question, place = stop.question, stop.place
    gaps = Gaps(walk, stop.section, question, place.item).small()
    first = []
    for key in question.related:
        other = walk.stop(Place(key, place.item)) or walk.stop(Place(key))
        if other:
            words = (
                T("Saya tahu ongkos satu {satuan} saja", satuan=gaps["satuan"])
                if other.question.on_request
                else _change(walk, other)
            )
            first.append((Button(words, On("buka", other.place)),))
    first += [(Button(T("Buat surat"), Go(command)),) for command in question.offers]
    last = [Button(T("Bantuan"), On("bantuan", place))]
    if not question.needed and not isinstance(question, AllListed):
        last.append(Button(T("Lewati"), On("lewati", place)))
    if question.can_wait:
        last.append(Button(T("Nanti saja"), On("nanti", place)))
    if walk.before(place):
        last.append(Button(T("Kembali"), On("kembali", place)))
    if len(last) > _IN_A_ROW:
        return (*first, tuple(last[:2]), tuple(last[2:]))
    return (*first, tuple(last))


def _change(walk: Walk, stop: Stop) -> Words:
    name = short(walk, stop)
    long = len(name.plain()) > _LONG
    return T("Ubah {isian}", isian=literal(name.plain()[: _LONG - 1].rstrip() + "…") if long else name)


def change_button(walk: Walk, stop: Stop) -> Button:
    """`Ubah Nilai Mesin`: opens that question again."""
    return Button(_change(walk, stop), On("buka", stop.place))


def shown(walk: Walk, stop: Stop) -> Words:
    """The stored value as a person reads it."""
    value = stop.value if stop.value is not None else Mark.NANTI
    return in_words(stop.question, value, walk.scope(stop.place.item))
