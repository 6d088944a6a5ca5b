"""Data Umum: which period, what is invested, maklon (form.md 2.1; guide L236-330)."""

from conversations.amounts import Rupiah, Year
from conversations.checks import EndedPeriod, NotLowerThan
from conversations.choices import TIDAK, YA, Choice, YesNo, yes_no
from conversations.conditions import AllOf, Differs, Equals, SumAbove
from conversations.form import Ending, Section
from conversations.names import PeriodName
from conversations.questions import Option
from conversations.rules import FromPast
from conversations.suggestions import RecentPeriods, RecentYears

SMALL_INDUSTRY_LIMIT = 5_000_000_000
# Ruling: exactly 5 miliar is Industri Kecil. The FAQ says "<=" (guide L914), the panel says "dibawah" (guide L297).
CLASS_PARTS = ("data_umum.nilai_mesin", "data_umum.nilai_lainnya", "data_umum.modal_kerja")
ABOVE_LIMIT = SumAbove(CLASS_PARTS, SMALL_INDUSTRY_LIMIT)

NOT_PRODUCING = Equals("data_umum.berproduksi", TIDAK)
PRODUCING = Differs("data_umum.berproduksi", TIDAK)
_REPORTED_BEFORE = Equals("data_umum.pernah_lapor", YA)
_BEFORE = "data_umum.periode_sebelumnya"
_NOT_LOWER = "Lihat di SIINas, halaman Data Umum, kolom periode sebelumnya. Kalau tidak ingat, tekan Lewati."


def _before(name: str, label: str) -> Rupiah:
    """What SIINas holds from the period before: asked, for the new value may not be lower (guide L381)."""
    return Rupiah(
        key=f"{_BEFORE}.{name}",
        carry=False,
        label=f"Periode sebelumnya: {label}",
        ask="Berapa {isian} yang tertulis di laporan Anda untuk {periode_lalu}?",
        example="16 juta",
        help=_NOT_LOWER,
        needed=False,
        when=_REPORTED_BEFORE,
        computed=FromPast(f"data_umum.{name}"),
        names={"isian": label},
    )


