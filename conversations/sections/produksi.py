"""Produksi: what was really made, one row per product, HS group and purpose (form.md 2.6; guide L565-650, L683-711)."""

from conversations.amounts import Percent, Quantity, Rupiah
from conversations.checks import InCapacity
from conversations.choices import YA, Choice, YesNo
from conversations.conditions import AnyOf, Equals
from conversations.form import Repeat, Section
from conversations.names import Code, Country
from conversations.questions import Option
from conversations.rules import FromCapacity, Times, WhenEmpty
from conversations.sections.barang import berat_per_satuan, kode_hs, satuan
from conversations.suggestions import FromItems, FromList
from conversations.texts import Text

MAKLON = AnyOf((Equals("data_umum.menggunakan_jasa_maklon", YA), Equals("data_umum.menyediakan_jasa_maklon", YA)))
_EXPORTED = Equals("produksi.diekspor", YA)

SECTION = Section(
    key="produksi",
    title="Produksi",
    repeat=Repeat(name="produksi.produk", noun="produk"),
    entries=(
        Text(
            key="produksi.produk",
            label="Produk",
            ask="Produk apa yang dibuat pada {periode}?",
            example="Tempe kedelai",
            help="Pilih produknya. Produk yang sebagian maklon dan sebagian sendiri ditulis dua kali, satu-satu.",
            suggest=FromItems("kapasitas_produksi.produk", here="produksi.produk"),
            line="K4",
        ),
        Choice(
            key="produksi.tujuan_produksi",
            label="Tujuan Produksi",
            ask="{barang} ini dibuat untuk apa?",
            help=(
                "Kebutuhan sendiri: dijual dengan merek Anda. Kebutuhan makloon: pesanan perusahaan lain. "
                "Menggunakan jasa makloon: dibuatkan perusahaan lain untuk Anda."
            ),
            choices=(
                Option("Diproduksi untuk kebutuhan sendiri", aliases=("sendiri", "kebutuhan sendiri")),
                Option(
                    "Diproduksi untuk kebutuhan makloon",
                    aliases=("makloon", "maklon", "kebutuhan maklon", "pesanan"),
                ),
                Option(
                    "Menggunakan jasa makloon",
                    aliases=("jasa makloon", "jasa maklon", "menggunakan jasa maklon"),
                ),
            ),
            when=MAKLON,
            line="K4",
        ),
        Code(
            key="produksi.kbli",
            label="Kode KBLI 2020",
            ask="{barang} masuk KBLI yang mana?",
            example="10391",
            help="Pilih dari KBLI di Kapasitas Produksi. Kalau belum ada, tambahkan dulu di sana.",
            digits=5,
            computed=FromCapacity("produksi.produk", "kapasitas_produksi.kbli"),
            suggest=FromItems("kapasitas_produksi.kbli", codes=True),
            checks=(InCapacity(),),
            line="K4",
        ),
        Text(
            key="produksi.spesifikasi",
            label="Spesifikasi",
            ask="Bagaimana ukuran, isi, atau jenis {barang}?",
            example="Bungkus plastik 450 gram",
            help="Tulis ukuran, campuran, atau mutunya. Untuk pakaian: M, L, XL.",
            line="K4",
        ),
        kode_hs("produksi", computed=FromCapacity("produksi.produk", "kapasitas_produksi.kode_hs")),
        Text(
            key="produksi.nomor_sertifikat_halal",
            label="Nomor Sertifikat Halal",
            ask="Sertifikat halal nomor berapa untuk {barang}?",
            example="ID35110000012340121",
            help="Pilih nomornya. Kalau produk ini tidak punya, tekan Lewati.",
            needed=False,
            suggest=FromList("perusahaan.sertifikat_halal"),
            computed=WhenEmpty("perusahaan.sertifikat_halal"),
        ),
        satuan(
            "produksi.satuan",
            "Satuan",
            line="K4",
            computed=FromCapacity("produksi.produk", "kapasitas_produksi.satuan_asli"),
        ),
        Quantity(
            key="produksi.jumlah_satuan_asli",
            carry=False,
            label="Jumlah Dalam Satuan Asli",
            ask="Berapa {satuan} {barang} yang dibuat selama {periode}?",
            example="28.600",
            help="Jumlah yang dibuat selama seluruh periode, bukan sebulan. Kalau perlu, kalikan hasil sebulan.",
            unit_from="produksi.satuan",
            line="K4",
        ),
        berat_per_satuan("produksi", unit="produksi.satuan"),
        Quantity(
            key="produksi.jumlah_kg",
            carry=False,
            label="Jumlah Dalam Satuan Standar",
            ask="Berapa kilogram {barang} yang dibuat selama {periode}?",
            example="12.870",
            help="Biasanya saya hitung sendiri: jumlah dikali berat satu {satuan}.",
            unit="Kilogram",
            computed=Times("produksi.jumlah_satuan_asli", "produksi.berat_per_satuan"),
            line="K4",
        ),
        Rupiah(
            key="produksi.hpp_per_satuan",
            carry=False,
            label="Ongkos membuat 1 {satuan}",
            ask="Berapa ongkos membuat satu {satuan} {barang}? Bukan harga jualnya.",
            example="3.975",
            help="Ongkos membuat (HPP): bahan, upah, listrik, gas, kemasan, dibagi jumlah barang.",
            least=1,
            needed=False,
            on_request=True,
            export=False,
        ),
        Rupiah(
            key="produksi.nilai",
            carry=False,
            label="Nilai",
            ask="Berapa ongkos membuat seluruh {jumlah_barang} {barang} selama {periode}? Bukan hasil jualannya.",
            example="113.685.000, atau 3.975 per {satuan}",
            help=(
                "Nilai = ongkos membuat satu barang (HPP) dikali jumlahnya. Kalau tahu ongkos satu barang saja, "
                "tulis misalnya 3.975 per {satuan}. Saya yang mengalikan."
            ),
            least=1,
            times="produksi.jumlah_satuan_asli",
            each="produksi.hpp_per_satuan",
            computed=Times("produksi.hpp_per_satuan", "produksi.jumlah_satuan_asli", decimals=0),
            related=("produksi.hpp_per_satuan",),
            line="K4",
        ),
        YesNo(
            key="produksi.diekspor",
            label="Apakah Produk Ini Diekspor?",
            ask="Apakah {barang} dijual ke luar negeri, walau sebagian?",
            help="Kalau semua dijual di Indonesia, jawab Tidak.",
            line="K4",
        ),
        YesNo(
            key="produksi.ekspor_langsung",
            label="Apakah Ekspor Langsung?",
            ask="Apakah Anda sendiri yang mengekspor {barang}?",
            help="Ya: usaha Anda sendiri yang mengirim ke luar negeri. Tidak: lewat perusahaan lain.",
            when=_EXPORTED,
            line="K4",
        ),
        Percent(
            key="produksi.persentase_ekspor",
            label="Persentase Ekspor",
            ask="Berapa persen dari {barang} yang diekspor?",
            example="40",
            help="Dari 100 barang yang dibuat, berapa yang dijual ke luar negeri? Kalau separuh, tulis 50.",
            when=_EXPORTED,
        ),
        Country(
            key="produksi.negara_tujuan",
            label="Negara Tujuan",
            ask="{barang} diekspor ke negara mana? Boleh lebih dari satu, pisahkan dengan koma.",
            example="Jepang, Malaysia",
            help="Tulis nama negara pembelinya.",
            several=True,
            takes_lines=True,
            when=_EXPORTED,
        ),
    ),
)
