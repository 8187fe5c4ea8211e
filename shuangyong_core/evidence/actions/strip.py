"""Takes from a picture all but what is seen: place, device, thumbnails go; the date is kept."""

from __future__ import annotations

import struct
from datetime import date, datetime
from io import BytesIO

from PIL import ExifTags, Image, UnidentifiedImageError

from shuangyong_core.evidence.rules import FileUnusable

MOST_PIXELS = 60_000_000
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}
KEPT_MODES = {"JPEG": ("L", "RGB"), "PNG": ("1", "L", "LA", "RGB", "RGBA")}
# How a camera says that it was held: turned here, without writing its EXIF anew, which often fails.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What Pillow raises over a picture or an EXIF that somebody's program wrote wrongly.
WRONG = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, TypeError,
         AttributeError, LookupError, struct.error)  # fmt: skip
BROKEN = "图片打不开或不完整，请重新拍照或另存后再传。"


def strip_picture(data: bytes, *, media_type: str) -> tuple[bytes, date | None]:
    """This function will give the picture anew and the date it was taken; raises FileUnusable."""
    form = FORMATS[media_type]
    try:
        with Image.open(BytesIO(data), formats=[form]) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                most = MOST_PIXELS // 10_000
                raise FileUnusable(why=f"图片太大（{width}×{height}），最多 {most} 万像素。")
            taken_date = _taken_date(picture)
            return _encode(_upright(picture), form=form), taken_date
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise FileUnusable(why=f"图片太大，最多 {MOST_PIXELS // 10_000} 万像素。") from None
    except WRONG:
        raise FileUnusable(why=BROKEN) from None


def _encode(picture: Image.Image, *, form: str) -> bytes:
    if picture.mode not in KEPT_MODES[form]:
        has_alpha = form == "PNG" and picture.has_transparency_data
        picture = picture.convert("RGBA" if has_alpha else "RGB")
    # Pixels alone: comments, colour profiles and texts would else travel along.
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    out = BytesIO()
    if form == "JPEG":
        bare.save(out, form, quality=88, optimize=True)
    else:
        bare.save(out, form, optimize=False)
    return out.getvalue()


def _upright(picture: Image.Image) -> Image.Image:
    held = picture.getexif().get(ExifTags.Base.Orientation)
    turn = TURNS.get(held) if isinstance(held, int) else None
    return picture if turn is None else picture.transpose(turn)


def _taken_date(picture: Image.Image) -> date | None:
    try:
        exif = picture.getexif().get_ifd(ExifTags.IFD.Exif)
        said = exif.get(ExifTags.Base.DateTimeOriginal)
        return datetime.strptime(str(said).strip("\0 ")[:10], "%Y:%m:%d").date()
    except WRONG:
        return None
