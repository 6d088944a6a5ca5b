"""In which language a person is spoken to: choosing it, reading the words of translated buttons, and talking to a
stranger, of whom nothing is stored. It knows no sentence of the form."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from bot.moments import day_of
from bot.render import text_of
from conversations.answers import Place
from conversations.asking import ask
from conversations.form import Form
from conversations.messages import Button, Effect, Go, Message, On, Paragraph, Pick
from conversations.questions import fold
from conversations.replies import Again, Edited, Pressed, Reply, Typed
from conversations.route import walk
from conversations.words import T, literal
from locales import LANGUAGES, SCALES, SOURCE, WORDS, translator
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


def understood(reply: Reply, form: Form, desk: Desk, now: datetime) -> Reply:
    """A text in the person's language as the form reads it: the words of a button of the open question, yes and no,
    the thousands and millions behind a number."""
    if desk.locale == SOURCE or not isinstance(reply, Typed | Edited):
        return reply
    known = dict(WORDS.get(desk.locale, {}))
    if isinstance(reply, Typed):
        known |= _button_words(form, desk, day_of(now, desk))
    parts = re.split(r"([,;\n])", reply.text)
    text = "".join(known.get(fold(part), part) for part in parts)
    return replace(reply, text=re.sub(r"(?<=\d)\s?([a-z]+)", lambda found: _scale(found, desk.locale), text))


def _scale(found: re.Match[str], locale: str) -> str:
    scale = SCALES.get(locale, {}).get(found[1])
    return f" {scale}" if scale else found[0]


def _button_words(form: Form, desk: Desk, today: date) -> dict[str, str]:
    """What may be typed for each button of the open question, and what the button says in Indonesian."""
    found, translate = walk(form, desk.draft, today), translator(desk.locale)
    stop = found.open()
    buttons = [button for row in (ask(found, stop).buttons if stop else ()) for button in row]
    return {name: button.words.plain() for button in buttons for name in _names(text_of(button.words, translate))}


def _names(face: str) -> Iterator[str]:
    """What may be typed for `Air Tanah (groundwater)`: all of it, or either half."""
    head, _, tail = face.partition("(")
    yield from filter(None, map(fold, (face, head, tail)))


def at_consent(desk: Desk, reply: Reply, command: str) -> tuple[Desk, Reply]:
    """Desk and reply where a button made by `to_stranger` was pressed: it says in which language it was read. For
    somebody who has agreed since, it is the old button that it looks like."""
    stranger, (locale, _, pressed) = desk.person_id is None, command.partition(":")
    if stranger and locale == "bahasa" and pressed in LANGUAGES:
        return desk._replace(locale=pressed), Again()
    if locale not in LANGUAGES or not pressed:
        return desk, reply
    effect = On(pressed, CONSENT) if pressed in _ACTIONS else Pick(CONSENT, pressed)
    return (desk._replace(locale=locale) if stranger else desk), Pressed(effect)


def to_stranger(messages: tuple[Message, ...], locale: str) -> tuple[Message, ...]:
    """The messages with the language in every button, where it is not the usual one."""
    if locale == SOURCE:
        return messages
    return tuple(
        message._replace(
            buttons=tuple(
                tuple(button._replace(effect=_carrying(button.effect, locale)) for button in row)
                for row in message.buttons
            )
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
