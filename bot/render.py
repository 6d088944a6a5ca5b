"""Messages to what Telegram shows: HTML and an inline keyboard, in a person's language. It decides nothing."""

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.callbacks import Callbacks
from bot.calls import Json
from conversations.answers import Place
from conversations.form import Form
from conversations.messages import Button, CopyText, Go, InGroup, Keep, Message, Paragraph
from conversations.words import Words, fill

_LONGEST = 3500  # characters of text in one message: Telegram takes 4096 after its marks are read
_LONGEST_BOLD, _LONGEST_WORDS = 500, 3000  # of one paragraph, which is never broken
_FACE = 60  # characters on a button; more is not readable on a small phone
_BESIDE = 20  # characters up to which a translated button stands beside another, as in asking.py

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Reports:
    """The rows that buttons belong to: the firm's profile and the open report."""

    profile_id: int
    report_id: int


def text_of(words: Words, translate: Translate) -> str:
    """The sentence in a language, its gaps filled, without marks."""
    if not words.args:
        return translate(words.msgid)
    args = {
        gap: text_of(value, translate) if isinstance(value, Words) else value for gap, value in words.args.items()
    }
    return fill(translate(words.msgid), args)


def paragraphs(message: Message, translate: Translate) -> Iterator[str]:
    """Each paragraph as HTML."""
    for paragraph in message.paragraphs:
        yield _paragraph(paragraph, translate)


def _paragraph(paragraph: Paragraph, translate: Translate) -> str:
    bold = (
        f"<b>{html.escape(_cut(text_of(paragraph.bold, translate), _LONGEST_BOLD), quote=False)}</b>"
        if paragraph.bold
        else ""
    )
    words = (
        html.escape(_cut(text_of(paragraph.words, translate), _LONGEST_WORDS), quote=False) if paragraph.words else ""
    )
    if paragraph.quiet and words:
        words = f"<i>{words}</i>"
    return " ".join(filter(None, (bold, words)))


def _units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str, longest: int) -> str:
    """The beginning of a text that is too long to be shown whole: a list of hundreds of numbers read back."""
    if 2 * len(text) <= longest or _units(text) <= longest:  # no sign counts more than twice
        return text
    return text.encode("utf-16-le")[: 2 * longest - 2].decode("utf-16-le", "ignore") + "…"


def pages(message: Message, translate: Translate) -> list[str]:
    """The text of the message in parts that Telegram takes; almost always one."""
    texts = list(paragraphs(message, translate))
    if 2 * sum(map(len, texts)) + len(texts) <= _LONGEST:
        page = "\n".join(texts).strip("\n")
        return [page] if page.strip() else []
    result = [""]
    for paragraph in texts:
        if result[-1] and _units(result[-1]) + _units(paragraph) > _LONGEST:
            result.append("")
        result[-1] = f"{result[-1]}\n{paragraph}" if result[-1] else paragraph
    return [page.strip("\n") for page in result if page.strip()]


def keyboard(
    message: Message, form: Form, callbacks: Callbacks, reports: Reports, translate: Translate
) -> Json | None:
    """The buttons of the message, each with what it does and the report it belongs to, as an InlineKeyboardMarkup."""
    if not message.buttons:
        return None

    def made(button: Button) -> Json:
        face = text_of(button.words, translate)
        face = face if len(face) <= _FACE else face[: _FACE - 1] + "…"
        if isinstance(button.effect, CopyText):
            return {"text": face, "copy_text": {"text": button.effect.text}}
        return {"text": face, "callback_data": callbacks.encode(button.effect, _owner(button, form, reports))}

    rows: list[list[Json]] = []
    for row in message.buttons:
        faces = [made(button) for button in row]
        fits = len(row) == 1 or all(
            len(f["text"]) <= _BESIDE or len(f["text"]) <= len(b.words.plain())
            for f, b in zip(faces, row, strict=True)
        )
        rows += [faces] if fits else [[face] for face in faces]
    return {"inline_keyboard": rows}


def _owner(button: Button, form: Form, reports: Reports) -> int:
    """The row a button belongs to: none for commands, the profile for what is kept with the firm."""
    effect = button.effect
    if isinstance(effect, Go):
        return 0
    if isinstance(effect, Keep):
        return reports.report_id
    key = effect.group if isinstance(effect, InGroup) else _place(effect).question
    section = form.section_of.get(key)
    company = section.company if section else any(s.key == key and s.company for s in form.sections)
    return reports.profile_id if company else reports.report_id


def _place(effect: object) -> Place:
    place = getattr(effect, "place", None)
    assert isinstance(place, Place)  # noqa: S101 - every other effect has one
    return place
