"""What the letter's font can draw, and the cleaning of typed text before it goes on paper.

It knows characters only: no letter and no PDF. A PDF/A file may not hold a character without a glyph.
"""

import re
import unicodedata

REPLACEMENT = "□"  # stands visibly where a character could not be drawn

# Drawn by both weights of Libertinus Serif that the letter uses; no Hebrew, no private use.
_DRAWN = re.compile(
    "[\n\u0020-\u007e\u00a0-\u00ac\u00ae-\u02e4\u0300-\u034e\u0384-\u038a\u038c\u038e-\u03a1"
    "\u03a3-\u03ce\u0400-\u045f\u0490-\u04c4\u1e00-\u1e9b\u1ea0-\u1ef9\u2010-\u2015\u2018-\u201e"
    "\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u2044\u2070\u2074-\u208e\u20ab\u20ac"
    "\u2103\u2109\u2116\u2122\u2126\u2153-\u215e\u2190-\u2193\u2212\u221a\u221e\u2248\u2260\u2264\u2265"
    "\u25a0\u25a1\u25cf\u25cb\u2605\u263a\u2665]"
)
_UNSEEN = {"Cc", "Cf", "Cs"}  # control, bidi, zero-width and soft-hyphen characters; halves of a character
_EMOJI_DRESS = re.compile("[\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")  # variant, keycap, skin colour
_STACKED_MARKS = re.compile("([\u0300-\u036f]{2})[\u0300-\u036f]+")  # a third runs into the lines
_CHARACTER = re.compile("[\U0001f1e6-\U0001f1ff]{2}|.", re.DOTALL)  # a flag is written with two


def clean(text: str) -> str:
    """Give `text` as it can stand on paper: composed (NFC), one space for a run of spaces, no unseen parts.

    A line break stays one; blank lines and spaces at the ends go. A no-break space stays.
    """
    text = re.sub("[\u2028\u2029\x85\r\v\f]", "\n", text.replace("\r\n", "\n")).replace("\t", " ")
    seen = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _UNSEEN)
    composed = _STACKED_MARKS.sub(r"\1", unicodedata.normalize("NFC", _EMOJI_DRESS.sub("", seen)))
    return re.sub(r" ?\n[ \n]*", "\n", re.sub("[ \u1680\u2000-\u200a\u205f\u3000]+", " ", composed)).strip()


def drawable(text: str) -> tuple[str, tuple[str, ...]]:
    """Clean `text` and put □ for what the font lacks: the text to print, and each replaced character once.

    A look-alike of a plain letter (bold or wide letters of a phone keyboard) becomes the plain letter.
    """
    replaced: dict[str, None] = {}

    def draw(found: re.Match[str]) -> str:
        character = found[0]
        plain = character if _DRAWN.fullmatch(character) else unicodedata.normalize("NFKC", character)
        if all(map(_DRAWN.fullmatch, plain)):
            return plain
        replaced[character] = None
        return REPLACEMENT

    return _CHARACTER.sub(draw, clean(text)), tuple(replaced)
