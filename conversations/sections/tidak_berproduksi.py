"""No production in the whole period: no report, a letter to Kapusdatin through the Helpdesk (guide L29)."""

from conversations.form import Ending, Section
from conversations.questions import Option
from conversations.sections.data_umum import NOT_PRODUCING
from conversations.suggestions import Fixed
from conversations.texts import Text

SECTION = Section(
    key="tidak_berproduksi",
    title="Tidak Berproduksi",
    numbered=False,
    applies=NOT_PRODUCING,
    entries=(
        Text(
            key="tidak_berproduksi.alasan",
            takes_lines=True,
            label="Alasan tidak berproduksi",
            ask="Mengapa tidak ada produksi pada {periode}?",
            example="Tungku pembakaran rusak dan sedang diperbaiki",
            help="Tulis satu kalimat. Alasan ini masuk ke surat untuk kementerian.",
        ),
        Text(
            key="tidak_berproduksi.rencana_mulai_lagi",
            label="Rencana mulai lagi",
            ask="Kapan rencananya mulai produksi lagi?",
            example="Februari 2027",
            help="Perkiraan saja. Kalau belum tahu, tekan Belum tahu.",
            suggest=Fixed((Option("belum dapat dipastikan", "Belum tahu", ("belum tahu", "tidak tahu")),)),
            longest=100,
        ),
        Text(
            key="tidak_berproduksi.penanda_tangan",
            label="Penanda tangan surat",
            ask="Siapa nama pemilik atau direktur yang menandatangani surat?",
            example="Sudarmo",
            help="Surat ini harus ditandatangani paling rendah Direktur, atau Pemilik usaha.",
            longest=100,
        ),
        Ending(
            key="tidak_berproduksi.surat",
            title="Cukup dengan surat",
            words=(
                "Karena tidak ada produksi, laporan panjang tidak perlu diisi. Kirim surat kepada Kapusdatin Kemenperin "
                "yang ditandatangani Direktur atau Pemilik usaha, lewat Helpdesk SIINas: "
                "siinas.kemenperin.go.id/helpdesk. Suratnya saya buatkan: tekan Buat surat."
            ),
            when=NOT_PRODUCING,
            opens=(
                "data_umum.berproduksi",
                "tidak_berproduksi.alasan",
                "tidak_berproduksi.rencana_mulai_lagi",
            ),
            letter=True,
        ),
    ),
)
