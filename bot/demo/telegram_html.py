"""Message text as Telegram reads it: strict HTML into text and entities in UTF-16 units. Knows no chats."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.demo.telegram_params import Json, bad_request

_TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "span": "spoiler",
    "tg-spoiler": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
_PLAIN = re.compile(r"[^<&]+|&")
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot)(?![A-Za-z]));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_NAME = re.compile(r"</?([^\s>]*)")
_ATTRIBUTE = re.compile(r"\s+([^\s=>\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9.-]+)(?=[\s>])))?")
_END = re.compile(r"\s*>")
_COMMAND = re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")
_DROPPED = re.compile("[\r\u2028-\u202e]")
_BLANKED = re.compile("[\x00-\x08\x0b-\x1f]")


def units(text: str) -> int:
    """Length in UTF-16 units, the measure of every limit and offset."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cleaned(text: str) -> str:
    """Text as it is kept: control characters become spaces, carriage returns and direction marks go."""
    return _BLANKED.sub(" ", _DROPPED.sub("", text))


@dataclass
class _Open:
    tag: str
    argument: str
    offset: int
    start: int


class _Reading:
    def __init__(self, html: str) -> None:
        self.html = html
        self.position = 0
        self.text = ""
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []

    def refuse(self, reason: str) -> Exception:
        offset = len(self.html[: self.position].encode())
        return bad_request(f"can't parse entities: {reason.format(at=f'at byte offset {offset}')}")

    def run(self) -> None:
        while self.position < len(self.html):
            reference = _REFERENCE.match(self.html, self.position)
            if reference and (character := _referenced(reference)):
                self.put(character, reference.end())
            elif plain := _PLAIN.match(self.html, self.position):
                self.put(plain[0], plain.end())
            elif self.html.startswith("</", self.position):
                self.end_tag()
            else:
                self.start_tag()
        if self.open:
            raise bad_request(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{self.open[-1].tag}\""
            )

    def put(self, text: str, position: int) -> None:
        self.text += text
        self.length += units(text)
        self.position = position

    def start_tag(self) -> None:
        name = _NAME.match(self.html, self.position)
        tag = name[1].lower() if name else ""
        end = name.end() if name else self.position
        if end == len(self.html):
            raise self.refuse("Unclosed start tag {at}")
        if tag not in _TYPES:
            safe = tag.replace("{", "{{").replace("}", "}}")
            raise self.refuse(f'Unsupported start tag "{safe}" {{at}}')
        attributes: dict[str, str] = {}
        while attribute := _ATTRIBUTE.match(self.html, end):
            value = next((value for value in attribute.groups()[1:] if value is not None), "")
            attributes[attribute[1].lower()] = _REFERENCE.sub(lambda m: _referenced(m) or m[0], value)
            end = attribute.end()
        closing = _END.match(self.html, end)
        if not closing:
            raise self.refuse(f'Unclosed start tag "{tag}" {{at}}')
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self.refuse('Tag "span" must have class "tg-spoiler" {at}')
        self.open.append(_Open(tag, _argument(tag, attributes), self.length, len(self.text)))
        self.position = closing.end()

    def end_tag(self) -> None:
        if not self.open:
            raise self.refuse("Unexpected end tag {at}")
        name = _NAME.match(self.html, self.position)
        found = name[1].lower() if name else ""
        closing = _END.match(self.html, name.end()) if name else None
        if not closing:
            raise self.refuse("Unclosed end tag {at}")
        opened = self.open.pop()
        if found and found != opened.tag:
            safe = found.replace("{", "{{").replace("}", "}}")
            raise self.refuse(f'Unmatched end tag {{at}}, expected "</{opened.tag}>", found "</{safe}>"')
        self.position = closing.end()
        if self.length > opened.offset:
            self.add(opened)

    def add(self, opened: _Open) -> None:
        length = self.length - opened.offset
        entity: Json = {"type": _TYPES[opened.tag], "offset": opened.offset, "length": length}
        last = self.entities[-1] if self.entities else {}
        if opened.tag == "a":
            entity["url"] = opened.argument or self.text[opened.start :]
            if not re.match(r"(https?|tg|mailto|tel|ton):|[^\s:]+\.[^\s:]+", entity["url"]):
                return
        elif opened.tag == "tg-emoji":
            if not opened.argument.isdecimal():
                raise bad_request("can't parse entities: Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "pre" and last.get("language") and last["offset"] == opened.offset:
            self.entities.pop()
            entity["language"] = last["language"]
        elif opened.tag == "code" and opened.argument:
            entity["language"] = opened.argument
        self.entities.append(entity)


def _argument(tag: str, attributes: dict[str, str]) -> str:
    if tag == "code":
        return attributes.get("class", "").partition("language-")[2]
    if tag == "blockquote":
        return "expandable" if "expandable" in attributes else ""
    return attributes.get({"a": "href", "tg-emoji": "emoji-id"}.get(tag, ""), "")


def _referenced(reference: re.Match[str]) -> str:
    decimal, hexadecimal, name = reference.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if 0xD800 <= code <= 0xDFFF:
        raise bad_request(
            "can't parse entities: Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code) if 0 < code < 0x10FFFF else ""


def parse_html(html: str) -> tuple[str, list[Json]]:
    """Text and its entities (offset, length in UTF-16 units); refuses what Telegram refuses, in its words."""
    reading = _Reading(cleaned(html))
    reading.run()
    for entity in reading.entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return trimmed(reading.text, reading.entities)


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """The text without blanks at both ends, its entities moved along and sorted, outer before inner."""
    before = units(text) - units(text.lstrip())
    kept = text.strip()
    moved = []
    for entity in entities:
        start = max(entity["offset"] - before, 0)
        end = min(entity["offset"] + entity["length"] - before, units(kept))
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return kept, sorted(moved, key=lambda entity: (entity["offset"], -entity["length"]))


def with_commands(text: str, entities: list[Json]) -> list[Json]:
    """The entities and the /commands that Telegram finds in the text by itself, not inside code or links."""
    shut = [e for e in entities if e["type"] in ("code", "pre", "text_link")]
    found = []
    for command in _COMMAND.finditer(text):
        offset, length = units(text[: command.start()]), units(command[0])
        if not any(e["offset"] < offset + length and offset < e["offset"] + e["length"] for e in shut):
            found.append({"type": "bot_command", "offset": offset, "length": length})
    return sorted([*entities, *found], key=lambda entity: (entity["offset"], -entity["length"]))
