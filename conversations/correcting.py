"""A report that came back: the owner picks the fields that the verifier wants mended, section by section in one message
that changes in place, and only those are asked anew. Then it goes on from the letter, as the guide says (L882)."""

from conversations.answers import Answer, Place, Source, Ticking
from conversations.asking import ask
from conversations.form import Section
from conversations.keyboards import can_be_mended, chosen_ticks, rows
from conversations.mending import TO_MEND, mended, written
from conversations.messages import Button, InGroup, Message, On, Paragraph
from conversations.naming import item_name, short, shown
from conversations.papers import SCAN
from conversations.route import Stop
from conversations.talk import Talk
from conversations.words import T, Words


def show(talk: Talk, group: str, item: str = "") -> None:
    """The fields of a section (of one item) as ticks; the items of a group with several; for the section of the
    question itself all sections again. The pressed message changes in place."""
    stop = talk.walk.stop(TO_MEND)
    if stop is None:
        talk.note(T("Tombol itu sudah tidak berlaku."))
        return
    section = talk.form.section(group)
    here = [each for each in can_be_mended(talk.walk) if each.section is section]
    items = tuple(dict.fromkeys(each.place.item for each in here))
    if section is stop.section or not here:
        message = ask(talk.walk, stop)
    elif len(items) > 1 and item not in items:
        message = _items(talk, section, items)
    else:
        item = item if item in items else items[0]
        message = _fields(talk, section, [each for each in here if each.place.item == item], alone=len(items) == 1)
    talk.say(message._replace(edits=True))
    talk.asks_again = False


def _items(talk: Talk, section: Section, items: tuple[str, ...]) -> Message:
    buttons = [
        Button(T("{nama}", nama=item_name(talk.walk, section, item) or "—"), InGroup("perbaiki", section.key, item))
        for item in items
    ]
    words = T("Yang mana yang diminta diperbaiki?")
    return Message((Paragraph(bold=T(section.title)), Paragraph(words)), (*rows(buttons), (_back(),)))


def _fields(talk: Talk, section: Section, stops: list[Stop], *, alone: bool) -> Message:
    chosen = chosen_ticks(talk.walk, TO_MEND)
    ticks = []
    for stop in stops:
        on = written(stop.place) in chosen
        face = T("{tanda} {pilihan}", tanda="☑" if on else "☐", pilihan=short(talk.walk, stop))
        ticks.append(Button(face, On("jangan_perbaiki" if on else "perbaiki", stop.place)))
    name = item_name(talk.walk, section, stops[0].place.item)
    title: Words = T("{judul} — {nama}", judul=T(section.title), nama=name) if name else T(section.title)
    others = () if alone else ((Button(T("Lihat yang lain di bagian ini"), InGroup("perbaiki", section.key)),),)
    lines = (Paragraph(bold=title), Paragraph(T("Centang isian yang diminta diperbaiki.")))
    return Message(lines, (*rows(ticks), *others, (_back(),)))


def _back() -> Button:
    return Button(T("Sudah, kembali ke daftar bagian"), InGroup("perbaiki", TO_MEND.question.partition(".")[0]))


def picked(talk: Talk, place: Place, *, on: bool) -> None:
    """One field picked, or not any more."""
    if talk.walk.stop(TO_MEND) is None:
        talk.note(T("Tombol itu sudah tidak berlaku."))
        return
    chosen = {*chosen_ticks(talk.walk, TO_MEND), written(place)} - (set() if on else {written(place)})
    every = [written(stop.place) for stop in can_be_mended(talk.walk)]
    value = Ticking(tuple(text for text in every if text in chosen))
    talk.change(talk.draft.with_answer(TO_MEND, Answer(value, Source.BUTTON)))
    show(talk, talk.form.section_of[place.question].key, place.item)


def finished(talk: Talk) -> None:
    """All are picked: they are open again, and behind them the signed letter."""
    chosen = chosen_ticks(talk.walk, TO_MEND)
    if not chosen:
        talk.note(T("Belum ada isian yang dicentang. Tekan dulu bagiannya, atau tekan Lewati."))
        return
    places = tuple(dict.fromkeys((*chosen, written(SCAN))))
    draft = talk.draft.with_answer(TO_MEND, Answer(places, Source.BUTTON))
    talk.change(draft._replace(focus=None, misses=0))
    talk.note(
        T(
            "✓ {n} isian dibuka lagi, satu per satu. Jawaban lama tetap berlaku sampai ada yang baru.",
            n=str(len([text for text in chosen if text != written(SCAN)]) or 1),
        )
    )


def kept(talk: Talk, place: Place) -> None:
    """`Tetap seperti sekarang`: this one needs no new answer."""
    stop = talk.walk.stop(place)
    if stop is None or not talk.walk.must_mend(place):
        talk.note(T("Tombol itu sudah tidak berlaku."))
        return
    talk.change(mended(talk.draft, place)._replace(focus=None, misses=0))
    talk.note(T("{isian} tetap {nilai}.", isian=short(talk.walk, stop), nilai=shown(talk.walk, stop)))


def tell(talk: Talk) -> None:
    """When only the letter is left of it, and when nothing is: what comes now."""
    if not isinstance(talk.walk.known.get(TO_MEND), tuple):
        return
    left = [stop.place for stop in talk.walk.to_mend()]
    began = [stop.place for stop in talk.first.to_mend()]
    if left == [SCAN] and began != left:
        talk.note(T("Isiannya sudah. Salin dulu yang berubah ke SIINas, lalu cetak lagi suratnya dari sana."))
    if talk.walk.open() is None and talk.first.open() is not None:
        talk.note(T("Semua yang diminta petugas sudah diperbaiki."))
