"""Free text as it is kept."""

import pytest

from conversations.texts import cleaned, is_blank


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Tempe \x00Bu\r\nSiti\u2028\x7f", "Tempe  Bu Siti"),
        ("Cafe\u0301 Sari", "Café Sari"),
        ("Tahu \ud83d", "Tahu \ufffd"),
        ("Jl. <b>Melati</b> & Co \U0001f343", "Jl. <b>Melati</b> & Co \U0001f343"),
    ],
)
def test_a_text_is_one_line_without_control_characters_and_otherwise_as_typed(typed: str, kept: str) -> None:
    assert cleaned(typed) == kept


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("", True),
        (" \x00\n\u00a0\u3000", True),
        ("\u202e\u200b\ufeff", True),
        ("\u202e?", False),
        ("\U0001f343", False),
        ("\U0001faff", False),  # no character yet: perhaps the smiley of a phone newer than our Python
    ],
)
def test_blank_is_a_text_of_which_nothing_is_seen(text: str, blank: bool) -> None:
    assert is_blank(text) is blank
