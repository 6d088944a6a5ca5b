"""Consent, before anything personal is written (experience.md section 7)."""

from conversations.choices import YA, Choice
from conversations.conditions import Equals
from conversations.form import Ending, Section
from conversations.questions import Option

VERSION = "1"  # raise it when the promise below changes: everyone is asked again

SECTION = Section(
    key="persetujuan",
    title="Persetujuan",
    numbered=False,
    company=True,
    entries=(
        Choice(
            key="persetujuan.setuju",
            label="Sebelum mulai",
            ask=(
                "Saya TemanLapor. Saya bantu Anda mengisi laporan semester SIINas, satu pertanyaan demi satu.\n\n"
                "Yang saya simpan: jawaban dan berkas yang Anda kirim, untuk menyusun laporan Anda. "
                "Disimpan sampai Anda menghapusnya dengan /hapus. "
                "Pesan lewat Telegram, yang komputernya di luar negeri. "
                "Kalau Anda bertanya kepada petugas, petugas melihat yang Anda kirim.\n\n"
                "Jangan kirim NIK, NPWP, foto KTP, atau kata sandi SIINas. Itu tidak diperlukan.\n\n"
                "Anda setuju?"
            ),
            help=(
                "Sebelum Anda menekan Setuju, tidak ada yang disimpan. Bot ini bukan milik kementerian. "
                "Bot ini membantu menyiapkan isian. Yang mengirim laporan di SIINas tetap Anda sendiri."
            ),
            choices=(
                Option(YA, "Setuju", ("setuju", "ya", "iya", "ok", "oke", "boleh")),
                Option("Tidak", "Tidak setuju", ("tidak", "tidak mau", "nggak", "enggak", "gak")),
            ),
            can_wait=False,
            export=False,
            acknowledged=False,
        ),
        Ending(
            key="persetujuan.tidak",
            title="Baik, tidak apa-apa",
            words="Tidak ada yang saya simpan. Kalau berubah pikiran, ketik /mulai.",
            when=Equals("persetujuan.setuju", "Tidak"),
            opens=("persetujuan.setuju",),
        ),
    ),
)
