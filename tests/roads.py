"""Takes every road of one section of the form: forks at each choice, tick and skip, answers through `take` as a
person would, and hands every stop to whoever wants to look. It knows the screen and the kinds, not the order."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from conversations.amounts import Percent, Quantity, Rupiah, Whole, Year
from conversations.answers import Answer, File, Place, Source, Value
from conversations.choices import Ticks
from conversations.draft import Draft, Focus
from conversations.engine import Turn, take
from conversations.form import AllListed, Ending
from conversations.messages import Button, Effect, Message, On, Pick, Tick
from conversations.names import Code, Country
from conversations.questions import Question
from conversations.replies import Command, Pressed, Reply, Typed, Uploaded
from conversations.texts import Attachment
from tests.test_form import FORM

TODAY = date(2026, 7, 3)
Said = Mapping[str, object]
_TEXTS: dict[str, tuple[str, ...]] = {
    "data_umum.periode_yang_dilaporkan": ("Januari - Juni",),
    "data_umum.tahun": ("2025",),
    "data_umum.modal_kerja": ("19 juta", "6 miliar"),
    "perusahaan.kabupaten_kota": ("Tulungagung", "Kampung Entah"),
    "perusahaan.kbli": ("10391",),
    "produksi.kbli": ("10391",),
    "kapasitas_produksi.satuan_asli": ("Tampah",),
    "produksi.satuan": ("Tampah",),
    "produksi.produk": ("Oncom",),
}  # fmt: skip
_BY_KIND: tuple[tuple[type[Question], str], ...] = (
    (Rupiah, "18,5 juta"), (Quantity, "12,5"), (Percent, "40"), (Whole, "2"), (Year, "2022"), (Country, "Jepang"),
)  # fmt: skip


def begun(section: str, answers: Mapping[str, Value] | None = None, items: Mapping[str, Mapping[str, Value]] | None = None
          ) -> Draft:  # fmt: skip
    """A draft with consent, these answers, one item for each group in `items`, and this section opened."""
    consent = {"persetujuan.setuju": "Ya", **(answers or {})}
    kept = {Place(key): Answer(value, Source.TYPED) for key, value in consent.items()}
    draft = Draft("uji", kept)
    for group, row in (items or {}).items():
        item = draft.next_item(group)
        draft = draft.with_item(group)
        for key, value in row.items():
            draft = draft.with_answer(Place(f"{group}.{key}", item), Answer(value, Source.TYPED))
        draft = draft.with_answer(Place(f"{group}.sudah_semua"), Answer("Ya", Source.BUTTON))
    return Draft(draft.identity, draft.answers, draft.items, draft.made, Focus(section))


@dataclass(frozen=True)
class At:
    """One stop of a road: the turn that asked, the question, and what was said so far on this road."""

    turn: Turn
    question: Question
    said: Said

    @property
    def message(self) -> Message:
        return self.turn.messages[-1]

    @property
    def place(self) -> Place:
        place = self.message.place
        assert place
        return place


@dataclass(frozen=True)
class Road:
    """A road walked to its end: what was said, and the turn behind the last answer."""

    said: Said
    end: Turn


def buttons(message: Message) -> dict[str, Button]:
    """The buttons of a message by their words."""
    return {button.words.plain(): button for row in message.buttons for button in row}


def roads(section: str, draft: Draft, said: Said, look: Callable[[At], None]) -> Iterator[Road]:
    """Every road of this section; `look` sees every stop on them once. `said`: what the draft says already."""
    waiting = [(take(FORM, draft, Command("lanjut"), TODAY), said)]
    while waiting:
        turn, before = waiting.pop()
        question = _asked(turn, section)
        if question is None:
            yield Road(before, turn)
            continue
        at = At(turn, question, before)
        look(at)
        waiting += [_after(at, *reply) for reply in _replies(at)]


def _asked(turn: Turn, section: str) -> Question | None:
    """The question of this section that the last message asks."""
    place = turn.messages[-1].place
    if place is None or FORM.section_of[place.question].key != section:
        return None
    return FORM.by_key.get(place.question) or AllListed(key=place.question, label="", ask="")


Fork = tuple[tuple[Reply, ...], object]


def _after(at: At, replies: tuple[Reply, ...], value: object) -> tuple[Turn, Said]:
    """The turn after these replies, and what has then been said, also by itself."""
    turn = at.turn
    for reply in replies:
        turn = take(FORM, turn.draft, reply, TODAY)
    said = dict(at.said) if value is None else {**at.said, at.question.key: value}
    computed = {p.question: a.value for p, a in turn.draft.answers.items() if a.source is Source.COMPUTED}
    also = {p.question: a.value for p, a in turn.draft.answers.items() if a.source is Source.TYPED}
    return turn, {**also, **computed, **said}


def _replies(at: At) -> list[Fork]:
    """The ways on from here."""
    question, faces = at.question, buttons(at.message)
    if isinstance(question, AllListed):
        return [((Pressed(faces["Sudah semua"].effect),), "Ya")]
    if isinstance(question, Attachment):
        return [((Uploaded(File("f" * 32, "jpeg", 1000)),), "berkas")]
    forks = _ticks(at.place, faces) if isinstance(question, Ticks) else _choices(at, faces) + _typed(question, at.said)
    if "Lewati" in faces:
        forks.append(((Pressed(faces["Lewati"].effect),), "lewat"))
    opens = [b.effect for b in faces.values() if isinstance(b.effect, On) and b.effect.action == "buka"]
    for effect in opens:
        assert isinstance(effect, On)
        if effect.place.question in question.related and not _opened_before(at, effect.place.question):
            forks.append(((Pressed(effect),), None))
    return forks


def _opened_before(at: At, key: str) -> bool:
    """Whether this road has been to that question by way of a button already."""
    return at.said.get(key) in (None, "6 miliar") if at.question.key == "" else key in at.said and (
        at.said[key] != "6 miliar")  # fmt: skip


def _choices(at: At, faces: Mapping[str, Button]) -> list[Fork]:
    """One fork an option; long lists that nothing depends on are pressed through and go on by their last."""
    effects = [button.effect for button in faces.values() if isinstance(button.effect, Pick)]
    forks: list[Fork] = [((Pressed(effect),), _value(at, effect)) for effect in effects]
    if len(forks) <= 3 or at.question.key in _mentioned():
        return forks
    ends = {_after(at, *fork)[0].messages[-1].place for fork in forks}
    assert len(ends) == 1, f"{at.question.key} forks without a condition"
    return forks[-1:]


def _value(at: At, effect: Effect) -> object:
    """What pressing this stores."""
    after = take(FORM, at.turn.draft, Pressed(effect), TODAY).draft.answers[at.place]
    return after.value


def _mentioned() -> set[str]:
    """The questions that something depends on."""
    found: set[str] = set()
    for section in FORM.sections:
        for entry in section.entries:
            found |= set(entry.when.mentions())
            if not isinstance(entry, Ending) and entry.computed:
                found |= set(entry.computed.mentions())
    return found


def _typed(question: Question, said: Said) -> list[Fork]:
    """What can be written here where words are free."""
    if getattr(question, "choices", ()) and not getattr(question, "typed_only", False):
        return []
    if question.key == "data_umum.modal_kerja" and question.key in said:
        return [((Typed("20 juta"),), "20 juta")]
    text = next((text for kind, text in _BY_KIND if isinstance(question, kind)), "Tulisan")
    if isinstance(question, Code):
        text = "10391" if question.digits == 5 else "2106.90.97"
    if question.key == "perusahaan.provinsi":
        text = "Bali"
    return [((Typed(text),), text) for text in _TEXTS.get(question.key, (text,))]


def _ticks(place: Place, faces: Mapping[str, Button]) -> list[Fork]:
    """Nothing, each alone, all; nothing only where the button for it is there."""
    options = [button.effect for button in faces.values() if isinstance(button.effect, Tick)]
    done = Pressed(On("selesai", place))
    names = {option.value: option for option in FORM.by_key[place.question].choices}  # type: ignore[attr-defined]
    sets = [[effect] for effect in options] + [options]
    values = [(name,) for name in names] + [tuple(names)]
    forks: list[Fork] = [((*map(Pressed, chosen), done), value) for chosen, value in zip(sets, values, strict=True)]
    if "Tidak ada satu pun" in faces:
        forks.append(((Pressed(faces["Tidak ada satu pun"].effect),), ()))
    if "Semua sudah" in faces:
        forks.append(((Pressed(faces["Semua sudah"].effect),), tuple(names)))
    return forks
