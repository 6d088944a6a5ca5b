"""Carrying answers into SIINas: its pages in its order (guide slides' "Halaman Selanjutnya" links), a card for each
page or item, every field as it is typed or picked there. Which cards were copied are answers too, as the
fingerprint of what the card held; so a change after copying shows by itself."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal

from conversations.answers import Answer, Mark, Place, Source, Ticking, Value
from conversations.choices import Choice, Ticks
from conversations.form import Section
from conversations.naming import Gaps, item_name, said
from conversations.numbers import write
from conversations.questions import Question
from conversations.route import Walk
from conversations.texts import Attachment

PAGES = (
    "data_umum", "data_khusus", "investasi", "tenaga_kerja", "bahan_baku", "air_baku", "bahan_bakar_pelumas",
    "kapasitas_produksi", "produksi", "mesin", "surat_pernyataan", "kirim",
)  # fmt: skip
LONGEST_COPY = 256  # characters that Telegram's copy button carries

# How SIINas wants a number typed. Its masks could not be checked: one place to change, per kind of field.
WITH_DOTS = False


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a page: SIINas' label, what to type or pick there, and whether it is picked from a list."""

    label: str
    value: str
    picked: bool


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
    def fingerprint(self) -> str:
        """Twelve hex digits over everything on the card."""
        seen = "\0".join(f"{field.label}\1{field.value}" for field in self.fields)
        return hashlib.blake2b(seen.encode(), digest_size=6).hexdigest()


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
        if value is None or isinstance(value, Mark | Ticking) or isinstance(question, Attachment):
            continue
        if isinstance(question, Ticks) and question.each:
            if question.truth[0] is not True:  # what SIINas has no field for is no question of its own
                chosen = value if isinstance(value, tuple) else ()
                fields += [
                    Field(option.face, str(question.truth[0 if option.value in chosen else 1]), picked=True)
                    for option in question.choices
                ]
        elif question.export and question.key not in _NOT_IN_SIINAS:
            label = said(question.label, Gaps(walk, section, question, item)).plain()
            fields.append(Field(label, typed(question, value), isinstance(question, Choice | Ticks)))
    return tuple(fields)


# Only there to work out another answer, or shown by SIINas itself.
_NOT_IN_SIINAS = {
    "kapasitas_produksi.maks_per_bulan",
    "data_umum.periode_sebelumnya.nilai_mesin",
    "data_umum.periode_sebelumnya.nilai_lainnya",
}


def typed(question: Question, value: Value) -> str:
    """A value as it is put into SIINas: numbers by the format above, lists with commas, the rest as it is."""
    match value:
        case Decimal() | int() if question.key.endswith("tahun") or question.key.endswith("tahun_pembelian"):
            return str(value)
        case Decimal() | int():
            return write(value) if WITH_DOTS else write(value).replace(".", "")
        case tuple():
            return ", ".join(value)
    return str(value)


LETTER = Place("surat.dibuat")  # the content of the report when its letter was last made


def content(walk: Walk) -> str:
    """Twelve hex digits over everything a report says, but for its letter: what a letter is bound to."""
    seen = "\0".join(card.fingerprint for card in cards(walk) if card.page != "surat_pernyataan")
    return hashlib.blake2b(seen.encode(), digest_size=6).hexdigest()


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
    return answer is not None and answer.value == card.fingerprint


def changed(walk: Walk, card: Card) -> bool:
    """Whether the card was copied, and changed after that."""
    answer = walk.draft.answers.get(card.place)
    return answer is not None and answer.value != card.fingerprint


def next_card(walk: Walk) -> Card | None:
    """The card to copy next: changed ones first, then the first that was not copied; None when all are."""
    every = cards(walk)
    return next((card for card in every if changed(walk, card)), None) or next(
        (card for card in every if not copied(walk, card)), None
    )


def mark_copied(card: Card) -> tuple[Place, Answer]:
    """The answer that says this card was copied."""
    return card.place, Answer(card.fingerprint, Source.BUTTON)
