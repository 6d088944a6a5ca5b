"""Mesin/Peralatan Produksi (form.md 2.10; guide L828-845)."""

from conversations.amounts import Whole, Year
from conversations.choices import Choice
from conversations.form import Repeat, Section
from conversations.questions import Option
from conversations.texts import Text

SECTION = Section(
    key="mesin",
    title="Mesin/Peralatan Produksi",
    repeat=Repeat(name="mesin.jenis_mesin", noun="mesin atau alat"),
    entries=(
        Text(
            key="mesin.jenis_mesin",
            label="Jenis Mesin",
            ask="Mesin atau alat produksi apa yang dipakai? Satu jenis dulu.",
            example="Mesin pengupas kulit kedelai",
            help="Tulis satu jenis mesin atau alat. Yang lain ditanyakan setelah ini.",
            line="K6",
        ),
        Year(
            key="mesin.tahun_pembelian",
            label="Tahun Pembelian",
            ask="Tahun berapa {barang} dibeli?",
            example="2022",
            help="Kalau dibeli beberapa kali, tulis tahun yang pertama. Kalau lupa, perkirakan.",
            line="K6",
        ),
        Whole(
            key="mesin.jumlah",
            label="Jumlah",
            ask="Ada berapa unit {barang}?",
            example="2",
            help="Jumlah mesin atau alat sejenis ini.",
            unit="Unit",
            least=1,
            most=100_000,
            line="K6",
        ),
        Choice(
            key="mesin.status_kepemilikan",
            label="Status Kepemilikan",
            ask="{barang} milik sendiri atau sewa?",
            help="Meminjam atau menyewa dari orang lain: pilih Sewa.",
            choices=(
                Option("Milik Sendiri", aliases=("sendiri", "milik", "punya sendiri", "beli")),
                Option("Sewa", aliases=("menyewa", "pinjam", "kontrak")),
            ),
            line="K6",
        ),
    ),
)
