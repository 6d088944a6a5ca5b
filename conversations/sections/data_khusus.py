"""Data Khusus: the owner who signs (form.md 2.2; guide L390-415)."""

from conversations.choices import Choice
from conversations.form import Section
from conversations.questions import Option
from conversations.texts import Text

SECTION = Section(
    key="data_khusus",
    title="Data Khusus",
    entries=(
        Text(
            key="data_khusus.nama_pemilik_penanda_tangan",
            label="Nama Pemilik yang Menandatangani Laporan",
            ask="Siapa nama lengkap pemilik yang menandatangani laporan?",
            example="Siti Aminah",
            help="Nama ini tercetak di Surat Pernyataan. Tulis seperti di KTP, tanpa nomornya.",
            longest=100,
            line="K1",
        ),
        Choice(
            key="data_khusus.jenis_kelamin",
            label="Jenis Kelamin",
            ask="Pemilik laki-laki atau perempuan?",
            help="Yang dimaksud pemilik usaha, bukan orang yang membantu mengisi.",
            choices=(
                Option("Laki-laki", aliases=("laki", "pria", "lk", "l", "cowok", "bapak")),
                Option("Perempuan", aliases=("wanita", "pr", "p", "cewek", "ibu")),
            ),
            line="K1",
        ),
        Choice(
            key="data_khusus.tingkat_pendidikan",
            label="Tingkat Pendidikan",
            ask="Apa pendidikan terakhir pemilik?",
            help="Pilih sekolah terakhir yang ditamatkan. SMK dan Aliyah termasuk SMA/Sederajat.",
            # Ruling: SIINas' own list is not in the guide, so an owner's more exact word is kept too.
            finer=tuple(map(Option, ("D1", "D2", "D3", "D4", "S1"))),
            choices=(
                Option("Tidak sekolah", aliases=("tidak tamat", "tidak tamat sd")),
                Option("SD/Sederajat", aliases=("sd", "mi", "paket a")),
                Option("SMP/Sederajat", aliases=("smp", "mts", "paket b")),
                Option("SMA/Sederajat", aliases=("sma", "smk", "stm", "smea", "ma", "slta", "paket c")),
                Option("D1-D3", aliases=("diploma", "akademi")),
                Option("D4/S1", aliases=("sarjana", "kuliah")),
                Option("S2", aliases=("magister", "master")),
                Option("S3", aliases=("doktor",)),
            ),
            line="K1",
        ),
    ),
)
