"""A whole report in a real browser against the demo as it is started at home: fill in, send, fetch, compare."""

import io
import json
from decimal import Decimal
from pathlib import Path

from pypdf import PdfReader

from tests.browser import AtThePage, phone
from tests.owner import Owner, answers_of, load, report_of
from tests.process import BotProcess, free_port


async def test_bu_siti_fills_in_her_report_and_takes_the_letter_and_the_data_home(tmp_path: Path) -> None:
    port, scenario = free_port(), load("tempe")
    async with BotProcess(tmp_path / "data", "demo", "--port", str(port)) as demo, phone() as page:
        await demo.listens(port)
        siti = AtThePage(page, "Bu Siti")
        assert "Anda setuju?" in await siti.enters(f"http://127.0.0.1:{port}")
        end = await Owner(siti, scenario).fills_in()
        assert "Semua isian sudah lengkap. Tidak ada yang kurang." in end
        assert "BELUM terkirim" in end

        await siti.says("/surat")
        letter = PdfReader(io.BytesIO(await siti.downloads(".pdf")))
        paper = " ".join(" ".join(sheet.extract_text() for sheet in letter.pages).split())
        for expected in (scenario["profil"]["nama_perusahaan"], scenario["surat_pernyataan"]["nomor"],
                         scenario["data_khusus"]["nama_pemilik_penanda_tangan"]):  # fmt: skip
            assert expected in paper

        await siti.says("/data")
        exported = answers_of(json.loads(await siti.downloads(".json"), parse_float=Decimal))
        firm = exported.pop("perusahaan")
        assert exported.pop("lengkap") is True
        assert exported == report_of(scenario)
        assert firm["nama"] == scenario["profil"]["nama_perusahaan"]
        assert await demo.stop() == 0
