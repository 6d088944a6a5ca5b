"""Typed text before it goes on paper: what is taken out, what becomes a box, and that the box is told."""

from bot.glyphs import clean, drawable


def test_unseen_characters_are_taken_out_and_letters_composed() -> None:
    pasted = "\ufeff Te\x00m\u202epe\u200b\u200d \ud83d  Ca\u00adfe\u0301\t1\r\n\n\n 2 "
    assert clean(pasted) == "Tempe Café 1\n2"


def test_a_tower_of_marks_is_cut_to_two() -> None:
    assert clean("e" + "\u0316" * 40) == "e\u0316\u0316"


def test_private_and_unknown_characters_become_a_box() -> None:
    assert drawable("\ufffd\ue801\ufffe") == ("□□□", ("\ufffd", "\ue801", "\ufffe"))


def test_letters_of_a_phone_keyboard_become_plain_letters() -> None:
    assert drawable("𝐓𝐞𝐦𝐩𝐞 Ｓａｒｉ ½ m² ﬁ") == ("Tempe Sari ½ m² fi", ())


def test_a_flag_or_a_dressed_emoji_is_one_box_and_told_once() -> None:
    assert drawable("🇮🇩 ❤️ 👍🏽👍 1️⃣") == ("□ □ □□ 1", ("🇮🇩", "❤", "👍"))
