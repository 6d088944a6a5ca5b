"""Tells what a file is by its bytes: a PDF, a JPEG, a PNG, or nothing we keep.

Reads headers and structure only and decodes nothing. Knows no file name, no folder and no sender.
"""

import re
import struct
import zlib
from enum import Enum

import filetype  # type: ignore[import-untyped] # the package brings no types

LARGEST = 20 * 1024 * 1024
"""Bytes; what the hosted Bot API hands out."""


class Refusal(Enum):
    """Why a file is not kept."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    OTHER_TYPE = "neither PDF, JPEG nor PNG"
    BROKEN = "its beginning is right, the rest is not"


_SPACE = b" \t\r\n\f\0\xef\xbb\xbf"  # blanks and the UTF-8 mark, which some programs put before a PDF
_MARKUP = re.compile(rb"<!doctype html|<html|<script|<\?php|%pdf-", re.IGNORECASE)
_ZIP_END = b"PK\x05\x06"
_ZIP_END_WITHIN = 22 + 65535  # where a reader of archives looks for it
_JPEG_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # start-of-frame markers
_JPEG_SCAN = 0xDA


def kind_of(data: bytes) -> str | Refusal:
    """Return "pdf", "jpeg" or "png", or why the bytes are not kept.

    A file that could be read as something else too (an archive at its end, a page or script inside an image)
    is refused as another type.
    """
    if not data:
        return Refusal.EMPTY
    if len(data) > LARGEST:
        return Refusal.TOO_LARGE
    body = data.lstrip(_SPACE) if b"%PDF-" in data[:1024] else data
    match filetype.guess_extension(body[:1024]):
        case "pdf":
            kind, sound, mixed = "pdf", _is_pdf(body), False
        case "jpg":
            kind, sound, mixed = "jpeg", _is_jpeg(data), _MARKUP.search(data) is not None
        case "png":
            kind, sound, mixed = "png", _is_png(data), _MARKUP.search(data) is not None
        case _:
            return Refusal.OTHER_TYPE
    if mixed or _ZIP_END in data[-_ZIP_END_WITHIN:]:
        return Refusal.OTHER_TYPE
    return kind if sound else Refusal.BROKEN


def _is_pdf(data: bytes) -> bool:
    _, end, rest = data[-1024:].rpartition(b"%%EOF")
    return bool(end) and not rest.strip(_SPACE)


def _is_jpeg(data: bytes) -> bool:
    """Walk the segments: a size above 0 x 0, then a picture, then its end."""
    at, sized = 2, False
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker in _JPEG_SIZES:
            sized = any(data[at + 5 : at + 7]) and any(data[at + 7 : at + 9])
        if marker == _JPEG_SCAN:
            return sized and data.find(b"\xff\xd9", at + 2 + length) > 0
        at += 2 + length
    return False


def _is_png(data: bytes) -> bool:
    """Walk the chunks: a whole header with a size above 0 x 0, data, and the end."""
    at, has_data = 8, False
    while at + 12 <= len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        content, check = data[at + 8 : at + 8 + length], data[at + 8 + length : at + 12 + length]
        if int.from_bytes(check) != zlib.crc32(name + content):
            return False
        if at == 8 and (name != b"IHDR" or not any(content[:4]) or not any(content[4:8])):
            return False
        if name == b"IEND":
            return has_data
        has_data = has_data or name == b"IDAT"
        at += 12 + length
    return False
