"""Texts and pressed options coming in. Each is stored under the question that was shown for it."""

import re
from collections.abc import Mapping
from dataclasses import replace

from conversations import guidance, papers, sending
from conversations.amounts import Quantity, Rupiah, Whole
from conversations.answers import Place, Source, Value
from conversations.choices import YA, Choice, Ticks, match
from conversations.editing import add_item, back, named_item
from conversations.form import AllListed, StillSame
from conversations.marking import finished, left_empty, option_of, put_off
from conversations.messages import Button, Put
from conversations.problems import Problem, not_needed
from conversations.questions import Doubt, Option, Read, fold
from conversations.route import Stop
from conversations.sections.pengiriman import STATE
from conversations.talk import Talk
from conversations.texts import Attachment, personal
from conversations.words import T, literal

_ASKS = re.compile(r"[A-Za-z]{2}.*\?\s*$", re.DOTALL)  # words with a question mark behind them are no answer
_AMOUNTS = Rupiah, Quantity, Whole
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
_GREETING = re.compile(
    r"(halo|hai|hallo|hello|hi|permisi|(assalam\w*|ass)( \w+)?|(selamat )?(pagi|siang|sore|malam))"
    r"( (bu|pak|kak|mbak|mas|min))?"
)
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
        if _ASKS.search(text):
            guidance.general_help(talk, text)
        talk.note(T("Saya sedang tidak menunggu jawaban. Pakai tombol di bawah, ya."))
        return
    if talk.draft.shown is not None and talk.draft.shown != stop.place:
        talk.note(T("Pertanyaannya sudah berganti, jadi jawaban tadi belum saya simpan."))
        return
    lines = text.splitlines()
    if len(lines) > 1:
        lines = [line for line in lines if line.strip()]
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
    if personal(text, amount=isinstance(stop.question, _AMOUNTS)):
        guidance.missed(talk, stop, not_needed())
    elif _ASKS.search(text):
        talk.tried(text)
        guidance.asked_back(talk, stop, text)
    elif not _button_words(talk, stop, fold(text)):
        _read(talk, stop, text, Source.TYPED, message_id)


def _button_words(talk: Talk, stop: Stop, words: str) -> bool:
    """Whether the text was the words of a button, which then was pressed. An option of the question comes first."""
    question, place = stop.question, stop.place
    options = question.options(talk.walk.scope(place.item))
    if words in {name for option in options for name in option.names}:
        return False
    if _GREETING.fullmatch(words):
        guidance.greeted(talk)
    elif isinstance(question, AllListed) and words in _ENOUGH:
        finished(talk, place)
    elif isinstance(question, AllListed) and words in _MORE:
        add_item(talk, stop.section.key)
    elif words in _SKIP and not question.needed and not isinstance(question, AllListed):
        left_empty(talk, place)
    elif words in _LATER:
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
    if isinstance(question, Attachment) and (what := option or match(text, question.options(scope))):
        papers.decided(talk, stop, what)
        return
    chosen = (
        Read(option.value, option.also) if option and isinstance(question, Choice) else question.read(text, scope)
    )
    match question.checked(chosen, scope):
        case Problem() as problem:
            talk.tried(text)
            guidance.missed(talk, stop, problem)
        case Doubt(readings):
            talk.tried(text)
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
    if stop.place.question == STATE:
        sending.state_changes(talk, value)
    talk.store(stop.place, value, source, message_id, others)
    if stop.place.question == STATE:
        sending.state_changed(talk, value)


def _problem_in(talk: Talk, stop: Stop, value: Value, others: dict[Place, Value]) -> Problem | None:
    """What the questions that are answered along with this one have against their part."""
    if not others:
        return None
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
    option = option_of(talk, stop, chosen)
    if option is None:
        talk.note(T("Pilihan itu sudah tidak ada, jadi tidak ada yang berubah."))
        return
    _read(talk, stop, option.value, Source.BUTTON, option=option)


def put(talk: Talk, place: Place, text: str) -> None:
    """One of the readings of a doubtful answer was pressed."""
    stop = talk.walk.stop(place)
    assert stop is not None  # noqa: S101 - the engine has looked
    _read(talk, stop, text, Source.BUTTON)
