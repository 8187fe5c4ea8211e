"""Storing: three kinds by their bytes, nothing private kept, whole or not at all."""

from __future__ import annotations

import os
import struct
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image, ImageOps, PngImagePlugin

from shuangyong_core.evidence.actions import store, strip
from shuangyong_core.evidence.queries import path_of
from shuangyong_core.evidence.rules import FileUnusable, NameUnusable, Stored, tidy_name

LIMIT = 1024**2
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def picture(form: str = "JPEG", *, mode: str = "RGB", **save: Any) -> bytes:
    image = Image.new(mode, (40, 20), 200 if mode in ("L", "P") else (200, 10, 10)[: len(mode)])
    out = BytesIO()
    image.save(out, form, **save)
    return out.getvalue()


def photo_with_place() -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Model] = "canary-camera"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:06:18 09:30:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (30.0, 39.0, 1.0)
    return picture(exif=exif.tobytes(), comment=b"canary-comment")


def kept(folder: Path, stored: Stored) -> bytes:
    return path_of(folder, stored.sha256).read_bytes()


def test_a_photo_loses_its_place_and_device_and_keeps_its_date(tmp_path: Path) -> None:
    stored = store(photo_with_place(), folder=tmp_path, max_bytes=LIMIT)

    data = kept(tmp_path, stored)
    image = Image.open(BytesIO(data))
    assert (stored.media_type, stored.size) == ("image/jpeg", len(data))
    assert stored.taken_date == date(2026, 6, 18)
    assert not dict(image.getexif())
    assert b"canary" not in data
    # Orientation 6 lay on its side: now the pixels stand upright.
    assert image.size == (20, 40)


def test_texts_and_what_follows_a_png_are_gone(tmp_path: Path) -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("note", "canary")

    stored = store(
        picture("PNG", pnginfo=texts) + b"canary<script>", folder=tmp_path, max_bytes=LIMIT
    )

    assert b"canary" not in kept(tmp_path, stored)


@pytest.mark.parametrize("mode", ["L", "P", "CMYK"])
def test_other_colours_are_kept_as_pictures(tmp_path: Path, mode: str) -> None:
    data = picture("PNG" if mode == "P" else "JPEG", mode=mode)

    stored = store(data, folder=tmp_path, max_bytes=LIMIT)

    assert Image.open(BytesIO(kept(tmp_path, stored))).size == (40, 20)


def test_a_pdf_is_kept_as_it_is(tmp_path: Path) -> None:
    stored = store(PDF, folder=tmp_path, max_bytes=LIMIT)

    assert (stored.media_type, kept(tmp_path, stored)) == ("application/pdf", PDF)


def test_the_same_file_twice_is_stored_once(tmp_path: Path) -> None:
    first = store(picture(), folder=tmp_path, max_bytes=LIMIT)
    second = store(picture(), folder=tmp_path, max_bytes=LIMIT)

    assert first == second
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "这个文件不能用：文件是空的，请重新选择。"),
        (b"MZ\x90\0" * 100, "这个文件不能用：只收 jpg、png 图片和 pdf，请另存为其中一种。"),
        (b"<script>alert(1)</script>", "只收 jpg、png 图片和 pdf"),
        (b"GIF89a" + b"\0" * 50, "只收 jpg、png 图片和 pdf"),
        (b"%PDF-1.7\n", "这个 pdf 不完整，请重新导出后再传。"),
        (picture()[:200], "图片打不开或不完整，请重新拍照或另存后再传。"),
        (b"\xff\xd8\xff\xe0" + b"<script>", "图片打不开或不完整"),
        (b"\0" * (LIMIT + 1), "最大 1 MB，这个有 1.0 MB，请缩小后再传。"),
    ],
)
def test_what_is_not_kept_is_refused_and_leaves_nothing(
    tmp_path: Path, data: bytes, sentence: str
) -> None:
    with pytest.raises(FileUnusable, match=sentence):
        store(data, folder=tmp_path, max_bytes=LIMIT)

    assert list(tmp_path.rglob("*")) == []


def test_a_picture_of_too_many_pixels_is_not_even_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strip, "MOST_PIXELS", 799)

    with pytest.raises(FileUnusable, match="图片太大"):
        store(picture(), folder=tmp_path, max_bytes=LIMIT)


def test_a_failing_disk_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(OSError, match="Input/output"):
        store(PDF, folder=tmp_path, max_bytes=LIMIT)

    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_photo_whose_exif_is_written_wrongly_is_kept_and_turned(tmp_path: Path) -> None:
    # Samples per pixel as letters: Pillow reads such an EXIF and cannot write it anew.
    entries = struct.pack("<HHI4s", 0x102, 2, 3, b"ab\0")
    entries += struct.pack("<HHIHH", 0x112, 3, 1, 6, 0)
    exif = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 2) + entries + bytes(4)

    stored = store(picture(exif=exif), folder=tmp_path, max_bytes=LIMIT)

    with Image.open(BytesIO(kept(tmp_path, stored))) as image:
        assert image.size == (20, 40)


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_photo_is_turned_as_its_camera_was_held(turn: int) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turn
    out = BytesIO()
    seen = Image.effect_mandelbrot((32, 16), (-3, -2.5, 2, 2.5), 20)
    seen.save(out, "PNG", exif=exif.tobytes())

    data, _ = strip.strip_picture(out.getvalue(), media_type="image/png")

    with Image.open(out) as given, Image.open(BytesIO(data)) as turned:
        assert turned.tobytes() == ImageOps.exif_transpose(given).tobytes()


@pytest.mark.parametrize(
    ("name", "kept_name"),
    [
        ("../../etc/摆台.jpg", "摆台.jpg"),
        ("C:\\照片\\a.jpg", "a.jpg"),
        (" a.jpg ", "a.jpg"),
        ("", "附件.jpg"),
        ("CON", "附件.jpg"),
        ("=cmd.jpg", "=cmd.jpg"),
    ],
)
def test_a_name_keeps_no_folders(name: str, kept_name: str) -> None:
    assert tidy_name(name, media_type="image/jpeg") == kept_name


@pytest.mark.parametrize("name", ["a\0.jpg", "a\r\nSet-Cookie.jpg", "a\u202egpj.exe", "x" * 201])
def test_a_name_that_cannot_be_shown_is_refused(name: str) -> None:
    with pytest.raises(NameUnusable):
        tidy_name(name, media_type="image/jpeg")


@pytest.mark.parametrize("name", ["../etc/passwd", "AB" * 32, "ab" * 31, "ab" * 32 + "\n"])
def test_only_a_hash_is_an_address(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="sha256"):
        path_of(tmp_path, name)
