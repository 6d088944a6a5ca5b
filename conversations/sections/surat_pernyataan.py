"""Surat Pernyataan: its number, then the signed and stamped scan (form.md 2.11; guide L850-870)."""

from conversations.choices import Ticks
from conversations.conditions import Sent
from conversations.form import Section
from conversations.questions import Option
from conversations.suggestions import LetterNumber
from conversations.texts import Attachment, Text

SECTION = Section(
    key="surat_pernyataan",
    title="Surat Pernyataan",
    entries=(
        Text(
            key="surat_pernyataan.nomor",
            label="No Surat Pernyataan",
            ask="Nomor surat berapa yang mau dipakai?",
            example="001/SP-SIINAS/TBS/VII/2026",
            help="Ikuti cara Anda memberi nomor surat. Kalau belum pernah, pakai saja usul saya.",
            suggest=LetterNumber(),
            longest=60,
            line="K7",
        ),
        Attachment(
            key="surat_pernyataan.scan",
            label="Upload",
            short="Surat bertanda tangan",
            ask=(
                "Cetak Surat Pernyataan dari SIINas, tanda tangani, beri cap basah. Lalu kirim fotonya atau PDF-nya "
                "ke sini. Kalau jawabannya belum ada di SIINas, salin dulu."
            ),
            help=(
                "Di SIINas: Surat Pernyataan, lalu Cetak Surat Pernyataan. Halaman pertama pakai kertas berkop kalau "
                "punya. Tanpa meterai. Foto dari atas, terang, seluruh halaman terlihat. Kalau lebih dari satu halaman, kirim "
                "semua fotonya: saya jadikan satu PDF. Paling besar 20 MB."
            ),
            offers=("surat", "salin"),
            until="surat_pernyataan.keadaan",
            line="K7",
        ),
        Ticks(
            key="surat_pernyataan.keadaan",
            label="Periksa suratnya",
            ask="Surat yang tadi dikirim sudah bagaimana? Centang yang sudah.",
            help="SIINas meminta surat yang dicetak dari SIINas sendiri, ditandatangani pemilik, dan diberi cap basah.",
            choices=(
                Option("sudah_diunduh_dari_siinas", "Dicetak dari SIINas", ("dari siinas", "cetak", "dicetak")),
                Option("ditandatangani", "Ditandatangani", ("tanda tangan", "ttd")),
                Option("cap_basah", "Cap basah", ("cap", "stempel", "dicap")),
            ),
            each="surat_pernyataan",
            truth=(True, False),
            all_of_them=True,
            needed=False,
            when=Sent("surat_pernyataan.scan"),
        ),
    ),
)
