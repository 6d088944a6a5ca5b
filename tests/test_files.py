"""A file is kept under our own name and as what it really is, or refused with the reason; nothing between."""

import errno
import os
import stat
import struct
import zlib
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter

from storage.files import LARGEST, Refusal, Refused, Stored, delete, path, save, sweep

NOBODY = "0" * 32


def pdf() -> bytes:
    writer, file = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(file)
    return file.getvalue()


def png(width: int = 2, height: int = 1) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\1\2")) + chunk(b"IEND", b"")


def jpeg(width: int = 2, height: int = 1) -> bytes:
    def segment(marker: int, content: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content

    start = b"\xff\xd8" + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0") + b"\xff"  # a fill byte may stand here
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0")
    return start + frame + segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\x34\xff\xd9"


WHOLE = {"pdf": pdf(), "png": png(), "jpeg": jpeg()}
A_PROGRAM = b"MZ\x90\0" + bytes(2000)
AN_ARCHIVE = b"PK\x03\x04" + bytes(40) + b"PK\x05\x06" + bytes(18)


@pytest.mark.parametrize("kind", WHOLE)
def test_a_whole_file_is_kept_byte_for_byte_under_a_name_of_ours(tmp_path: Path, kind: str) -> None:
    root, data = tmp_path / "data" / "files", WHOLE[kind]
    stored = save(root, data)
    assert isinstance(stored, Stored)
    assert (stored.kind, stored.size, stored.sha256) == (kind, len(data), sha256(data).hexdigest())
    kept = path(root, stored.id, kind)
    assert [*root.iterdir()] == [kept]
    assert kept.name == f"{stored.id}.{kind}"
    assert kept.read_bytes() == data
    assert kept.stat().st_mode & 0o077 == 0


def test_the_same_file_twice_is_two_files(tmp_path: Path) -> None:
    assert save(tmp_path, pdf()) != save(tmp_path, pdf())
    assert len([*tmp_path.iterdir()]) == 2


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + pdf(),
        b"\r\n\r\n" + pdf() + b"\r\n",
        pdf() + b"\0" * 600,
        jpeg() + b"what a phone adds after the picture",
        jpeg().replace(b"\xff\xc0", b"\xff\xc2"),
    ],
    ids=["mark before", "blank lines around", "zeros after", "trailer of a phone", "progressive"],
)
def test_what_real_programs_and_phones_make_is_kept(tmp_path: Path, data: bytes) -> None:
    assert isinstance(save(tmp_path, data), Stored)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Refusal.EMPTY),
        (pdf() + b"\0" * LARGEST, Refusal.TOO_LARGE),
        (b"halo", Refusal.OTHER_TYPE),
        (b"<html><body>%PDF-1.7 %%EOF", Refusal.OTHER_TYPE),
        (A_PROGRAM, Refusal.OTHER_TYPE),
        (AN_ARCHIVE, Refusal.OTHER_TYPE),
        (b"GIF89a" + bytes(100), Refusal.OTHER_TYPE),
        (b"%PDF-1.7 " + A_PROGRAM, Refusal.BROKEN),
        (A_PROGRAM + pdf(), Refusal.OTHER_TYPE),
        (pdf() + AN_ARCHIVE, Refusal.OTHER_TYPE),
        (png() + AN_ARCHIVE, Refusal.OTHER_TYPE),
        (jpeg() + AN_ARCHIVE, Refusal.OTHER_TYPE),
        (jpeg() + pdf(), Refusal.OTHER_TYPE),
        (png() + b"<Script>alert(1)</script>", Refusal.OTHER_TYPE),
        (jpeg().replace(b"JFIF", b"<?php", 1), Refusal.OTHER_TYPE),
        (pdf()[:-300], Refusal.BROKEN),
        (pdf() + b"more", Refusal.BROKEN),
        (png()[:-4], Refusal.BROKEN),
        (png(width=0), Refusal.BROKEN),
        (png().replace(b"IDAT", b"IDAT"[::-1]), Refusal.BROKEN),
        (png()[:8] + png()[33:], Refusal.BROKEN),
        (jpeg()[:-2], Refusal.BROKEN),
        (jpeg(height=0), Refusal.BROKEN),
        (jpeg()[:30], Refusal.BROKEN),
        (b"\xff\xd8\xff" + bytes(500), Refusal.BROKEN),
        (b"\xff\xd8" + b"\xff" * 500, Refusal.BROKEN),
    ],
)
def test_anything_else_is_refused_with_the_reason_and_leaves_nothing(
    tmp_path: Path, data: bytes, reason: Refusal
) -> None:
    assert save(tmp_path / "files", data) == Refused(reason)
    assert not (tmp_path / "files").exists()


@pytest.mark.parametrize("cut", range(2, 300, 7))  # the last byte is a line end
@pytest.mark.parametrize("kind", WHOLE)
def test_a_file_cut_short_is_never_an_error_of_ours(tmp_path: Path, kind: str, cut: int) -> None:
    assert isinstance(save(tmp_path, WHOLE[kind][:-cut]), Refused)


def test_a_disk_that_takes_no_more_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)  # a full disk cannot be had without being root
    with pytest.raises(OSError, match="No space left"):
        save(tmp_path, pdf())
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("file_id", "kind"),
    [
        ("../../etc/passwd", "pdf"),
        (NOBODY, "exe"),
        (NOBODY, "part"),
        (f"{NOBODY}/", "pdf"),
        ("", "pdf"),
        ("A" * 32, "pdf"),
    ],
)
def test_only_a_name_of_ours_leads_to_a_file(tmp_path: Path, file_id: str, kind: str) -> None:
    with pytest.raises(ValueError, match="StoredFile row"):
        path(tmp_path, file_id, kind)


def test_a_deleted_file_is_gone_and_deleting_it_again_does_no_harm(tmp_path: Path) -> None:
    stored = save(tmp_path / "files", pdf())
    assert isinstance(stored, Stored)
    for _ in range(2):
        delete(tmp_path / "files", stored.id, stored.kind)
        assert [*(tmp_path / "files").iterdir()] == []
    delete(tmp_path / "nowhere", stored.id, stored.kind)


def test_a_file_is_on_disk_before_it_has_its_name_and_its_name_before_anybody_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    fsync, rename = os.fsync, Path.rename

    def watched_fsync(number: int) -> None:
        happened.append("folder" if stat.S_ISDIR(os.fstat(number).st_mode) else "file")
        fsync(number)

    def watched_rename(part: Path, target: Path) -> Path:
        happened.append("name")
        return rename(part, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(Path, "rename", watched_rename)
    stored = save(tmp_path, pdf())
    assert happened == ["file", "name", "folder"]
    assert isinstance(stored, Stored)
    delete(tmp_path, stored.id, stored.kind)
    assert happened == ["file", "name", "folder", "folder"]


def test_the_sweep_takes_what_a_kill_left_and_nothing_else(tmp_path: Path) -> None:
    known, orphan = save(tmp_path, pdf()), save(tmp_path, png())
    assert isinstance(known, Stored)
    assert isinstance(orphan, Stored)
    (tmp_path / f"{NOBODY}.part").write_bytes(b"half")
    (tmp_path / "catatan.txt").write_text("milik orang lain")
    assert sweep(tmp_path, {known.id}, age=3600) == 0
    assert sweep(tmp_path, {known.id}) == 2
    assert {file.name for file in tmp_path.iterdir()} == {f"{known.id}.pdf", "catatan.txt"}
    assert sweep(tmp_path / "nowhere", set()) == 0
