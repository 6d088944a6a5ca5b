"""The official lists in the database: taking one in, searching it, the title of a code. Plain functions of one
connection; the search index of a list is made at its first use and kept until an import changes the list."""

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from uuid import uuid4
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Connection, Engine, Select, insert, select, update
from sqlmodel import col

from storage.code_search import CodeIndex, CodeLine
from storage.code_tables import Code, CodeList

ASKED_EDITION = {"kbli": "2020", "hs": "2022"}
"""The edition whose codes the form asks for ("Kode KBLI 2020"); lists of other editions are kept, not searched."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did: lines new, with another title than before, the same as before, and no longer named."""

    new: int
    changed: int
    same: int
    left: int


def take_list(connection: Connection, scheme: str, edition: str, lines: Iterable[CodeLine]) -> Taken:
    """Store the lines, each code once. A code that the list no longer names stays: a report may hold it."""
    known = dict(connection.execute(_lines(scheme, edition)).all())
    given = dict(lines)
    new = [code for code in given if code not in known]
    changed = [code for code in given if code in known and known[code] != given[code]]
    if new or changed:
        _revise(connection, scheme, edition)
    if new:
        here = {"scheme": scheme, "edition": edition}
        connection.execute(insert(Code), [here | {"code": code, "title": given[code]} for code in new])
    for code in changed:
        connection.execute(update(Code).where(*_line(scheme, edition, code)).values(title=given[code]))
    return Taken(len(new), len(changed), len(given) - len(new) - len(changed), len(known.keys() - given.keys()))


def search_codes(connection: Connection, scheme: str, text: str, limit: int = 10) -> tuple[CodeLine, ...]:
    """Lines of the imported list of "kbli" or "hs" that the text may mean, the likeliest first.

    Typos, beginnings of words and of codes are understood. () where no list was imported. The first search after
    a start or an import also makes the index: 0.3 s for 11,000 lines, so call `warm` before people come.
    """
    index = _index(connection, scheme)
    return index.search(text, limit) if index else ()


def title_of(connection: Connection, scheme: str, code: str) -> str | None:
    """The official title of a code written as SIINas does; None where the list has no such code."""
    line = _line(scheme, ASKED_EDITION[scheme], code)
    return connection.execute(select(col(Code.title)).where(*line)).scalar()


def warm(connection: Connection) -> None:
    """Make the search indexes of the lists that are there."""
    for scheme in ASKED_EDITION:
        _index(connection, scheme)


_indexes: WeakKeyDictionary[Engine, dict[str, tuple[str, CodeIndex]]] = WeakKeyDictionary()
_making = Lock()  # PostgreSQL works in several threads; one makes the index and the others wait for it


def _index(connection: Connection, scheme: str) -> CodeIndex | None:
    edition = ASKED_EDITION[scheme]
    revision = connection.execute(
        select(col(CodeList.revision)).where(col(CodeList.scheme) == scheme, col(CodeList.edition) == edition)
    ).scalar()
    if revision is None:
        return None
    with _making:
        made = _indexes.setdefault(connection.engine, {})
        if scheme not in made or made[scheme][0] != revision:
            lines = connection.execute(_lines(scheme, edition))
            made[scheme] = revision, CodeIndex(sorted(CodeLine(code, title) for code, title in lines))
        return made[scheme][1]


def _revise(connection: Connection, scheme: str, edition: str) -> None:
    """Note that the list is no longer what it was, making its row the first time."""
    here = (col(CodeList.scheme) == scheme, col(CodeList.edition) == edition)
    revision = uuid4().hex
    if not connection.execute(update(CodeList).where(*here).values(revision=revision)).rowcount:
        connection.execute(insert(CodeList).values(scheme=scheme, edition=edition, revision=revision))


def _lines(scheme: str, edition: str) -> Select[str, str]:
    return select(col(Code.code), col(Code.title)).where(col(Code.scheme) == scheme, col(Code.edition) == edition)


def _line(scheme: str, edition: str, code: str) -> tuple[ColumnElement[bool], ...]:
    return col(Code.scheme) == scheme, col(Code.edition) == edition, col(Code.code) == code
