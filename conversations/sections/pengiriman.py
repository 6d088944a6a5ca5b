"""What the owner says SIINas shows after sending (guide L162-169, L880-886). Opened by the person, never asked by
itself: nothing is called sent before the owner has said so."""

from conversations.choices import Choice
from conversations.conditions import Equals
from conversations.dates import Day
from conversations.form import Section, ToMend
from conversations.questions import Option
from conversations.suggestions import fixed
from conversations.texts import Attachment, Text

STATE = "pengiriman.keadaan"
SENT, RETURNED, VERIFIED = "Terkirim", "Dikembalikan", "Terverifikasi"

SECTION = Section(
    key="pengiriman",
    title="Pengiriman",
    numbered=False,
    entries=(
        Choice(
            key=STATE,
            label="Status Laporan",
            ask="Di SIINas, apa status laporan Anda sekarang?",
            help="Lihat di SIINas: e-Reporting, Laporan Industri - Tahap Produksi, kolom Status Laporan.",
            choices=(
                Option(SENT, "Telah Terkirim", ("sudah terkirim", "terkirim", "sudah dikirim")),
                Option(RETURNED, "Dikembalikan untuk diperbaiki", ("dikembalikan", "perbaikan", "revisi", "koreksi")),
                Option(VERIFIED, "Sudah Terverifikasi dan Tervalidasi", ("terverifikasi", "tervalidasi", "selesai")),
            ),
            on_request=True,
            needed=False,
        ),
        Day(
            key="pengiriman.tanggal",
            label="Tanggal Kirim Laporan",
            ask="Tanggal berapa laporan terkirim di SIINas?",
            example="5 Juli 2026",
            help="Lihat di SIINas, kolom Tanggal Kirim Laporan.",
            suggest=fixed("Hari ini", "Kemarin"),
            when=Equals(STATE, SENT),
            needed=False,
        ),
        Attachment(
            key="pengiriman.bukti",
            label="Bukti Laporan",
            ask="Kalau ada, kirim foto layar yang menunjukkan Telah Terkirim. Boleh dilewati.",
            help="Foto ini untuk simpanan Anda sendiri. Di SIINas bukti bisa dicetak lewat kolom Bukti Laporan.",
            when=Equals(STATE, SENT),
            needed=False,
        ),
        Text(
            key="pengiriman.catatan",
            label="Catatan verifikator",
            ask="Apa catatan dari petugas? Salin atau teruskan ke sini.",
            help="Lihat di SIINas: Tracking Pemrosesan, lalu Perbaiki/Tanggapi.",
            longest=2000,
            takes_lines=True,
            when=Equals(STATE, RETURNED),
            needed=False,
        ),
        ToMend(
            key="pengiriman.perbaiki",
            label="Yang diminta diperbaiki",
            ask="Isian mana yang harus diperbaiki? Pilih bagiannya, lalu centang isiannya. Boleh lebih dari satu.",
            help=(
                "Hanya isian yang Anda centang yang saya tanyakan lagi. Yang lain tetap. Setelah itu Surat Pernyataan "
                "ditandatangani lagi, karena SIINas memintanya."
            ),
            when=Equals(STATE, RETURNED),
            needed=False,
            export=False,
            acknowledged=False,
        ),
    ),
)
