"""How the open question is put: header, SIINas label, one sentence, example, buttons. It changes nothing."""

from conversations.answers import Mark, Paper, Value
from conversations.form import AllListed, Section, StillSame
from conversations.keyboards import answer_buttons, once, usual_buttons
from conversations.messages import BLANK, Button, Message, Paragraph
from conversations.naming import Gaps, header, item_name, label, said, short, shown
from conversations.questions import Question
from conversations.route import Stop, Walk
from conversations.showing import listed
from conversations.words import T, Words

_NOTE = 300  # characters of a verifier's note below each question


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
    unit = said(named, gaps) if (named := _unit(question)) else None
    lines = [
        Paragraph(header(walk, stop)),
        Paragraph(T("({satuan})", satuan=unit) if unit else None, bold=label(walk, stop)),
        Paragraph(_sentence(stop, gaps)),
    ]
    if isinstance(question, StillSame):
        lines += [Paragraph(line) for line in _carried(walk, stop.section)]
    elif isinstance(question, AllListed):
        lines += [Paragraph(line) for line in _cards(walk, stop.section)]
    elif walk.must_mend(stop.place):
        lines += [Paragraph(line) for line in _to_be_mended(walk, stop)]
    elif last := _last_time(walk, stop):
        lines.append(Paragraph(T("Periode lalu: {nilai}", nilai=last), quiet=True))
    elif question.example:
        lines.append(Paragraph(T("Contoh: {contoh}", contoh=said(question.example, gaps.small())), quiet=True))
    if after:
        lines += [BLANK, *after]
    return Message(
        tuple(lines), once((*answer_buttons(walk, stop), *extra, *usual_buttons(walk, stop), *changes)), place=place
    )


def _sentence(stop: Stop, gaps: Gaps) -> Words:
    """What is asked; of photos that came late, what to do with them."""
    if isinstance(stop.value, Paper) and stop.value.waiting:
        kept, new = str(stop.value.pages), str(Paper(stop.value.waiting).pages)
        return T(
            "Surat yang tersimpan ada {n} halaman. Yang baru Anda kirim {m} halaman. Mau diapakan?", n=kept, m=new
        )
    return said(stop.question.ask, gaps.small())


def _to_be_mended(walk: Walk, stop: Stop) -> list[Words]:
    """The verifier's own words, and the answer that counts until there is a new one."""
    note = walk.scope().text("pengiriman.catatan")
    said_ = [T("Catatan petugas: {catatan}", catatan=note[:_NOTE])] if note else []
    return [*said_, T("Jawaban sekarang: {nilai}", nilai=shown(walk, stop))]


def _unit(question: Question) -> str:
    """What stands in brackets behind the label."""
    if getattr(question, "unit_from", ""):
        return "{satuan}"
    return question.unit


def _last_time(walk: Walk, stop: Stop) -> str:
    """What the last report said to a question whose answer is never carried over, "" where nothing is known."""
    if stop.question.carry or not walk.draft.past:
        return ""
    scope = walk.scope(stop.place.item)
    period = scope.period
    if period is None:
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
            if walk.draft.is_carried(stop.place)
        ]
    lines = []
    for n, item in enumerate(walk.draft.items.get(section.key, ()), 1):
        values = [shown(walk, stop) for stop in here if stop.place.item == item and stop.value is not Mark.KOSONG]
        lines.append(T("{n}. {nama}", n=str(n), nama=listed(values)))
    return lines


def _cards(walk: Walk, section: Section) -> list[Words]:
    """One line for each item."""
    items = walk.draft.items.get(section.key, ())
    return [
        T("{n}. {nama}", n=str(n), nama=item_name(walk, section, item) or T("(belum bernama)"))
        for n, item in enumerate(items, 1)
    ]
