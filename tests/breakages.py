"""The tests themselves put to the test: `python -m tests.breakages` takes one safeguard out of a copy of the program at a
time, runs the tests that watch over it, and prints which of them noticed. It ends with 1 when one did not.

`python -m tests.breakages lock` breaks only what has this word in its name. test_breakages.py keeps the list in step.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "conversations", "storage", "locales", "tests")
SECONDS = 600  # until a test that hangs has noticed too


@dataclass(frozen=True)
class Breakage:
    """A safeguard: the one place where it stands, what stands there instead, and the tests that must notice."""

    what: str
    file: str
    stands: str
    instead: str
    noticed_by: tuple[str, ...]


BREAKAGES = (
    Breakage(
        "the chat's lock on the server", "storage/postgresql.py",
        "WHERE NOT pg_try_advisory_xact_lock(chat)", "WHERE chat IS NULL",
        ("test_database.py::test_two_programs_on_one_database_lose_nothing",
         "test_processes.py::test_four_processes_lose_nothing_and_keep_each_chat_in_one_line"),
    ),
    Breakage(
        "the chat's turn in the process", "storage/postgresql.py",
        "        async with self._turns.setdefault(chat, asyncio.Lock()):\n", "        if chat:\n",
        ("test_postgresql.py::test_what_sari_writes_while_her_last_word_is_being_kept_waits_for_it_in_line",),
    ),
    Breakage(
        "the end of waiting for a lock", "storage/postgresql.py",
        "SET lock_timeout = '{LOCK_SECONDS}s'", "SET lock_timeout = '{LOCK_SECONDS * 0}s'",
        ("test_postgresql.py::test_every_commit_is_synced_to_disk",),
    ),
    Breakage(
        "synchronous_commit", "storage/postgresql.py",
        "synchronous_commit = on", "synchronous_commit = off",
        ("test_postgresql.py::test_every_commit_is_synced_to_disk",),
    ),
    Breakage(
        "BEGIN IMMEDIATE", "storage/sqlite.py",
        '"BEGIN IMMEDIATE"', '"BEGIN"',
        ("test_database.py::test_two_programs_on_one_database_lose_nothing",),
    ),
    Breakage(
        "synchronous=FULL", "storage/sqlite.py",
        "synchronous=FULL", "synchronous=OFF",
        ("test_sqlite.py::test_every_commit_is_synced_to_disk_and_foreign_keys_hold",),
    ),
    Breakage(
        "foreign keys", "storage/sqlite.py",
        "foreign_keys=ON", "foreign_keys=OFF",
        ("test_sqlite.py::test_every_commit_is_synced_to_disk_and_foreign_keys_hold",),
    ),
    Breakage(
        "deleted rows overwritten", "storage/sqlite.py",
        "secure_delete=ON", "secure_delete=OFF",
        ("test_forgetting.py::test_a_running_bot_keeps_no_word_of_who_was_deleted",),
    ),
    Breakage(
        "the log emptied of who was deleted", "storage/people.py",
        "    connection.info[FORGETS] = True\n", "",
        ("test_forgetting.py::test_a_running_bot_keeps_no_word_of_who_was_deleted",),
    ),
    Breakage(
        "the savepoint", "storage/groups.py",
        '            mark("ROLLBACK TO SAVEPOINT work")\n', "",
        ("test_database.py::test_work_that_fails_leaves_nothing_and_takes_nobody_along",),
    ),
    Breakage(
        "the settling after the commit", "storage/sqlite.py",
        "                    ends = attempted(connection, group)\n",
        "                    ends = attempted(connection, group)\n                    tell(ends)\n",
        ("test_database.py::test_killed_at_any_moment_every_acknowledged_answer_is_there",
         "test_sqlite.py::test_a_commit_that_fails_is_told_to_everyone_in_it"),
    ),
    Breakage(
        "the revision that makes copies in memory old", "storage/reports.py",
        "kept.report_id, kept.revision) == same", "kept.report_id) == same[:3]",
        ("test_kept_copies.py::test_two_bots_that_take_turns_fill_in_one_report",),
    ),
    Breakage(
        "the unique key of updates", "storage/migrations/versions/0001_first_tables.py",
        '        sa.PrimaryKeyConstraint("update_id", name="pk_update_seen"),\n', "",
        ("test_database.py::test_the_same_update_cannot_count_twice",),
    ),
    Breakage(
        "an update counts once", "storage/people.py",
        '{"id": update_id, "at": now}) == 1', '{"id": update_id, "at": now}) < 2',
        ("test_front_door.py::test_an_update_that_comes_twice_is_applied_once_and_answered_twice",
         "test_duplicates.py::test_what_comes_again_and_again_is_kept_once"),
    ),
    Breakage(
        "the offset only behind what is done", "bot/doors/polling.py",
        "            return min(self._unfinished)\n", "            return max(self._unfinished) + 1\n",
        ("test_polling.py::test_an_update_is_not_confirmed_before_it_is_handled",),
    ),
    Breakage(
        "one update of a chat after the other", "bot/doors/polling.py",
        "        if lane in self._lanes:\n", "        if lane in ():\n",
        ("test_polling.py::test_one_chat_is_handled_in_order_and_one_at_a_time",),
    ),
    Breakage(
        "the escaping in the chat", "bot/render.py",
        "html.escape(_cut(text_of(paragraph.words, translate), _LONGEST_WORDS), quote=False)",
        "_cut(text_of(paragraph.words, translate), _LONGEST_WORDS)",
        ("test_render.py::test_an_owners_words_come_out_as_they_are_whatever_they_hold",),
    ),
    Breakage(
        "texts as data in the letter", "bot/letter.typ",
        'fit("Nomor: " + or-dots(surat.nomor))', 'eval("Nomor: " + surat.nomor, mode: "markup")',
        ("test_letter_file.py::test_what_an_owner_types_comes_out_literally",),
    ),
    Breakage(
        "control characters taken out", "conversations/texts.py",
        'return _BREAKS.sub(" ", unicodedata.normalize("NFC", whole)).strip()',
        'return unicodedata.normalize("NFC", whole).strip()',
        ("test_fuzz.py::test_whatever_is_typed_comes_back_literally",),
    ),
    Breakage(
        "the owner check of buttons", "bot/turns.py",
        "arrived.report_id not in own", "arrived.report_id in ()",
        ("test_front_door.py::test_a_forged_button_of_somebody_elses_report_does_nothing_to_either",),
    ),
    Breakage(
        "the owner check of reports", "storage/people.py",
        "col(Report.id) == report_id, col(Report.company_id) == desk.company_id, ", "col(Report.id) == report_id, ",
        ("test_others.py::test_nothing_that_sari_does_reaches_budi",),
    ),
    Breakage(
        "only private chats", "bot/incoming.py",
        '    return number if chat.text("type") == "private" else None\n', "    return number\n",
        ("test_front_door.py::test_what_is_said_in_a_group_is_not_answered",),
    ),
    Breakage(
        "nothing kept before consent", "bot/turns.py",
        "            if answer is None or answer.value != YA:\n", "            if answer is None:\n",
        ("test_languages.py::test_before_consent_the_language_is_shown_and_nothing_is_stored",),
    ),
    Breakage(
        "what a branch hides stays", "conversations/engine.py",
        "    draft_, messages = talk.finish()\n",
        "    from dataclasses import replace as with_\n\n    draft_, messages = talk.finish()\n"
        "    draft_ = with_(draft_, answers={p: a for p, a in draft_.answers.items() if talk.walk.stop(p)})\n",
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
        "a reminder goes at most once", "bot/outgoing.py",
        "if at_most_once and _may_have_arrived(error)", "if at_most_once and not _may_have_arrived(error)",
        ("test_storm.py::test_in_a_storm_no_answer_is_lost_and_no_reminder_doubled",),
    ),
    Breakage(
        "silence during a 429", "bot/outgoing.py",
        "                self._pacing.halt(error)\n", "                pass\n",
        ("test_outgoing.py::test_a_429_halts_both_lanes_and_every_chat",),
    ),
    Breakage(
        "a file synced", "storage/files.py",
        "            os.fsync(file.fileno())\n", "",
        ("test_files.py::test_a_file_is_on_disk_before_it_has_its_name_and_its_name_before_anybody_knows",),
    ),
    Breakage(
        "a file's name synced", "storage/files.py",
        "    _sync(root)\n    return stored\n", "    return stored\n",
        ("test_files.py::test_a_file_is_on_disk_before_it_has_its_name_and_its_name_before_anybody_knows",),
    ),
    Breakage(
        "files without a row swept", "bot/app.py",
        "        files.sweep(files_dir, await database.run(people.file_ids), age)\n", "        assert age is not None\n",
        ("test_forgetting.py::test_a_file_that_a_kill_left_without_its_row_goes_at_the_next_start",),
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


def copied(to: Path) -> None:
    """The program and its tests, without what they have made."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, to / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", to)


