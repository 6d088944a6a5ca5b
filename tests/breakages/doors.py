"""What lets each update in once, in order, from its owner, and lets each thing said out once."""

from tests.breakages.breakage import Breakage

DOORS = (
    Breakage(
        "an update counts once", "storage/arrivals.py",
        "_MARK_ONCE.run(connection, values) == 1", "_MARK_ONCE.run(connection, values) < 2",
        ("test_front_door.py::test_an_update_that_comes_twice_is_applied_once_and_answered_twice",
         "test_duplicates.py::test_what_comes_again_and_again_is_kept_once"),
    ),
    Breakage(
        "an update of many counts once", "storage/arrivals.py",
        "        backlog.fresh.discard(update_id)\n        backlog.add(_MARK, values)",
        "        backlog.add(_MARK_ONCE, values)",
        ("test_groups.py::test_of_an_update_that_comes_twice_at_once_one_is_the_first",),
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
        "the owner check of buttons", "bot/turns.py",
        "arrived.report_id not in own", "arrived.report_id in ()",
        ("test_front_door.py::test_a_forged_button_of_somebody_elses_report_does_nothing_to_either",),
    ),
    Breakage(
        "only private chats", "bot/incoming.py",
        '    return number if chat.text("type") == "private" else None\n', "    return number\n",
        ("test_front_door.py::test_what_is_said_in_a_group_is_not_answered",),
    ),
    Breakage(
        "a reminder goes at most once", "bot/outgoing.py",
        "if at_most_once and _may_have_arrived(error)", "if at_most_once and not _may_have_arrived(error)",
        ("test_storm.py::test_in_a_storm_no_answer_is_lost_and_no_reminder_doubled",),
    ),
    Breakage(
        "silence during a 429", "bot/outgoing.py",
        "                self.pacing.halt(error)\n", "                pass\n",
        ("test_outgoing.py::test_a_429_halts_both_lanes_and_every_chat",),
    ),
    Breakage(
        "who floods holds nobody up", "bot/doors/polling.py",
        "        self._arrives(lane)\n", "",
        ("test_flood.py::test_who_floods_the_bot_holds_nobody_up_and_hears_once_when_it_is_over",),
    ),
    Breakage(
        "the webhook's secret", "bot/doors/webhook.py",
        "not hmac.compare_digest(given.encode(), self._secret)", "not given",
        ("test_webhook.py::test_who_does_not_know_the_secret_is_turned_away",),
    ),
    Breakage(
        "200 only when it is done", "bot/doors/webhook.py",
        "        done, _ = await asyncio.wait({self._begun(update)}, timeout=LONGEST_WAIT)\n"
        "        handled = any(not task.cancelled() and task.result() for task in done)\n",
        "        handled = self._begun(update) is not None\n",
        ("test_webhook_door.py::test_a_database_that_takes_nothing_makes_telegram_come_again",
         "test_webhook.py::test_killed_between_commit_and_answer_the_question_is_asked_after_the_restart"),
    ),
    Breakage(
        "one update of a chat at a time, brought", "bot/doors/webhook.py",
        "        async with turn:\n", "        if turn:\n",
        ("test_webhook_door.py::test_a_chat_is_handled_one_after_the_other_and_nobody_waits_for_it",),
    ),
)  # fmt: skip
