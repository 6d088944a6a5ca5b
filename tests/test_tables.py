"""What the tables refuse, what they give back unchanged, and what goes when a person or a company goes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Insert, delete, func, insert, select
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import SQLModel, col

from storage.database import connect
from storage.schema import upgrade
from storage.tables import (
    Answer,
    AnswerChange,
    Company,
    Consent,
    Item,
    Membership,
    Person,
    Report,
    StoredFile,
)

NOW = datetime(2026, 7, 1, 8, tzinfo=UTC)
SARI, BUDI = 7_000_000_001, 7_000_000_002


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    engine = connect(database_url)
    upgrade(engine)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def person(chat_id: int, **more: Any) -> Insert:
    values = {"locale": "id", "shown_item": "", "misses": 0, "created_at": NOW}
    return insert(Person).values(chat_id=chat_id, **values | more)


def report(company: int, kind: str, period: str | None) -> Insert:
    times = {"created_at": NOW, "updated_at": NOW}
    return insert(Report).values(
        company_id=company, kind=kind, period=period, form_version="1", state="mengisi", **times
    )


def answer(question: str, value: Any = 4, **more: Any) -> Insert:
    values = {"report_id": 1, "item_id": "", "source": "typed", "at": NOW}
    return insert(Answer).values(question=question, value=value, **values | more)


def tempe(connection: Connection) -> None:
    """Sari and Budi fill the report of one company, which is report 1."""
    connection.execute(insert(Company).values(created_at=NOW))
    connection.execute(report(1, "produksi", "semester:2026-1"))
    for chat, number in ((SARI, 1), (BUDI, 2)):
        connection.execute(person(chat, open_report_id=1))
        connection.execute(insert(Membership).values(person_id=number, company_id=1, role="pemilik"))
        connection.execute(insert(Consent).values(person_id=number, version="1", at=NOW))
    connection.execute(insert(Item).values(id=uuid4().hex, report_id=1, group="bahan_baku", position=0))
    connection.execute(answer("jumlah_pekerja", by=2))
    connection.execute(
        insert(AnswerChange).values(report_id=1, item_id="", question="jumlah_pekerja", new=4, by=2, at=NOW)
    )
    connection.execute(
        insert(StoredFile).values(id=uuid4().hex, report_id=1, kind="pdf", size=9, sha256="0" * 64, at=NOW)
    )


def counts(connection: Connection) -> dict[str, int]:
    tables = SQLModel.metadata.sorted_tables
    found = {t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in tables}
    return {name: count for name, count in found.items() if count}


def test_deleting_a_company_takes_every_row_of_it_along(connection: Connection) -> None:
    tempe(connection)
    connection.execute(delete(Company))
    assert counts(connection) == {"person": 2, "consent": 2}
    assert connection.execute(select(col(Person.open_report_id))).scalars().all() == [None, None]


def test_deleting_budi_leaves_saris_report_without_his_name(connection: Connection) -> None:
    tempe(connection)
    before = counts(connection)
    connection.execute(delete(Person).where(col(Person.chat_id) == BUDI))
    assert counts(connection) == before | {"person": 1, "membership": 1, "consent": 1}
    assert connection.execute(select(col(Answer.value), col(Answer.by))).all() == [(4, None)]
    assert connection.execute(select(col(AnswerChange.new), col(AnswerChange.by))).all() == [(4, None)]


@pytest.mark.parametrize(
    "refused",
    [
        person(SARI),
        person(1, misses=-1),
        person(1, open_report_id=99),
        report(1, "produksi", "semester:2026-1"),
        report(1, "lain", None),
        report(1, "perusahaan", "semester:2026-1"),
        answer("jumlah_pekerja", 5),
        answer("nama", source="guessed"),
        answer("nama", report_id=99),
        insert(Item).values(id="1", report_id=1, group="bahan_baku", position=0),
        insert(Item).values(id=uuid4().hex, report_id=1, group="bahan_baku", position=-1),
        insert(StoredFile).values(id=uuid4().hex, report_id=1, kind="exe", size=9, sha256="0" * 64, at=NOW),
        insert(StoredFile).values(id=uuid4().hex, report_id=1, kind="pdf", size=0, sha256="0" * 64, at=NOW),
    ],
)
def test_the_database_itself_refuses_what_must_not_be(connection: Connection, refused: Insert) -> None:
    tempe(connection)
    with pytest.raises(IntegrityError):
        connection.execute(refused)


def test_a_company_has_one_profile(connection: Connection) -> None:
    tempe(connection)
    connection.execute(report(1, "perusahaan", None))
    with pytest.raises(IntegrityError):
        connection.execute(report(1, "perusahaan", None))


@pytest.mark.parametrize(
    "value",
    [
        0,
        999_999_999_999_999,
        "7.8",
        "",
        None,
        True,
        ["a", "b"],
        {"nilai": "½ Ⓡ 🍃", "satuan": None},
        {"angka": 10**30, "skala": 12},
    ],
)
def test_a_value_comes_back_as_it_was_given(connection: Connection, value: Any) -> None:
    tempe(connection)
    connection.execute(answer("isi", value))
    found = connection.execute(select(col(Answer.value)).where(col(Answer.question) == "isi")).scalar_one()
    assert found == value
    assert type(found) is type(value)


def test_a_time_of_any_zone_comes_back_in_utc(connection: Connection) -> None:
    jayapura = timezone(timedelta(hours=9))
    connection.execute(person(SARI, blocked_at=datetime(2026, 7, 1, 1, 30, 0, 250, jayapura)))
    found = connection.execute(select(col(Person.blocked_at))).scalar_one()
    assert found == datetime(2026, 6, 30, 16, 30, 0, 250, UTC)
    assert found.tzinfo is UTC


def test_a_time_of_no_zone_is_refused(connection: Connection) -> None:
    with pytest.raises(StatementError, match="A stored time needs a time zone"):
        connection.execute(person(SARI, blocked_at=datetime(2026, 7, 1)))


def test_an_error_text_holds_no_stored_value(connection: Connection) -> None:
    connection.execute(person(SARI, shown_question="q"))
    with pytest.raises(IntegrityError) as caught:
        connection.execute(person(SARI, shown_question="rahasia"))
    assert "rahasia" not in str(caught.value)
