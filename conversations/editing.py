"""Going back and changing: any question, any item, the person's own earlier message. Nothing is deleted by it:
what a change hides comes back with the change back."""

from dataclasses import replace

from conversations.answers import Mark, Place, Source, Value
from conversations.draft import Draft, Focus
from conversations.form import AllListed, Section
from conversations.keyboards import rows
from conversations.messages import Button, InGroup, Message, Paragraph, Put
from conversations.naming import item_name, label, shown
from conversations.problems import Problem
from conversations.questions import Doubt, Read
from conversations.review import for_change
from conversations.talk import Talk
from conversations.words import T, literal


def back(talk: Talk, place: Place) -> None:
    """`Kembali`: open the question before this one."""
    stop = talk.walk.before(place)
    if stop is None:
        talk.note(T("Ini pertanyaan yang pertama."))
        return
    opened(talk, stop.place)


def opened(talk: Talk, place: Place) -> None:
    """Open a question again and say what its answer is now."""
    talk.focus(place)
    stop = talk.walk.stop(place)
    if talk.walk.must_mend(place):
        return
    if stop and stop.passed and stop.value is not Mark.NANTI and not isinstance(stop.question, AllListed):
        talk.note(T("Jawaban sekarang: {nilai}", nilai=shown(talk.walk, stop)))


def filled_in(talk: Talk, place: Place) -> None:
    """From the checklist: what was put off in this section is open again, beginning here."""
    section = talk.form.section_of[place.question]
    put_off = [
        stop.place
        for stop in talk.walk.stops
        if stop.section is section and stop.missing and stop.place in talk.draft.answers
    ]
    draft = talk.draft.without(*put_off)
    if section.repeat and not draft.items.get(section.key):
        draft = draft.without(Place(section.all_listed))
    talk.change(draft._replace(focus=Focus(section.key, place), misses=0))


def edited(talk: Talk, message_id: int, text: str) -> None:
    """The person corrected an earlier message: exactly the answers it gave change, line by line if it had lines."""
    places = [stop.place for stop in talk.walk.stops if _came_from(talk, stop.place, message_id)]
    lines = [text] if len(places) == 1 else [line for line in text.splitlines() if line.strip()]
    if not places or len(lines) != len(places):
        talk.note(T("Pesan yang Anda ubah itu bukan jawaban yang tersimpan, jadi tidak ada yang berubah."))
        return
    for place, line in zip(places, lines, strict=True):
        _edit(talk, place, message_id, line)


def _came_from(talk: Talk, place: Place, message_id: int) -> bool:
    answer = talk.draft.answers.get(place)
    return answer is not None and answer.message_id == message_id and place.question in talk.form.by_key


def _edit(talk: Talk, place: Place, message_id: int, text: str) -> None:
    stop = talk.walk.stop(place)
    if stop is None:
        return
    scope = talk.walk.scope(place.item)
    match stop.question.checked(stop.question.read(text, scope), scope):
        case Problem(words):
            tetap = T("{isian} tetap {nilai}.", isian=label(talk.walk, stop), nilai=shown(talk.walk, stop))
            talk.note(T("{alasan} {tetap}", alasan=words, tetap=tetap))
        case Doubt(readings):
            talk.focus(place)
            tetap = T("{isian} tetap {nilai}.", isian=label(talk.walk, stop), nilai=shown(talk.walk, stop))
            talk.note(T("Maksudnya yang mana? Sebelum Anda memilih, {tetap}", tetap=tetap))
            talk.extra += [Button(literal(option.face), Put(place, option.value)) for option in readings]
        case Read(value, also):
            others = {Place(key, place.item if stop.section.repeat else ""): other for key, other in also.items()}
            talk.store(place, value, Source.EDITED, message_id, others)


def show_sections(talk: Talk) -> None:
    """`/ubah`: the sections that have answers."""
    reached = dict.fromkeys(stop.section.key for stop in talk.walk.stops if stop.passed)
    sections = [talk.form.section(key) for key in reached if key != "persetujuan"]
    buttons = [Button(T(section.title), InGroup("isi", section.key)) for section in sections]
    talk.say(Message((Paragraph(bold=T("Mau mengubah bagian mana?")),), rows(buttons)))


def show_section(talk: Talk, key: str, item: str = "") -> None:
    """The answers of a section, or of one item, each with a button to change it; or the cards of a group."""
    section = talk.form.section(key)
    if section.repeat and not item:
        _cards(talk, section)
        return
    talk.say(for_change(talk.walk, section, item))


def _cards(talk: Talk, section: Section) -> None:
    items = talk.draft.items.get(section.key, ())
    names = [item_name(talk.walk, section, item) or "—" for item in items]
    buttons = [
        Button(T("Ubah {n}. {nama}", n=str(n), nama=name), InGroup("isi", section.key, item))
        for n, (item, name) in enumerate(zip(items, names, strict=True), 1)
    ]
    add = Button(T("Tambah {sebutan}", sebutan=T(section.repeat.noun if section.repeat else "")),
                 InGroup("tambah", section.key))  # fmt: skip
    lines = [Paragraph(T("{n}. {nama}", n=str(n), nama=name)) for n, name in enumerate(names, 1)]
    talk.say(Message((Paragraph(bold=T(section.title)), *lines), (*rows(buttons), (add,))))


