"""The statement letter (Surat Pernyataan) as data: every word that goes on paper, already written out.

It does not know paper, fonts or PDF: numbers, dates and names arrive here as the text that is to be read.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the annex: a title, a heading per column, then the rows, each as long as `columns`.

    `right` are the numbers (from 0) of the columns that are set flush right: amounts and quantities.
    `total` is a last row in bold, as long as `columns`, with "" where nothing is summed; None when the
    table has none. A table without rows is printed as a title with "Tidak ada."
    Two columns with empty headings make a plain list of label and value.
    Raises ValueError when a row or the total has another length, or `right` names no column.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()
    total: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        width = len(self.columns)
        if not width:
            raise ValueError(f"table {self.title!r} has no columns: give at least one heading")
        for row in (*self.rows, *(() if self.total is None else (self.total,))):
            if len(row) != width:
                raise ValueError(f"table {self.title!r} has {width} columns: give each row and total as many")
        if not set(self.right) <= set(range(width)):
            raise ValueError(f"table {self.title!r}: `right` takes column numbers from 0 to {width - 1}")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of one page to be signed by the owner, with the recap of the report behind it.

    The statement of SIINas says that the report agrees with the real condition; it bears the firm's own
    number, the owner's signature and a wet stamp, no materai (guide L840-866). `tujuan` is for a letter to
    somebody (that there was no production, guide L29); the statement itself is addressed to nobody.
    An empty `nomor`, value of `identitas` or `penanda_tangan` becomes dots to fill in by hand; an empty `kop`
    leaves room for printed letterhead; other empty texts and tuples are left out. "\\n" breaks a line.
    """

    judul: str  # "SURAT PERNYATAAN"
    nomor: str  # the firm's own number, "001/SP-SIINAS/TBS/VII/2026"
    kop: tuple[str, ...]  # the firm's name, then its address lines and NIB
    identitas: tuple[tuple[str, str], ...]  # label, value: Nama, Jabatan, Nama Perusahaan, ...
    pembuka: str  # stands above identitas: "Yang bertanda tangan di bawah ini:"
    isi: tuple[str, ...]  # the paragraphs after identitas
    penutup: str  # the last paragraph
    tempat_tanggal: str  # "Kabupaten Tulungagung, 3 Juli 2026"
    jabatan: str  # above the signature: "Pemilik"
    penanda_tangan: str  # below it: the signer's name
    catatan: str  # small on every page, at most 250 letters: that this is a draft, and what it is for
    draf: bool = True  # a mark on every page: the letter that counts is printed elsewhere
    lampiran: tuple[Table, ...] = ()
    tujuan: tuple[str, ...] = ()  # "Yth. Kepala Pusdatin", "Kementerian Perindustrian", "di Jakarta"
