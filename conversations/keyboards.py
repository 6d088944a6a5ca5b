"""The buttons below a question: what answers it, what helps, what changes earlier answers."""

import hashlib
from functools import lru_cache

from conversations.answers import Paper, Place, Ticking, Value
from conversations.choices import Ticks
from conversations.copying import NOT_IN_SIINAS
from conversations.form import AllListed, StillSame, ToMend
from conversations.mending import written
from conversations.messages import Button, Effect, Go, InGroup, On, Pick, Tick
from conversations.naming import Gaps, short
from conversations.questions import Option
from conversations.route import Stop, Walk
from conversations.words import T, Words, literal

_LONG = 34  # characters of a label on a button; the rest would be cut off by the phone anyway
_IN_A_ROW = 3  # short buttons that a small phone shows side by side without breaking words
_SHORT = 20  # characters of a button text up to which two stand in a row on a small phone

_HELP, _SKIP, _LATER, _BACK = T("Bantuan"), T("Lewati"), T("Nanti saja"), T("Kembali")
_OFFERS = {"surat": T("Lihat draf surat"), "salin": T("Salin ke SIINas dulu")}


def token(option: Option) -> str:
    """Six characters that name an option on a button, whatever its place in the list."""
    return _token(option.value, option.label)


@lru_cache(maxsize=4096)
def _token(value: str, label: str) -> str:
    return hashlib.blake2b(f"{value}\0{label}".encode(), digest_size=3).hexdigest()


def answer_buttons(walk: Walk, stop: Stop) -> tuple[tuple[Button, ...], ...]:
    """The buttons that answer: options, ticks, or the cards of a group."""
    question, place = stop.question, stop.place
    if isinstance(question, AllListed):
        more = Button(T("Tambah {sebutan}", sebutan=T(question.example)), InGroup("tambah", stop.section.key))
        change = Button(T("Ubah / hapus"), InGroup("kartu", stop.section.key))
        return (more,), (Button(T("Sudah semua"), On("semua", place)),), (change,)
    if isinstance(question, StillSame):
        same = Button(T("Masih sama"), Pick(place, token(question.choices[0])))
        return (same,), (Button(T("Ada yang berubah"), InGroup("isi", stop.section.key)),)
    if isinstance(question, ToMend):
        return sections_to_mend(walk, place)
    if isinstance(question, Ticks):
        return _ticks(walk, question, place)
    scope = walk.scope(place.item)
    return rows([Button(T(option.face), Pick(place, token(option))) for option in question.options(scope)])


def sections_to_mend(walk: Walk, place: Place) -> tuple[tuple[Button, ...], ...]:
    """The sections with fields in SIINas, each with how many of them are picked."""
    stops, chosen = can_be_mended(walk), chosen_ticks(walk, place)
    buttons = []
    for section in walk.form.numbered:
        if not any(stop.section is section for stop in stops):
            continue
        count = sum(stop.section is section and written(stop.place) in chosen for stop in stops)
        face = T("☑ {judul} ({n})", judul=T(section.title), n=str(count)) if count else T(section.title)
        buttons.append(Button(face, InGroup("perbaiki", section.key)))
    return (*rows(buttons), (Button(T("Selesai memilih"), On("selesai", place)),))


def can_be_mended(walk: Walk) -> tuple[Stop, ...]:
    """What stands on a page of SIINas and has an answer."""
    return tuple(
        stop
        for stop in walk.stops
        if stop.passed and stop.section.numbered and stop.question.export and stop.question.key not in NOT_IN_SIINAS
    )


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
    beside = False  # whether the last row has room
    for button in buttons:
        short = bool(columns) or len(button.words.plain()) <= _SHORT
        if beside and short:
            result[-1].append(button)
        else:
            result.append([button])
        beside = short and len(result[-1]) < (columns or 2)
    return tuple(map(tuple, result))


def usual_buttons(walk: Walk, stop: Stop) -> tuple[tuple[Button, ...], ...]:
    """Related questions and commands, then help, put off, back."""
    question, place = stop.question, stop.place
    if isinstance(stop.value, Paper) and stop.value.waiting:  # one of its choices must be made
        return ((Button(_HELP, On("bantuan", place)),),)
    first = [(Button(T("Tetap seperti sekarang"), On("tetap", place)),)] if walk.must_mend(place) else []
    for key in question.related:
        other = walk.stop(Place(key, place.item)) or walk.stop(Place(key))
        if other:
            words = (
                T("Saya tahu ongkos satu {satuan} saja", satuan=_unit(walk, stop))
                if other.question.on_request
                else _change(walk, other)
            )
            first.append((Button(words, On("buka", other.place)),))
    first += [(Button(_OFFERS[command], Go(command)),) for command in question.offers]
    last = [Button(_HELP, On("bantuan", place))]
    if not question.needed and not isinstance(question, AllListed):
        last.append(Button(_SKIP, On("lewati", place)))
    if question.can_wait:
        last.append(Button(_LATER, On("nanti", place)))
    if walk.before(place):
        last.append(Button(_BACK, On("kembali", place)))
    if len(last) > _IN_A_ROW:
        return (*first, tuple(last[:2]), tuple(last[2:]))
    return (*first, tuple(last))


def _unit(walk: Walk, stop: Stop) -> str | Words:
    return Gaps(walk, stop.section, stop.question, stop.place.item).small()["satuan"]


def _change(walk: Walk, stop: Stop) -> Words:
    name = short(walk, stop)
    long = len(name.plain()) > _LONG
    return T("Ubah {isian}", isian=literal(name.plain()[: _LONG - 1].rstrip() + "…") if long else name)


def change_button(walk: Walk, stop: Stop) -> Button:
    """`Ubah Nilai Mesin`: opens that question again."""
    return Button(_change(walk, stop), On("buka", stop.place))


def once(buttons: tuple[tuple[Button, ...], ...]) -> tuple[tuple[Button, ...], ...]:
    """The rows without a button that does what an earlier one does."""
    effects = [button.effect for row in buttons for button in row]
    if len(set(effects)) == len(effects):
        return buttons
    seen: set[Effect] = set()
    result = []
    for row in buttons:
        fresh = tuple(button for button in row if button.effect not in seen)
        seen.update(button.effect for button in row)
        result += [fresh] if fresh else []
    return tuple(result)
