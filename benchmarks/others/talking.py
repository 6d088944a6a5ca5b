"""An owner who fills in the small form, whichever way it is written: the same words, and the next question expected."""

from collections.abc import Iterator

from benchmarks.others.screens import Talk, start_update
from benchmarks.others.small_form import FORM, LAST, SCRIPT, WRONG
from benchmarks.wire import Raw, text_update


async def begin(talk: Talk, chat_id: int) -> None:
    """/start."""
    await talk.answer(start_update(chat_id))
    assert talk.screens.text(chat_id) == FORM[0].text


def act(talk: Talk, chat_id: int, number: int) -> Raw:
    """The owner's next update: the answer of that number, typed, or the button that stands on the screen."""
    question, answer = FORM[number], SCRIPT[number]
    if question.choices:
        return talk.screens.press(chat_id, question.choices[answer])
    return text_update(chat_id, answer)


def acts(talk: Talk, chat_id: int) -> Iterator[Raw]:
    """All of them, each made only when the one before has been answered."""
    return (act(talk, chat_id, number) for number in range(len(SCRIPT)))


def check(talk: Talk, chat_id: int, number: int) -> None:
    """The next question stands on the screen, or the summary with the last answer."""
    shown = talk.screens.text(chat_id)
    if number + 1 < len(FORM):
        assert shown == FORM[number + 1].text, shown
    else:
        assert shown.startswith(LAST), shown
        assert SCRIPT[number] in shown, shown


async def slips(talk: Talk, chat_id: int) -> None:
    """The whole form with a number that is none, and the other branch: it is asked again, and a question is left out."""
    await begin(talk, chat_id)
    for number, question in enumerate(FORM):
        if number == WRONG[0]:
            await talk.answer(text_update(chat_id, WRONG[1]))
            assert talk.screens.text(chat_id).endswith(question.text)
        if question.key == "asal_bahan":
            await talk.answer(talk.screens.press(chat_id, question.choices["lokal"]))
            assert talk.screens.text(chat_id) == FORM[number + 2].text
        elif question.key != "negara":
            await talk.answer(act(talk, chat_id, number))
            check(talk, chat_id, number)
