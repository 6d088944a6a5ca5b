"""Answers that are no text: ticks, "that was all", put off, left empty."""

from conversations import correcting, guidance
from conversations.answers import Answer, Mark, Place, Source, Ticking
from conversations.asking import ask
from conversations.choices import YA, Ticks
from conversations.draft import Focus
from conversations.form import AllListed, ToMend
from conversations.keyboards import chosen_ticks, token
from conversations.naming import short, shown
from conversations.problems import tick_at_least_one
from conversations.questions import Option
from conversations.route import Stop
from conversations.talk import Talk
from conversations.words import T


def option_of(talk: Talk, stop: Stop, chosen: str) -> Option | None:
    """The option of this question that a button names; None where it is gone."""
    question = stop.question
    scope = talk.walk.scope(stop.place.item)
    options = question.choices if isinstance(question, Ticks) else question.options(scope)
    return next((option for option in options if token(option) == chosen), None)


def ticked(talk: Talk, place: Place, chosen: str, *, on: bool) -> None:
    """One tick set or taken away; the message is redrawn in place and nothing else is said."""
    stop = talk.walk.stop(place)
    option = option_of(talk, stop, chosen) if stop else None
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
        talk.say(ask(talk.walk, redrawn)._replace(edits=True))
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
        talk.change(talk.draft.with_answer(place, Answer(YA, Source.BUTTON))._replace(focus=focus, misses=0))
        names = talk.draft.items.get(stop.section.key, ())
        talk.reviews()
        talk.note(T("✓ {judul}: {n} tercatat.", judul=T(stop.section.title), n=str(len(names))))
        return
    if isinstance(stop.question, ToMend):
        correcting.finished(talk)
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
        if talk.walk.must_mend(place):
            talk.note(T("Yang ini diminta petugas. Kalau memang sudah benar, tekan Tetap seperti sekarang."))
            return
        talk.note(T("{isian} tetap {nilai}.", isian=short(talk.walk, stop), nilai=shown(talk.walk, stop)))
        talk.unfocus()
        return
    repeat = stop.section.repeat
    name = short(talk.walk, stop)
    if repeat and place.question == repeat.name:
        name = T(stop.section.title)
        draft = talk.draft
        if place.item in draft.items.get(stop.section.key, ()):
            draft = draft.without_item(stop.section.key, place.item)
        place = Place(stop.section.all_listed)
        talk.draft = draft
    focus = Focus(talk.draft.focus.section) if talk.draft.focus else None
    talk.change(talk.draft.with_answer(place, Answer(Mark.NANTI, Source.LATER))._replace(focus=focus, misses=0))
    count = len(talk.draft.items.get(stop.section.key, ()))
    if place.question == stop.section.all_listed and count:
        talk.note(T("Baik, {n} tercatat dulu di {judul}. Kalau ada lagi, ketik /ubah.", n=str(count), judul=name))
    elif stop.question.needed:
        talk.note(T("Nanti saja: {isian}. Sudah saya catat di daftar periksa.", isian=name))
    else:
        talk.note(T("Nanti saja: {isian}. Yang ini tidak wajib.", isian=name))


def left_empty(talk: Talk, place: Place) -> None:
    """`Lewati` under an optional question: left empty for good, without a trace in the checklist."""
    stop = talk.walk.stop(place)
    if stop is None or stop.question.needed:
        talk.note(T("Yang ini wajib. Kalau belum tahu, tekan Nanti saja."))
        return
    talk.store(place, Mark.KOSONG, Source.BUTTON)
