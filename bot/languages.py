"""In which language a person is spoken to: choosing it, reading the words of translated buttons, and talking to a
stranger, of whom nothing is stored. It knows no sentence of the form."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.render import text_of
from conversations.answers import Place
from conversations.asking import ask
from conversations.form import Form
from conversations.messages import Button, Effect, Go, Message, On, Paragraph, Pick
from conversations.questions import fold
from conversations.replies import Again, Pressed, Reply, Typed
from conversations.route import walk
from conversations.words import T, literal
from locales import LANGUAGES, SOURCE, WORDS, translator
from storage.reports import Desk

CONSENT = Place("persetujuan.setuju")


def choice(locale: str, *, stranger: bool = False) -> Message:
    """The answer to /bahasa: one button a language, the present one marked."""
    faces = {code: f"✓ {name}" if code == locale else name for code, name in LANGUAGES.items()}
    buttons = tuple((Button(literal(face), Go(f"bahasa:{code}")),) for code, face in faces.items())
    note = T("Surat, data, dan tulisan di SIINas tetap bahasa Indonesia.")
    if stranger:
        note = T("Sebelum Anda setuju tidak ada yang disimpan. Pilihan bahasanya ikut disimpan waktu Anda setuju.")
    return Message((Paragraph(bold=T("Mau memakai bahasa apa?")), Paragraph(note)), buttons)


def understood(reply: Reply, form: Form, desk: Desk, today: date) -> Reply:
    """A text that is the words of a button in the person's language, as the Indonesian words of that button."""
    if desk.locale == SOURCE or not isinstance(reply, Typed):
        return reply
    found = walk(form, desk.draft, today)
    stop, known = found.open(), dict(WORDS.get(desk.locale, {}))
    translate = translator(desk.locale)
    for button in (button for row in (ask(found, stop).buttons if stop else ()) for button in row):
        known |= dict.fromkeys(_names(text_of(button.words, translate)), button.words.plain())
    parts = re.split(r"([,;\n])", reply.text)
    return replace(reply, text="".join(known.get(fold(part), part) for part in parts))


def _names(face: str) -> Iterator[str]:
    """What may be typed for `Air Tanah (groundwater)`: all of it, or either half."""
    head, _, tail = face.partition("(")
    yield from filter(None, map(fold, (face, head, tail)))


def of_stranger(desk: Desk, reply: Reply, command: str) -> tuple[Desk, Reply]:
    """Desk and reply of somebody who has not agreed yet: the pressed button says in which language it was read."""
    locale, _, pressed = command.partition(":")
    if locale == "bahasa" and pressed in LANGUAGES:
        return replace(desk, locale=pressed), Again()
    if locale not in LANGUAGES or not pressed:
        return desk, reply
    effect = On(pressed, CONSENT) if pressed in _ACTIONS else Pick(CONSENT, pressed)
    return replace(desk, locale=locale), Pressed(effect)


def to_stranger(messages: tuple[Message, ...], locale: str) -> tuple[Message, ...]:
    """The messages with the language in every button, where it is not the usual one."""
    if locale == SOURCE:
        return messages
    return tuple(
        replace(
            message,
            buttons=tuple(
                tuple(replace(button, effect=_carrying(button.effect, locale)) for button in row)
                for row in message.buttons
            ),
        )
        for message in messages
    )


_ACTIONS = ("bantuan", "buka")


def _carrying(effect: Effect, locale: str) -> Effect:
    match effect:
        case Pick(_, token):
            return Go(f"{locale}:{token}")
        case On(action, _) if action in _ACTIONS:
            return Go(f"{locale}:{action}")
    return effect
