"""Consent, before anything personal is written (experience.md section 7)."""

from conversations.choices import TIDAK, YA, Choice
from conversations.conditions import Equals
from conversations.form import Ending, Section
from conversations.problems import choose_one
from conversations.questions import Option, Read, Reading, fold
from conversations.scope import Scope

VERSION = "1"  # raise it when the promise below changes: everyone is asked again


class Agreement(Choice):
    """Consent is given by its button or by its own words: a "ya" may have been meant for anything."""

    def read(self, text: str, scope: Scope) -> Reading:  # noqa: ARG002 - the kind's shape
        """Only the words written here; no typos, no numbers."""
        words = fold(text)
        return next((Read(option.value) for option in self.choices if words in option.aliases), choose_one())


SECTION = Section(
    key="persetujuan",
    title="Persetujuan",
    numbered=False,
    company=True,
    entries=(
        Agreement(
            key="persetujuan.setuju",
            label="Sebelum mulai",
            short="jawaban saya",
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
                Option(YA, "Setuju", ("setuju", "saya setuju", "ya setuju", "iya setuju")),
                Option(TIDAK, "Tidak setuju", ("tidak setuju", "tidak", "tidak mau")),
            ),
            can_wait=False,
            export=False,
            acknowledged=False,
        ),
        Ending(
            key="persetujuan.tidak",
            title="Baik, tidak apa-apa",
            words="Tidak ada yang saya simpan. Kalau berubah pikiran, ketik /mulai.",
            when=Equals("persetujuan.setuju", TIDAK),
            opens=("persetujuan.setuju",),
        ),
    ),
)
