"""Takes every road of one section of the form: forks at each choice, tick and skip, answers through `take` as a
person would, and hands every stop to whoever wants to look. It knows the screen and the kinds, not the order."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from conversations.amounts import Percent, Quantity, Rupiah, Whole, Year
from conversations.answers import Answer, File, Place, Source, Value
from conversations.choices import Choice, Ticks
from conversations.draft import Draft, Focus
from conversations.engine import Turn, take
from conversations.form import AllListed, Ending
from conversations.messages import Button, Message, On, Pick, Tick
from conversations.names import Code, Country
from conversations.questions import Question
from conversations.replies import Command, Pressed, Reply, Typed, Uploaded
from conversations.sections import laporan_produksi
from conversations.texts import Attachment

FORM = laporan_produksi()
TODAY = date(2026, 7, 3)
SCAN = File("f" * 32, "jpeg", 1000)
_TEXTS: dict[str, tuple[str, ...]] = {
    "data_umum.periode_yang_dilaporkan": ("Januari - Juni",),
    "data_umum.tahun": ("2025",),
    "data_umum.modal_kerja": ("19 juta", "6 miliar"),
    "perusahaan.kabupaten_kota": ("Tulungagung", "Kampung Entah"),
    "perusahaan.provinsi": ("Bali",),
    "kapasitas_produksi.satuan_asli": ("Tampah",),
    "produksi.produk": ("Oncom",),
    "produksi.satuan": ("Tampah",),
}
_BY_KIND: tuple[tuple[type[Question], str], ...] = (
    (Rupiah, "18,5 juta"), (Quantity, "12,5"), (Percent, "40"), (Whole, "2"), (Year, "2022"), (Country, "Jepang"),
)  # fmt: skip


def begun(
    section: str, answers: Mapping[str, Value] | None = None, items: Mapping[str, Mapping[str, Value]] | None = None
) -> Draft:
    """A draft with consent, these answers, one finished item for each group in `items`, and this section opened."""
    given = {"persetujuan.setuju": "Ya", **(answers or {})}
    draft = Draft("uji", {Place(key): Answer(value, Source.TYPED) for key, value in given.items()})
    for group, row in (items or {}).items():
        item = draft.next_item(group)
        draft = draft.with_item(group).with_answer(Place(f"{group}.sudah_semua"), Answer("Ya", Source.BUTTON))
        for key, value in row.items():
            draft = draft.with_answer(Place(f"{group}.{key}", item), Answer(value, Source.TYPED))
    return Draft(draft.identity, draft.answers, draft.items, draft.made, Focus(section))


def buttons(message: Message) -> dict[str, Button]:
    """The buttons of a message by their words."""
    return {button.words.plain(): button for row in message.buttons for button in row}


@dataclass(frozen=True)
class At:
    """One stop of a road: the turn that asked, and the question asked; None behind the last one."""

    turn: Turn
    question: Question | None

    @property
    def message(self) -> Message:
        return self.turn.messages[-1]

    @property
    def said(self) -> dict[str, Value]:
        """What has been answered, by key: on these roads a group has one item at most."""
        return {place.question: answer.value for place, answer in self.turn.draft.answers.items()}


def roads(section: str, draft: Draft, look: Callable[[At], None]) -> Iterator[At]:
    """The end of every road of this section; `look` sees every stop on the way once."""
    waiting = [_at(take(FORM, draft, Command("lanjut"), TODAY), section)]
    while waiting:
        at = waiting.pop()
        if at.question is None:
            yield at
            continue
        look(at)
        waiting += [_at(_after(at.turn, replies), section) for replies in _forks(at, at.question)]


def _at(turn: Turn, section: str) -> At:
    place = turn.messages[-1].place
    if place is None or FORM.section_of[place.question].key != section:
        return At(turn, None)
    return At(turn, FORM.by_key.get(place.question) or AllListed(key=place.question, label="", ask=""))


Replies = tuple[Reply, ...]


def _after(turn: Turn, replies: Replies) -> Turn:
    for reply in replies:
        turn = take(FORM, turn.draft, reply, TODAY)
    return turn


def _forks(at: At, question: Question) -> list[Replies]:
    """The ways on from here."""
    faces, place = buttons(at.message), at.message.place
    assert place
    if isinstance(question, AllListed):
        return [(Pressed(faces["Sudah semua"].effect),)]
    if isinstance(question, Attachment):
        return [(Uploaded(SCAN),)]
    forks = _ticks(place, faces) if isinstance(question, Ticks) else [*_choices(at, question), *_typed(at, question)]
    if "Lewati" in faces:
        forks.append((Pressed(faces["Lewati"].effect),))
    for key in question.related:
        here = Place(key, place.item)
        if here not in at.turn.draft.answers or key == "data_umum.modal_kerja":
            forks.append((Pressed(On("buka", here)),))
    return forks


def _choices(at: At, question: Question) -> list[Replies]:
    """One fork an option; where nothing depends on a long list, all are pressed and the last one goes on."""
    forks: list[Replies] = [(Pressed(b.effect),) for b in buttons(at.message).values() if isinstance(b.effect, Pick)]
    if len(forks) <= 3 or question.key in _mentioned():
        return forks
    ends = {_after(at.turn, fork).messages[-1].place for fork in forks}
    assert len(ends) == 1, f"{question.key} forks without a condition"
    return forks[-1:]


@cache
def _mentioned() -> set[str]:
    """The questions that something depends on."""
    entries = [entry for section in FORM.sections for entry in section.entries]
    computed = [e.computed.mentions() for e in entries if not isinstance(e, Ending) and e.computed]
    return {key for keys in (*(e.when.mentions() for e in entries), *computed) for key in keys}


def _typed(at: At, question: Question) -> list[Replies]:
    """What can be written here where words are free."""
    if isinstance(question, Choice) and not question.typed_only:
        return []
    if question.key == "data_umum.modal_kerja" and question.key in at.said:
        return [(Typed("20 juta"),)]
    text = next((text for kind, text in _BY_KIND if isinstance(question, kind)), "Tulisan")
    if isinstance(question, Code):
        text = "10391" if question.digits == 5 else "2106.90.97"
    return [(Typed(text),) for text in _TEXTS.get(question.key, (text,))]


def _ticks(place: Place, faces: Mapping[str, Button]) -> list[Replies]:
    """Each alone, all, and nothing where there is a button for it."""
    options = [button.effect for button in faces.values() if isinstance(button.effect, Tick)]
    done = Pressed(On("selesai", place))
    forks: list[Replies] = [(*map(Pressed, chosen), done) for chosen in (*([one] for one in options), options)]
    return [*forks, *((Pressed(faces[face].effect),) for face in ("Tidak ada satu pun",) if face in faces)]