def failure(folder: Path, test: str) -> str:
    """How this test fails in the copy, "" where it passes."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", f"tests/{test}"]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}  # two breakages may fall into one second
    environment.pop("NIGHTLY", None)
    try:
        done = subprocess.run(  # noqa: S603 - our own tests
            command, cwd=folder, env=environment, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return "it hangs"
    if done.returncode not in (0, 1):
        raise RuntimeError(f"this test could not be run: {test}\n{done.stdout.decode()}")
    return done.stdout.decode()[-2000:] if done.returncode else ""


def noticed(folder: Path, breakage: Breakage) -> list[str]:
    """The tests that fail without the safeguard."""
    file = folder / breakage.file
    whole = file.read_text()
    if whole.count(breakage.stands) != 1:
        raise RuntimeError(f"{breakage.what}: its text is not once in {breakage.file}")
    file.write_text(whole.replace(breakage.stands, breakage.instead))
    try:
        return [test for test in breakage.noticed_by if failure(folder, test)]
    finally:
        file.write_text(whole)


def main(word: str = "") -> int:
    """Break one after the other and print the table."""
    chosen = [breakage for breakage in BREAKAGES if word in breakage.what]
    survivors = 0
    with TemporaryDirectory(prefix="temanlapor-") as folder:
        copied(Path(folder))
        sound = set[str]()
        for breakage in chosen:
            for test in breakage.noticed_by:
                if test not in sound and (how := failure(Path(folder), test)):
                    raise RuntimeError(f"{test} fails before anything is broken:\n{how}")
                sound.add(test)
            found = noticed(Path(folder), breakage)
            survivors += len(found) < len(breakage.noticed_by)
            for test in breakage.noticed_by:
                _line(f"{breakage.what:42} {'noticed by' if test in found else 'NOT NOTICED BY'} {test}")
    _line(f"{len(chosen) - survivors} of {len(chosen)} noticed")
    return 1 if survivors else 0


def _line(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
