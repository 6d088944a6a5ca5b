"""What treats words as they should be treated: shown as typed, not kept, not logged."""

from tests.breakages.breakage import Breakage

WORDS = (
    Breakage(
        "the escaping in the chat", "bot/render.py",
        'return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")', "return text",
        ("test_render.py::test_an_owners_words_come_out_as_they_are_whatever_they_hold",),
    ),
    Breakage(
        "what is typed is storable", "bot/incoming.py",
        'text = storable(message.text("text"))\n        if', 'text = message.text("text")\n        if',
        ("test_incoming.py::test_signs_that_no_database_holds_are_taken_out_of_all_that_is_typed",),
    ),
    Breakage(
        "texts as data in the letter", "bot/letter.typ",
        'fit("Nomor: " + or-dots(surat.nomor))', 'eval("Nomor: " + surat.nomor, mode: "markup")',
        ("test_letter_file.py::test_what_an_owner_types_comes_out_literally",),
    ),
    Breakage(
        "control characters taken out", "conversations/texts.py",
        'return _BREAKS.sub(" ", unicodedata.normalize("NFC", storable(text))).strip()',
        'return unicodedata.normalize("NFC", storable(text)).strip()',
        ("test_texts.py::test_a_text_is_one_line_without_control_characters_and_otherwise_as_typed",),
    ),
    Breakage(
        "nothing kept before consent", "bot/turns.py",
        "            if answer is None or answer.value != YA:\n", "            if answer is None:\n",
        ("test_languages.py::test_before_consent_the_language_is_shown_and_nothing_is_stored",),
    ),
    Breakage(
        "what a branch hides stays", "conversations/engine.py",
        "    draft_, messages = talk.finish()\n",
        "    draft_, messages = talk.finish()\n"
        "    draft_ = draft_._replace(answers={p: a for p, a in draft_.answers.items() if talk.walk.stop(p)})\n",
        ("test_checklist.py::test_a_branch_that_is_closed_leaves_the_checklist_and_comes_back_with_its_answers",),
    ),
    Breakage(
        "digits of another alphabet", "conversations/numbers_cleaning.py",
        "sign.isnumeric() and not sign.isascii()", "sign.isnumeric() and sign.isascii()",
        ("test_numbers.py::test_every_line_of_the_table_is_read_as_it_says",),
    ),
    Breakage(
        "a NIK or a password is not kept", "conversations/texts.py",
        "    return bool(_PERSONAL_NUMBER.search(text) or _PASSWORD.search(text))\n", "    return False\n",
        ("people/test_strange_messages.py::test_a_nik_or_a_password_is_never_kept",),
    ),
    Breakage(
        "the redaction filter", "bot/redaction.py",
        "    handler.addFilter(redaction)\n", "",
        ("test_redaction.py::test_the_token_is_in_no_line_whatever_breaks",),
    ),
    Breakage(
        "no words of strange exceptions", "bot/redaction.py",
        "{f' ({seen})' if ours else ''}", "{f' ({seen})'}",
        ("test_redaction.py::test_what_people_write_is_in_no_line",),
    ),
    Breakage(
        "our own secrets taken out of lines", "bot/redaction.py",
        "(*self._secrets, _TOKEN, _LOGIN_IN_ADDRESS)", "(_TOKEN, _LOGIN_IN_ADDRESS)",
        ("test_redaction.py::test_the_database_address_is_in_no_line",),
    ),
)  # fmt: skip
