"""What keeps every answer: database, files, the process itself."""

from tests.breakages.breakage import Breakage

KEEPING = (
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
        "the look at a connection that was kept", "storage/postgresql.py",
        "if _said_farewell(kept.taken().connection):", "if kept is None:",
        ("test_postgresql.py::test_connections_lost_while_idle_are_replaced_unnoticed",),
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
        "each alone where one fails", "storage/groups.py",
        "        if len(group) == 1 or lost:\n            raise\n", "        raise\n",
        ("test_database.py::test_work_that_fails_leaves_nothing_and_takes_nobody_along",
         "test_groups.py::test_who_writes_what_the_database_refuses_takes_nobody_along"),
    ),
    Breakage(
        "what is written later is written before it is read", "storage/backlog.py",
        "        backlog.write()\n        backlog.ahead.clear()\n", "        backlog.ahead.clear()\n",
        ("test_groups.py::test_any_other_statement_sees_what_the_work_before_it_wrote",),
    ),
    Breakage(
        "what was looked up before a change is looked up again", "storage/backlog.py",
        "        backlog.write()\n        backlog.ahead.clear()\n", "        backlog.write()\n",
        ("test_groups.py::test_what_changes_about_sari_after_all_were_looked_up_is_seen_in_her_turn",),
    ),
    Breakage(
        "a firm changed by another of the group is read again", "storage/arrivals.py",
        "        if row and row[_FIRM] not in backlog.firms:\n", "        if row:\n",
        ("test_groups.py::test_a_kept_copy_is_old_when_another_of_the_firm_has_written_in_the_same_group",),
    ),
    Breakage(
        "the settling after the commit", "storage/sqlite.py",
        "                    ends = worked(connection, group)\n",
        "                    ends = worked(connection, group)\n                    tell(ends)\n",
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
        "the owner check of reports", "storage/people.py",
        "col(Report.id) == report_id, col(Report.company_id) == desk.company_id, ", "col(Report.id) == report_id, ",
        ("test_others.py::test_nothing_that_sari_does_reaches_budi",),
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
        "a firm's revision counts on", "storage/saving.py",
        '            backlog.add_id(_BUMP, desk.company_id)\n            revision += 1\n', "            pass\n",
        ("test_kept_copies.py::test_two_bots_that_take_turns_fill_in_one_report",),
    ),
    Breakage(
        "who only reads holds nobody up", "storage/sqlite.py",
        '"BEGIN" if reads else ', "",
        ("test_database.py::test_who_only_reads_neither_waits_for_those_who_write_nor_holds_them_up",),
    ),
    Breakage(
        "the last tries are written", "storage/saving.py",
        "(old.shown, old.misses, old.tries, old.focus) != (draft.shown, draft.misses, draft.tries, draft.focus)",
        "(old.shown, old.misses, old.focus) != (draft.shown, draft.misses, draft.focus)",
        ("helpdesk/test_asking.py::test_a_question_typed_as_an_answer_is_the_question_for_staff",),
    ),
    Breakage(
        "the watchdog's exit", "bot/watchdog.py",
        "os._exit(FROZEN)", "raise SystemExit(FROZEN)",
        ("test_watchdog.py::test_a_process_without_progress_ends_and_says_so",),
    ),
)  # fmt: skip
