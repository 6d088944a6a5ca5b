"""Answers coming in: typed, chosen, ticked, sent, put off. Each is stored under the question that was shown."""

import re
from collections.abc import Mapping
from dataclasses import replace

from conversations import guidance
from conversations.amounts import Quantity, Rupiah, Whole
from conversations.answers import Answer, File, Mark, Place, Source, Ticking, Value
from conversations.asking import ask, chosen_ticks, token
from conversations.choices import YA, Choice, Ticks
from conversations.draft import Focus
from conversations.editing import add_item, back, named_item
from conversations.form import AllListed, StillSame
from conversations.messages import Button, Put
from conversations.problems import Problem, not_needed, tick_at_least_one
from conversations.questions import Doubt, Option, Read, fold
from conversations.route import Stop
from conversations.talk import Talk
from conversations.texts import Attachment, personal
from conversations.words import T, literal

_ASKS = re.compile(r"[A-Za-z]{2}.*\?\s*$", re.DOTALL)  # words with a question mark behind them are no answer
_LATER = {
    "nanti",
    "nanti saja",
    "nanti dulu",
    "belum tahu",
    "tidak tahu",
    "gak tau",
    "gak tahu",
    "ga tau",
    "lupa",
}
_SKIP = {"lewati", "lewat", "skip", "kosong", "kosongkan", "tidak ada", "tidak punya"}
_BACK = {"kembali", "balik", "mundur"}
_HELP = {"bantuan", "tolong", "bingung", "help", "tidak mengerti", "tidak paham", "gak ngerti", "maksudnya"}
_ENOUGH = {
    "sudah semua",
    "sudah",
    "tidak",
    "tidak ada",
    "cukup",
    "selesai",
    "itu saja",
    "tidak ada lagi",
    "habis",
    "gak ada",
}
_MORE = {"tambah", "ya", "iya", "ada", "masih", "masih ada", "ada lagi", "lagi"}


def typed(talk: Talk, text: str, message_id: int | None) -> None:
    """A text: an answer to the question that was shown, or the words of one of its buttons. Several lines answer
    several questions, one line each, as far as they can be read."""
    stop = talk.walk.open()
    if stop is None:
        talk.note(T("Saya sedang tidak menunggu jawaban. Pakai tombol di bawah, ya."))
        return
    if talk.draft.shown is not None and talk.draft.shown != stop.place:
        talk.note(T("Pertanyaannya sudah berganti, jadi jawaban tadi belum saya simpan."))
        return
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or stop.question.takes_lines:
        _typed_line(talk, text, message_id)
        return
    for number, line in enumerate(lines, 1):
        answers = talk.draft.answers
        _typed_line(talk, line, message_id)
        if talk.draft.answers == answers:
            left = len(lines) - number
            if left:
                talk.note(
                    T("Baris ke-{n} dan {sisa} baris sesudahnya belum saya simpan.", n=str(number), sisa=str(left))
                )
            return


def _typed_line(talk: Talk, text: str, message_id: int | None) -> None:
    stop = talk.walk.open()
    if stop is None:
        return
    if personal(text, amount=isinstance(stop.question, Rupiah | Quantity | Whole)):
        guidance.missed(talk, stop, not_needed())
    elif _ASKS.search(text):
        guidance.asked_back(talk, stop, text)
    elif not _button_words(talk, stop, fold(text)):
        _read(talk, stop, text, Source.TYPED, message_id)


def _button_words(talk: Talk, stop: Stop, words: str) -> bool:
    """Whether the text was the words of a button, which then was pressed. An option of the question comes first."""
    question, place = stop.question, stop.place
    named = {fold(option.value) for option in question.options(talk.walk.scope(place.item))}
    if words in named:
        return False
    if isinstance(question, AllListed):
        if words in _ENOUGH:
            finished(talk, place)
        elif words in _MORE:
            add_item(talk, stop.section.key)
        elif words in _BACK:
            back(talk, place)
        else:
            return False
        return True
    if words in _SKIP and not question.needed:
        left_empty(talk, place)
    elif (words in _LATER and not question.options(talk.walk.scope(place.item))) or words in {"nanti", "nanti saja"}:
        put_off(talk, place)
    elif words in _BACK:
        back(talk, place)
    elif words in _HELP:
        guidance.help_for(talk, place)
    elif words in {"selesai", "sudah"} and isinstance(question, Ticks):
        finished(talk, place)
    else:
        return False
    return True


