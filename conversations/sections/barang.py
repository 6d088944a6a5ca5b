"""Questions that are asked of goods in more than one section, declared once: HS code, unit, weight of one."""

from conversations.amounts import Quantity
from conversations.names import Code, Unit
from conversations.questions import Rule
from conversations.rules import WeightOfOne
from conversations.suggestions import fixed

_UNITS = fixed("Kilogram", "Pcs", "Bungkus", "Buah", "Unit", "Liter", "Botol", "Meter", "Lembar")
# Where the weight of one unit is told: (product, unit, weight) of each section that asks for it, in their order.
_TOLD = (
    ("kapasitas_produksi.produk", "kapasitas_produksi.satuan_asli", "kapasitas_produksi.berat_per_satuan"),
    ("produksi.produk", "produksi.satuan", "produksi.berat_per_satuan"),
)


def kode_hs(section: str, computed: Rule | None = None) -> Code:
    """HS, never compulsory for small industry (guide L227). A ruling for Produksi, whose screen has an asterisk (L577)."""
    return Code(
        key=f"{section}.kode_hs",
        label="Kode HS",
        ask="Berapa kode HS {barang}? Tidak wajib untuk industri kecil, boleh dilewati.",
        example="2106.90.97",
        help="Kode HS adalah 8 angka untuk barang dagangan. Kalau tidak tahu, tekan Lewati. Tidak apa-apa.",
        digits=8,
        needed=False,
        computed=computed,
    )


def satuan(key: str, label: str, line: str, computed: Rule | None = None) -> Unit:
    """The unit that a product is counted in."""
    return Unit(
        key=key,
        label=label,
        ask="{barang} dihitung dengan satuan apa?",
        example="Bungkus",
        help="Satuan yang Anda pakai sehari-hari. Kalau tidak ada di tombol, ketik sendiri.",
        suggest=_UNITS,
        computed=computed,
        line=line,
    )


def berat_per_satuan(section: str, unit: str) -> Quantity:
    """The weight of one unit, asked once for each product and unit; it only helps, so it can be left out."""
    return Quantity(
        key=f"{section}.berat_per_satuan",
        label="Berat 1 {satuan}",
        ask="Berapa berat satu {satuan} {barang}, dalam kilogram?",
        example="0,45 (atau 450 gram)",
        help="Timbang satu saja. Berat ini saya ingat, untuk menghitung kilogram secara otomatis.",
        unit="Kilogram",
        decimals=6,
        computed=WeightOfOne(f"{section}.produk", unit, _TOLD if section == "produksi" else _TOLD[:1]),
        needed=False,
        export=False,
    )
