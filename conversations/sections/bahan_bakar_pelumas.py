"""Penggunaan Bahan Bakar dan Pelumas, and electricity from PLN (form.md 2.9; guide L790-825)."""

from conversations.amounts import Quantity, Rupiah
from conversations.answers import Mark
from conversations.choices import Ticks, YesNo
from conversations.conditions import Ticked
from conversations.form import Section
from conversations.names import Tariff
from conversations.questions import Option
from conversations.rules import WhenIs
from conversations.suggestions import Fixed
from conversations.texts import Text

_FUELS = "bahan_bakar_pelumas.jenis"
_NO_PLN = "Tidak memakai PLN"

SECTION = Section(
    key="bahan_bakar_pelumas",
    title="Penggunaan Bahan Bakar dan Pelumas",
    entries=(
        Ticks(
            key=_FUELS,
            label="Bensin, Solar/Diesel, Pelumas, Minyak Tanah, Elpiji, Bahan bakar lainnya",
            ask="Bahan bakar apa yang dipakai untuk usaha? Centang yang dipakai.",
            help="Termasuk bensin untuk mengantar barang dan oli mesin (pelumas). Kayu bakar: Bahan bakar lainnya.",
            choices=(
                Option("bensin", "Bensin", ("pertalite", "pertamax", "premium")),
                Option("solar_diesel", "Solar/Diesel", ("solar", "diesel", "dexlite", "biosolar")),
                Option("pelumas", "Pelumas", ("oli",)),
                Option("minyak_tanah", "Minyak Tanah", ("mitan", "kerosin")),
                Option("elpiji", "Elpiji", ("lpg", "gas", "gas elpiji", "gas melon")),
                Option(
                    "bahan_bakar_lainnya",
                    "Bahan bakar lainnya",
                    ("lainnya", "lain", "kayu bakar", "kayu", "arang", "sekam", "batu bara", "biogas"),
                ),
            ),
            each="bahan_bakar_pelumas",
            short="Bahan bakar",
            columns=2,
            described=("bahan_bakar_lainnya", "bahan_bakar_pelumas.deskripsi_bahan_bakar_lainnya"),
        ),
        Ticks(
            key="bahan_bakar_pelumas.ukuran_elpiji",
            label="Ukuran Elpiji",
            ask="Tabung elpiji ukuran berapa? Boleh lebih dari satu.",
            help="3 kg: tabung hijau melon. 5,5 kg: merah muda. 12 kg: biru atau merah muda besar. 50 kg: tabung oranye.",
            choices=(
                Option("3 kg", aliases=("3", "3kg", "melon", "tiga kilo")),
                Option("5,5 kg", aliases=("5,5", "5.5", "5,5kg", "5.5 kg", "bright gas")),
                Option("12 kg", aliases=("12", "12kg")),
                Option("50 kg", aliases=("50", "50kg")),
            ),
            least=1,
            columns=2,
            when=Ticked(_FUELS, "elpiji"),
            otherwise=(),
        ),
        Text(
            key="bahan_bakar_pelumas.deskripsi_bahan_bakar_lainnya",
            takes_lines=True,
            label="Deskripsi Bahan bakar lainnya",
            ask="Bahan bakar lain apa saja? Pisahkan dengan koma.",
            example="Kayu bakar, arang",
            help="Tulis nama bahan bakarnya, misalnya kayu bakar, arang, sekam, batu bara.",
            when=Ticked(_FUELS, "bahan_bakar_lainnya"),
            otherwise=Mark.KOSONG,
        ),
        Tariff(
            key="listrik.tipe",
            label="Tipe",
            short="Tipe listrik",
            ask="Listrik PLN Anda golongan dan daya berapa?",
            example="R-1/1.300 VA",
            help="Lihat rekening atau struk token: di sebelah tulisan Tarif/Daya. Kalau tidak tahu, tekan Tidak tahu.",
            # Ruling: SIINas' own list is not in the guide.
            suggest=Fixed(
                (
                    *map(Option, ("R-1/450 VA", "R-1/900 VA", "R-1/1.300 VA", "R-1/2.200 VA", "B-1/1.300 VA")),
                    *map(Option, ("B-1/2.200 VA", "B-1/5.500 VA", _NO_PLN, "Tidak tahu")),
                )
            ),
        ),
        Quantity(
            key="listrik.jumlah_kwh",
            carry=False,
            label="Jumlah dari PLN Tagihan Listrik Total {rentang}",
            short="Jumlah listrik",
            ask="Berapa kWh listrik PLN yang dipakai selama {periode}?",
            example="1.020",
            help="Jumlahkan kWh di rekening {bulan} bulan. Memakai token: jumlahkan kWh di struk.",
            unit="kWh",
            zero=True,
            computed=WhenIs("listrik.tipe", _NO_PLN, 0),
        ),
        Rupiah(
            key="listrik.nilai",
            carry=False,
            label="Nilai",
            short="Nilai listrik",
            ask="Berapa rupiah tagihan listrik PLN seluruhnya selama {periode}?",
            example="1.620.953",
            help="Jumlahkan tagihan {bulan} bulan, atau harga token selama {bulan} bulan.",
            computed=WhenIs("listrik.tipe", _NO_PLN, 0),
        ),
        YesNo(
            key="listrik.menyatu_rumah_tangga",
            label="Apakah Pemakaian Listrik menyatu dengan pemakaian rumah tangga?",
            ask="Apakah listrik usaha dan listrik rumah satu meteran?",
            help="Ya: satu meteran untuk rumah dan usaha. Tidak: usaha punya meteran sendiri.",
            computed=WhenIs("listrik.tipe", _NO_PLN, "Tidak"),
        ),
    ),
)
