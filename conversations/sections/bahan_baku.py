"""Bahan Baku: one row per material and source (form.md 2.7; guide L655-760)."""

from conversations.amounts import Quantity, Rupiah
from conversations.choices import YA, Choice, YesNo
from conversations.conditions import Equals
from conversations.form import Repeat, Section
from conversations.names import Code, Country, Unit
from conversations.questions import Option
from conversations.sections.produksi import MAKLON
from conversations.suggestions import fixed
from conversations.texts import Text

_IMPORTED = Equals("bahan_baku.impor_langsung", YA)

SECTION = Section(
    key="bahan_baku",
    title="Bahan Baku",
    repeat=Repeat(name="bahan_baku.nama", noun="bahan baku"),
    entries=(
        Text(
            key="bahan_baku.nama",
            label="Nama Bahan Baku",
            ask="Bahan apa yang dipakai? Satu bahan dulu.",
            example="Kedelai",
            help="Bahan untuk membuat barang, termasuk kemasan. Bahan lain ditanyakan setelah ini.",
            line="K3",
        ),
        Text(
            key="bahan_baku.spesifikasi",
            label="Spesifikasi",
            ask="Bagaimana jenis, ukuran, atau campuran {barang}?",
            example="Kedelai kuning. Untuk kain: Polyester 80%, Katun 20%",
            help="Tulis jenis, ukuran, campuran, atau mutunya, seperti di nota.",
            line="K3",
        ),
        Choice(
            key="bahan_baku.sumber_bahan_baku",
            label="Sumber Bahan Baku",
            ask="{barang} ini dari mana dan untuk apa?",
            help="Bahan yang dipakai untuk dua keperluan ditulis dua kali, satu-satu.",
            choices=(
                Option("Dibeli sendiri untuk produksi sendiri", aliases=("produksi sendiri", "sendiri")),
                Option("Dibeli sendiri untuk makloon", aliases=("untuk makloon", "untuk maklon")),
                Option(
                    "Disediakan perusahaan lain untuk makloon",
                    aliases=("disediakan", "disediakan perusahaan lain"),
                ),
            ),
            when=MAKLON,
            line="K3",
        ),
        Unit(
            key="bahan_baku.satuan",
            label="Satuan",
            ask="{barang} dihitung dengan satuan apa?",
            example="Kilogram",
            help="Satuan waktu membeli. Kalau tidak ada di tombol, ketik sendiri.",
            suggest=fixed("Kilogram", "Liter", "Meter", "Lembar", "Pcs", "Buah", "Rol", "Karung"),
            line="K3",
        ),
        YesNo(
            key="bahan_baku.impor_langsung",
            label="Apakah Impor Langsung?",
            ask="Apakah Anda sendiri yang mengimpor {barang} dari luar negeri?",
            help="Barang luar negeri yang dibeli dari toko, koperasi, atau agen di Indonesia: jawab Tidak.",
            line="K3",
        ),
        Quantity(
            key="bahan_baku.jumlah_dalam_negeri",
            carry=False,
            label="Jumlah dari Dalam Negeri",
            ask="Berapa {satuan} {barang} dari dalam negeri yang dipakai {periode}?",
            example="250 atau 7.800",
            help="Jumlah selama seluruh periode. Jumlahkan dari nota, atau kalikan pemakaian sebulan.",
            unit_from="bahan_baku.satuan",
            zero_when=_IMPORTED,
            line="K3",
        ),
        Rupiah(
            key="bahan_baku.nilai_dalam_negeri",
            carry=False,
            label="Nilai dari Dalam Negeri",
            ask="Berapa rupiah seluruhnya untuk {barang} dari dalam negeri, {periode}?",
            example="81,9 juta, atau 10.500 per {satuan}",
            help=(
                "Jumlah uang untuk bahan ini selama seluruh periode. Cari di nota. "
                "Boleh juga harga satuannya, misalnya 10.500 per kg. Saya yang mengalikan."
            ),
            times="bahan_baku.jumlah_dalam_negeri",
            least=1,
            zero_when=_IMPORTED,
            line="K3",
        ),
        Code(
            key="bahan_baku.kode_hs",
            label="Kode HS",
            ask="Berapa kode HS {barang}? Tidak wajib untuk industri kecil, boleh dilewati.",
            example="1201.90.00",
            help="Kode HS ada di dokumen impor. Kalau tidak tahu, tekan Lewati.",
            digits=8,
            # Ruling: not compulsory for small industry (guide L227), in spite of the asterisk on the screen.
            needed=False,
            when=_IMPORTED,
        ),
        Quantity(
            key="bahan_baku.jumlah_luar_negeri",
            carry=False,
            label="Jumlah dari Luar Negeri",
            ask="Berapa {satuan} {barang} yang diimpor langsung selama {periode}?",
            example="500",
            help="Hanya yang Anda impor sendiri. Lihat dokumen impor.",
            unit_from="bahan_baku.satuan",
            when=_IMPORTED,
            line="K3",
        ),
        Rupiah(
            key="bahan_baku.nilai_luar_negeri",
            carry=False,
            label="Nilai dari Luar Negeri",
            ask="Berapa rupiah seluruhnya untuk {barang} yang diimpor langsung?",
            example="25 juta",
            times="bahan_baku.jumlah_luar_negeri",
            help="Nilai dalam rupiah. Kalau membayar dengan uang asing, hitung dengan kurs waktu membayar.",
            least=1,
            when=_IMPORTED,
            line="K3",
        ),
        Country(
            key="bahan_baku.negara_asal",
            label="Negara Asal",
            ask="{barang} diimpor dari negara mana?",
            example="Tiongkok",
            help="Negara tempat bahan itu dibeli. Lihat dokumen impor.",
            when=_IMPORTED,
            line="K3",
        ),
    ),
)
