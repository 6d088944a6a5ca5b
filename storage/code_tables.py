"""The tables of the imported official lists of codes. Knows no firm and no report."""

from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlmodel import Field, SQLModel

from storage.columns import one_of

CODE_SCHEMES = ("kbli", "hs")


class CodeList(SQLModel, table=True):
    """An imported official list: KBLI or HS of an edition, such as "2020".

    `revision`: 32 hex digits, new whenever a line of the list is new or changed, so that a search index made of
    an earlier state is known to be old.
    """

    __tablename__: ClassVar[str] = "code_list"
    __table_args__ = (
        one_of("scheme", *CODE_SCHEMES),
        CheckConstraint("length(edition) = 4", name="edition"),
        CheckConstraint("length(revision) = 32", name="revision"),
    )

    scheme: str = Field(primary_key=True)
    edition: str = Field(primary_key=True)
    revision: str


class Code(SQLModel, table=True):
    """One line of an official list. `code` as SIINas writes it: 10391 (KBLI), 2106.90.97 (HS)."""

    __table_args__ = (
        ForeignKeyConstraint(["scheme", "edition"], ["code_list.scheme", "code_list.edition"], ondelete="CASCADE"),
        CheckConstraint("length(title) > 0", name="title"),
    )

    scheme: str = Field(primary_key=True)
    edition: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    title: str
