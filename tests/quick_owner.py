"""An owner who has understood how little she has to type: several answers in one message, one line each; ticks in
words; the next item's name instead of a button. For counting how few messages and taps a report can take."""

from conversations.numbers import write
from tests.owner import Owner

_MATERIAL = ("spesifikasi", "satuan", "impor_langsung", "jumlah_dalam_negeri", "nilai_dalam_negeri")


class QuickOwner(Owner):
    """Plays one scenario with as few acts as the chat allows."""

    async def _answer(self) -> None:
        found = self._question()
        assert found
        section, question, key = found
        if (
            question is None
            and key == section.all_listed
            and self.begun.get(section.key, 0) < len(self.scenario[section.key])
        ):
            self.begun[section.key] = self.begun.get(section.key, 0) + 1
            await self._item(section.key)
            return
        await super()._answer()

    async def _item(self, group: str) -> None:
        """The item that comes next: in one message where its questions are few, else by its name."""
        row = self.scenario[group][self.begun[group] - 1]
        if group == "mesin":
            lines = [row["jenis_mesin"], row["tahun_pembelian"], row["jumlah"], row["status_kepemilikan"]]
        elif group == "bahan_baku" and "sumber_bahan_baku" not in row and row["impor_langsung"] == "Tidak":
            lines = [
                row["nama"],
                *(write(row[key]) if key.startswith(("jumlah", "nilai")) else row[key] for key in _MATERIAL),
            ]
        else:
            lines = [row["nama" if group == "bahan_baku" else "produk"]]
        await self.chat.says("\n".join(map(str, lines)))

    async def _mesin_jenis_mesin(self) -> None:
        await self._item("mesin")

    async def _bahan_baku_nama(self) -> None:
        await self._item("bahan_baku")

    async def _tick(self, wanted: dict[str, object]) -> None:
        chosen = [face for face, value in wanted.items() if value in ("Ya", True)]
        other = self.scenario["bahan_bakar_pelumas"]["deskripsi_bahan_bakar_lainnya"]
        words = [other if face == "Bahan bakar lainnya" else face for face in chosen]
        await self.chat.says("; ".join(words) or "tidak ada")

    async def _tenaga_kerja_sertifikasi_skkni(self) -> None:
        counts = self.scenario["tenaga_kerja"]["sertifikasi"]
        await (
            self.chat.says(str(counts["skkni"])) if any(counts.values()) else self.chat.taps("Tidak ada yang punya")
        )

    async def _bahan_baku_jumlah_dalam_negeri(self) -> None:
        row = self._row(self.form.section("bahan_baku"))
        await self.chat.says(f"{write(row['jumlah_dalam_negeri'])}\n{write(row['nilai_dalam_negeri'])}")

    async def _produksi_nilai(self) -> None:
        row = self._row(self.form.section("produksi"))
        await self.chat.says(f"{write(row['_hpp_per_satuan'])} per {row['satuan']}")
