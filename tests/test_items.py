"""Repeat groups as cards: adding, copying, removing and taking back, each item known by an id of its own."""

from conversations.answers import Answer, Place, Source, Value
from conversations.messages import InGroup
from conversations.replies import Pressed
from tests.roads import FIRM, Person, begun

PERIOD: dict[str, Value] = {"data_umum.periode_yang_dilaporkan": "Januari - Juni", "data_umum.tahun": 2026}


def pak_budi(*machines: str) -> Person:
    budi = Person(begun("mesin", {**FIRM, **PERIOD}))
    for machine in machines:
        for text in (machine, "2022", "1", "Sewa"):
            budi.says(text)
    return budi


def names(person: Person) -> list[object]:
    return [person.value("mesin.jenis_mesin", item) for item in person.draft.items.get("mesin", ())]


def presses(person: Person, action: str, item: str = "") -> str:
    return person.does(Pressed(InGroup(action, "mesin", item)))


def test_a_name_or_the_button_begins_a_new_item_and_an_empty_one_is_not_doubled() -> None:
    budi = pak_budi("Mixer")
    assert "Mixer" in budi.messages[-1].plain()
    add = budi.button("Tambah mesin")
    budi.does(Pressed(add))
    budi.does(Pressed(add))
    assert names(budi) == ["Mixer", None]
    assert budi.asked == "mesin.jenis_mesin"
    budi.says("Oven")
    assert "— Oven" in budi.messages[-1].plain().splitlines()[0]
    assert len(set(budi.draft.items["mesin"])) == 2


def test_an_item_put_off_before_it_has_a_name_leaves_nothing_behind() -> None:
    budi = pak_budi("Mixer")
    budi.taps("Tambah mesin")
    budi.taps("Nanti saja")
    assert names(budi) == ["Mixer"]


def test_a_copy_has_the_same_answers_under_an_id_of_its_own() -> None:
    budi = pak_budi("Mixer")
    mixer = budi.draft.items["mesin"][0]
    assert "Mixer" in presses(budi, "salin", mixer)
    copy = budi.draft.items["mesin"][1]
    assert copy != mixer
    for key, value in (("jenis_mesin", "Mixer"), ("tahun_pembelian", 2022), ("status_kepemilikan", "Sewa")):
        assert budi.value(f"mesin.{key}", copy) == value
    budi.taps("Ubah Jenis Mesin")
    budi.says("Oven")
    assert names(budi) == ["Mixer", "Oven"]


def test_a_button_to_copy_pressed_twice_makes_one_copy() -> None:
    budi = pak_budi("Mixer")
    for _ in range(2):
        presses(budi, "salin", budi.draft.items["mesin"][0])
    assert names(budi) == ["Mixer", "Mixer"]


def test_removing_asks_with_the_name_removes_only_that_one_and_can_be_undone() -> None:
    budi = pak_budi("Mixer", "Oven", "Timbangan")
    mixer, oven, scale = budi.draft.items["mesin"]
    assert "Hapus Oven dari Mesin/Peralatan Produksi?" in presses(budi, "hapus", oven)
    assert names(budi) == ["Mixer", "Oven", "Timbangan"]
    yes = budi.button("Ya, hapus Oven")
    budi.does(Pressed(yes))
    assert budi.draft.items["mesin"] == (mixer, scale)
    undo = budi.button("Kembalikan Oven")
    assert "sudah dihapus" in budi.does(Pressed(yes))
    assert budi.draft.items["mesin"] == (mixer, scale)
    for _ in range(2):
        budi.does(Pressed(undo))
    assert set(budi.draft.items["mesin"]) == {mixer, oven, scale}
    assert len(budi.draft.items["mesin"]) == 3
    assert (budi.value("mesin.jenis_mesin", oven), budi.value("mesin.tahun_pembelian", oven)) == ("Oven", 2022)


def test_an_id_never_comes_back_after_its_item_is_gone() -> None:
    budi = pak_budi("Mixer")
    gone = budi.draft.items["mesin"][0]
    presses(budi, "hapus_ya", gone)
    presses(budi, "tambah")
    assert gone not in budi.draft.items["mesin"]
    assert names(budi) == [None]


def fifty() -> Person:
    budi = Person(begun("mesin", {**FIRM, **PERIOD}))
    ids = tuple(f"{n:032x}" for n in range(50))
    answers = {Place("mesin.jenis_mesin", i): Answer(f"Mesin {n}", Source.TYPED) for n, i in enumerate(ids)}
    budi.draft = budi.draft._replace(
        items={"mesin": ids}, answers={**budi.draft.answers, **answers}, made={"mesin": 50}
    )
    return budi


def test_fifty_items_are_taken_and_the_fifty_first_is_refused_with_the_number() -> None:
    budi = fifty()
    first = budi.draft.items["mesin"][0]
    assert "Sudah 50" in presses(budi, "tambah")
    assert "Sudah 50" in presses(budi, "salin", first)
    assert len(budi.draft.items["mesin"]) == 50
    presses(budi, "hapus_ya", first)
    presses(budi, "tambah")
    assert len(budi.draft.items["mesin"]) == 50


def test_taking_back_a_removed_item_does_not_make_fifty_one() -> None:
    budi = fifty()
    first = budi.draft.items["mesin"][0]
    presses(budi, "hapus_ya", first)
    presses(budi, "tambah")
    budi.says("Mesin baru")
    presses(budi, "pulihkan", first)
    assert len(budi.draft.items["mesin"]) == 50
