"""Takes every road of one section of the form: forks at each choice, tick and skip, answers through `take` as a
person would, and hands every stop to whoever wants to look. It knows the screen and the kinds, not the order."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date

from conversations.amounts import Percent, Quantity, Rupiah, Whole, Year
from conversations.answers import Answer, File, Place, Source, Value
from conversations.choices import Choice, Ticks
from conversations.draft import Draft, Focus
from conversations.engine import Turn, take
from conversations.form import AllListed
from conversations.messages import Button, Effect, Message, On, Pick, Tick
from conversations.names import Code, Country
from conversations.questions import Question
from conversations.replies import Command, Pressed, Reply, Typed, Uploaded
from conversations.sections import laporan_produksi
from conversations.texts import Attachment

FORM = laporan_produksi()
TODAY = date(2026, 7, 3)
FIRM: dict[str, Value] = {
    "perusahaan.tahap": "Tahap Produksi", "perusahaan.nama": "Tempe Bu Siti", "perusahaan.badan_usaha": "Perorangan",
    "perusahaan.alamat_pabrik": "Jl. Melati", "perusahaan.kabupaten_kota": "Kabupaten Tulungagung",
    "perusahaan.provinsi": "Jawa Timur", "perusahaan.zona_waktu": "WIB", "perusahaan.nib": "CONTOH",
    "perusahaan.kbli": ("10391",), "perusahaan.sertifikat_halal": (),
    "perusahaan.jabatan_penanda_tangan": "Pemilik", "perusahaan.pbsi_valid": "Ya",
}  # fmt: skip
SCAN = File("f" * 32, "jpeg", 1000)
_TEXTS: dict[str, tuple[str, ...]] = {
    "data_umum.periode_yang_dilaporkan": ("Januari - Juni",),
    "data_umum.tahun": ("2025",),
    "data_umum.modal_kerja": ("19 juta", "6 miliar"),
    "perusahaan.kabupaten_kota": ("Tulungagung", "Zzyzx"),
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


class Person:
    """One person before the pure engine. Each turn is checked to leave the draft it was given as it was."""

    def __init__(self, draft: Draft, today: date = TODAY) -> None:
        self.draft, self.today, self.ids = draft, today, 0
        self.does(Command("lanjut"))

    def does(self, reply: Reply) -> str:
        """Apply a reply; gives the text of all that was said."""
        before = deepcopy(self.draft)
        turn = take(FORM, self.draft, reply, self.today)
        assert self.draft == before
        self.draft, self.messages = turn.draft, turn.messages
        return "\n".join(message.plain() for message in self.messages)

    def says(self, text: str) -> str:
        """Write a text; its message id is then `ids`."""
        self.ids += 1
        return self.does(Typed(text, self.ids))

    def button(self, face: str) -> Effect:
        """What the newest button that begins with these words does."""
        found = [b for m in self.messages for name, b in buttons(m).items() if name.startswith(face)]
        assert found, f"no button {face!r}: {[list(buttons(m)) for m in self.messages]}"
        return found[-1].effect

    def taps(self, face: str) -> str:
        return self.does(Pressed(self.button(face)))

    @property
    def asked(self) -> str:
        """The key of the open question, "" where none is."""
        place = self.messages[-1].place
        return place.question if place else ""

    def value(self, key: str, item: str = "") -> Value | None:
        answer = self.draft.answers.get(Place(key, item))
        return answer.value if answer else None

    def lines(self) -> list[str]:
        """The lines of the checklist as they are read, without the mark before them."""
        text = take(FORM, self.draft, Command("periksa"), self.today).messages[0].plain()
        return [line.removeprefix("• ") for line in text.split("\n") if line.startswith("• ")]


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
        for replies in _forks(at, at.question):
            after = _after(at.turn, replies)
            assert after.messages[-1].place != at.message.place, (
                f"{replies} led nowhere:\n{after.messages[-1].plain()}"
            )
            waiting.append(_at(after, section))


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
    forks = _ticks(place, faces) if isinstance(question, Ticks) else _choices(at, question)
    if "Lewati" in faces:
        forks.append((Pressed(faces["Lewati"].effect),))
    for key in question.related:
        here = Place(key, place.item)
        if here not in at.turn.draft.answers or key == "data_umum.modal_kerja":
            forks.append((Pressed(On("buka", here)),))
    return forks


def _choices(at: At, question: Question) -> list[Replies]:
    """One fork an option. Of a long list all are pressed; those that lead to the same question, with the same things
    worked out from them, go on as one."""
    forks: list[Replies] = [(Pressed(b.effect),) for b in buttons(at.message).values() if isinstance(b.effect, Pick)]
    if len(forks) > 3:
        forks = list({_outcome(_after(at.turn, fork)): fork for fork in forks}.values())
    if isinstance(question, Choice) and not question.typed_only:
        return forks
    return [*forks, *((Typed(text),) for text in _texts(at, question, bool(forks)))]


def _outcome(turn: Turn) -> object:
    computed = [place for place, answer in turn.draft.answers.items() if answer.source is Source.COMPUTED]
    return turn.messages[-1].place, frozenset(computed)


def _texts(at: At, question: Question, has_buttons: bool) -> tuple[str, ...]:
    """What can be written here where words are free."""
    if question.key == "data_umum.modal_kerja" and question.key in at.said:
        return ("20 juta",)
    text = next((text for kind, text in _BY_KIND if isinstance(question, kind)), "Tulisan")
    if isinstance(question, Code):
        text = "10391" if question.digits == 5 else "2106.90.97"
    return _TEXTS.get(question.key, () if has_buttons else (text,))


def _ticks(place: Place, faces: Mapping[str, Button]) -> list[Replies]:
    """Each alone, all, and nothing where there is a button for it."""
    options = [button.effect for button in faces.values() if isinstance(button.effect, Tick)]
    done = Pressed(On("selesai", place))
    forks: list[Replies] = [(*map(Pressed, chosen), done) for chosen in (*([one] for one in options), options)]
    return [*forks, *((Pressed(faces[face].effect),) for face in ("Tidak ada satu pun",) if face in faces)]
