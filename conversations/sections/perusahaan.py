"""The firm: asked once, kept for every period (form.md section 1). Which report it has to make comes first, so
that nobody answers a long form for nothing (guide L24-25)."""

from conversations.choices import YA, Choice
from conversations.conditions import Equals
from conversations.form import Ending, Section
from conversations.names import Code, Region
from conversations.questions import Option
from conversations.regions import PROVINCES
from conversations.suggestions import Fixed, fixed
from conversations.texts import Text, Texts

SECTION = Section(
    key="perusahaan",
    title="Data Perusahaan",
    numbered=False,
    company=True,
    entries=(
        Choice(
            key="perusahaan.tahap",
            label="Laporan yang mana?",
            ask="Apakah usaha Anda sudah berjalan dan izinnya sudah berlaku?",
            help=(
                "Sudah: NIB atau Sertifikat Standar sudah terbit (usaha berisiko rendah), izinnya sudah diverifikasi "
                "(usaha berisiko tinggi), atau punya IUI lama yang masih berlaku. "
                "Belum: pabrik masih dibangun, belum berjualan, atau izin usaha berisiko tinggi belum diverifikasi."
            ),
            choices=(
                Option("Tahap Produksi", "Sudah jalan, izin berlaku", ("sudah", "ya", "iya", "sudah jalan")),
                Option("Tahap Pembangunan", "Belum jalan / izin belum", ("belum", "tidak", "masih dibangun")),
            ),
        ),
        Ending(
            key="perusahaan.pembangunan",
            title="Laporan Anda: Tahap Pembangunan",
            words=(
                "Usaha yang belum berjalan, atau izinnya belum diverifikasi, mengisi laporan lain di SIINas: menu "
                "e-Reporting, Laporan Industri - Tahap Pembangunan. Laporan itu belum bisa saya bantu. "
                "Begitu usaha berjalan dan izin berlaku, kembali ke sini, ya."
            ),
            when=Equals("perusahaan.tahap", "Tahap Pembangunan"),
            opens=("perusahaan.tahap",),
        ),
        Text(
            key="perusahaan.nama",
            label="Nama Perusahaan",
            ask="Apa nama usaha Anda, seperti di NIB?",
            example="Tempe Bu Siti",
            help="Tulis persis seperti di NIB atau di SIINas. Nama ini dipakai di surat pernyataan.",
        ),
        Choice(
            key="perusahaan.badan_usaha",
            label="Jenis Badan Usaha",
            ask="Usaha Anda berbentuk apa?",
            help="Kalau tidak punya akta notaris, biasanya Perorangan. Lihat di NIB.",
            choices=(
                Option("Perorangan", aliases=("perseorangan", "ud", "sendiri", "pribadi")),
                Option("CV"),
                Option("PT", aliases=("perseroan terbatas",)),
                Option("PT Perorangan"),
                Option("Koperasi"),
                Option("Lainnya"),
            ),
        ),
        Text(
            key="perusahaan.alamat_pabrik",
            takes_lines=True,
            label="Alamat Pabrik",
            ask="Di mana tempat produksinya? Tulis jalan, nomor, RT/RW, desa.",
            example="Jl. Melati RT 02/RW 05, Desa Kacangan, Ngunut",
            help="Alamat tempat membuat barang, bukan toko. Kabupaten ditanyakan setelah ini.",
        ),
        Region(
            key="perusahaan.kabupaten_kota",
            label="Kabupaten/Kota",
            ask="Tempat produksi itu di kabupaten atau kota mana?",
            example="Kabupaten Tulungagung",
            help="Tulis nama kabupaten atau kotanya saja. Kalau namanya sama, tulis Kota atau Kabupaten di depannya.",
            province="perusahaan.provinsi",
            zone="perusahaan.zona_waktu",
        ),
        Choice(
            key="perusahaan.provinsi",
            label="Provinsi",
            ask="Provinsi mana?",
            example="Jawa Timur",
            help="Ketik nama provinsinya.",
            choices=tuple(Option(province.name) for province in PROVINCES),
            typed_only=True,
        ),
        Choice(
            key="perusahaan.zona_waktu",
            label="Zona Waktu",
            ask="Jam di tempat Anda ikut yang mana?",
            help="Supaya pengingat datang pada jam yang benar. Jawa dan Sumatra: WIB.",
            choices=(Option("WIB"), Option("WITA"), Option("WIT")),
        ),
        Text(
            key="perusahaan.nib",
            label="NIB",
            ask="Berapa nomor NIB usaha Anda? Boleh dilewati.",
            example="13 angka di lembar NIB",
            help="NIB ada di lembar izin dari OSS. Dipakai di surat pernyataan. NIB bukan NIK.",
            longest=30,
            needed=False,
        ),
        Code(
            key="perusahaan.kbli",
            label="Bidang Usaha (KBLI)",
            ask="Apa kode KBLI di NIB Anda? Kalau lebih dari satu, pisahkan dengan koma. Tidak ingat? Tulis nama produknya.",
            example="10391",
            help="KBLI adalah 5 angka di lembar NIB, di bawah tulisan Kode KBLI.",
            digits=5,
            several=True,
            takes_lines=True,
        ),
        Texts(
            key="perusahaan.sertifikat_halal",
            label="Nomor Sertifikat Halal",
            ask="Berapa nomor sertifikat halal produk Anda? Kalau lebih dari satu, pisahkan dengan koma.",
            example="ID35110000012340121",
            help="Nomornya ada di lembar sertifikat halal. Kalau tidak punya, tekan Tidak punya.",
            suggest=Fixed((Option("tidak punya", "Tidak punya"),)),
        ),
        Text(
            key="perusahaan.jabatan_penanda_tangan",
            label="Jabatan",
            ask="Apa jabatan orang yang menandatangani laporan?",
            example="Pemilik",
            help="Untuk usaha perorangan biasanya Pemilik. Untuk CV atau PT biasanya Direktur.",
            suggest=fixed("Pemilik", "Direktur"),
            longest=60,
        ),
        Choice(
            key="perusahaan.pbsi_valid",
            label="Perizinan Berusaha Sektor Industri (PBSI)",
            ask="Di SIINas, apakah izin (PBSI) Anda sudah bertanda Valid?",
            help=(
                "Lihat di SIINas: Data Perusahaan, lalu Perizinan. Tombol Kirim baru muncul kalau PBSI bertanda Valid. "
                "Kalau belum, unggah izinnya di sana sekarang juga, karena pemeriksaannya beberapa hari."
            ),
            choices=(
                Option(YA, "Sudah Valid", ("sudah", "ya", "valid", "iya")),
                Option("Belum", "Belum", ("belum", "tidak", "belum valid")),
                Option("Tidak tahu", "Tidak tahu", ("tidak tau", "gak tau", "ga tahu", "nggak tahu", "lupa")),
            ),
        ),
    ),
)
