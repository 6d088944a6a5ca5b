"""The staff of a street: one of them, in a group with topics, who answers, closes and opens again what the owners ask."""

from collections import Counter

from sqlalchemy import Connection

from bot.demo.telegram import Telegram
from bot.staff import Staff
from tests.street import plain, words_of

RINI, GROUP = 501, -1001234567890
STAFF = Staff(frozenset({RINI}), GROUP)
QUESTIONS = ("Kode KBLI saya apa, {m}?", "{m} <b>bingung</b> & takut salah", "Kapan terakhir?", "\U0001f600" * 90)
ANSWERS = ("Jawaban {n} untuk {m}.", "Jawaban {n} <i>untuk</i> {m}.", "/tutup", "/buka", "/ambil", "/jawab tunggu",
           "/catatan antarpetugas {n}", "/tidakada")  # fmt: skip
AMONG_STAFF = "antarpetugas"


class StaffRoom:
    """The group with Rini in it; what she wrote, and to whom."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram, self._looked_at = telegram, len(telegram.log)
        self._written: dict[str, int] = {}
        self._arrived: Counter[str] = Counter()
        self.answered: set[int] = set()  # by what waits to be handled
        if GROUP not in telegram.chats:
            telegram.add_group(GROUP, "Petugas", is_forum=True)
        telegram.join(RINI, "Rini")

    def answers(self, connection: Connection, owner: int, mark: str, what: str) -> bool:
        """Rini writes in the topic of this owner; False where there is none."""
        rows = connection.exec_driver_sql(
            "SELECT p.chat_id, t.thread_id FROM ticket t JOIN person p ON p.id = t.person_id "
            "WHERE t.thread_id IS NOT NULL ORDER BY t.id"
        )
        topic = {int(row[0]): int(row[1]) for row in rows}.get(owner)
        if topic is None:
            return False
        text = what.format(n=len(self._written), m=mark)
        if not text.startswith("/"):
            self._written[text] = owner
        self.answered.add(owner)
        self._telegram.says(RINI, text, chat_id=GROUP, message_thread_id=topic)
        return True

    def wrong(self) -> str:
        """What is wrong with what the bot has said since the last look: an answer that reached somebody else, or somebody
        twice, or a note among staff that reached an owner; "" for nothing."""
        calls, self._looked_at = self._telegram.log[self._looked_at :], len(self._telegram.log)
        for call in calls:
            said, chat = plain(words_of(call)), call.params.get("chat_id")
            if chat == GROUP or not call.delivered:
                continue
            if AMONG_STAFF in said:
                return f"P9: a note among staff reaches {chat}"
            for text, owner in self._written.items():
                if plain(text) in said:
                    self._arrived[text] += 1
                    if chat != owner or self._arrived[text] > 1:
                        return f"P9: an answer to {owner} reaches {chat}, for the {self._arrived[text]}. time"
        return ""
