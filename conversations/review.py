"""The answers of a section or an item, read back: at the end of a section, and for changing them."""

from conversations.form import AllListed, Section, StillSame
from conversations.keyboards import change_button, rows
from conversations.messages import Button, InGroup, Message, Paragraph
from conversations.naming import item_name, short, shown
from conversations.route import Stop, Walk
from conversations.words import T, Words

_MOST_LINES = 40  # of one review; a group of fifty items is read card by card


def stops_of(walk: Walk, section: Section, item: str = "") -> tuple[Stop, ...]:
    """The questions of a section (of one item) that apply and were asked or opened."""
    return tuple(
        stop
        for stop in walk.stops
        if stop.section is section
        and stop.place.item == item
        and not isinstance(stop.question, AllListed | StillSame)
        and (stop.passed or not stop.question.on_request)
    )


def _line(walk: Walk, stop: Stop) -> Words:
    return T("{isian} — {nilai}", isian=short(walk, stop), nilai=shown(walk, stop))


def at_the_end(walk: Walk, section: Section) -> Message:
    """What a section holds now that its last question is answered, with one button to change something."""
    lines: list[Paragraph] = []
    items = walk.draft.items.get(section.key, ()) if section.repeat else ("",)
    for item in items:
        if section.repeat:
            lines.append(Paragraph(bold=T("{nama}", nama=item_name(walk, section, item) or "—")))
        lines += [Paragraph(_line(walk, stop)) for stop in stops_of(walk, section, item) if stop.question.export]
    if len(lines) > _MOST_LINES:
        lines = [line for line in lines if line.bold]
    head = Paragraph(bold=T("Ringkasan {judul}", judul=T(section.title)))
    change = Button(T("Ubah bagian ini"), InGroup("isi", section.key))
    return Message((head, *lines), ((change,),))


def for_change(walk: Walk, section: Section, item: str = "") -> Message:
    """The answers of a section, or of one item, each with a button to change it."""
    name = item_name(walk, section, item)
    title = T("{judul} — {nama}", judul=T(section.title), nama=name) if name else T(section.title)
    stops = stops_of(walk, section, item)
    buttons = rows([change_button(walk, stop) for stop in stops])
    if item:
        copy = Button(T("Salin jadi baru"), InGroup("salin", section.key, item))
        buttons = (*buttons, (copy, Button(T("Hapus"), InGroup("hapus", section.key, item))))
    return Message((Paragraph(bold=title), *(Paragraph(_line(walk, stop)) for stop in stops)), buttons)