def _read(
    talk: Talk, stop: Stop, text: str, source: Source, message_id: int | None = None, option: Option | None = None
) -> None:
    """Read a text, or take a pressed option, for this question: store it, ask back, or say why not."""
    question = stop.question
    if isinstance(question, AllListed):
        if problem := named_item(talk, stop.section, text, message_id):
            guidance.missed(talk, stop, problem)
        return
    scope = talk.walk.scope(stop.place.item)
    chosen = (
        Read(option.value, option.also) if option and isinstance(question, Choice) else question.read(text, scope)
    )
    match question.checked(chosen, scope):
        case Problem() as problem:
            guidance.missed(talk, stop, problem)
        case Doubt(readings):
            guidance.doubted(talk, text)
            talk.extra += [Button(literal(reading.face), Put(stop.place, reading.value)) for reading in readings]
        case Read(value, also, about):
            _take(talk, stop, value, also if option is None else {**also, **option.also}, source, message_id)
            if about:
                talk.note(T("Saya catat sebagai angka pasti."))


def _take(
    talk: Talk, stop: Stop, value: Value, also: Mapping[str, Value], source: Source, message_id: int | None
) -> None:
    """Store an answer that was understood, with what it answers besides; an item's first answer makes the item."""
    if stop.section.key == "persetujuan" and talk.consented and value != YA:
        talk.note(T("Untuk menarik persetujuan dan menghapus semua data Anda, ketik /hapus."))
        return
    others = {Place(key, stop.place.item if stop.section.repeat else ""): other for key, other in also.items()}
    if problem := _problem_in(talk, stop, value, others):
        guidance.missed(talk, stop, problem)
        return
    _begin_item(talk, stop)
    if isinstance(stop.question, StillSame):
        if stop.section.repeat:
            others[Place(stop.section.all_listed)] = YA
        talk.note(T("✓ {judul}: masih sama.", judul=T(stop.section.title)))
    talk.store(stop.place, value, source, message_id, others)


def _problem_in(talk: Talk, stop: Stop, value: Value, others: dict[Place, Value]) -> Problem | None:
    """What the questions that are answered along with this one have against their part."""
    known = {**talk.walk.known, **others, stop.place: value}
    scope = replace(talk.walk.scope(stop.place.item), known=known)
    for place, other in others.items():
        question = talk.form.by_key.get(place.question)
        if question is None:  # a note about the section, not a question of the form
            continue
        read = question.read(str(other), scope) if isinstance(other, int) else None
        problem = read if isinstance(read, Problem) else question.against(other, scope)
        if problem:
            return problem
    return None


def _begin_item(talk: Talk, stop: Stop) -> None:
    """The first answer of an item makes the item."""
    group = stop.section.key
    if stop.place.item and stop.place.item not in talk.draft.items.get(group, ()):
        draft = talk.draft.with_item(group)
        talk.draft = draft.without(Place(stop.section.all_listed))


def picked(talk: Talk, place: Place, chosen: str) -> None:
    """An option was pressed."""
    stop = talk.walk.stop(place)
    assert stop is not None  # noqa: S101 - the engine has looked
    option = _option(talk, stop, chosen)
    if option is None:
        talk.note(T("Pilihan itu sudah tidak ada, jadi tidak ada yang berubah."))
        return
    _read(talk, stop, option.value, Source.BUTTON, option=option)


def _option(talk: Talk, stop: Stop, chosen: str) -> Option | None:
    question = stop.question
    scope = talk.walk.scope(stop.place.item)
    options = question.choices if isinstance(question, Ticks) else question.options(scope)
    return next((option for option in options if token(option) == chosen), None)


def put(talk: Talk, place: Place, text: str) -> None:
    """One of the readings of a doubtful answer was pressed."""
    stop = talk.walk.stop(place)
    assert stop is not None  # noqa: S101 - the engine has looked
    _read(talk, stop, text, Source.BUTTON)


