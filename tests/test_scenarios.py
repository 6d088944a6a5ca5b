"""Whole reports, from /mulai to an empty checklist, the letter and the export, with a restart at every turn."""

import io
import os
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.chat import Chat, World, world_in
from tests.owner import Owner, answers_of, load, report_of

TRANSCRIPTS = Path(__file__).parent / "transcripts"
BU_SITI = 1001
FULL = ("tempe", "kopi", "konveksi")


def keeps_to_transcript(chat: Chat, name: str) -> None:
    """The dialogue is the one that was read and found good; REWRITE_TRANSCRIPTS=1 takes a new one."""
    path = TRANSCRIPTS / f"{name}.txt"
    spoken = "\n\n".join(chat.lines) + "\n"
    if os.environ.get("REWRITE_TRANSCRIPTS"):
        path.write_text(spoken)
    assert spoken == path.read_text()


async def begins(world: World, scenario: dict[str, object]) -> Owner:
    chat = Chat(world, BU_SITI, "Pemilik")
    await chat.says("/mulai")
    return Owner(chat, scenario)


@pytest.mark.parametrize("name", FULL)
async def test_a_whole_report_ends_with_an_empty_checklist_the_letter_and_the_same_data(
    name: str, tmp_path: Path
) -> None:
    async with world_in(tmp_path) as world:
        scenario = load(name)
        owner = await begins(world, scenario)
        end = await owner.fills_in()
        assert "Semua isian sudah lengkap. Tidak ada yang kurang." in end
        assert "BELUM terkirim" in end
        exported = answers_of(await owner.chat.data())
        firm = exported.pop("perusahaan")
        assert exported.pop("lengkap") is True
        assert exported == report_of(scenario)
        assert firm["nama"] == scenario["profil"]["nama_perusahaan"]
        assert firm["kbli"] == [scenario["profil"]["kbli_2020"]]
        await owner.chat.says("/surat")
        paper = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(owner.chat.document(".pdf"))).pages)
        for expected in (scenario["profil"]["nama_perusahaan"], scenario["surat_pernyataan"]["nomor"],
                         scenario["data_khusus"]["nama_pemilik_penanda_tangan"], "LAMPIRAN"):  # fmt: skip
            assert expected in " ".join(paper.split())
        keeps_to_transcript(owner.chat, name)
