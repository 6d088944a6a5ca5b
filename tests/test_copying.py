"""Whatever was answered, what /salin shows is what the export holds, number for number and word for word."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from string import ascii_letters

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations import copy_format
from conversations.amounts import Percent, Quantity, Rupiah, Whole, Year
from conversations.answers import Answer, Mark, Place, Source, Value
from conversations.choices import Choice, Ticks
from conversations.copy_format import CopyFormat, format_of, formats
from conversations.copying import LONGEST_COPY, NOT_IN_SIINAS, cards, parts
from conversations.draft import Draft
from conversations.export import report
from conversations.names import Code, Country
from conversations.questions import Question
from conversations.route import Walk, walk
from conversations.texts import Attachment, Text
from tests.roads import FORM, TODAY
from tests.scenario_draft import draft_of

PAGES = [section for section in FORM.numbered if section.key != "surat_pernyataan"]
FORMATS = st.builds(CopyFormat, st.sampled_from(["", ".", " ", "'"]), st.just(","))
WORDS = st.text(ascii_letters + 'äé–"&<{}', min_size=1, max_size=12)
TEXTS = st.lists(WORDS, min_size=1, max_size=40).map(" ".join)


def answers(question: Question) -> st.SearchStrategy[Value]:
    """Anything that an owner can have answered there."""
    match question:
        case Attachment():
            return st.just(Mark.NANTI)
        case Ticks():
            return st.lists(st.sampled_from([o.value for o in question.choices]), unique=True).map(tuple)
        case Choice():
            return st.sampled_from([option.value for option in question.choices] or ["Pcs"])
        case Rupiah() | Whole():
            return st.integers(0, 10**15 - 1)
        case Percent():
            return st.integers(0, 100) | st.decimals(0, 100, places=2)
        case Quantity():
            return st.integers(0, 10**12) | st.decimals(0, 10**10, places=2)
        case Year():
            return st.integers(1900, 2026)
        case Code() | Country() | Text():
            return TEXTS
    return st.just(Mark.KOSONG)


class Report:
    """A scenario's report (or an empty one) with one more item in each group, after these answers."""

    def __init__(self, start: int, answered: list[tuple[Place, Value]]) -> None:
        given_ = {place: Answer(value, Source.TYPED) for place, value in answered}
        draft = STARTS[start]
        self.walk = walk(FORM, draft._replace(answers={**draft.answers, **given_}), TODAY)
        self._told = f"Report({start}, {answered})"

    def __repr__(self) -> str:
        return self._told


def _begun(draft: Draft) -> Draft:
    for section in PAGES:
        draft = draft.with_item(section.key) if section.repeat else draft
    return draft


STARTS = (Draft("kosong"), *(_begun(draft_of(name)) for name in ("tempe", "kopi", "konveksi")), _begun(Draft("baru")))


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Up to thirty answers on top of a report: given, put off, left empty."""
    start = draw(st.integers(0, len(STARTS) - 1))
    places = [
        Place(question.key, item)
        for section in PAGES
        for item in (STARTS[start].items.get(section.key, ()) if section.repeat else ("",))
        for question in section.questions
    ]
    picked = draw(st.lists(st.sampled_from(places), unique=True, max_size=30))
    return Report(start, [(p, draw(answers(FORM.by_key[p.question]) | st.sampled_from(Mark))) for p in picked])


def told(found: Walk) -> Iterator[object]:
    """Everything the export holds of what stands on SIINas' pages, leaf by leaf."""
    data = report(found)
    for section in PAGES:
        if section.repeat:
            rows = data.get(section.key, [])
            assert isinstance(rows, list)
            yield from (v for row in rows for key, v in row.items() if f"{section.key}.{key}" not in NOT_IN_SIINAS)
            continue
        for question in section.questions:
            if question.key not in NOT_IN_SIINAS:
                yield from (_at(data, key) for key in _keys(question))


def _keys(question: Question) -> list[str]:
    """Below which keys the export holds a question: ticks can be questions of their own."""
    if isinstance(question, Ticks) and question.each:
        return [f"{question.each}.{option.value}" for option in question.choices]
    return [question.key]


def _at(data: object, path: str) -> object:
    for part in path.split("."):
        data = data.get(part) if isinstance(data, dict) else None
    return data


@settings(max_examples=100, deadline=None)
@given(reports(), st.dictionaries(st.sampled_from(sorted(formats())), FORMATS))
def test_what_is_copied_is_what_is_exported(drawn: Report, other: dict[str, CopyFormat]) -> None:
    table, found = {**formats(), **other}, drawn.walk
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copy_format, "formats", lambda: table)
        shown = [one.value for card in cards(found) if card.page != "surat_pernyataan" for one in card.fields]
    exported = [", ".join(leaf) if isinstance(leaf, list) else leaf for leaf in told(found) if leaf is not None]
    words = Counter(leaf for leaf in exported if isinstance(leaf, str))
    numbers = [leaf for leaf in exported if isinstance(leaf, int | Decimal)]
    left = list((Counter(shown) - words).elements())
    assert len(shown) == len(exported)
    assert len(left) == len(numbers)
    assert sum(_read(text, table) for text in left) == sum(numbers)


def _read(text: str, table: dict[str, CopyFormat]) -> Decimal:
    """The number, whichever kind's format it was written in."""
    signs = {one.ribuan for one in table.values()} - {""}
    for sign in signs:
        text = text.replace(sign, "")
    return Decimal(text.replace(",", "."))


@given(TEXTS)
def test_a_long_text_is_copied_in_parts_that_give_it_back(text: str) -> None:
    pieces = parts(text)
    assert "".join(pieces) == text
    assert all(0 < len(piece) <= LONGEST_COPY for piece in pieces)


def test_every_kind_of_number_has_its_format_and_says_why() -> None:
    for question in FORM.questions():
        if isinstance(question, Rupiah | Percent | Quantity | Year | Whole):
            assert format_of(question) in formats().values()
    with pytest.raises(TypeError, match=r"format_salin\.toml"):
        format_of(Text(key="a.b", label="A", ask="A?"))


@given(st.integers(0, 10**15 - 1) | st.decimals(0, 10**10, places=2), FORMATS)
def test_a_number_is_read_back_from_every_format(number: int | Decimal, one: CopyFormat) -> None:
    assert one.number(one.typed(number)) == number


def test_the_formats_are_one_line_of_data() -> None:
    rupiah = FORM.by_key["data_umum.nilai_mesin"]
    assert format_of(rupiah).typed(1_500_000) == "1500000"
    assert CopyFormat(".", ",").typed(Decimal("1500000.5")) == "1.500.000,5"
    assert format_of(FORM.by_key["mesin.tahun_pembelian"]).typed(2022) == "2022"
