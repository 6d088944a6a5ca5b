"""Carrying answers into SIINas: its pages in its order (guide slides' "Halaman Selanjutnya" links), a card for each
page or item, every field as it is typed or picked there. Which cards were copied are answers too, as the
fingerprints of what their fields held; so a change after copying shows by itself."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal

from conversations.answers import Answer, Mark, Place, Source, Ticking, Value
from conversations.choices import Choice, Ticks
from conversations.copy_format import format_of
from conversations.form import Section
from conversations.naming import Gaps, item_name, said
from conversations.questions import Question
from conversations.route import Walk
from conversations.texts import Attachment

PAGES = (
    "data_umum", "data_khusus", "investasi", "tenaga_kerja", "bahan_baku", "air_baku", "bahan_bakar_pelumas",
    "kapasitas_produksi", "produksi", "mesin", "surat_pernyataan", "kirim",
)  # fmt: skip
LONGEST_COPY = 256  # characters that Telegram's copy button carries


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a page: SIINas' label, what to type or pick there, and whether it is picked from a list."""

    label: str
    value: str
    picked: bool

    @property
    def fingerprint(self) -> str:
        """Eight hex digits."""
        return _fingerprint(f"{self.label}\1{self.value}", 4)


@dataclass(frozen=True, slots=True)
class Card:
    """What is filled in at one go: a page, or one item of it. `item` is "" outside groups."""

    page: str
    item: str
    title: str
    fields: tuple[Field, ...]

    @property
    def place(self) -> Place:
        """Where it is noted that this card was copied."""
        return Place(f"disalin.{self.page}", self.item)

    @property
    def fingerprints(self) -> tuple[str, ...]:
        """Those of its fields."""
        return tuple(field.fingerprint for field in self.fields)


def _fingerprint(text: str, size: int) -> str:
    return hashlib.blake2b(text.encode(), digest_size=size).hexdigest()


def cards(walk: Walk) -> tuple[Card, ...]:
    """All cards in SIINas' order, the one for sending last."""
    result: list[Card] = []
    for page in PAGES[:-1]:
        section = walk.form.section(page)
        items = walk.draft.items.get(page, ()) if section.repeat else ("",)
        result += [Card(page, item, _title(walk, section, item), _fields(walk, section, item)) for item in items]
    return (*result, Card("kirim", "", "Kirim Laporan", ()))


def _title(walk: Walk, section: Section, item: str) -> str:
    name = item_name(walk, section, item)
    return f"{section.title} — {name}" if name else section.title


def _fields(walk: Walk, section: Section, item: str) -> tuple[Field, ...]:
    fields: list[Field] = []
    for question in section.questions:
        value = walk.known.get(Place(question.key, item))
        each = isinstance(question, Ticks) and bool(question.each)
        if value is Mark.KOSONG and each:
            value = ()  # as in the export: none of them
        if value is None or isinstance(value, Mark | Ticking) or isinstance(question, Attachment):
            continue
        if isinstance(question, Ticks) and each:
            if question.truth[0] is not True:  # what SIINas has no field for is no question of its own
                chosen = value if isinstance(value, tuple) else ()
                fields += [
                    Field(option.face, str(question.truth[0 if option.value in chosen else 1]), picked=True)
                    for option in question.choices
                ]
        elif question.export and question.key not in NOT_IN_SIINAS:
            label = said(question.label, Gaps(walk, section, question, item)).plain()
            fields.append(Field(label, typed(question, value), isinstance(question, Choice | Ticks)))
    return tuple(fields)


# Only there to work out another answer, or shown by SIINas itself.
NOT_IN_SIINAS = {
    "kapasitas_produksi.maks_per_bulan",
    "data_umum.periode_sebelumnya.nilai_mesin",
    "data_umum.periode_sebelumnya.nilai_lainnya",
}


def typed(question: Question, value: Value) -> str:
    """A value as it is put into SIINas: numbers by the format of their kind, lists with commas, the rest as it is."""
    match value:
        case Decimal() | int():
            return format_of(question).typed(value)
        case tuple():
            return ", ".join(value)
    return str(value)


LETTER = Place("surat.dibuat")  # the content of the report when its letter was last made


def content(walk: Walk) -> str:
    """Twelve hex digits over everything a report says, but for its letter: what a letter is bound to."""
    seen = (
        mark for card in cards(walk) if card.page != "surat_pernyataan" for mark in (card.item, *card.fingerprints)
    )
    return _fingerprint("\0".join(seen), 6)


def parts(text: str) -> tuple[str, ...]:
    """A long text in pieces that a copy button carries, broken at spaces where there are any."""
    result = []
    while len(text) > LONGEST_COPY:
        cut = text.rfind(" ", 1, LONGEST_COPY + 1)
        cut = cut if cut > 0 else LONGEST_COPY
        result.append(text[:cut])
        text = text[cut:]
    return (*result, text)


def copied(walk: Walk, card: Card) -> bool:
    """Whether the card was copied as it is now."""
    answer = walk.draft.answers.get(card.place)
    return answer is not None and answer.value == card.fingerprints


def changed(walk: Walk, card: Card) -> bool:
    """Whether the card was copied, and changed after that."""
    answer = walk.draft.answers.get(card.place)
    return answer is not None and answer.value != card.fingerprints


def changed_fields(walk: Walk, card: Card) -> tuple[Field, ...]:
    """What on a copied card is not as it was when it was copied."""
    answer = walk.draft.answers.get(card.place)
    known = answer.value if answer and isinstance(answer.value, tuple) else card.fingerprints
    return tuple(field for field in card.fields if field.fingerprint not in known)


def next_card(walk: Walk) -> Card | None:
    """The card to copy next: changed ones first, then the first that was not copied; None when all are."""
    every = cards(walk)
    return next((card for card in every if changed(walk, card)), None) or next(
        (card for card in every if not copied(walk, card)), None
    )


def mark_copied(card: Card) -> tuple[Place, Answer]:
    """The answer that says this card was copied."""
    return card.place, Answer(card.fingerprints, Source.BUTTON)
