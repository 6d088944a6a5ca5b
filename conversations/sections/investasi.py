"""Investasi: land and building as in this year's PBB, 0 where they are not the owner's (form.md 2.3; guide L420-440)."""

from conversations.amounts import Rupiah
from conversations.choices import Choice
from conversations.conditions import AnyOf, Equals
from conversations.form import Section
from conversations.questions import Option

_OWNED = "investasi.milik_sendiri"
_BOTH, _BUILDING, _NONE = "Milik sendiri", "Hanya bangunan milik sendiri", "Sewa / bukan milik sendiri"

SECTION = Section(
    key="investasi",
    title="Investasi",
    entries=(
        Choice(
            key=_OWNED,
            label="Tanah dan bangunan tempat usaha",
            ask="Tempat usaha itu milik siapa?",
            help="Kalau menyewa, menumpang, atau milik orang lain, nilainya ditulis 0 dan tidak saya tanyakan lagi.",
            choices=(
                Option(_BOTH, aliases=("sendiri", "milik", "punya sendiri", "tanah dan bangunan")),
                Option(_BUILDING, aliases=("bangunan saja", "bangunan sendiri")),
                Option(
                    _NONE,
                    aliases=("sewa", "bukan milik sendiri", "menumpang", "numpang", "kontrak", "ngontrak"),
                ),
            ),
            export=False,
        ),
        Rupiah(
            key="investasi.nilai_tanah",
            label="Nilai Tanah",
            ask="Berapa nilai tanah tempat usaha menurut PBB tahun ini?",
            example="60 juta",
            help="Lihat lembar PBB (SPPT) tahun ini: baris Bumi, kolom Total NJOP.",
            when=Equals(_OWNED, _BOTH),
            otherwise=0,
        ),
        Rupiah(
            key="investasi.nilai_bangunan",
            label="Nilai Bangunan",
            ask="Berapa nilai bangunan tempat usaha menurut PBB tahun ini?",
            example="45 juta",
            help="Lihat lembar PBB (SPPT) tahun ini: baris Bangunan, kolom Total NJOP.",
            when=AnyOf((Equals(_OWNED, _BOTH), Equals(_OWNED, _BUILDING))),
            otherwise=0,
        ),
    ),
)
