"""The form in a terminal: `python -m conversations [section]`. Type an answer, `#2` for the second button,
`/periksa` and the like, or `/keluar`. Nothing is stored; it is for trying words and branches."""

import sys
from datetime import date

from conversations.answers import Answer, Place, Source
from conversations.choices import YA
from conversations.draft import Draft, Focus
from conversations.engine import take
from conversations.messages import Button, Message
from conversations.replies import Command, Pressed, Reply, Typed
from conversations.sections import laporan_produksi


def show(messages: tuple[Message, ...]) -> list[Button]:
    """Print the messages and give the buttons of the last one, in order."""
    buttons: list[Button] = []
    for message in messages:
        print("\n" + message.plain())
        if message.document:
            print(f"[berkas: {message.document}]")
        buttons = [button for row in message.buttons for button in row]
        print("  ".join(f"[#{n} {button.words.plain()}]" for n, button in enumerate(buttons, 1)))
    return buttons


def reply_to(text: str, buttons: list[Button]) -> Reply:
    """What a typed line means here."""
    if text.startswith("#") and text[1:].isdigit() and 0 < int(text[1:]) <= len(buttons):
        return Pressed(buttons[int(text[1:]) - 1].effect)
    return Command(text[1:]) if text.startswith("/") else Typed(text)


def main(section: str = "") -> None:
    """Play until `/keluar` or the end of input."""
    form, today = laporan_produksi(), date.today()
    draft = Draft(identity="terminal")
    if section:
        if section not in {known.key for known in form.sections}:
            sys.exit("Bagian yang ada: " + ", ".join(known.key for known in form.sections))
        draft = draft.with_answer(Place("persetujuan.setuju"), Answer(YA, Source.BUTTON))
        draft = Draft(draft.identity, draft.answers, focus=Focus(section))
    turn = take(form, draft, Command("mulai"), today)
    buttons = show(turn.messages)
    for line in sys.stdin:
        if line.strip() == "/keluar":
            return
        turn = take(form, turn.draft, reply_to(line.strip(), buttons), today)
        buttons = show(turn.messages) or buttons


if __name__ == "__main__":
    main(*sys.argv[1:2])
