"""The zip around an .xlsx: its directory tells sizes and kinds before anything is unpacked."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from shuangyong_core.sheets.book import Limits
from shuangyong_core.sheets.refusing import Unreadable

CHUNK = 64 * 1024
SAFE_PACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
UNWANTED = (
    ("macro", ("vbaproject.bin", "vbadata.xml", "xl/macrosheets/", "xl/dialogsheets/")),
    ("external_link", ("xl/externallinks/",)),
    ("embedded", ("xl/embeddings/", "xl/activex/", "xl/ctrlprops/activex")),
)


class Package:
    """A zip whose directory was found harmless; what is read from it is counted once more."""

    def __init__(self, data: bytes, *, limits: Limits) -> None:
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as bad:
            raise Unreadable("broken_file", "压缩包打不开") from bad
        self._left = limits.unpacked
        self._check()
        self._by_name = {entry.filename.lower(): entry for entry in self._entries}

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts, in small letters."""
        return frozenset(self._by_name)

    def size_of(self, folder: str) -> int:
        """This function will say how large the parts of a folder are once unpacked."""
        return sum(e.file_size for name, e in self._by_name.items() if name.startswith(folder))

    def unwanted(self) -> list[tuple[str, str]]:
        """This function will list macros, links and embedded things as (code, name)."""
        found = []
        for code, marks in UNWANTED:
            names = [name for name in sorted(self._by_name) if any(m in name for m in marks)]
            found += [(code, names[0])] if names else []
        return found

    def chunks(self, name: str, *, most: int) -> Iterator[bytes]:
        """This function will unpack a part piece by piece, and stop when it is more than said."""
        entry = self._by_name.get(name.lower())
        if entry is None:
            raise Unreadable("broken_file", f"缺少 {name}")
        if entry.file_size > most:
            raise Unreadable("file_too_complex", f"{name} 解压后超过 {most // 2**20} MB")
        try:
            with self._zip.open(entry) as part:
                while piece := part.read(CHUNK):
                    most -= len(piece)
                    self._left -= len(piece)
                    if most < 0 or self._left < 0:
                        raise Unreadable("file_too_complex", f"{name} 解压后过大")
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError,
                RuntimeError, struct.error, ValueError) as bad:  # fmt: skip
            raise Unreadable("broken_file", f"{name} 读不出来") from bad

    def _check(self) -> None:
        if len(self._entries) > self._limits.entries:
            raise Unreadable("file_too_complex", f"里面有 {len(self._entries)} 个部件")
        total = sum(entry.file_size for entry in self._entries)
        if total > self._limits.unpacked:
            raise Unreadable("file_too_complex", f"解压后有 {total // 2**20} MB")
        names = [entry.filename.lower() for entry in self._entries]
        if len(set(names)) != len(names) or any("\0" in name for name in names):
            raise Unreadable("broken_file", "部件重名")
        for entry in self._entries:
            if entry.flag_bits & 0x1:
                raise Unreadable("encrypted")
            if entry.compress_type not in SAFE_PACKING:
                raise Unreadable("broken_file", "压缩方式不常用")
        self._check_places()

    def _check_places(self) -> None:
        # Entries that share bytes unpack to far more than the file holds.
        ordered = sorted(self._entries, key=lambda entry: entry.header_offset)
        starts = [entry.header_offset for entry in ordered] + [self._zip.start_dir]
        for entry, end in zip(ordered, starts[1:], strict=True):
            if entry.header_offset + 30 + entry.compress_size > end:
                raise Unreadable("broken_file", "部件互相重叠")
