"""Air Baku: which water the production uses, three ticks in one message (form.md 2.8; guide L765-785)."""

from conversations.choices import Ticks
from conversations.form import Section
from conversations.questions import Option

SECTION = Section(
    key="air_baku",
    title="Air Baku",
    entries=(
        Ticks(
            key="air_baku.sumber",
            label="Air Tanah, Perusahaan Penyedia Air, Air Permukaan",
            ask="Air apa yang dipakai untuk produksi? Centang yang dipakai.",
            help=(
                "Air Tanah: sumur atau pompa. Perusahaan Penyedia Air: PDAM. Air Permukaan: sungai, danau, mata air, "
                "laut. Hanya air untuk membuat barang, bukan untuk minum atau mandi."
            ),
            choices=(
                Option("air_tanah", "Air Tanah", ("sumur", "tanah", "sumur bor", "pompa")),
                Option(
                    "perusahaan_penyedia_air",
                    "Perusahaan Penyedia Air",
                    ("pdam", "pam", "perumda", "air pam"),
                ),
                Option("air_permukaan", "Air Permukaan", ("sungai", "danau", "mata air", "laut", "permukaan")),
            ),
            each="air_baku",
            short="Air",
        ),
    ),
)
