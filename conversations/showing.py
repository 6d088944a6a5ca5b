"""A stored value in words that can be put into a language: what was chosen is translated, what was typed is not."""

from conversations.answers import Paper, Value
from conversations.choices import Choice, Ticks
from conversations.questions import Question
from conversations.scope import NO_ANSWER, Scope
from conversations.words import T, Words, literal


def in_words(question: Question, value: Value, scope: Scope) -> Words:
    """The value as a person reads it; in Indonesian the same as `question.show`."""
    text = question.show(value, scope)
    if isinstance(value, Paper):
        pages = str(value.pages)
        if value.is_pdf:
            return T("PDF, {n} halaman", n=pages)
        return T("{n} halaman", n=pages) if getattr(question, "until", "") else T("{n} foto", n=pages)
    if isinstance(question, Ticks) and isinstance(value, tuple) and value:
        return listed([T(option.face) for option in question.choices if option.value in value])
    if isinstance(question, Choice) or isinstance(value, NO_ANSWER) or value == ():
        return T(text)
    number, unit = text.removesuffix(f" {question.unit}"), question.unit
    return T("{n} {satuan}", n=number, satuan=T(unit)) if unit and number != text else literal(text)


def listed(words: list[Words]) -> Words:
    """Several, with commas between them."""
    gaps = {f"nomor{n}": word for n, word in enumerate(words)}
    return Words(", ".join(f"{{{gap}}}" for gap in gaps), gaps)
