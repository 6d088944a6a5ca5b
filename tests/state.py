"""What a database holds of people, written so that two of them can be compared: numbers that a database gives out
become ranks, and what differs by nature (moments, random names, Telegram's numbers) is left out."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from storage.database import connect

POINTS_AT = {"company_id": "company", "report_id": "report", "open_report_id": "report", "person_id": "person",
             "by": "person", "item_id": "item"}  # fmt: skip
RANKED = ("company", "report", "person", "item")
LEFT_OUT = {"update_seen", "code", "code_list"}
BY_NATURE = {"message_id", "sha256", "at", "created_at", "updated_at"}
WHETHER = {"removed_at", "blocked_at", "due"}
_FILE = re.compile("[0-9a-f]{32}")


def state(database_url: str) -> list[str]:
    """One line for each row, in an order of its own."""
    engine = connect(database_url)
    with engine.begin() as connection:
        lines = sorted(_lines(connection))
    engine.dispose()
    return lines


def rows_of(database_url: str, chat_id: int) -> list[str]:
    """Every row of one person and their firm, as it is."""
    tables = SQLModel.metadata.tables
    engine = connect(database_url)
    with engine.begin() as connection:
        person = connection.execute(select(tables["person"].c.id).filter_by(chat_id=chat_id)).scalar_one()
        company = connection.execute(
            select(tables["membership"].c.company_id).filter_by(person_id=person)
        ).scalar_one()
        reports = list(connection.execute(select(tables["report"].c.id).filter_by(company_id=company)).scalars())
        mine = {"person_id": [person], "company_id": [company], "report_id": reports}
        found = []
        for table in SQLModel.metadata.sorted_tables:
            key = "id" if f"{table.name}_id" in mine else next((name for name in mine if name in table.c), "")
            if key:
                ids = mine[f"{table.name}_id" if key == "id" else key]
                found += [
                    f"{table.name} {row}" for row in connection.execute(select(table).where(table.c[key].in_(ids)))
                ]
    engine.dispose()
    return sorted(found)


def file_ids(database_url: str) -> set[str]:
    """The files that have a row."""
    engine = connect(database_url)
    with engine.begin() as connection:
        found = set(connection.execute(select(SQLModel.metadata.tables["stored_file"].c.id)).scalars())
    engine.dispose()
    return found


def kept_files(folder: Path) -> set[str]:
    """The files that lie in the folder, finished or not."""
    return {path.name for path in folder.glob("*")}


def _lines(connection: Connection) -> Iterator[str]:
    rank: dict[str, dict[Any, Any]] = {}
    for name in RANKED:
        table = SQLModel.metadata.tables[name]
        if name == "item":
            rows = connection.execute(select(table.c.id, table.c.report_id, table.c.group, table.c.position))
            rank[name] = {row[0]: (rank["report"][row[1]], *row[2:]) for row in rows}
        else:
            ids = connection.execute(select(table.c.id).order_by(table.c.id)).scalars()
            rank[name] = {number: place for place, number in enumerate(ids)}
    for table in SQLModel.metadata.sorted_tables:
        if table.name in LEFT_OUT:
            continue
        for row in connection.execute(select(table)).mappings():
            kept = {column: _comparable(table.name, column, value, rank) for column, value in row.items()}
            yield f"{table.name} { ({name: value for name, value in kept.items() if name not in BY_NATURE}) }"


def _comparable(table: str, column: str, value: Any, rank: dict[str, dict[Any, Any]]) -> Any:
    if column == "id":
        return rank[table][value] if table in rank else "…"
    if column in POINTS_AT:
        return rank[POINTS_AT[column]].get(value, value)
    if column in WHETHER:
        return value is not None
    if isinstance(value, dict) and "berkas" in value:  # the fourth of each file is the message it came in
        value = value | {"berkas": [(*file[:3], "…", *file[4:]) for file in value["berkas"]]}
    return _FILE.sub("…", str(value)) if isinstance(value, dict) else value
