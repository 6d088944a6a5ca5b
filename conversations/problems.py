"""Why an answer could not be taken: a fixed set of sentences, worded once. A problem is a value, not an exception."""

from dataclasses import dataclass

from conversations.words import T, Words


@dataclass(frozen=True, slots=True)
class Problem:
    """A friendly reason; `opens` names questions that the person may want to change instead. `unread`: the answer
    was not understood, so saying so a third time helps nobody; other reasons are said each time."""

    words: Words
    opens: tuple[str, ...] = ()
    unread: bool = False


def not_a_number() -> Problem:
    """Nothing in the text reads as a number."""
    return Problem(T("Saya belum bisa membaca angkanya. Tulis seperti ini: 14 juta, atau 14.000.000."), unread=True)


def negative() -> Problem:
    """Less than nothing."""
    return Problem(T("Angkanya tidak boleh kurang dari nol."))


def too_long_number() -> Problem:
    """More than 15 digits."""
    return Problem(T("Angkanya terlalu panjang. Paling banyak 15 angka. Mungkin nolnya kelebihan?"))


def strange_number() -> Problem:
    """Exponents, NaN, digits of another alphabet."""
    return Problem(T("Tulis angkanya dengan angka biasa, 0 sampai 9."), unread=True)


def wrong_grouping() -> Problem:
    """Dots that do not stand before three digits."""
    return Problem(T("Titiknya harus tiap tiga angka, misalnya 1.500.000. Komanya untuk pecahan."), unread=True)


def one_number() -> Problem:
    """Two numbers too far apart to be one."""
    return Problem(T("Tulis satu angka saja, ya."))


def left_over(rest: str) -> Problem:
    """A number with something behind it that is not understood."""
    return Problem(T("Angkanya terbaca, tetapi “{sisa}” tidak. Tulis angkanya saja.", sisa=rest[:40]))


def must_be_whole() -> Problem:
    """A fraction where things are counted."""
    return Problem(T("Di sini hanya angka bulat, tanpa koma."))


def too_fine(decimals: int) -> Problem:
    """More decimals than SIINas takes."""
    return Problem(T("Paling banyak {n} angka di belakang koma.", n=str(decimals)))


def at_least(lowest: str) -> Problem:
    """Below the smallest value that the form takes."""
    return Problem(T("Angkanya paling kecil {n}.", n=lowest))


def above_zero() -> Problem:
    """Nothing, where something must have been."""
    return Problem(T("Angkanya harus lebih dari nol. Kalau belum tahu, tekan Nanti saja."))


def at_most(highest: str) -> Problem:
    """Above the largest value that the form takes."""
    return Problem(T("Angkanya paling besar {n}.", n=highest))


def wrong_unit(word: str, unit: str) -> Problem:
    """A quantity in a unit that cannot be turned into the one asked for."""
    return Problem(T("Saya perlu jumlahnya dalam {satuan}, bukan {kata}.", satuan=unit, kata=word))


def choose_one() -> Problem:
    """No option reads like the text."""
    return Problem(T("Jawabannya belum cocok dengan pilihan. Tekan salah satu tombol, ya."), unread=True)


def choose_some(unknown: str) -> Problem:
    """One of the words is not in the list."""
    return Problem(T("“{kata}” tidak ada di daftar. Centang lewat tombol, ya.", kata=unknown[:40]), unread=True)


def tick_at_least_one() -> Problem:
    """Nothing ticked where at least one is needed."""
    return Problem(T("Centang paling sedikit satu, lalu tekan Selesai."))


def code_digits(digits: int) -> Problem:
    """A code of another length."""
    return Problem(T("Kodenya harus {n} angka.", n=str(digits)), unread=True)


def product_unknown(text: str) -> Problem:
    """No line of business for these words."""
    return Problem(
        T(
            "Saya belum menemukan KBLI untuk “{kata}”. Tulis 5 angka dari NIB, atau nama produk yang lain.",
            kata=text[:40],
        )
    )


def code_unknown(code: str) -> Problem:
    """A KBLI that the capacity section does not have (guide L606: it is added there first)."""
    return Problem(
        T("Kode {kode} belum ada di bagian Kapasitas Produksi. Tambahkan dulu di sana.", kode=code),
        opens=("kapasitas_produksi.kbli",),
    )


def country_unknown(text: str) -> Problem:
    """No country of that name."""
    return Problem(T("Saya tidak menemukan negara “{kata}”. Coba tulis nama lengkapnya.", kata=text[:40]))


def not_indonesia() -> Problem:
    """Indonesia, where another country is meant."""
    return Problem(T("Ini untuk negara lain, bukan Indonesia."))


def text_empty() -> Problem:
    """No letter and no digit in the text."""
    return Problem(T("Tulis dengan huruf atau angka, ya."), unread=True)


def words_needed(text: str) -> Problem:
    """A bare yes or no where words are asked for."""
    return Problem(
        T("“{kata}” belum bisa saya catat di sini. Tulis jawabannya, seperti pada contoh.", kata=text), unread=True
    )


def text_too_long(length: int) -> Problem:
    """More characters than the form takes."""
    return Problem(T("Terlalu panjang. Paling banyak {n} huruf.", n=str(length)))


def not_needed() -> Problem:
    """A NIK, NPWP or password: it is not kept (experience.md section 7)."""
    return Problem(
        T("Itu seperti NIK, NPWP, atau kata sandi. Itu tidak diperlukan, jadi tidak saya simpan. Hapus pesannya, ya.")
    )


def year_range(first: int, last: int) -> Problem:
    """A year before or after those possible."""
    return Problem(T("Tahunnya antara {awal} dan {akhir}.", awal=str(first), akhir=str(last)))


def not_a_day() -> Problem:
    """No day, or one that is still to come."""
    return Problem(T("Tulis tanggalnya, misalnya 5 Juli 2026. Tanggal yang belum lewat belum bisa."))


def period_not_ended(name: str) -> Problem:
    """A period that is still running or has not begun."""
    return Problem(T("Periode {periode} belum selesai, jadi belum bisa dilaporkan.", periode=name))


def period_taken(name: str) -> Problem:
    """Another report of the firm has this period."""
    return Problem(T("Laporan {periode} sudah ada. Buka lewat /laporan.", periode=name))


def lower_than_before(label: str, before: str, now: str) -> Problem:
    """An investment below that of the last period: SIINas refuses it (guide L381)."""
    return Problem(
        T(
            "{isian} tidak boleh lebih kecil dibandingkan periode sebelumnya. Dulu {dulu}, sekarang {kini}. "
            "Yang diisi adalah jumlah seluruhnya sejak usaha berdiri.",
            isian=label,
            dulu=before,
            kini=now,
        )
    )


def workers_total() -> Problem:
    """SIINas' own line on workers (guide L889)."""
    return Problem(
        T("Angka tenaga kerja tidak boleh 0 atau lebih dari 500.000. Anda sendiri juga dihitung."),
        opens=("tenaga_kerja.jenis",),
    )


def more_than_workers(total: str) -> Problem:
    """More certified workers than workers."""
    return Problem(T("Tidak bisa lebih dari jumlah pekerja, yaitu {n} orang.", n=total))


def send_a_file() -> Problem:
    """Text, where a photo or PDF is asked for."""
    return Problem(T("Di sini kirim foto atau PDF, ya. Tekan tanda klip di sebelah tempat menulis."))
