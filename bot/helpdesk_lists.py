"""What staff read in lists: the tickets that wait, and figures about everything, without a personal value."""

from datetime import datetime, timedelta

from conversations.form import Form
from conversations.words import fill
from storage.statistics import Figures
from storage.tickets import TicketLine

_MOST = 30  # lines that one message shows
_SUPERGROUP = -1_000_000_000_000  # Telegram's links leave this out of a group's number
_STATES = {
    "new": "menunggu",
    "sending": "sedang dikirim",
    "sent": "sampai",
    "unsure": "tidak pasti",
    "failed": "tidak sampai",
    "dead": "tidak sampai",
}


def tickets_waiting(waiting: tuple[TicketLine, ...], group: int, now: datetime) -> str:
    """`/tiket`: the oldest first, each with its age, who takes care of it, and the way there."""
    if not waiting:
        return "Tidak ada tiket yang terbuka."
    lines = [f"Tiket terbuka: {len(waiting)}"]
    for ticket in waiting[:_MOST]:
        who = ticket.taken_name or "belum diambil"
        lines.append(f"#{ticket.id} {ticket.title}, {age(now - ticket.opened_at)}, {who}{_link(ticket, group)}")
    if len(waiting) > _MOST:
        lines.append(f"dan {len(waiting) - _MOST} lagi")
    return "\n".join(lines)


def age(span: timedelta) -> str:
    """`3 hari`, `2 jam`, `5 menit`."""
    minutes = int(span.total_seconds()) // 60
    if minutes >= 24 * 60:
        return f"{minutes // (24 * 60)} hari"
    return f"{minutes // 60} jam" if minutes >= 60 else f"{minutes} menit"


def _link(ticket: TicketLine, group: int) -> str:
    if not ticket.thread_id or ticket.chat_id != group or group > _SUPERGROUP:
        return ""
    return f"\nhttps://t.me/c/{_SUPERGROUP - group}/{ticket.thread_id}"


def statistics(found: Figures, form: Form, now: datetime) -> str:
    """`/statistik`: the figures as staff read them."""
    lines = [f"Usaha: {found.firms}", "", "Laporan"]
    lines += [f"• {state.replace('_', ' ')}: {count}" for state, count in found.reports.items()]
    lines += ["", "Di mana orang berhenti (tidak ada kabar sehari atau lebih, dari yang sampai di sana)"]
    lines += [f"• {_named(form, stop.question)}: {stop.stopped} dari {stop.shown}" for stop in found.stops[:_MOST]]
    lines += [] if found.stops else ["• tidak ada"]
    oldest = f", yang tertua {age(now - found.oldest_ticket)}" if found.oldest_ticket else ""
    lines += ["", f"Tiket terbuka: {found.tickets}{oldest}"]
    for about, counted in (("Pesan tiket", found.relays), ("Pengingat", found.reminders)):
        lines.append(f"{about}: " + ", ".join(f"{_STATES[state]} {count}" for state, count in counted.items()))
    return "\n".join(lines)


def _named(form: Form, key: str) -> str:
    """A question as owners see it; the key of one that the form has no more."""
    section, question = form.section_of.get(key), form.by_key.get(key)
    if section is None or question is None:
        return section.title if section else key
    return f"{section.title}, {fill(question.short or question.label, {'satuan': 'satuan'})}"
