"""Every sentence the bot can say stands in every catalogue, translated, and nothing else does."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import speaking
from bot.catalogue import gaps, marked, save, sentences, sources, updated
from conversations.form import on_siinas
from conversations.sections import laporan_produksi
from locales import HERE, LANGUAGES, SOURCE, catalogue, translator
from tests.chat import Chat, world_in
from tests.owner import Owner, load

OTHERS = sorted(LANGUAGES.keys() - {SOURCE})
BUTTON = 60  # characters on a button before it is cut

# How declared words reach T: what `sentences` collects from the form and the FAQ; `kind` is marked in bot/incoming.py;
# `text`, `unit` and `name` are faces, units and names of a question.
COLLECTED = re.compile(
    r"(.*\.)?(section\.title|ending\.(title|words)|repeat\.noun( if .*)?|option\.face|question\.(example|short))"
    r"|entr(y|ies\[0\])\.(question|answer)|kind|text|unit|name"
)


def _constants(path: Path) -> Iterator[str]:
    """The names of a module under which there are only sentences marked with N_."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Assign):
            value = node.value
            inside = value.values if isinstance(value, ast.Dict) else getattr(value, "elts", [value])
            if inside and all(ast.unparse(one).startswith("N_(") for one in inside):
                yield from (target.id for target in node.targets if isinstance(target, ast.Name))


@pytest.mark.parametrize("locale", OTHERS)
def test_every_sentence_is_translated(locale: str) -> None:
    there = {str(m.id): str(m.string) for m in catalogue(locale) if m.id and not m.fuzzy}
    assert [msgid for msgid in sentences() if not there.get(msgid)] == []


@pytest.mark.parametrize("locale", OTHERS)
def test_no_entry_is_unused_and_the_file_is_as_the_update_writes_it(locale: str, tmp_path: Path) -> None:
    assert [str(m.id) for m in catalogue(locale) if m.id and str(m.id) not in sentences()] == []
    save(updated(locale), tmp_path / "fresh.po")
    assert (HERE / f"{locale}.po").read_text() == (tmp_path / "fresh.po").read_text(), "run python -m bot.catalogue"


@pytest.mark.parametrize("locale", OTHERS)
def test_a_translation_fills_the_gaps_of_its_sentence(locale: str) -> None:
    wrong = {}
    for message in catalogue(locale):
        if message.id and gaps(str(message.string)) != gaps(str(message.id)):
            wrong[message.id] = message.string
    assert wrong == {}


def test_a_brace_left_open_is_found() -> None:
    with pytest.raises(ValueError, match="expected '}'"):
        gaps("Stored: {isian")


@pytest.mark.parametrize("locale", OTHERS)
def test_a_sentence_that_names_a_button_names_the_translated_button(locale: str) -> None:
    translate, wrong = translator(locale), {}
    for msgid in sentences():
        for words in re.findall(r"[Tt]ekan ([A-Z][\w ]*)", msgid):
            starts = [" ".join(words.split()[:length]) for length in range(1, 5)]
            named = next((start for start in reversed(starts) if start in sentences()), None)
            if named and translate(named).casefold() not in translate(msgid).casefold():
                wrong[msgid] = named
    assert wrong == {}


@pytest.mark.parametrize("locale", OTHERS)
def test_what_can_be_chosen_fits_on_a_button(locale: str) -> None:
    translate = translator(locale)
    faces = {
        translate(option.face)
        for question in laporan_produksi().questions()
        for option in getattr(question, "choices", ())
    }
    assert [face for face in faces if len(face) > BUTTON] == []


def test_a_sentence_reaches_t_as_it_is_written_or_from_where_it_is_collected() -> None:
    """Else it could never be translated: write it into T, or mark it with N_ where it is written."""
    known = {name for path in sources() for name in _constants(path)}
    strange = [
        f"{path.name}: T({source})"
        for path in sources()
        for text, source in marked(path)
        if text is None and path.name != "words.py"
        if not COLLECTED.fullmatch(source) and re.split(r"\W", source)[0] not in known
    ]
    assert strange == []


def test_siinas_labels_are_no_sentences_of_ours() -> None:
    """They have to be recognised on SIINas' screen, so `label` in asking.py keeps them as they are."""
    labels = {q.label for s in laporan_produksi().numbered for q in s.questions if on_siinas(s, q)}
    assert {"Nilai Mesin", "Jumlah dari Dalam Negeri"} <= labels
    assert not labels & {"Laporan yang mana?", "Berat 1 {satuan}", "Periksa dulu nolnya"}


async def test_whatever_an_owner_hears_in_a_whole_report_can_be_translated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: set[str] = set()

    def hear(msgid: str) -> str:
        heard.add(msgid)
        return msgid

    monkeypatch.setattr(speaking, "translator", lambda _locale: hear)
    async with world_in(tmp_path) as world:
        chat = Chat(world, 7, "Sari")
        await chat.says("/mulai")
        await chat.sends_other(location={"latitude": -8.1, "longitude": 111.9})
        scenario = load("konveksi")
        await Owner(chat, scenario).fills_in()
        for command in (
            "/ubah",
            "/laporan",
            "/bantuan",
            "/bantuan tombol kirim tidak ada",
            "/surat",
            "/data",
            "/hapus",
        ):
            await chat.says(command)
    own = set(re.findall(r'"([^"]*)"', json.dumps(scenario, default=str, ensure_ascii=False)))
    with_letters = {msgid for msgid in heard if re.search(r"[^\W\d_]", re.sub(r"\{\w+\}", "", msgid))}
    typed = {msgid for msgid in with_letters if msgid in own or re.search(r"\d", msgid)}
    assert with_letters - typed - sentences().keys() == set()