def ticked(talk: Talk, place: Place, chosen: str, *, on: bool) -> None:
    """One tick set or taken away; the message is redrawn in place and nothing else is said."""
    stop = talk.walk.stop(place)
    option = _option(talk, stop, chosen) if stop else None
    if stop is None or option is None or not isinstance(stop.question, Ticks):
        talk.note(T("Pilihan itu sudah tidak ada, jadi tidak ada yang berubah."))
        return
    answer = talk.draft.answers.get(place)
    value = answer.value if answer else None
    before = value.before if isinstance(value, Ticking) else value if isinstance(value, tuple) else None
    now = (
        set(chosen_ticks(talk.walk, place)) | {option.value}
        if on
        else set(chosen_ticks(talk.walk, place)) - {option.value}
    )
    ticking = Ticking(stop.question.ordered(now), before)
    talk.change(talk.draft.with_answer(place, Answer(ticking, Source.BUTTON)))
    redrawn = talk.walk.stop(place)
    if redrawn:
        talk.say(replace(ask(talk.walk, redrawn), edits=True))
    talk.asks_again = False


def finished(talk: Talk, place: Place, *, everything: bool = False) -> None:
    """`Selesai` under ticks, `Semua sudah`, or `Sudah semua` behind a group."""
    stop = talk.walk.stop(place)
    if stop is None:
        return
    if isinstance(stop.question, AllListed):
        focus = talk.draft.focus
        if focus and focus.place == place:
            focus = Focus(stop.section.key)
        talk.change(replace(talk.draft.with_answer(place, Answer(YA, Source.BUTTON)), focus=focus, misses=0))
        names = talk.draft.items.get(stop.section.key, ())
        talk.reviews()
        talk.note(T("✓ {judul}: {n} tercatat.", judul=T(stop.section.title), n=str(len(names))))
        return
    if not isinstance(stop.question, Ticks):
        talk.note(T("Tombol itu sudah tidak berlaku."))
        return
    chosen = tuple(o.value for o in stop.question.choices) if everything else chosen_ticks(talk.walk, place)
    if len(chosen) < stop.question.least:
        guidance.missed(talk, stop, tick_at_least_one())
        return
    talk.store(place, chosen, Source.BUTTON)


def put_off(talk: Talk, place: Place) -> None:
    """`Nanti saja`: noted as missing. On the name of an item that has nothing yet, the whole item is put off."""
    stop = talk.walk.stop(place)
    if stop is None or not stop.question.can_wait:
        talk.note(T("Yang ini perlu dijawab dulu sebelum lanjut."))
        return
    if stop.passed and stop.value is not Mark.NANTI and not isinstance(stop.question, AllListed):
        talk.note(T("Jawaban yang lama tetap tersimpan."))
        talk.unfocus()
        return
    repeat = stop.section.repeat
    if repeat and place.question == repeat.name:
        draft = talk.draft
        if place.item in draft.items.get(stop.section.key, ()):
            draft = draft.without_item(stop.section.key, place.item)
        place = Place(stop.section.all_listed)
        talk.draft = draft
    focus = Focus(talk.draft.focus.section) if talk.draft.focus else None
    talk.change(replace(talk.draft.with_answer(place, Answer(Mark.NANTI, Source.LATER)), focus=focus, misses=0))
    talk.note(T("Baik, ini nanti saja. Saya catat di daftar periksa."))


def left_empty(talk: Talk, place: Place) -> None:
    """`Lewati` under an optional question: left empty for good, without a trace in the checklist."""
    stop = talk.walk.stop(place)
    if stop is None or stop.question.needed:
        talk.note(T("Yang ini wajib. Kalau belum tahu, tekan Nanti saja."))
        return
    talk.store(place, Mark.KOSONG, Source.BUTTON)


def uploaded(talk: Talk, file: File, message_id: int | None) -> None:
    """A checked and stored file, for the open question if that asks for one."""
    stop = talk.walk.open()
    if stop is None or not isinstance(stop.question, Attachment):
        talk.note(T("Berkas itu belum saya perlukan sekarang, jadi tidak saya simpan."))
        return
    talk.store(stop.place, file, Source.TYPED, message_id)
