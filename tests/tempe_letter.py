"""A letter as a tempe maker with one product would get it: made up, complete, with every kind of table."""

from conversations.letter import Letter, Table

TEMPE = Letter(
    judul="SURAT PERNYATAAN",
    nomor="014/SP-SIINAS/TMS/VII/2026",
    kop=(
        "Tempe Mbak Sari",
        "Jl. Kenanga RT 03/RW 01, Desa Sumberjo, Kec. Sanankulon",
        "Kabupaten Blitar, Jawa Timur",
        "NIB 0000000000000",
    ),
    identitas=(
        ("Nama", "Sari Wahyuni"),
        ("Jabatan", "Pemilik"),
        ("Nama Perusahaan", "Tempe Mbak Sari (Perorangan)"),
        ("Alamat Pabrik", "Jl. Kenanga RT 03/RW 01, Desa Sumberjo, Kec. Sanankulon, Kabupaten Blitar"),
        ("NIB", "0000000000000"),
        ("Bidang Usaha (KBLI)", "10391 Industri Tempe Kedelai"),
    ),
    pembuka="Yang bertanda tangan di bawah ini:",
    isi=(
        "Dengan ini menyatakan bahwa data Laporan Industri Tahap Produksi (Industri Kecil) periode "
        "Januari - Juni 2026 yang kami sampaikan melalui SIINas kepada Kementerian Perindustrian "
        "adalah benar dan sesuai dengan kondisi yang sebenarnya.",
        "Rekapitulasi laporan tersebut terlampir dan merupakan bagian yang tidak terpisah dari surat ini.",
    ),
    penutup="Demikian surat pernyataan ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.",
    tempat_tanggal="Kabupaten Blitar, 3 Juli 2026",
    jabatan="Pemilik",
    penanda_tangan="Sari Wahyuni",
    catatan="DRAF untuk diperiksa, ditandatangani, atau disalin. SIINas mencetak suratnya sendiri "
    "lewat tombol Cetak Surat Pernyataan.",
    lampiran=(
        Table(
            "Data Umum dan Investasi",
            ("", ""),
            (
                ("Periode yang dilaporkan", "Januari - Juni 2026"),
                ("Nilai Mesin", "Rp21.250.000"),
                ("Nilai Lainnya", "Rp9.500.000"),
                ("Modal Kerja", "Rp16.400.000"),
                ("Nilai Tanah", "Rp0"),
                ("Nilai Bangunan", "Rp0"),
            ),
        ),
        Table(
            "Tenaga Kerja",
            ("Kelompok", "Laki-laki", "Perempuan", "Jumlah"),
            (("Produksi, tetap", "1", "2", "3"), ("Lainnya, tetap", "0", "1", "1")),
            right=(1, 2, 3),
            total=("Jumlah", "1", "3", "4"),
        ),
        Table(
            "Produksi",
            ("Produk", "Spesifikasi", "KBLI", "Satuan", "Jumlah", "Kilogram", "Nilai (Rp)", "Diekspor"),
            (
                (
                    "Tempe kedelai",
                    "Bungkus daun ½ kg, 20 × 10 cm",
                    "10391",
                    "Bungkus",
                    "24.300",
                    "12.150",
                    "101.655.000",
                    "Tidak",
                ),
            ),
            right=(4, 5, 6),
            total=("Jumlah", "", "", "", "", "12.150", "101.655.000", ""),
        ),
        Table(
            "Bahan Baku",
            (
                "Nama Bahan Baku",
                "Spesifikasi",
                "Satuan",
                "Dalam Negeri",
                "Nilai (Rp)",
                "Luar Negeri",
                "Nilai (Rp)",
            ),
            (
                ("Kedelai", "Kedelai kuning dari koperasi", "Kilogram", "7.250", "76.125.000", "–", "–"),
                ("Ragi tempe", "Bubuk Rhizopus", "Kilogram", "14,5", "435.000", "–", "–"),
                ("Daun pisang", "Daun pisang batu", "Lembar", "24.300", "2.430.000", "–", "–"),
            ),
            right=(3, 4, 5, 6),
            total=("Jumlah", "", "", "", "78.990.000", "", "–"),
        ),
        Table("Bahan Bakar dan Pelumas", ("Jenis", "Dipakai"), (("Elpiji", "Ya, 3 kg"), ("Kayu bakar", "Ya"))),
        Table(
            "Mesin/Peralatan Produksi",
            ("Jenis Mesin", "Tahun Pembelian", "Jumlah", "Status Kepemilikan"),
            (
                ("Mesin pemecah kulit kedelai", "2023", "1", "Milik Sendiri"),
                ("Dandang 80 liter", "2020", "3", "Milik Sendiri"),
            ),
            right=(2,),
        ),
        Table("Sertifikat", ("Nomor", "Berlaku"), ()),
    ),
)
