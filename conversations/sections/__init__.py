"""The form's table of contents: the sections in the order we ask them, which is that of the guide's slides.

SIINas' own menu order differs; copying follows that one. To add a question, edit its section's file: its words,
its rules and its condition stand there and nowhere else. What two sections ask alike stands in barang.py.
"""

from conversations.form import Form
from conversations.periods import Scheme, scheme
from conversations.sections import (
    air_baku,
    bahan_bakar_pelumas,
    bahan_baku,
    data_khusus,
    data_umum,
    investasi,
    kapasitas_produksi,
    mesin,
    pengiriman,
    persetujuan,
    perusahaan,
    produksi,
    surat_pernyataan,
    tenaga_kerja,
    tidak_berproduksi,
)

VERSION = "2026-11"  # kept with each report; raise it when a question changes its meaning


def laporan_produksi(calendar: Scheme | None = None) -> Form:
    """Laporan Industri, Tahap Produksi, Industri Kecil, for this calendar (default: two reports a year)."""
    return Form(
        version=VERSION,
        scheme=calendar or scheme(),
        sections=(
            persetujuan.SECTION,
            perusahaan.SECTION,
            data_umum.SECTION,
            tidak_berproduksi.SECTION,
            data_khusus.SECTION,
            investasi.SECTION,
            tenaga_kerja.SECTION,
            kapasitas_produksi.SECTION,
            produksi.SECTION,
            bahan_baku.SECTION,
            air_baku.SECTION,
            bahan_bakar_pelumas.SECTION,
            mesin.SECTION,
            surat_pernyataan.SECTION,
            pengiriman.SECTION,
        ),
    )
