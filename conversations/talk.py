"""One turn while it is made: the draft as it changes, the notes to say, and the open question at the end."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from conversations.amounts import Year
from conversations.answers import Answer, Mark, Place, Source, Value, outside
from conversations.asking import ask
from conversations.checklist import checklist
from conversations.choices import YA
from conversations.copying import LETTER, content
from conversations.draft import Draft, Focus
from conversations.form import Form
from conversations.keyboards import change_button
from conversations.masking import masked
from conversations.mending import mended
from conversations.messages import BLANK, Button, Go, Message, On, Paragraph
from conversations.naming import label, short, shown
from conversations.review import at_the_end
from conversations.route import Stop, Walk, walk
from conversations.scope import Lookup
from conversations.sections.pengiriman import SENT, STATE, VERIFIED
from conversations.texts import cleaned
from conversations.warnings import open_doubts
from conversations.words import T, Words

CONSENT = Place("persetujuan.setuju")

Also = Mapping[Place, Value]

_TRIES, _LONGEST_TRY = 3, 120  # how many are kept, and how many characters of each
_ENOUGH = 3  # change buttons below one message; more would push the question out of sight


class Talk:
    """Collects what one turn changes and says. Used by the engine's rooms, never kept between turns."""

    def __init__(self, form: Form, draft: Draft, today: date, lookup: Lookup, before: Walk | None = None) -> None:
        self.form, self.draft, self.today, self.lookup = form, draft, today, lookup
        self.notes: list[Paragraph] = []
        self.extra: list[Button] = []
        self.changes: list[Button] = []
        self.kept: list[Stop] = []
        self.messages: list[Message] = []
        self.asks_again = True
        self.walk: Walk = walk(form, draft, today, lookup, before)
        self.first = self.walk
        self._settle()
        began = self.walk.open()
        self._began = began.section if began else None
        self.stored = False

    @property
    def consented(self) -> bool:
        """Whether the person has agreed; a form without that question needs no consent."""
        answer = self.draft.answers.get(CONSENT)
        return CONSENT.question not in self.form.by_key or (answer is not None and answer.value == YA)

    def change(self, draft: Draft) -> None:
        """Go on with this draft: walk it again and keep what follows from it."""
        self.draft = draft
        self.walk = walk(self.form, draft, self.today, self.lookup, self.walk)
        self._settle()

    def _settle(self) -> None:
        """Keep the derived answers that differ from those in the draft."""
        if not self.walk.derived:
            return
        answers = dict(self.draft.answers)
        for place, value in self.walk.derived.items():
            if value is None:
                answers.pop(place, None)
            else:
                answers[place] = Answer(value, Source.COMPUTED)
        self.draft = self.draft._replace(answers=answers)
        self.walk.draft = self.draft

    def note(self, words: Words) -> None:
        """Say this below the open question."""
        self.notes.append(Paragraph(words))

    def tried(self, text: str) -> None:
        """Remember what was typed and could not be taken, for staff to see if the person asks them."""
        tries = (*self.draft.tries, masked(cleaned(text))[:_LONGEST_TRY])[-_TRIES:]
        self.draft = self.draft._replace(tries=tries)
        self.walk.draft = self.draft

    def offer(self, button: Button) -> None:
        """Put this button below the open question, as long as there is room."""
        if len(self.extra) < _ENOUGH:
            self.extra.append(button)

    def reviews(self) -> None:
        """This turn answered something: a section that it ends is read back."""
        self.stored = True

    def say(self, message: Message) -> None:
        """Send this before the open question."""
        self.messages.append(message)

    def unfocus(self) -> None:
        """Leave what was opened on purpose."""
        self.change(self.draft._replace(focus=None, misses=0))

    def focus(self, place: Place) -> None:
        """Open this question."""
        section = self.form.section_of[place.question]
        self.change(self.draft._replace(focus=Focus(section.key, place), misses=0))

    def store(
        self, place: Place, value: Value, source: Source, message_id: int | None = None, also: Also | None = None
    ) -> None:
        """Keep an answer (and what it answers `also`), say what was kept or changed, and what follows from it."""
        before, stop_before = self.draft.answers.get(place), self.walk.stop(place)
        old = shown(self.walk, stop_before) if stop_before and before else ""
        walk_before, stops_before = self.walk, self.walk.at
        answers = {p: Answer(v, source) for p, v in also.items()} if also else {}
        answers[place] = Answer(value, source, message_id)
        focus = self.draft.focus
        if (focus and focus.place == place) or self.walk.must_mend(place):
            focus = Focus(self.form.section_of[place.question].key)
        draft = self.draft._replace(answers={**self.draft.answers, **answers}, focus=focus, misses=0)
        self.change(mended(draft, *answers))
        stop = self.walk.stop(place)
        if stop is None or not stop.question.acknowledged:
            return
        name, new = short(self.walk, stop), _spelled(self.walk, stop)
        if value is Mark.KOSONG:
            words = T("Dilewati: {isian}", isian=name)
        elif before and before.value == value and all(_value(stops_before, p) == v for p, v in (also or {}).items()):
            words = T("Tetap: {isian} — {nilai}", isian=name, nilai=new)
        elif stop_before and stop_before.passed and before and before.source is not Source.LATER and old != new:
            words = T("Diubah: {isian} dari {dulu} menjadi {kini}", isian=name, dulu=old, kini=new)
        else:
            words = T("Tersimpan: {isian} — {nilai}", isian=name, nilai=new)
        self.note(T("✓ {kalimat}", kalimat=words))
        self.changes.append(Button(T("Ubah jawaban tadi"), On("buka", place)))
        self.kept.append(stop)
        self.reviews()
        self._tell_others(place, walk_before, also or {})
        if before and before.value != value:
            self._tell_recounted(place)
        self._tell_after_sending(stop)

    def _tell_after_sending(self, stop: Stop) -> None:
        """A report that was sent, or a letter that was made, does not follow a later change."""
        said = self.draft.answers.get(outside(STATE))
        if stop.section.company or stop.section.key in {"pengiriman", "surat_pernyataan"}:
            return
        if said and said.value in (SENT, VERIFIED):
            self.note(T("Laporan ini sudah terkirim. Perubahan di sini tidak mengubah yang ada di SIINas."))
        made = self.draft.answers.get(LETTER)
        if made and made.value == content(self.first) and made.value != content(self.walk):
            self.note(T("Surat yang tadi dibuat sudah tidak cocok dengan jawaban ini. Buat lagi lewat /surat."))

    def _tell_recounted(self, place: Place) -> None:
        """A changed unit leaves the quantities as they are: say so, for 36 pieces are not 36 dozen."""
        for stop in self.walk.stops:
            counted = getattr(stop.question, "unit_from", "") == place.question and isinstance(stop.value, Decimal)
            if counted and stop.place.item == place.item:
                name, value = label(self.walk, stop), shown(self.walk, stop)
                self.note(T("⚠ Coba dicek: {isian} sekarang tertulis {nilai}.", isian=name, nilai=value))
                self.offer(change_button(self.walk, stop))

    def _tell_others(self, place: Place, walk_before: Walk, also: Also) -> None:
        """Say what else was filled in by this answer, with a button to change what matters."""
        if self.walk.changed == {place}:
            return
        before = walk_before.at
        for stop in self.walk.fresh(walk_before):
            answer = self.draft.answers.get(stop.place)
            if stop.place == place or answer is None or _value(before, stop.place) == stop.value:
                continue
            if stop.section.key != place.question.split(".")[0] and stop.place not in also:
                continue
            if not stop.question.export or stop.value in (Mark.KOSONG, Mark.NANTI):
                continue
            name, now = short(self.walk, stop), shown(self.walk, stop)
            if answer == self.first.draft.answers.get(stop.place) and answer.source is not Source.COMPUTED:
                self.note(T("Seperti dulu: {isian} — {nilai}", isian=name, nilai=now))
                continue
            self.note(T("Terisi sendiri: {isian} — {nilai}", isian=name, nilai=now))
            if isinstance(stop.value, Decimal | int) and not isinstance(stop.question, Year):
                self.changes.append(change_button(self.walk, stop))

    def finish(self) -> tuple[Draft, tuple[Message, ...]]:
        """The draft to keep and all messages, the open question (or what stands for it) last."""
        stop = self.walk.open()
        if not self.asks_again:
            return self.draft, tuple(self.messages)
        self._review(stop)
        if stop and stop.problem and not any(note.words == stop.problem.words for note in self.notes):
            self.note(stop.problem.words)
        notes, extra = tuple(self.notes), _each_alone(self.extra)
        if stop:
            several = [change_button(self.walk, kept) for kept in self.kept] if len(self.kept) > 1 else self.changes
            self.messages.append(ask(self.walk, stop, notes, extra, _each_alone(several[-_ENOUGH:])))
        elif self.walk.ending:
            self.messages.append(self._ending(notes))
        elif notes or not self.messages:
            end = checklist(self.walk, open_doubts(self.walk))
            paragraphs = (*notes, BLANK, *end.paragraphs) if notes else end.paragraphs
            self.messages.append(end._replace(paragraphs=paragraphs, buttons=(*extra, *end.buttons)))
        shown = stop.place if stop else None
        tries = self.draft.tries if shown and shown == self.first.draft.shown else ()
        return self.draft._replace(shown=shown, tries=tries), tuple(self.messages)

    def _review(self, stop: Stop | None) -> None:
        """Read a section back when this turn answered its last question."""
        section = self._began
        if section is None or section.key == "persetujuan" or (stop and stop.section is section):
            return
        if self.stored and all(other.passed for other in self.walk.stops if other.section is section):
            review = at_the_end(self.walk, section)
            if len(review.paragraphs) > 1:  # a rented place leaves nothing to read back
                self.messages.append(review)
                self.changes.clear()

    def _ending(self, notes: tuple[Paragraph, ...]) -> Message:
        """Why the report stops here, and which answers could change that."""
        ending = self.walk.ending
        assert ending is not None  # noqa: S101 - the caller has looked
        stops = [stop for key in ending.opens if (stop := self.walk.stop(Place(key)))]
        buttons = [
            (Button(T("Ubah {isian}", isian=label(self.walk, stop)), On("buka", stop.place)),) for stop in stops
        ]
        if ending.letter:
            buttons.insert(0, (Button(T("Buat surat"), Go("surat")),))
        paragraphs = [Paragraph(bold=T(ending.title)), Paragraph(T(ending.words))]
        return Message((*paragraphs, *((BLANK, *notes) if notes else ())), tuple(buttons))


def _each_alone(buttons: list[Button]) -> tuple[tuple[Button, ...], ...]:
    """A row for each."""
    return tuple([(button,) for button in buttons]) if buttons else ()


def _value(stops: dict[Place, Stop], place: Place) -> Value | None:
    return stops[place].value if place in stops else None


def _spelled(walk_: Walk, stop: Stop) -> Words:
    """The value, and in words where a wrong zero would hurt."""
    text = shown(walk_, stop)
    words = stop.question.spelled(stop.value) if stop.value is not None else ""
    return T("{nilai}, {terbilang}", nilai=text, terbilang=words) if words else text