def in_group(talk: Talk, action: str, group: str, item: str) -> None:
    """What the buttons of a section, a group or an item do."""
    if group not in {section.key for section in talk.form.sections}:
        talk.note(T("Tombol itu sudah tidak berlaku."))
        return
    section = talk.form.section(group)
    here = item in talk.draft.items.get(group, ())
    if action == "pulihkan" and section.repeat and not here and item:
        _restored(talk, section, item)
    elif item and not here:
        talk.note(T("Yang itu sudah dihapus, jadi tidak ada yang berubah."))
    elif action in {"isi", "kartu"}:
        show_section(talk, group, item)
    elif action == "tambah" and section.repeat:
        add_item(talk, group)
    elif action == "salin" and here:
        _copied(talk, section, item)
    elif action == "hapus" and here:
        name = item_name(talk.walk, section, item) or "—"
        yes = Button(T("Ya, hapus {nama}", nama=name), InGroup("hapus_ya", group, item))
        no = Button(T("Tidak jadi"), InGroup("isi", group, item))
        talk.say(
            Message(
                (Paragraph(T("Hapus {nama} dari {judul}?", nama=name, judul=T(section.title))),),
                ((yes,), (no,)),
            )
        )
    elif action == "hapus_ya" and here:
        _removed(talk, section, item)
    else:
        talk.note(T("Tombol itu sudah tidak berlaku."))


def add_item(talk: Talk, group: str) -> bool:
    """One more item at the end; False (and a note) where the group is full or an empty one is waiting."""
    section = talk.form.section(group)
    items = talk.draft.items.get(group, ())
    if section.repeat and len(items) >= section.repeat.limit:
        talk.note(T("Sudah {n}. Lebih dari itu tidak bisa.", n=str(section.repeat.limit)))
        return False
    if items and section.repeat and not item_name(talk.walk, section, items[-1]):
        talk.change(talk.draft._replace(focus=Focus(group)))
        return True
    draft = talk.draft.with_item(group)
    waiting = draft.answers.get(Place(section.all_listed))
    if waiting and waiting.value is Mark.NANTI:
        draft = draft.without(Place(section.all_listed))
    talk.change(draft._replace(focus=Focus(group), misses=0))
    return True


def named_item(talk: Talk, section: Section, text: str, message_id: int | None) -> Problem | None:
    """A name typed where more items were asked for: a new item of that name, or why it is no name."""
    if section.repeat is None:
        return None
    question = talk.form.by_key[section.repeat.name]
    scope = talk.walk.scope(talk.draft.next_item(section.key))
    match question.checked(question.read(text, scope), scope):
        case Problem() as problem:
            return problem
        case Read(value):
            if add_item(talk, section.key):
                place = Place(section.repeat.name, talk.draft.items[section.key][-1])
                talk.store(place, value, Source.TYPED, message_id)
    return None


def _copied(talk: Talk, section: Section, item: str) -> None:
    last = talk.draft.items[section.key][-1]
    if last != item and _answers_of(talk, last) == _answers_of(talk, item):  # pressed twice
        show_section(talk, section.key, last)
        return
    if not add_item(talk, section.key):
        return
    new = talk.draft.items[section.key][-1]
    copies = {
        Place(place.question, new): replace(answer, message_id=None)
        for place, answer in talk.draft.answers.items()
        if place.item == item and answer.source is not Source.COMPUTED
    }
    talk.change(talk.draft._replace(answers={**talk.draft.answers, **copies}))
    talk.note(T("✓ Disalin. Sekarang ubah yang berbeda."))
    show_section(talk, section.key, new)


def _answers_of(talk: Talk, item: str) -> dict[str, Value]:
    """What an item holds, by question."""
    return {place.question: answer.value for place, answer in talk.draft.answers.items() if place.item == item}


def _removed(talk: Talk, section: Section, item: str) -> None:
    name = item_name(talk.walk, section, item) or "—"
    talk.change(talk.draft.without_item(section.key, item)._replace(focus=None))
    talk.note(T("✓ Dihapus: {nama}.", nama=name))
    talk.extra.append(Button(T("Kembalikan {nama}", nama=name), InGroup("pulihkan", section.key, item)))


def _restored(talk: Talk, section: Section, item: str) -> None:
    draft: Draft = talk.draft
    if not any(place.item == item and place.question.startswith(f"{section.key}.") for place in draft.answers):
        talk.note(T("Yang itu sudah tidak ada."))
        return
    if section.repeat and len(draft.items.get(section.key, ())) >= section.repeat.limit:
        talk.note(T("Sudah {n}. Lebih dari itu tidak bisa.", n=str(section.repeat.limit)))
        return
    talk.change(draft.with_item_back(section.key, item))
    talk.note(T("✓ Dikembalikan: {nama}.", nama=item_name(talk.walk, section, item)))
