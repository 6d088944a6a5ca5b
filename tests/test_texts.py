"""Free text as it is kept."""

import pytest

from conversations.texts import cleaned


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
