"""What every update asks first: whether it was here before, and who it is from. Of many that arrived together it is asked
once. Plain functions of one connection inside one transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Connection, Integer, and_, bindparam, func, insert, literal_column, select, text
from sqlmodel import SQLModel

from storage.backlog import backlog_of
from storage.columns import Moment
from storage.prepared import OfMany, Prepared
from storage.tables import Company, Person, Report, UpdateSeen


class Arrival(NamedTuple):
    """An update, and the private chat it came from."""

    update_id: int
    chat_id: int


_PERSON, _COMPANY, _REPORT, _SEEN = (
    SQLModel.metadata.tables[model.__tablename__]  # type: ignore[index]  # SQLModel gives its name at run time
    for model in (Person, Company, Report, UpdateSeen)
)
_PROFILE = _REPORT.alias("profile")
OF_PERSON = (
    "id", "locale", "talks_to", "interrupted", "blocked_at", "shown_question", "shown_item", "misses", "tries", "focus",
)  # fmt: skip
_OPEN = (
    select(
        *(_PERSON.c[name] for name in OF_PERSON),
        _REPORT.c.company_id,
        _PROFILE.c.id,
        _REPORT.c.id,
        _COMPANY.c.revision,
        _REPORT.c.state,
        _REPORT.c.updated_at,
        _PERSON.c.chat_id,
    )
    .join(_REPORT, _REPORT.c.id == func.coalesce(bindparam("named", type_=Integer), _PERSON.c.open_report_id))
    .join(_COMPANY, _COMPANY.c.id == _REPORT.c.company_id)
    .join(
        _PROFILE,
        and_(_PROFILE.c.company_id == _REPORT.c.company_id, _PROFILE.c.kind == literal_column("'perusahaan'")),
    )
)
_FIRM = len(OF_PERSON)

_ROW, _ROWS = Prepared(_OPEN.where(_PERSON.c.chat_id == bindparam("chat"))), OfMany(_OPEN, _PERSON.c.chat_id)
_WERE_HERE = OfMany(select(_SEEN.c.update_id), _SEEN.c.update_id)
_MARK = Prepared(insert(_SEEN))
_MARK_ONCE = Prepared(
    text("INSERT INTO update_seen (update_id, at) VALUES (:update_id, :at) ON CONFLICT DO NOTHING").bindparams(
        bindparam("update_id", type_=BigInteger), bindparam("at", type_=Moment)
    )
)


def look_ahead(connection: Connection, arrivals: Sequence[Arrival]) -> None:
    """Ask for all of them at once what `mark` and `desk_row` will be asked for each."""
    backlog = backlog_of(connection)
    if backlog is None:
        raise RuntimeError("Nothing keeps what is read ahead: call it inside of `together`.")
    ids = [arrival.update_id for arrival in arrivals]
    backlog.fresh.update(ids)
    backlog.fresh.difference_update(row[0] for row in _WERE_HERE.rows(connection, ids, {}))
    rows = _ROWS.rows(connection, [arrival.chat_id for arrival in arrivals], {"named": None})
    backlog.ahead.update((row[-1], row[:-1]) for row in rows)


def mark(connection: Connection, update_id: int, now: datetime) -> bool:
    """Note that this update is being applied; False where it was before. Call it under the lock of its chat."""
    values = {"update_id": update_id, "at": now}
    backlog = backlog_of(connection)
    if backlog is not None and update_id in backlog.fresh:
        backlog.fresh.discard(update_id)
        backlog.add(_MARK, values)  # its unique key still refuses what the lock should have kept out
        return True
    return _MARK_ONCE.run(connection, values) == 1


def desk_row(connection: Connection, chat_id: int, report_id: int | None) -> list[Any] | None:
    """Columns OF_PERSON of the person with this chat, the ids of firm, profile and report, the firm's revision, and state
    and moment of the report; None for somebody unknown. With the report named, or else the open one."""
    backlog = backlog_of(connection)
    if backlog is not None and report_id is None:
        row = backlog.ahead.pop(chat_id, None)
        if row and row[_FIRM] not in backlog.firms:
            return row
    whose = {"chat": chat_id, "named": report_id}
    rows = _ROW.rows(connection, whose)
    if rows and backlog is not None and rows[0][_FIRM] in backlog.firms:
        backlog.write()
        rows = _ROW.rows(connection, whose)
    return rows[0][:-1] if rows else None
