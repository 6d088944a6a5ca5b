"""Messages to what Telegram shows: HTML and an inline keyboard, in a person's language. It decides nothing."""

from collections.abc import Callable
from typing import NamedTuple

from bot.callbacks import Callbacks
from bot.calls import Json
from conversations.messages import Button, CopyText, Go, InGroup, Keep, Message, On, Paragraph, Pick, Put, Tick
from conversations.texts import cut, units
from conversations.words import Words

_LONGEST = 3500  # characters of text in one message: Telegram takes 4096 after its marks are read
_LONGEST_BOLD, _LONGEST_WORDS = 500, 3000  # of one paragraph, never broken: a list of hundreds of numbers read back
_FACE = 60  # characters on a button; more is not readable on a small phone
_BESIDE = 20  # characters up to which a translated button stands beside another, as in asking.py

Translate = Callable[[str], str]


class Reports(NamedTuple):
    """The rows that buttons belong to: the firm's profile and the open report."""

    profile_id: int
    report_id: int


def text_of(words: Words, translate: Translate) -> str:
    """The sentence in a language, its gaps filled, without marks."""
    msgid, args = words
    if not args:
        return translate(msgid)
    filled = {}
    for gap, value in args.items():  # a comprehension costs a call more, thirteen times an answer
        filled[gap] = value if isinstance(value, str) else text_of(value, translate)
    return translate(msgid).format_map(filled)


def _paragraph(paragraph: Paragraph, translate: Translate) -> str:
    """A paragraph as HTML."""
    words = _escaped(paragraph.words, translate, _LONGEST_WORDS) if paragraph.words else ""
    if paragraph.quiet and words:
        words = f"<i>{words}</i>"
    if not paragraph.bold:
        return words
    bold = f"<b>{_escaped(paragraph.bold, translate, _LONGEST_BOLD)}</b>"
    return f"{bold} {words}" if words else bold


def _escaped(words: Words, translate: Translate, longest: int) -> str:
    # Not html.escape: its call costs as much as what it does. `cut` is not called for nothing, either.
    text = text_of(words, translate)
    if 2 * len(text) > longest:
        text = cut(text, longest)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def pages(message: Message, translate: Translate) -> list[str]:
    """The text of the message in parts that Telegram takes; almost always one."""
    texts = [_paragraph(paragraph, translate) for paragraph in message.paragraphs]
    page = "\n".join(texts)
    if 2 * len(page) <= _LONGEST:  # no sign counts more than twice
        page = page.strip("\n")
        return [page] if page.strip() else []
    result = [""]
    for paragraph in texts:
        if result[-1] and units(result[-1]) + units(paragraph) > _LONGEST:
            result.append("")
        result[-1] = f"{result[-1]}\n{paragraph}" if result[-1] else paragraph
    return [page.strip("\n") for page in result if page.strip()]


def keyboard(message: Message, callbacks: Callbacks, reports: Reports, translate: Translate) -> Json | None:
    """The buttons of the message, each with what it does and the report it belongs to, as an InlineKeyboardMarkup."""
    if not message.buttons:
        return None

    def made(button: Button) -> Json:
        face, effect = text_of(button.words, translate), button.effect
        if len(face) > _FACE:
            face = face[: _FACE - 1] + "…"
        if isinstance(effect, CopyText):
            return {"text": face, "copy_text": {"text": effect.text}}
        return {"text": face, "callback_data": callbacks.encode(effect, _owner(effect, callbacks, reports))}

    rows: list[list[Json]] = []
    for row in message.buttons:
        faces = [made(button) for button in row]
        if len(row) == 1 or all(map(_fits_beside, faces, row)):
            rows.append(faces)
        else:
            rows += [[face] for face in faces]
    return {"inline_keyboard": rows}


def _fits_beside(face: Json, button: Button) -> bool:
    """Whether a translated button may stand in the row that the Indonesian one stands in."""
    length = len(face["text"])
    return length <= _BESIDE or length <= len(button.words.plain())


def _owner(effect: On | Pick | Put | Tick | InGroup | Keep | Go, callbacks: Callbacks, reports: Reports) -> int:
    """The row a button belongs to: none for commands, the profile for what is kept with the firm."""
    if isinstance(effect, Go):
        return 0
    if isinstance(effect, Keep):
        return reports.report_id
    key = effect.group if isinstance(effect, InGroup) else effect.place.question
    return reports.profile_id if key in callbacks.of_company else reports.report_id
