"""What must hold, worked out a second time: it reads the rows of the database itself and walks the declared form
with rules of its own. It knows nothing of the engine, of drafts or of walks."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from conversations import checks
from conversations import conditions as declared
from conversations.answers import Mark
from conversations.choices import Choice
from conversations.form import Ending, Form, Section
from conversations.questions import Question
from conversations.rules import OnlyOption

Key = tuple[int, str, str]
Lookup = Callable[[str], Any]

LINES = {
    "K1": "Data Khusus belum diisi secara lengkap",
    "K2": "Angka tenaga kerja tidak boleh 0 atau lebih dari 500.000",
    "K3": "Bahan baku belum terisi",
    "K4": "Data produksi belum diisi",
    "K5": "Belum Mengisi Kapasitas Produksi",
    "K6": "Mesin belum diisi",
    "K7": "Surat Pernyataan belum di upload",
}  # SIINas' own words, guide L888-894
ALONG = {
    "perusahaan.kabupaten_kota": {"perusahaan.provinsi", "perusahaan.zona_waktu"},
    "data_umum.periode_yang_dilaporkan": {"data_umum.tahun"},
    "produksi.nilai": {"produksi.hpp_per_satuan"},
    "tenaga_kerja.sertifikasi.skkni": {"tenaga_kerja.sertifikasi.bukan_skkni"},
    "bahan_bakar_pelumas.jenis": {"bahan_bakar_pelumas.deskripsi_bahan_bakar_lainnya"},
    "surat_pernyataan.scan": {"surat_pernyataan.keadaan"},
    "pengiriman.keadaan": {
        "pengiriman.tanggal",
        "pengiriman.bukti",
        "pengiriman.catatan",
        "pengiriman.perbaiki",
        "disalin.surat_pernyataan",
        "disalin.kirim",
    },
}  # questions that an answer to another one may answer, or ask anew, with it


@dataclass(frozen=True)
class Row:
    """One answer as it lies in the table: JSON text, how it came, the own message."""

    value: str
    source: str
    message_id: int | None

    @property
    def data(self) -> Any:
        """The JSON value. AssertionError where it holds a float."""
        return json.loads(self.value, parse_float=_no_float)


@dataclass
class Kept:
    """All rows of one person: the open report and the profile by id, the answers, the items, and the rest."""

    person: tuple[Any, ...]
    profile: int = 0
    report: int = 0
    answers: dict[Key, Row] = field(default_factory=dict)
    items: list[tuple[Any, ...]] = field(default_factory=list)
    rest: list[tuple[Any, ...]] = field(default_factory=list)


def _no_float(text: str) -> None:
    raise AssertionError(f"P6: the float {text} is stored")


def read(connection: Connection) -> dict[int, Kept]:
    """Everything in the database, by chat."""
    rows = connection.exec_driver_sql
    owner: dict[int, Kept] = {}
    result: dict[int, Kept] = {}
    for chat, company, *person in rows(
        "SELECT p.chat_id, m.company_id, p.id, p.open_report_id, p.shown_question, p.shown_item, p.misses, p.focus, "
        "p.blocked_at FROM person p JOIN membership m ON m.person_id = p.id"
    ):
        result[chat] = owner[company] = Kept(tuple(person), report=person[1] or 0)
    reports = {}
    for number, company, *rest in rows("SELECT id, company_id, kind, period, state FROM report ORDER BY id"):
        reports[number] = kept = owner[company]
        kept.rest.append((number, *rest))
        kept.profile = number if rest[0] == "perusahaan" else kept.profile
    for report, *row in rows(
        'SELECT report_id, "group", id, position, removed_at FROM item ORDER BY "group", position, id'
    ):
        reports[report].items.append((report, *row))
    for report, item, question, *answer in rows(
        "SELECT report_id, item_id, question, CAST(value AS TEXT), source, message_id FROM answer"
    ):
        reports[report].answers[report, item, question] = Row(*answer)
    for table in ("answer_change", "stored_file"):
        for report, count in rows(f"SELECT report_id, count(*) FROM {table} GROUP BY 1 ORDER BY 1"):  # noqa: S608
            reports[report].rest.append((table, report, count))
    return result


def changed(before: Kept | None, after: Kept | None) -> dict[Key, tuple[Row | None, Row | None]]:
    """The answers that differ, without those that only follow from others."""
    old, new = before.answers if before else {}, after.answers if after else {}
    pairs = {key: (old.get(key), new.get(key)) for key in {*old, *new} if old.get(key) != new.get(key)}
    return {key: pair for key, pair in pairs.items() if any(row and row.source != "computed" for row in pair[1:])
            or (pair[1] is None and pair[0] is not None and pair[0].source != "computed")}  # fmt: skip


def amount(data: Any) -> Decimal | None:
    """The number in a stored value."""
    if isinstance(data, dict) and "angka" in data:
        return Decimal(data["angka"]).scaleb(-data["skala"])
    return Decimal(data) if isinstance(data, int) else None


def missing(form: Form, kept: Kept) -> list[tuple[Question, str]]:
    """The needed questions of the open report without an answer, in order, and one for workers that are none."""
    rows = {(q, i): row.data for (r, i, q), row in kept.answers.items() if r in (kept.profile, kept.report)}
    carried = {(q, i) for (r, i, q), row in kept.answers.items() if r == kept.report and row.source == "carried"}
    alive = {"", *(i for _, _, i, _, gone in kept.items if gone is None)}
    known: dict[tuple[str, str], Any] = {}
    found: list[tuple[Question, str]] = []

    def seen_from(item: str) -> Lookup:
        return lambda question: known.get((question, item), known.get((question, "")))

    for section, item in _pages(form, kept):
        if section.applies and not holds(section.applies, seen_from("")):
            continue
        here = {(q, i) for q, i in carried if i in alive and form.section_of[q] is section}
        same = Choice(key=section.still_same, label=section.title, ask="")
        asked_same = same.key in {question.key for question, _ in found} or _value(rows.get((same.key, "")))[1]
        for entry in section.entries:
            if (
                here
                and not asked_same
                and (section.repeat or ((entry.key, "") in here and holds(entry.when, seen_from(""))))
            ):
                asked_same = True
                found.append((same, ""))
            applies = holds(entry.when, seen_from(item))
            if isinstance(entry, Ending):
                if applies:
                    return found + _too_few(form, known, found)
            elif applies:
                value, answered = _value(rows.get((entry.key, item)))
                if value is not None and any(_speaks_against(check, value, known) for check in entry.checks):
                    value, answered = None, False
                if isinstance(entry.computed, OnlyOption) and item == _TO_COME:
                    answered = len(seen_from("")(entry.computed.question) or ()) == 1
                known[entry.key, item] = value
                if entry.needed and not answered:
                    found.append((entry, item))
            elif all(seen_from(item)(key) is not None for key in entry.when.mentions()):
                known[entry.key, item] = None if isinstance(entry.otherwise, Mark) else entry.otherwise
    return found + _too_few(form, known, found)


_TO_COME = "to come"


def _speaks_against(check: object, value: Any, known: Mapping[tuple[str, str], Any]) -> bool:
    """Whether a rule refuses what was once taken: the question is asked again then."""
    match check:
        case checks.NotLowerThan(before):
            return isinstance(least := known.get((before, "")), int) and isinstance(value, int) and value < least
        case checks.AtMostSum(questions):
            counts: list[Any] = [known.get((key, "")) for key in questions]
            return None not in counts and value > sum(counts)
        case checks.WorkersTotal(cells, own):
            others: list[Any] = [known.get((key, "")) for key in cells if key != own]
            return None not in others and not 1 <= value + sum(others) <= 500_000
        case checks.InCapacity():
            codes = {code for (key, _), code in known.items() if key == "kapasitas_produksi.kbli"} - {None}
            return bool(codes) and value not in codes
    return False


def _pages(form: Form, kept: Kept) -> Iterator[tuple[Section, str]]:
    for section in form.sections:
        items = [i for r, g, i, _, gone in kept.items if r == kept.report and g == section.key and gone is None]
        for item in items or [_TO_COME if section.repeat else ""]:
            yield section, item


def _value(data: Any) -> tuple[Any, bool]:
    """What others see of it, and whether it counts as answered."""
    if isinstance(data, dict) and "tanda" in data:
        return None, data["tanda"] == "kosong"
    if isinstance(data, dict) and "dicentang" in data:
        return data["semula"], data["semula"] is not None
    return data, data is not None


def _too_few(form: Form, known: Mapping[tuple[str, str], Any], found: list[Any]) -> list[tuple[Question, str]]:
    """Workers: 1 to 500,000 in all (guide L889), a line of its own where nothing else is missing of them."""
    kinds = form.by_key["tenaga_kerja.jenis"]
    if (kinds.key, "") not in known or any(question.line == "K2" for question, _ in found):
        return []
    cells = [value for (key, _), value in known.items() if key.startswith("tenaga_kerja.") and key.count(".") == 3]
    total = sum(value for value in cells if isinstance(value, int))
    return [] if 1 <= total <= 500_000 else [(kinds, "")]


def holds(condition: object, value: Lookup) -> bool:
    """A declared condition, evaluated naively."""
    match condition:
        case declared.Always():
            return True
        case declared.Equals(question, wanted):
            return bool(value(question) == wanted)
        case declared.Differs(question, unwanted):
            return bool(value(question) != unwanted)
        case declared.Ticked(question, option):
            return option in (value(question) or ())
        case declared.Sent(question):
            return isinstance(value(question), dict) and "berkas" in value(question)
        case declared.SumAbove(questions, limit):
            return sum(found for key in questions if isinstance(found := value(key), int)) > limit
        case declared.AnyOf(parts):
            return any(holds(part, value) for part in parts)
        case declared.AllOf(parts):
            return all(holds(part, value) for part in parts)
    raise AssertionError(f"the oracle must learn this condition: {condition}")


def wrong_checklist(form: Form, kept: Kept, text: str) -> str:
    """What is wrong with the answer to /periksa, "" for nothing."""
    found = missing(form, kept)
    count = re.search(r"Belum: (\d+) isian", text)
    if int(count[1] if count else 0) != len(found):
        return f"P5: {len(found)} are missing, not {count[1] if count else 0} ({[(q.key, item[:6]) for q, item in found]})"
    for line, words in LINES.items():
        if (f"• {words}" in text.splitlines()) != any(question.line == line for question, _ in found):
            return f"P5: the line {words!r} is wrong"
    titles = {form.section_of[question.key].title for question, _ in found if not question.line}
    absent = [title for title in titles if f"• {title}" not in text]
    return f"P5: the section {absent} is not there" if absent else ""
