"""What holds for reminders and for talks with staff."""

from tests.breakages.breakage import Breakage

STAFF = (
    Breakage(
        "one process sends a reminder", "storage/reminders.py",
        'col(Reminder.state) == "new", col(Reminder.zone).in_(zones)', "col(Reminder.zone).in_(zones)",
        ("test_reminder_job.py::test_one_that_two_processes_are_about_to_send_is_sent_by_one",),
    ),
    Breakage(
        "nobody waits for who fills the queue", "storage/reminders.py",
        "SELECT pg_try_advisory_xact_lock(0)", "SELECT 1 FROM pg_advisory_xact_lock(0)",
        ("test_reminder_job.py::test_while_another_process_fills_the_queue_this_one_sends_what_waits_in_it",),
    ),
    Breakage(
        "what may have been sent stays unsure", "storage/reminders.py",
        'where(lost).values(state="unsure")', 'where(lost).values(state="new")',
        ("test_reminder_job.py::test_what_was_in_the_air_when_the_process_died_is_unsure_and_the_rest_goes_out",
         "test_reminder_kill.py::test_killed_while_sending_nobody_hears_it_twice"),
    ),
    Breakage(
        "the unique key of reminders", "storage/migrations/versions/0006_reminders.py",
        '        sa.UniqueConstraint("person_id", "about", "kind", "day", '
        'name=op.f("uq_reminder_person_id_about_kind_day")),\n', "",
        ("test_reminders_in_chat.py::test_who_moves_the_hour_after_a_reminder_hears_nothing_more_that_day",),
    ),
    Breakage(
        "no reminder of what was sent meanwhile", "storage/reminders.py",
        "and_(wanted, ~_closed(person, col(Reminder.about)))", "wanted",
        ("test_reminder_job.py::test_what_lost_its_reason_between_the_queue_and_the_sending_is_not_said",),
    ),
    Breakage(
        "no reminder at night", "conversations/reminders.py",
        "here.minute < _NIGHT", "here.minute < 24 * 60",
        ("test_reminder_job.py::test_whom_the_night_catches_hears_it_in_the_morning",),
    ),
    Breakage(
        "no reminder when night has come", "storage/reminders.py",
        'col(Reminder.state) == "new", col(Reminder.zone).in_(zones)', 'col(Reminder.state) == "new"',
        ("test_reminder_job.py::test_one_taken_by_day_that_gets_its_turn_at_night_waits_for_the_morning",),
    ),
    Breakage(
        "the zone of the firm's place", "storage/reminder_plans.py",
        "replace(settings, zone=str(answer.value))", "settings",
        ("test_reminders_in_chat.py::test_the_firms_own_nine_o_clock_and_english_for_who_reads_english",),
    ),
    Breakage(
        "only the named are staff", "bot/staff.py",
        "user in self.ids - _SHARED", "user not in _SHARED",
        ("test_staff.py::test_only_the_configured_ids_act_in_their_own_chat_or_the_one_group",),
    ),
    Breakage(
        "nobody acts without a name", "bot/staff.py",
        "user in self.ids - _SHARED", "user in self.ids",
        ("test_staff.py::test_nobody_acts_anonymously_or_as_a_channel",),
    ),
    Breakage(
        "staff act in one group", "bot/staff.py",
        'else chat["id"] == self.group', "else True",
        ("test_staff.py::test_only_the_configured_ids_act_in_their_own_chat_or_the_one_group",),
    ),
    Breakage(
        "a question goes to staff at most once", "bot/topics.py",
        "self.chat_id, at_most_once=True)", "self.chat_id)",
        ("helpdesk/test_relaying.py::test_a_message_that_may_have_arrived_is_not_sent_twice_and_its_author_is_told",),
    ),
    Breakage(
        "an answer goes to its owner at most once", "bot/relays.py",
        "chat_id, at_most_once=True\n", "chat_id\n",
        ("helpdesk/test_relaying.py::test_a_message_that_may_have_arrived_is_not_sent_twice_and_its_author_is_told",),
    ),
    Breakage(
        "nothing overtakes what may be on its way", "storage/relaying.py",
        'col(TicketMessage.state) == "sending")).first()', 'col(TicketMessage.state) == "nowhere")).first()',
        ("helpdesk/test_relaying.py::test_a_kill_while_sending_leaves_a_message_unsure_and_never_doubled",),
    ),
    Breakage(
        "one message at a time to the group", "bot/relays.py",
        "async with self._topics.turn if to_staff else nullcontext():", "async with nullcontext():",
        ("helpdesk/test_relaying.py::test_a_flood_of_one_owner_does_not_hold_up_the_question_of_another",),
    ),
    Breakage(
        "what staff need not see", "conversations/masking.py",
        "(_MAIL, _PHONE, _PERSONAL, _LONG)", "(_MAIL, _PHONE, _LONG)",
        ("helpdesk/test_sentences.py::test_numbers_of_persons_addresses_and_passwords_are_hidden",),
    ),
    Breakage(
        "a question is masked", "conversations/helpdesk.py",
        "cut(masked(text.strip()), LONGEST_WORDS)", "cut(text.strip(), LONGEST_WORDS)",
        ("helpdesk/test_asking.py::test_a_question_is_asked_taken_answered_closed_and_opened_again",),
    ),
    Breakage(
        "what is passed on is masked", "bot/helpdesk_owner.py",
        'masked(storable(message.get("text") or message.get("caption") or ""))',
        'storable(message.get("text") or message.get("caption") or "")',
        ("helpdesk/test_kept_words.py::test_words_are_kept_only_until_they_have_arrived",),
    ),
    Breakage(
        "words to staff are storable", "bot/helpdesk_owner.py",
        'masked(storable(message.get("text") or message.get("caption") or ""))',
        'masked(message.get("text") or message.get("caption") or "")',
        ("helpdesk/test_asking.py::test_signs_that_no_database_holds_keep_no_words_from_staff_or_owner",),
    ),
    Breakage(
        "a text of which nothing is seen", "bot/helpdesk_owner.py",
        'return "" if is_blank(storable(message["text"])) else "text"', 'return "text"',
        ("helpdesk/test_asking.py::test_a_text_of_which_nothing_is_seen_is_not_passed_on_and_both_sides_hear_so",),
    ),
    Breakage(
        "tries are masked", "conversations/talk.py",
        "masked(cleaned(text))[:_LONGEST_TRY]", "cleaned(text)[:_LONGEST_TRY]",
        ("helpdesk/test_asking.py::test_a_telephone_number_in_a_question_typed_as_an_answer_is_hidden",),
    ),
)  # fmt: skip
