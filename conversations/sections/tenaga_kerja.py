"""Tenaga Kerja: which kinds of workers there are, then how many of each (form.md 2.4; guide L445-500).

Rulings: numbers that went up and down are counted at the end of the period (guide L454 over the screen's daily
average, L467); an owner who works alone is one worker.
"""

from conversations.amounts import Whole
from conversations.checks import AtMostSum, WorkersTotal
from conversations.choices import Ticks
from conversations.conditions import Ticked
from conversations.form import Section
from conversations.questions import Option
from conversations.suggestions import Fixed

KINDS = "tenaga_kerja.jenis"
_GROUPS = (("produksi", "Produksi"), ("lainnya", "Lainnya"))
_CONTRACTS = (("tetap", "Tetap"), ("tidak_tetap", "Tidak Tetap"))
_SEXES = (("laki_laki", "Laki-Laki"), ("perempuan", "Perempuan"))

LABELS = {
    f"tenaga_kerja.{group}.{contract}.{sex}": f"{group_label} {contract_label} {sex_label}"
    for group, group_label in _GROUPS
    for contract, contract_label in _CONTRACTS
    for sex, sex_label in _SEXES
}
CELLS = tuple(LABELS)

_HELP = (
    "Produksi: langsung membuat barang. Lainnya: pimpinan (Anda sendiri), kantor, keuangan, penjualan, penjaga. "
    "Tetap: terus bekerja tanpa batas waktu. Tidak tetap: dibayar harian, borongan, atau per pekerjaan. "
    "Tidak dihitung: orang yang hanya dibayar komisi, konsultan, dan pekerja kebun atau tambang."
)


def _cell(key: str) -> Whole:
    """How many workers of one kind; not asked and 0 where the kind is not ticked."""
    return Whole(
        key=key,
        label=LABELS[key],
        ask="{jenis_pekerja}: berapa orang pada hari kerja biasa? Kalau berubah-ubah, hitung pada {akhir}.",
        names={"jenis_pekerja": LABELS[key]},
        example="2",
        help=_HELP,
        unit="orang",
        when=Ticked(KINDS, key),
        otherwise=0,
        checks=(WorkersTotal(CELLS, key),),
        line="K2",
    )


_NONE = {"tenaga_kerja.sertifikasi.bukan_skkni": 0}

SECTION = Section(
    key="tenaga_kerja",
    title="Tenaga Kerja",
    entries=(
        Ticks(
            key=KINDS,
            label="Tenaga Kerja",
            ask=(
                "Pekerja apa saja yang ada? Centang semua yang ada. Produksi: yang membuat barang. "
                "Lainnya: pemilik, kantor, penjualan, penjaga. Anda sendiri juga dihitung."
            ),
            help=_HELP,
            choices=tuple(Option(key, LABELS[key]) for key in CELLS),
            least=1,
            columns=1,
            short="Jenis pekerja",
            line="K2",
            export=False,
        ),
        *(_cell(key) for key in CELLS),
        Whole(
            key="tenaga_kerja.sertifikasi.skkni",
            label="Jumlah pekerja yang memiliki Standar Kompetensi Kerja Nasional Indonesia (SKKNI)",
            ask="Berapa pekerja yang punya sertifikat SKKNI? Kalau tidak ada, tulis 0.",
            example="0",
            help="SKKNI: sertifikat keahlian kerja dari BNSP. Kebanyakan usaha kecil belum punya. Boleh dilewati.",
            unit="orang",
            needed=False,
            suggest=Fixed((Option("tidak ada", "Tidak ada yang punya sertifikat", also=_NONE),)),
            checks=(AtMostSum(CELLS),),
        ),
        Whole(
            key="tenaga_kerja.sertifikasi.bukan_skkni",
            label="Jumlah pekerja yang memiliki Standar Kompetensi Yang Bukan SKKNI",
            ask="Berapa pekerja yang punya sertifikat keahlian lain, bukan SKKNI?",
            example="0",
            help="Contoh: sertifikat pelatihan dari dinas. Boleh dilewati.",
            unit="orang",
            needed=False,
            suggest=Fixed((Option("tidak ada", "Tidak ada"),)),
            checks=(AtMostSum(CELLS),),
        ),
    ),
)
