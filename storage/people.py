"""Who talks to the bot, their firm, and their reports: made at consent, listed, opened, deleted. Plain functions of
one connection inside one transaction."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from sqlalchemy import BigInteger, Connection, bindparam, delete, insert, select, text, update
from sqlmodel import col

from conversations.carry_over import carried
from conversations.draft import Draft, changed
from conversations.form import Form
from storage import reminder_plans
from storage.columns import Moment
from storage.reports import Desk, load, save
from storage.sqlite import FORGETS
from storage.tables import Company, Consent, Membership, Person, Receipt, Report, StoredFile

NOWHERE = "-"  # the question shown to somebody who was not reached: no question has this key


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report in the list: its row, its period key ("2026-1", "" while unknown), its state."""

    id: int
    period: str
    state: str


def register(connection: Connection, form: Form, desk: Desk, chat_id: int, consent: str, now: datetime) -> Desk:
    """Make the rows of somebody who has just agreed: person, firm, profile and a first report."""
    company = _made(connection, insert(Company).values(created_at=now))
    report = {
        "company_id": company,
        "form_version": form.version,
        "state": "mengisi",
        "created_at": now,
        "updated_at": now,
    }
    profile = _made(connection, insert(Report).values(kind="perusahaan", **report))
    first = _made(connection, insert(Report).values(kind="produksi", **report))
    person = _made(connection, insert(Person).values(chat_id=chat_id, open_report_id=first, created_at=now,
                                                     locale=desk.locale, misses=0, shown_item=""))  # fmt: skip
    connection.execute(insert(Membership).values(person_id=person, company_id=company, role="pemilik"))
    connection.execute(insert(Consent).values(person_id=person, version=consent, at=now))
    reminder_plans.begin(connection, person, now)
    return desk._replace(person_id=person, company_id=company, profile_id=profile, report_id=first)


def _made(connection: Connection, statement: object) -> int:
    result = connection.execute(statement)  # type: ignore[call-overload]  # an Insert, whichever table
    return int(result.inserted_primary_key[0])


def reports_of(connection: Connection, desk: Desk) -> tuple[ReportLine, ...]:
    """The firm's production reports, latest period first, one without a period before all."""
    rows = connection.execute(
        select(col(Report.id), col(Report.period), col(Report.state)).where(
            col(Report.company_id) == desk.company_id, col(Report.kind) == "produksi"
        )
    )
    lines = [
        ReportLine(int(number or 0), str(period or "").partition(":")[2], state) for number, period, state in rows
    ]
    return tuple(sorted(lines, key=lambda line: line.period or "9999", reverse=True))


def open_report(connection: Connection, desk: Desk, report_id: int) -> bool:
    """Put another report of the same firm before the person; False where it is not theirs. One that lies there
    already stays as it is."""
    if report_id == desk.report_id:
        return True
    mine = select(col(Report.id)).where(
        col(Report.id) == report_id, col(Report.company_id) == desk.company_id, col(Report.kind) == "produksi"
    )
    if connection.execute(mine).first() is None:
        return False
    here = {"open_report_id": report_id, "shown_question": None, "shown_item": "", "misses": 0, "focus": None}
    connection.execute(update(Person).where(col(Person.id) == desk.person_id).values(here))
    return True


def new_report(connection: Connection, form: Form, desk: Desk, chat_id: int, now: datetime) -> int:
    """A report without a period: the one that waits for it, else a new one that begins with what the last one said."""
    lines = reports_of(connection, desk)
    waiting = next((line.id for line in lines if not line.period), None)
    if waiting is not None:
        return waiting
    last = load(connection, chat_id, lines[0].id) if lines else desk
    values = {"company_id": desk.company_id, "kind": "produksi", "form_version": form.version, "state": "mengisi"}
    number = _made(connection, insert(Report).values(**values, created_at=now, updated_at=now))
    fresh = desk._replace(report_id=number, draft=Draft(identity=str(number)))
    draft = carried(form, last.draft, str(number))
    save(connection, form, fresh, draft, changed({}, draft.answers), "mengisi", now)
    return number


def forget(connection: Connection, desk: Desk, now: datetime) -> tuple[tuple[tuple[str, str], ...], str]:
    """Delete the person, and the firm where nobody else belongs to it. Gives the (id, kind) of files to remove, and
    the number of the receipt, which is all that stays."""
    others = select(col(Membership.person_id)).where(
        col(Membership.company_id) == desk.company_id, col(Membership.person_id) != desk.person_id
    )
    alone = connection.execute(others).first() is None
    files: tuple[tuple[str, str], ...] = ()
    if alone:
        reports = select(col(Report.id)).where(col(Report.company_id) == desk.company_id)
        found = select(col(StoredFile.id), col(StoredFile.kind)).where(col(StoredFile.report_id).in_(reports))
        files = tuple((file, kind) for file, kind in connection.execute(found))
    connection.info[FORGETS] = True
    connection.execute(delete(Person).where(col(Person.id) == desk.person_id))
    if alone:
        connection.execute(delete(Company).where(col(Company.id) == desk.company_id))
    receipt = token_hex(4)
    connection.execute(insert(Receipt).values(id=receipt, at=now))
    return files, receipt


def file_ids(connection: Connection) -> set[str]:
    """The ids of all files that somebody's report has."""
    return set(connection.execute(select(col(StoredFile.id))).scalars())


def speak(connection: Connection, desk: Desk, locale: str) -> None:
    """From now on talk to the person in this language."""
    connection.execute(update(Person).where(col(Person.id) == desk.person_id).values(locale=locale))


_UNANSWERED = text(
    "INSERT INTO unanswered (update_id, person_id, reason, at) "
    "VALUES (:update_id, (SELECT id FROM person WHERE chat_id = :chat), :reason, :at) "
    "ON CONFLICT (update_id) DO UPDATE SET reason = excluded.reason, at = excluded.at"
).bindparams(
    bindparam("update_id", type_=BigInteger), bindparam("chat", type_=BigInteger), bindparam("at", type_=Moment)
)


def unanswered(connection: Connection, update_id: int, chat_id: int, reason: str, now: datetime) -> None:
    """Write down why this update has no answer that surely arrived: one of tables.UNANSWERED_REASONS. Of somebody
    who has agreed to nothing, not even the chat is kept."""
    connection.execute(_UNANSWERED, {"update_id": update_id, "chat": chat_id, "reason": reason, "at": now})


def not_reached(connection: Connection, chat_id: int, blocked_at: datetime | None) -> None:
    """The open question did not arrive, so no text may answer it before it was asked again."""
    values = {"shown_question": NOWHERE, "shown_item": "", **({"blocked_at": blocked_at} if blocked_at else {})}
    connection.execute(update(Person).where(col(Person.chat_id) == chat_id).values(values))


def asked_again(connection: Connection, person_id: int) -> None:
    """The person has their question again."""
    connection.execute(update(Person).where(col(Person.id) == person_id).values(interrupted=False))


def set_blocked(connection: Connection, chat_id: int, at: datetime | None) -> None:
    """The person blocked the bot, or (None) let it in again."""
    connection.execute(update(Person).where(col(Person.chat_id) == chat_id).values(blocked_at=at))
