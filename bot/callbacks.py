"""Effects to callback data and back, in at most 64 bytes: what a button does, to which question of which report,
and for which item. Data that we never wrote reads as None."""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from functools import lru_cache

from conversations.answers import Place
from conversations.copying import PAGES
from conversations.form import Form
from conversations.messages import CopyText, Effect, Go, InGroup, Keep, On, Pick, Put, Tick

LIMIT = 64  # bytes of callback data that Telegram carries
_ACTIONS = ("selesai", "semua", "nanti", "lewati", "kembali", "bantuan", "buka", "isi", "disalin",
            "perbaiki", "jangan_perbaiki", "tetap")  # fmt: skip
_GROUP_ACTIONS = ("tambah", "kartu", "isi", "salin", "hapus", "hapus_ya", "pulihkan", "perbaiki")


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a button does, and the row of the report it was made for (0 where it belongs to none)."""

    effect: Effect
    report_id: int


class Callbacks:
    """The code for one form: questions and sections become four letters each. Raises ValueError at the start when
    two keys would share their letters: rename the newer one. `of_company`: the keys of what is kept with the firm."""

    def __init__(self, form: Form) -> None:
        keys = [key for section in form.sections for key in (section.key, section.all_listed, section.still_same)]
        pages = [f"disalin.{page}" for page in PAGES]
        self._code = {key: _letters(key) for key in (*form.by_key, *keys, *pages)}
        self._key = {code: key for key, code in self._code.items()}
        self.of_company = frozenset(key for key in self._code if self._is_of_company(form, key))
        if len(self._key) != len(self._code):
            raise ValueError("Two keys of the form share a button code: rename the newer one.")

    @staticmethod
    def _is_of_company(form: Form, key: str) -> bool:
        return form.of_company(key) or any(section.key == key and section.company for section in form.sections)

    def encode(self, effect: Effect, report_id: int) -> str:
        """Callback data. Raises ValueError where it does not fit: shorten what the button carries."""
        match effect:
            case On():
                data = f"o{self._place(effect.place)}.{_ACTIONS.index(effect.action)}"
            case Pick():
                data = f"p{self._place(effect.place)}.{effect.token}"
            case Put():
                data = f"u{self._place(effect.place)}.{effect.text}"
            case Tick():
                data = f"{'t' if effect.on else 'f'}{self._place(effect.place)}.{effect.token}"
            case InGroup():
                data = f"g{self._place(Place(effect.group, effect.item))}.{_GROUP_ACTIONS.index(effect.action)}"
            case Keep():
                data = f"k..{effect.fingerprint}"
            case CopyText():
                raise ValueError("A copy button has no callback: render it with copy_text.")
            case Go():
                data = f"c..{effect.command}"
        data = f"{report_id:x}.{data}"
        if len(data.encode()) > LIMIT:
            raise ValueError(f"A button carries more than {LIMIT} bytes: shorten its text or its reading.")
        return data

    def decode(self, data: str) -> Pressed | None:
        """What the data says, or None for anything that `encode` did not write."""
        parts = data.split(".", 3)
        if len(parts) != 4 or not parts[1]:
            return None
        kind, question = parts[1][0], self._key.get(parts[1][1:], "")
        item = _item(parts[2])
        rest = parts[3]
        if item is None or (not question and kind not in "ck"):
            return None
        try:
            return Pressed(_effect(kind, Place(question, item), rest), int(parts[0], 16))
        except (ValueError, IndexError):
            return None

    def _place(self, place: Place) -> str:
        return f"{self._code[place.question]}.{_item_code(place.item)}"


def _effect(kind: str, place: Place, rest: str) -> Effect:
    match kind:
        case "p":
            return Pick(place, rest)
        case "u":
            return Put(place, rest)
        case "t" | "f":
            return Tick(place, rest, kind == "t")
        case "o":
            return On(_ACTIONS[int(rest)], place)
        case "g":
            return InGroup(_GROUP_ACTIONS[int(rest)], place.question, place.item)
        case "k":
            return Keep(rest)
        case "c":
            return Go(rest)
    raise ValueError("An unknown kind of button.")


@lru_cache(4096)  # all buttons of a message name the same few items, and reading one's id costs as much as the rest
def _item_code(item: str) -> str:
    return urlsafe_b64encode(bytes.fromhex(item)).decode().rstrip("=")


def _item(text: str) -> str | None:
    if not text:
        return ""
    try:
        raw = urlsafe_b64decode(text + "==")
    except (Base64Error, ValueError):
        return None
    return raw.hex() if len(raw) == 16 else None


def _letters(key: str) -> str:
    return urlsafe_b64encode(hashlib.blake2b(key.encode(), digest_size=3).digest()).decode()
