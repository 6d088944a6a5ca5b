"""What there is to translate. `python -m bot.catalogue` brings every catalogue up to date with it: new sentences are
added, unused ones leave, translations stay. What then is empty or marked fuzzy waits for a translator.

Found are `T("...")` and `N_("...")` in the sources, and the words of the form and of the FAQ. Never SIINas' labels."""

import ast
import sys
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from conversations.choices import Choice, Ticks
from conversations.faq import ENTRIES
from conversations.form import Ending, Section, on_siinas
from conversations.questions import Question
from conversations.sections import laporan_produksi
from conversations.suggestions import Fixed
from locales import HERE, LANGUAGES, SOURCE, catalogue

_ROOT = Path(__file__).parent.parent
_MARKS = {"T", "N_"}
_DECLARED = {"ask", "help"}  # what questions say that are made in no section file


@cache
def sentences() -> dict[str, frozenset[str]]:
    """Every msgid that has a letter outside its gaps, in the order of the alphabet, with the names of its gaps."""
    found = {msgid for path in sources() for msgid, _ in marked(path) if msgid is not None}
    found.update(msgid for path in (_ROOT / "conversations").rglob("*.py") for msgid in _declared(path))
    for section in laporan_produksi().sections:
        found.update(_of_section(section))
    found.update(text for entry in ENTRIES for text in (entry.question, entry.answer))
    return {msgid: gaps(msgid) for msgid in sorted(found) if any(map(str.isalpha, _outside_gaps(msgid)))}


def gaps(sentence: str) -> frozenset[str]:
    """The names of its `{gaps}`. Raises ValueError for unbalanced braces."""
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


def _outside_gaps(sentence: str) -> str:
    return "".join(text for text, _, _, _ in Formatter().parse(sentence))


def sources() -> list[Path]:
    """The modules in which sentences stand."""
    return sorted(path for room in ("conversations", "bot") for path in (_ROOT / room).rglob("*.py"))


def marked(path: Path) -> Iterator[tuple[str | None, str]]:
    """For each call of T and N_: its sentence (None where it is not written there) and the source of its argument."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MARKS and node.args:
            written = node.args[0]
            text = written.value if isinstance(written, ast.Constant) and isinstance(written.value, str) else None
            yield text, ast.unparse(written)


def _declared(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.keyword) and node.arg in _DECLARED and isinstance(node.value, ast.Constant):
            yield str(node.value.value)


def _of_section(section: Section) -> Iterator[str]:
    yield section.title
    if section.repeat:
        yield section.repeat.noun
    for entry in section.entries:
        if isinstance(entry, Ending):
            yield from (entry.title, entry.words)
        else:
            yield from _of_question(section, entry)


def _of_question(section: Section, question: Question) -> Iterator[str]:
    yield from (
        question.short,
        question.ask,
        question.example,
        question.help,
        question.unit,
        *question.names.values(),
    )
    if not on_siinas(section, question):
        yield question.label
    if isinstance(question, Ticks) or (isinstance(question, Choice) and not question.typed_only):
        yield from (option.face for option in question.choices)
    if isinstance(question.suggest, Fixed):
        yield from (option.face for option in question.suggest.choices)


def updated(locale: str) -> Catalog:
    """The catalogue of the language with just the sentences there are. A new one takes over, marked fuzzy, what stood
    for the unused one it is most like."""
    old = catalogue(locale) if (HERE / f"{locale}.po").exists() else Catalog(locale)
    new = Catalog(locale, project="TemanLapor", charset="utf-8", fuzzy=False)
    unused = [str(message.id) for message in old if message.id and message.id not in sentences()]
    for msgid in sentences():
        message = old.get(msgid)
        if message and message.string:
            new.add(msgid, message.string, flags=message.flags, user_comments=message.user_comments)
            continue
        like = old.get(next(iter(get_close_matches(msgid, unused, 1)), ""))
        new.add(msgid, like.string if like else "", flags=("fuzzy",) if like and like.id else ())
    return new


def save(catalog: Catalog, path: Path) -> None:
    """Write it sorted, with no place and no date in it that would change without a sentence changing."""
    lines = [
        f'# TemanLapor: {LANGUAGES[str(catalog.locale)]}. The msgid is the Indonesian sentence.',
        'msgid ""', 'msgstr ""', '"Project-Id-Version: TemanLapor\\n"', f'"Language: {catalog.locale}\\n"',
        '"MIME-Version: 1.0\\n"', '"Content-Type: text/plain; charset=utf-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"', "", "",
    ]  # fmt: skip
    with path.open("wb") as file:
        file.write("\n".join(lines).encode())
        write_po(file, catalog, width=0, no_location=True, omit_header=True, sort_output=True)


if __name__ == "__main__":
    for code in LANGUAGES.keys() - {SOURCE}:
        fresh = updated(code)
        save(fresh, HERE / f"{code}.po")
        waiting = sum(1 for message in fresh if message.id and (message.fuzzy or not message.string))
        sys.stdout.write(f"{code}.po: {len(fresh)} sentences, {waiting} to translate (empty or marked fuzzy).\n")
