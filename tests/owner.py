"""An owner who answers from a scenario: reads the label in bold, finds the answer, types or taps it, until the
checklist has nothing left. She knows the scenario and the screen, not the code's questions."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from conversations.form import Form, Section
from conversations.numbers import write
from conversations.questions import Question
from conversations.sections import laporan_produksi
from tests.chat import PNG, Chat

Scenario = dict[str, Any]
SCENARIOS = Path(__file__).parent / "scenarios"
_META = {"id", "judul", "mencakup", "lengkap", "profil", "catatan", "diharapkan"}


def load(name: str) -> Scenario:
    """A scenario; numbers with a fraction come as Decimal."""
    data: Scenario = json.loads((SCENARIOS / f"{name}.json").read_text(), parse_float=Decimal)
    return data


def answers_of(data: Any) -> Any:
    """The scenario without what is for checking only: keys with `_` and the remarks at the top."""
    if isinstance(data, dict):
        return {key: answers_of(value) for key, value in data.items() if not key.startswith("_")}
    return [answers_of(value) for value in data] if isinstance(data, list) else data


def report_of(scenario: Scenario) -> Scenario:
    """What the export must hold."""
    kept = {key: value for key, value in scenario.items() if key not in _META}
    result: Scenario = answers_of(kept)
    return result


class Owner:
    """Plays one scenario in one chat."""

    def __init__(self, chat: Chat, scenario: Scenario) -> None:
        self.chat, self.scenario = chat, scenario
        self.form: Form = laporan_produksi()
        self.begun: dict[str, int] = {}

    async def fills_in(self, until: str = "", limit: int = 300) -> str:
        """Answer until the checklist (or a message with the text `until`) is there; gives that message."""
        for _ in range(limit):
            text = self.chat.text
            if until and until in text:
                return text
            if not self._question():
                return text
            await self._answer()
        raise AssertionError(f"still asked after {limit} answers:\n{self.chat.text}")

    def _question(self) -> tuple[Section, Question | None, str] | None:
        """The section, question and key that the screen asks about, None where it asks nothing."""
        head = self.chat.text.split("\n", 1)[0]
        if " · " not in head:
            return None
        title = head.split(" · ", 1)[1]
        for section in self.form.sections:
            if title == section.title or title.startswith(f"{section.title} — "):
                if self.chat.label == section.title and "Masih sama?" in self.chat.text:
                    return section, None, section.still_same
                if self.chat.label == section.title and section.repeat:
                    return section, None, section.all_listed
                for question in section.questions:
                    if self._same(question.label):
                        return section, question, question.key
        raise AssertionError(f"unknown question:\n{self.chat.text}")

    def _same(self, label: str) -> bool:
        head, _, tail = label.partition("{")
        return self.chat.label == label if not tail else self.chat.label.startswith(head)

    async def _answer(self) -> None:
        found = self._question()
        assert found
        section, question, key = found
        if key == section.still_same:
            await self.chat.taps("Masih sama")
            self.begun[section.key] = len(self.scenario.get(section.key, ()))
            return
        if question is None:
            more = self.begun.get(section.key, 0) < len(self.scenario[section.key])
            await self.chat.taps("Tambah" if more else "Sudah semua")
            return
        if section.repeat and key == section.repeat.name:
            self.begun[section.key] = self.begun.get(section.key, 0) + 1
        if special := getattr(self, "_" + key.replace(".", "_"), None):
            await special()
            return
        if ticks := getattr(question, "each", ""):
            await self._tick({o.face: _at(self.scenario, f"{ticks}.{o.value}") for o in question.choices})  # type: ignore[attr-defined]
            return
        await self._give(self._value(section, key))

    def _value(self, section: Section, key: str) -> Any:
        if section.repeat:
            return _at(self._row(section), key.removeprefix(f"{section.key}."))
        return _at(self.scenario, key)

    def _row(self, section: Section) -> Scenario:
        """The scenario's row of the item in the header: the one begun last, or another of that name."""
        assert section.repeat
        rows: list[Scenario] = self.scenario[section.key]
        name = self.chat.text.split("\n", 1)[0].partition(" — ")[2]
        last = rows[self.begun[section.key] - 1]
        field = section.repeat.name.rpartition(".")[2]
        return last if not name or last[field] == name else next(row for row in rows if row[field] == name)

    async def _give(self, value: Any) -> None:
        """Tap the value's own button where there is one, else type it."""
        if value is None:
            await self.chat.taps("Lewati")
        elif isinstance(value, list):
            await self.chat.says("; ".join(map(str, value)))
        elif str(value) in self.chat.buttons():
            await self.chat.taps(str(value))
        else:
            number = isinstance(value, int | Decimal) and not 1900 < value < 2100
            await self.chat.says(write(value) if number else str(value))

    async def _tick(self, wanted: dict[str, Any]) -> None:
        message = self.chat.last
        for face, value in wanted.items():
            if value in ("Ya", True):
                await self.chat.taps(f"☐ {face}", self._now(message))
        buttons = self.chat.buttons(self._now(message))
        await self.chat.taps("Selesai" if "Selesai" in buttons else "Tidak ada satu pun", self._now(message))

    def _now(self, message: dict[str, Any]) -> dict[str, Any]:
        return next(m for m in self.chat.history if m["message_id"] == message["message_id"])

    async def _persetujuan_setuju(self) -> None:
        await self.chat.taps("Setuju")

    async def _perusahaan_tahap(self) -> None:
        await self.chat.taps("Sudah jalan")

    async def _profile(self, key: str) -> None:
        await self._give(self.scenario["profil"][key])

    async def _perusahaan_nama(self) -> None:
        await self._profile("nama_perusahaan")

    async def _perusahaan_badan_usaha(self) -> None:
        await self._profile("jenis_badan_usaha")

    async def _perusahaan_alamat_pabrik(self) -> None:
        await self._profile("alamat_pabrik")

    async def _perusahaan_kabupaten_kota(self) -> None:
        await self._profile("kabupaten_kota")

    async def _perusahaan_nib(self) -> None:
        await self._profile("nib")

    async def _perusahaan_kbli(self) -> None:
        await self._profile("kbli_2020")

    async def _perusahaan_jabatan_penanda_tangan(self) -> None:
        await self._profile("jabatan_penanda_tangan")

    async def _perusahaan_sertifikat_halal(self) -> None:
        numbers = {row.get("nomor_sertifikat_halal") for row in self.scenario.get("produksi", [])} - {None}
        await (self.chat.says(", ".join(sorted(numbers))) if numbers else self.chat.taps("Tidak punya"))

    async def _perusahaan_pbsi_valid(self) -> None:
        await self.chat.taps("Sudah Valid")

    async def _data_umum_periode_yang_dilaporkan(self) -> None:
        await self._give(self.scenario["periode"]["rentang"])

    async def _data_umum_berproduksi(self) -> None:
        await self.chat.taps("Tidak ada sama sekali" if "tidak_berproduksi" in self.scenario else "Ada produksi")

    async def _data_umum_pernah_lapor(self) -> None:
        before = self.scenario["data_umum"].get("periode_sebelumnya")
        await self.chat.taps("Sudah pernah" if before else "Belum")

    async def _data_umum_yakin_di_atas_5_miliar(self) -> None:
        await self.chat.taps("Ya, semua sudah benar")

    async def _investasi_milik_sendiri(self) -> None:
        land, building = (self.scenario["investasi"][key] for key in ("nilai_tanah", "nilai_bangunan"))
        await self.chat.taps("Milik sendiri" if land else "Hanya bangunan" if building else "Sewa")

    async def _tenaga_kerja_jenis(self) -> None:
        question = self.form.by_key["tenaga_kerja.jenis"]
        await self._tick({o.face: _at(self.scenario, o.value) > 0 for o in question.choices})  # type: ignore[attr-defined]

    async def _kapasitas_produksi_berat_per_satuan(self) -> None:
        row = self.scenario["kapasitas_produksi"][self.begun["kapasitas_produksi"] - 1]
        await self._weight(row["produk"])

    async def _produksi_berat_per_satuan(self) -> None:
        row = self.scenario["produksi"][self.begun["produksi"] - 1]
        await self._weight(row["produk"])

    async def _weight(self, product: str) -> None:
        rows = [row for row in self.scenario["produksi"] if row["produk"] == product]
        weight = rows[0].get("_berat_kg_per_satuan") if rows else None
        await (self.chat.says(weight.replace(".", ",")) if weight else self.chat.taps("Lewati"))

    async def _produksi_nilai(self) -> None:
        await self.chat.taps("Saya tahu ongkos satu")

    async def _produksi_hpp_per_satuan(self) -> None:
        row = self._row(self.form.section("produksi"))
        await self.chat.says(write(row["_hpp_per_satuan"]))

    async def _bahan_bakar_pelumas_ukuran_elpiji(self) -> None:
        await self._tick(dict.fromkeys(self.scenario["bahan_bakar_pelumas"]["ukuran_elpiji"], "Ya"))

    async def _surat_pernyataan_scan(self) -> None:
        await self.chat.sends(PNG)

    async def _surat_pernyataan_keadaan(self) -> None:
        await self.chat.taps("Semua sudah")


def _at(data: Any, path: str) -> Any:
    for part in path.split("."):
        data = data[part]
    return data
