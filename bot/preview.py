"""A picture of a letter's first page, to be looked at in the chat before anything is printed."""

from dataclasses import asdict

from bot.letter_file import typeset
from conversations.letter import Letter

_PPI = 97  # A4 becomes some 800 points wide


def preview_png(letter: Letter) -> bytes:
    """Page 1 as it is in the PDF, as a PNG of about 800 by 1,130 points; a letter of words is below 200 kB."""
    return typeset("letter.typ", asdict(letter), _PPI)[0]
