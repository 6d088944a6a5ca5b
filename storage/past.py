"""What the firm said in its other reports, as far as a new one is compared with it. Reads only."""

from decimal import Decimal

from sqlalchemy import BindParameter, Connection, bindparam, select
from sqlmodel import SQLModel

from conversations.answers import Value, from_json
from conversations.draft import Past
from conversations.warnings import PAST_AMOUNTS, PAST_ITEMS
from storage.tables import Answer, Item, Report

_LETTER = "surat_pernyataan.nomor"
_REPORT, _ANSWER, _ITEM = (
    SQLModel.metadata.tables[model.__tablename__]  # type: ignore[index]  # SQLModel gives its name at run time
    for model in (Report, Answer, Item)
)
_OTHERS = (
    select(_REPORT.c.id, _REPORT.c.period)
    .where(
        _REPORT.c.company_id == bindparam("company"),
        _REPORT.c.id != bindparam("report"),
        _REPORT.c.period.is_not(None),
    )
    .order_by(_REPORT.c.id)
)
_NUMBERS: BindParameter[int] = bindparam("numbers", expanding=True)
_EARLIER = (
    select(*(_ANSWER.c[name] for name in ("report_id", "item_id", "question", "value")))
    .outerjoin(_ITEM, _ITEM.c.id == _ANSWER.c.item_id)
    .where(
        _ANSWER.c.report_id.in_(_NUMBERS),
        _ANSWER.c.question.in_((*PAST_AMOUNTS, *PAST_ITEMS, _LETTER)),
        _ITEM.c.removed_at.is_(None),
    )
    .order_by(_ANSWER.c.report_id, _ITEM.c.position, _ANSWER.c.question)
)


def past(connection: Connection, company_id: int, report_id: int) -> tuple[Past, ...]:
    """The firm's other reports that have a period, with the amounts that may not shrink; rows in the order of their
    items."""
    reports = connection.execute(_OTHERS, {"company": company_id, "report": report_id}).all()
    if not reports:
        return ()
    numbers = {"numbers": [number for number, _ in reports]}
    amounts: dict[int, dict[str, int | Decimal]] = {number: {} for number, _ in reports}
    rows: dict[int, dict[str, dict[str, dict[str, Value]]]] = {number: {} for number, _ in reports}
    letters: dict[int, str] = {}
    for number, item, question, stored in connection.execute(_EARLIER, numbers).all():
        value = from_json(stored)
        if question == _LETTER:
            letters[number] = str(value)
        elif not item and isinstance(value, int | Decimal):
            amounts[number][question] = value
        elif item:
            rows[number].setdefault(question.partition(".")[0], {}).setdefault(item, {})[question] = value
    return tuple(
        Past(
            str(period).partition(":")[2],
            amounts[number],
            {group: tuple(found.values()) for group, found in rows[number].items()},
            letters.get(number, ""),
        )
        for number, period in reports
    )
