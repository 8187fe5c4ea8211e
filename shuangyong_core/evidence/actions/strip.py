"""Takes from a picture all but what is seen: place, device, thumbnails go; the date is kept."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from shuangyong_core.evidence.rules import FileUnusable

MOST_PIXELS = 60_000_000
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}
KEPT_MODES = {"JPEG": ("L", "RGB"), "PNG": ("1", "L", "LA", "RGB", "RGBA")}
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
            return _encode(ImageOps.exif_transpose(picture), form=form), taken_date
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise FileUnusable(why=f"图片太大，最多 {MOST_PIXELS // 10_000} 万像素。") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
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


def _taken_date(picture: Image.Image) -> date | None:
    exif = picture.getexif()
    said = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)
    try:
        return datetime.strptime(str(said).strip("\0 ")[:10], "%Y:%m:%d").date()
    except ValueError:
        return None
