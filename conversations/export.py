"""A report as data in the shape of its keys: sections as objects, repeat groups as lists, plus `perusahaan`."""

from conversations.answers import Mark, Place, Ticking, Value
from conversations.checklist import missing
from conversations.choices import Ticks
from conversations.form import Section
from conversations.questions import Question
from conversations.route import Walk
from conversations.texts import Attachment

Data = dict[str, object]


def report(walk: Walk) -> Data:
    """The whole report: `lengkap`, `periode`, every section with answers, `perusahaan`. Amounts are int or
    Decimal, never float."""
    result: Data = {"lengkap": not missing(walk) and walk.ending is None, "periode": _period(walk)}
    for section in walk.form.sections:
        if section.repeat:
            items = walk.draft.items.get(section.key, ())
            if items:
                result[section.key] = [_item(walk, section, item) for item in items]
            continue
        for question in section.questions:
            value = walk.known.get(Place(question.key))
            if value is not None and _given(value):
                _put(result, question, value)
    _finish(walk, result)
    return result


def _given(value: Value) -> bool:
    return value is not Mark.NANTI and not isinstance(value, Ticking)


def _item(walk: Walk, section: Section, item: str) -> Data:
    row: Data = {}
    for question in section.questions:
        value = walk.known.get(Place(question.key, item))
        if question.export and value is not None and _given(value):
            row[question.key.removeprefix(f"{section.key}.")] = question.exported(value)
    return row


def _put(result: Data, question: Question, value: Value) -> None:
    """Put a value below the dots of its key; ticks that are questions of their own each below theirs."""
    if isinstance(question, Ticks) and question.each:
        chosen = value if isinstance(value, tuple) else ()
        for option in question.choices:
            _at(result, f"{question.each}.{option.value}", question.truth[0 if option.value in chosen else 1])
    elif isinstance(question, Attachment):
        _at(result, f"{question.key}_diunggah", True)
    elif question.export:
        _at(result, question.key, question.exported(value))


def _at(result: Data, path: str, value: object) -> None:
    *parents, name = path.split(".")
    node = result
    for parent in parents:
        inner = node.setdefault(parent, {})
        assert isinstance(inner, dict)  # noqa: S101 - keys are checked by the form
        node = inner
    node[name] = value


def _period(walk: Walk) -> Data | None:
    period = walk.scope().period
    if period is None:
        return None
    return {
        "tahun": period.year,
        walk.form.scheme.name: period.part.number,
        "rentang": period.name,
        "nama_di_daftar_siinas": period.list_name,
        "nama_di_data_umum": period.data_name,
    }


def _finish(walk: Walk, result: Data) -> None:
    """What follows from the calendar and the profile rather than from one answer."""
    period = walk.scope().period
    general, idle, firm = (result.get(key) for key in ("data_umum", "tidak_berproduksi", "perusahaan"))
    if isinstance(general, dict) and isinstance(before := general.get("periode_sebelumnya"), dict) and period:
        earlier = walk.form.scheme.ended(period.start, 1)
        general["periode_sebelumnya"] = {"label": earlier[0].data_name if earlier else None, **before}
    if isinstance(idle, dict) and period:
        role = firm.get("jabatan_penanda_tangan") if isinstance(firm, dict) else None
        dates = {"mulai": period.start.isoformat(), "sampai": period.end.isoformat()}
        result["tidak_berproduksi"] = {**dates, **idle, "jabatan": role}
