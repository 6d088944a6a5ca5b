"""Kapasitas Produksi: the most that could be made of each product (form.md 2.5; guide L505-560)."""

from conversations.amounts import Quantity
from conversations.form import Repeat, Section
from conversations.names import Code
from conversations.rules import OnlyOption, Times, TimesMonths
from conversations.sections.barang import berat_per_satuan, kode_hs, satuan
from conversations.suggestions import FromList
from conversations.texts import Text

SECTION = Section(
    key="kapasitas_produksi",
    title="Kapasitas Produksi",
    repeat=Repeat(name="kapasitas_produksi.produk", noun="produk"),
    entries=(
        Text(
            key="kapasitas_produksi.produk",
            label="Produk",
            ask="Apa nama produk yang Anda buat? Satu produk dulu.",
            example="Tempe kedelai",
            help="Tulis satu jenis produk. Produk lain ditanyakan setelah ini.",
            line="K5",
        ),
        Code(
            key="kapasitas_produksi.kbli",
            label="KBLI yang tercantum pada NIB",
            ask="{barang} masuk KBLI yang mana?",
            example="10391",
            help="KBLI adalah 5 angka di lembar NIB. Pilih yang cocok dengan produk ini.",
            digits=5,
            computed=OnlyOption("perusahaan.kbli"),
            suggest=FromList("perusahaan.kbli", codes=True),
            line="K5",
        ),
        kode_hs("kapasitas_produksi"),
        satuan("kapasitas_produksi.satuan_asli", "Satuan Asli", line="K5"),
        Quantity(
            key="kapasitas_produksi.maks_per_bulan",
            label="Rata-rata produksi maksimal per bulan",
            ask="Paling banyak berapa {satuan} {barang} yang bisa dibuat dalam satu bulan?",
            example="6.200",
            help=(
                "Bayangkan satu bulan yang ramai, semua mesin dan pekerja bekerja penuh. "
                "Angka ini saya kalikan {bulan} bulan untuk isian Kapasitas Produksi."
            ),
            unit_from="kapasitas_produksi.satuan_asli",
            needed=False,
        ),
        Quantity(
            key="kapasitas_produksi.kapasitas_satuan_asli",
            label="Kapasitas Produksi Dalam Satuan Asli",
            ask="Paling banyak berapa {satuan} {barang} dalam {bulan} bulan?",
            example="37.200",
            help="Biasanya saya hitung sendiri: paling banyak per bulan dikali {bulan}.",
            unit_from="kapasitas_produksi.satuan_asli",
            computed=TimesMonths("kapasitas_produksi.maks_per_bulan"),
            line="K5",
        ),
        berat_per_satuan("kapasitas_produksi", unit="kapasitas_produksi.satuan_asli"),
        Quantity(
            key="kapasitas_produksi.kapasitas_kg",
            label="Kapasitas Produksi Dalam Satuan Standar",
            ask="Berapa kilogram seluruhnya, kapasitas {barang} dalam {bulan} bulan?",
            example="16.740",
            help="Biasanya saya hitung sendiri: jumlah dikali berat satu {satuan}.",
            unit="Kilogram",
            computed=Times("kapasitas_produksi.kapasitas_satuan_asli", "kapasitas_produksi.berat_per_satuan"),
            line="K5",
        ),
    ),
)
