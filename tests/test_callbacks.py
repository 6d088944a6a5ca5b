"""What a button carries: everything comes back as it went, in 64 bytes, and nothing else is ever read as a button."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.callbacks import LIMIT, Callbacks
from conversations.answers import Place
from conversations.form import Form, Section
from conversations.messages import Effect, Go, InGroup, On, Pick, Put, Tick
from conversations.periods import scheme
from conversations.texts import Text
from conversations.units import UNITS
from tests.roads import FORM

CALLBACKS = Callbacks(FORM)
ITEMS = st.binary(min_size=16, max_size=16).map(bytes.hex)
PLACES = st.builds(Place, st.sampled_from(sorted(FORM.by_key)), st.one_of(st.just(""), ITEMS))
GROUPS = st.sampled_from(["mesin", "produksi", "bahan_baku", "kapasitas_produksi"])
TOKENS = st.binary(min_size=3, max_size=3).map(bytes.hex)
EFFECTS: st.SearchStrategy[Effect] = st.one_of(
    st.builds(Pick, PLACES, TOKENS),
    st.builds(Put, PLACES, st.sampled_from(["Rp5", "5.000.000", "1,5 Kilogram", "a.b.c"])),
    st.builds(Tick, PLACES, TOKENS, st.booleans()),
    st.builds(On, st.sampled_from(["selesai", "semua", "nanti", "lewati", "kembali", "bantuan", "buka", "isi"]), PLACES),
    st.builds(InGroup, st.sampled_from(["tambah", "kartu", "isi", "salin", "hapus", "hapus_ya", "pulihkan"]), GROUPS,
              st.one_of(st.just(""), ITEMS)),
    st.builds(Go, st.sampled_from(["surat", "data", "ubah", "petugas", "buka:12", "hapus_ya"])),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(EFFECTS, st.integers(0, 2**31))
def test_every_effect_comes_back_as_it_went(effect: Effect, report: int) -> None:
    data = CALLBACKS.encode(effect, report)
    assert len(data.encode()) <= LIMIT
    found = CALLBACKS.decode(data)
    assert found
    assert (found.effect, found.report_id) == (effect, report)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=64), st.from_regex(r"[0-9a-f]{1,3}\.[a-z].{0,5}\.[A-Za-z_-]{0,22}\..{0,9}", fullmatch=True)
    )
)
def test_whatever_comes_back_never_raises(data: str) -> None:
    CALLBACKS.decode(data)


@pytest.mark.parametrize("data", [
    "", "1", "1.p", "1.pXXXX..abc", "1.oXXXX..0", "x.c..surat", "1.z..surat", "1...", "1.o..0", "1.g..0"])  # fmt: skip
def test_what_was_never_written_reads_as_nothing(data: str) -> None:
    assert CALLBACKS.decode(data) is None


def test_an_action_that_does_not_exist_and_an_item_of_another_length_read_as_nothing() -> None:
    good = CALLBACKS.encode(On("isi", Place("mesin.jumlah", "0" * 32)), 1)
    assert CALLBACKS.decode(good)
    assert CALLBACKS.decode(good[:-1] + "99") is None
    head, code, item, action = good.split(".")
    assert CALLBACKS.decode(f"{head}.{code}.{item[:-4]}.{action}") is None


def test_a_text_that_does_not_fit_is_our_mistake_and_says_what_to_do() -> None:
    with pytest.raises(ValueError, match="shorten"):
        CALLBACKS.encode(Put(Place("mesin.jumlah", "0" * 32), "x" * 60), 1)


def test_the_longest_reading_of_a_quantity_fits_below_an_item() -> None:
    longest = max((name for unit in UNITS for name in (unit.name, *unit.aliases)), key=len)
    reading = Put(Place("produksi.jumlah_satuan_asli", "f" * 32), f"999.999.999,99 {longest}")
    assert CALLBACKS.encode(reading, 2**20)


def test_two_keys_with_the_same_letters_are_noticed_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.callbacks._letters", lambda key: "AAAA")  # noqa: ARG005 - the shape of the real one
    two = tuple(Text(key=f"bagian.{name}", label=name, ask=name) for name in ("satu", "dua"))
    with pytest.raises(ValueError, match="rename the newer one"):
        Callbacks(Form("1", scheme(), (Section("bagian", "Bagian", two),)))