SECTION = Section(
    key="data_umum",
    title="Data Umum",
    entries=(
        PeriodName(
            key="data_umum.periode_yang_dilaporkan",
            carry=False,
            label="Periode yang dilaporkan",
            ask="Laporan untuk bulan apa?",
            example="Januari - Juni 2026",
            help="Pilih bulan-bulan yang mau dilaporkan. Yang paling atas adalah periode yang baru selesai.",
            year="data_umum.tahun",
            suggest=RecentPeriods(),
            checks=(EndedPeriod(),),
        ),
        Year(
            key="data_umum.tahun",
            carry=False,
            label="Tahun",
            ask="Tahun berapa yang dilaporkan?",
            example="2026",
            help="Tahun dari bulan-bulan yang dilaporkan, bukan tahun Anda mengisi.",
            first=2019,
            to_today=True,
            suggest=RecentYears(),
            checks=(EndedPeriod(),),
        ),
        YesNo(
            key="data_umum.berproduksi",
            carry=False,
            label="Produksi pada periode ini",
            ask="Apakah ada produksi pada {periode}, walau sedikit?",
            help=(
                "Kalau satu periode penuh tidak membuat apa pun, laporannya cukup sebuah surat ke kementerian. "
                "Kalau ada produksi walau sebentar, tekan Ada produksi."
            ),
            choices=yes_no("Ada produksi", "Tidak ada sama sekali"),
            export=False,
        ),
        YesNo(
            key="data_umum.pernah_lapor",
            carry=False,
            label="Laporan periode sebelumnya",
            ask="Apakah usaha Anda sudah pernah mengirim laporan semester di SIINas?",
            help=(
                "SIINas menolak Nilai Mesin dan Nilai Lainnya yang lebih kecil daripada laporan sebelumnya. "
                "Kalau sudah pernah, saya tanyakan angka yang dulu supaya tidak ditolak."
            ),
            choices=yes_no("Sudah pernah", "Belum / tidak ingat"),
            when=PRODUCING,
            computed=FromPast("data_umum.nilai_mesin", exists=True),
            needed=False,
            export=False,
        ),
        _before("nilai_mesin", "Nilai Mesin"),
        _before("nilai_lainnya", "Nilai Lainnya"),
        Rupiah(
            key="data_umum.nilai_mesin",
            label="Nilai Mesin",
            ask="Berapa jumlah harga beli semua mesin, sejak usaha berdiri sampai {akhir}?",
            example="18,5 juta. Kalau tidak ada, tulis 0",
            help=(
                "Jumlahkan harga beli semua mesin sejak usaha berdiri, bukan harga sekarang. "
                "Cari di nota pembelian. Kalau nota hilang, perkirakan harga waktu membeli."
            ),
            when=PRODUCING,
            checks=(NotLowerThan(f"{_BEFORE}.nilai_mesin", "Nilai Mesin"),),
        ),
        Rupiah(
            key="data_umum.nilai_lainnya",
            label="Nilai Lainnya",
            ask="Berapa jumlah harga beli peralatan, kendaraan, dan modal tetap lain sampai {akhir}?",
            example="14 juta. Kalau tidak ada, tulis 0",
            help=(
                "Contoh: motor untuk mengantar, mobil, rak, meja kerja, panci, timbangan. "
                "Jumlahkan harga belinya sejak usaha berdiri. Tanah dan bangunan tidak termasuk."
            ),
            when=PRODUCING,
            checks=(NotLowerThan(f"{_BEFORE}.nilai_lainnya", "Nilai Lainnya"),),
        ),
        Rupiah(
            key="data_umum.modal_kerja",
            label="Modal Kerja",
            ask="Berapa uang yang keluar untuk satu putaran usaha, dari beli bahan sampai barang terjual?",
            example="19 juta",
            help=(
                "Satu putaran: beli bahan, bayar upah, listrik, air, telepon, suku cadang, ongkos jual, sampai barang "
                "laku dan uangnya dipakai beli bahan lagi. Jumlahkan untuk satu putaran saja, bukan sejak berdiri."
            ),
            least=1,
            when=PRODUCING,
        ),
        Choice(
            key="data_umum.yakin_di_atas_5_miliar",
            carry=False,
            label="Periksa dulu nolnya",
            ask=(
                "Nilai Mesin, Nilai Lainnya, dan Modal Kerja berjumlah {total_investasi}. "
                "Batas Industri Kecil Rp5.000.000.000. Apakah angka-angka itu sudah benar?"
            ),
            help="Sering kali ada nol yang kelebihan. Periksa satu per satu lewat tombol Ubah.",
            choices=(Option(YA, "Ya, semua sudah benar", ("sudah", "sudah benar", "benar", "betul")),),
            when=ABOVE_LIMIT,
            export=False,
            can_wait=False,
            related=CLASS_PARTS,
        ),
        Ending(
            key="data_umum.menengah_besar",
            title="Laporan Anda: Industri Menengah Besar",
            words=(
                "Jumlah Nilai Mesin, Nilai Lainnya, dan Modal Kerja di atas Rp5.000.000.000, jadi usaha Anda termasuk "
                "Industri Menengah Besar. Laporannya lain dan diisi langsung di SIINas, jadi saya berhenti di sini. "
                "Jawaban Anda tetap tersimpan."
            ),
            when=AllOf((ABOVE_LIMIT, Equals("data_umum.yakin_di_atas_5_miliar", YA))),
            opens=CLASS_PARTS,
        ),
        YesNo(
            key="data_umum.menggunakan_jasa_maklon",
            label="Apakah Perusahaan Menggunakan Jasa Maklon?",
            ask="Apakah sebagian proses produk Anda dikerjakan oleh perusahaan lain?",
            help="Menggunakan jasa maklon: merek Anda, tetapi sebagian dibuat orang lain. Contoh: menjahitkan ke konveksi.",
            when=PRODUCING,
        ),
        YesNo(
            key="data_umum.menyediakan_jasa_maklon",
            label="Apakah Perusahaan Menyediakan Jasa Maklon",
            ask="Apakah Anda menerima pesanan membuat produk untuk perusahaan lain?",
            help="Menyediakan jasa maklon: Anda membuatkan barang milik atau merek perusahaan lain.",
            when=PRODUCING,
        ),
    ),
)
