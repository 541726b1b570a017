"""Scans → Source: pages that are pictures, recognised by an engine whose models lie in its package.

The engine is an extra, ``gongbao-kg[ocr]``. It works on this machine and asks no other.
"""

from __future__ import annotations

import io
import math
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from statistics import median
from typing import Any

from kg.errors import KgError
from kg.model import Source
from kg.read.draft import source_of
from kg.read.layout import Piece, Sheet, compose
from kg.read.limits import Limits
from kg.read.pictures import Album

__all__ = ["EXTRA", "installed", "missing", "read_image", "sheet"]

EXTRA = "pip install 'gongbao-kg[ocr]'"
"""How to get the engine."""

_NEEDED = ("rapidocr", "onnxruntime", "PIL", "numpy")
_MOST_PIXELS = 8_000_000
"""Of a page that is recognised: as many as A3 at 200 dpi has. Larger ones are made smaller."""
_MOST_PIXELS_READ = 72_000_000
"""Of an image that is opened at all: A3 at 600 dpi has 70 million."""
_LONGEST_SIDE = 3400
"""Pixels: what is longer the engine makes smaller by itself."""
_A4 = 595.0


def installed() -> bool:
    """Whether the extra is there."""
    return all(find_spec(module) for module in _NEEDED)


def missing(where: str, found: str) -> KgError:
    """The error that says how to get the extra: ``where`` the file and page, ``found`` what stands there."""
    return KgError(
        f"{where}: expected text, found {found}; it can be recognised after\n"
        f"    {EXTRA}\n"
        "(扫描件需要文字识别组件，请先执行上面的命令)"
    )


def read_image(data: bytes, name: str, limits: Limits) -> Source:
    """The text recognised in an image (PNG, JPEG, TIFF of one or more pages), with pages and lines as places.

    Raises KgError where the extra is not installed, the image is broken, too large or holds more pages than the
    limit, or nothing that can be recognised.
    """
    if len(data) > limits.bytes:
        raise KgError(f"{name}: {len(data):,} bytes, more than the {limits.bytes:,} that one source may have; split it")
    if not installed():
        raise missing(name, "a picture")
    album = Album(limits.pictures)
    sheets = [sheet(image, number, album) for number, image in enumerate(_pages(data, name, limits), 1)]
    composed = compose(sheets)
    if not composed.text.strip():
        raise KgError(
            f"{name}: expected a scan of printed pages, found nothing that can be recognised; scan it at 200 dpi or more"
        )
    return source_of(data, name, "image", composed.text, composed.places, composed.boxes, album.pictures)


def _pages(data: bytes, name: str, limits: Limits) -> Iterator[Any]:
    """The pages of an image, one by one."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # its size is asked below
            opened = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "MPO"))
        count = getattr(opened, "n_frames", 1)
        if count > limits.pages:
            raise KgError(
                f"{name}: {count:,} pages, more than the {limits.pages:,} that one source may have; "
                "split it, or raise the limit"
            )
        for number in range(1, 2 if opened.format == "MPO" else count + 1):  # the others of an MPO are previews
            opened.seek(number - 1)
            width, height = opened.size
            if width * height > _MOST_PIXELS_READ:
                raise _too_large(f"{name}, page {number}: {width:,} by {height:,} pixels")
            factor = math.floor(math.sqrt(width * height / _MOST_PIXELS))
            page = opened.convert("L") if opened.mode == "1" and factor > 1 else opened
            page = page.reduce(factor) if factor > 1 and page.mode != "P" else page
            page = _flattened(ImageOps.exif_transpose(page))
            if number == count:
                opened.close()  # its pixels are more than all that recognition needs
            yield page
    except Image.DecompressionBombError as error:
        raise _too_large(f"{name}: an image of very many pixels") from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise KgError(
            f"{name}: expected a whole PNG, JPEG or TIFF image, found a broken one ({error}); scan or fetch it again"
        ) from error


def _too_large(found: str) -> KgError:
    return KgError(f"{found}, more than the {_MOST_PIXELS_READ:,} that a page may have; scan it at 200 to 300 dpi")


def _flattened(image: Any) -> Any:
    """The image in colours on white, not larger than is recognised."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    image = image.convert("RGB")
    scale = math.sqrt(_MOST_PIXELS / (image.width * image.height))
    if scale < 1:
        image = image.resize((max(1, int(image.width * scale)), max(1, int(image.height * scale))))
    return image


# --- recognition -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    """A line as the engine gives it."""

    score: float
    corners: tuple[tuple[float, float], ...]
    """Upper left, upper right, lower right, lower left, in pixels."""
    words: tuple[tuple[str, float], ...]
    """Each character (or word of letters) with the x of its middle along the line."""

    @property
    def width(self) -> float:
        return math.dist(self.corners[0], self.corners[1])

    @property
    def height(self) -> float:
        return math.dist(self.corners[0], self.corners[3])

    @property
    def letters(self) -> int:
        return sum(len(word) for word, _ in self.words)


@cache
def _engine() -> Any:
    rapidocr = import_module("rapidocr")
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": _LONGEST_SIDE,
            # Lines are found on a smaller copy of the page: at its full size that takes a gibibyte.
            "Det.limit_type": "max",
            "Det.limit_side_len": 1440,
            "Rec.rec_batch_num": 2,
            "EngineConfig.onnxruntime.enable_cpu_mem_arena": False,  # it would keep the memory of the largest page
        }
    )


def sheet(image: Any, number: int, album: Album) -> Sheet:
    """What is recognised on a page, in points of a page as wide as its resolution says, or as A4; its picture to the album."""
    best = _recognised(image)
    if (lies := _lies(best)) != "upright":
        turned = [(other, _recognised(other)) for other in _turned(image, lies)]
        other, found = max(turned, key=lambda pair: (_lies(pair[1]) == "upright", _weight(pair[1])))
        if _weight(found) > (0.9 if lies == "side" else 1.1) * _weight(best):
            image, best = other, found
    album.image(image, number)
    width, height = image.size
    unit = _A4 / min(width, height)
    slope = _slope(best)
    share = _share(best)
    pieces = [piece for line in best for piece in _pieces(line, _em(line, share), slope, unit)]
    return Sheet(number, width * unit, height * unit, tuple(pieces))


def _recognised(image: Any) -> list[_Found]:
    """The lines on an image, none where there are none."""
    numpy = import_module("numpy")
    pixels = numpy.asarray(image.convert("RGB"))[:, :, ::-1]  # the engine wants blue first
    result = _engine()(pixels, use_det=True, use_cls=False, use_rec=True, return_word_box=True)
    if result.boxes is None or not result.txts:
        return []
    found = []
    for box, score, words in zip(result.boxes, result.scores, result.word_results, strict=True):
        corners = tuple((float(x), float(y)) for x, y in box)
        placed = tuple(
            (str(text), sum(float(x) for x, _ in where) / len(where)) for text, _, where in words if str(text).strip()
        )
        if placed:
            found.append(_Found(float(score), corners, placed))
    return found


def _weight(found: Sequence[_Found]) -> float:
    """How much was recognised: the letters, each by how sure it is."""
    return sum(line.score * line.letters for line in found)


def _lies(found: Sequence[_Found]) -> str:
    """How a page seems to lie: upright; on its side, where lines are taller than wide; or unknown, hardly readable."""
    tall = sum(line.letters for line in found if line.height > 1.5 * line.width)
    letters = sum(line.letters for line in found)
    return "side" if tall * 2 > letters else "upright" if letters and _weight(found) > 0.88 * letters else "unknown"


def _turned(image: Any, lies: str) -> Iterator[Any]:
    for turn in (90, 270) if lies == "side" else (180, 90, 270):
        yield image.rotate(turn, expand=True)


def _slope(found: Sequence[_Found]) -> float:
    """How much the lines fall from left to right, as the page was laid on the scanner."""
    long = [line for line in found if line.width > 8 * line.height]
    if not long:
        return 0.0
    falls = [
        (line.corners[1][1] - line.corners[0][1]) / max(1.0, line.corners[1][0] - line.corners[0][0]) for line in long
    ]
    slope = median(falls)
    return slope if abs(slope) < 0.2 else 0.0


# --- lines to pieces ---------------------------------------------------------------------------------------

_WIDE = re.compile(r"[\u2014\u2018-\u201d\u2026\u2e80-\uffef\U00020000-\U0003ffff]")
_MARK = re.compile(r"[，。、；：！？“”‘’（）《》〈〉〔〕【】…—·,.;:!?()\[\]]")
_BLANK, _APART = 0.45, 1.1
"""Ems by which two characters stand farther apart than they need, from which on a blank or a wide gap is meant."""


def _pieces(line: _Found, em: float, slope: float, unit: float) -> Iterator[Piece]:
    """The pieces of a line, set straight, in points."""
    start, end = line.corners[0][0], line.corners[1][0]
    middle_x = (start + end) / 2
    middle_y = sum(y for _, y in line.corners) / 4 - slope * middle_x
    runs: list[list[tuple[str, float]]] = []
    text = ""
    texts: list[str] = []
    for word, x in line.words:
        if runs:
            before, at = runs[-1][-1]
            spare = x - at - (_width(before, em) + _width(word, em)) / 2
            # A mark of punctuation stands at one side of its square.
            slack = 0.5 * em if _MARK.fullmatch(before[-1]) or _MARK.fullmatch(word[0]) else 0.0
            if spare > _APART * em + slack:
                texts.append(text)
                runs.append([])
                text = ""
            elif spare > _BLANK * em + slack:
                text += " "
        else:
            runs.append([])
        runs[-1].append((word, x))
        text += word
    texts.append(text)
    for i, (run, said) in enumerate(zip(runs, texts, strict=True)):
        x0 = start if i == 0 else run[0][1] - _width(run[0][0], em) / 2
        x1 = end if i == len(runs) - 1 else run[-1][1] + _width(run[-1][0], em) / 2
        shift = slope * middle_y  # the page turned back as a whole: what stands lower moves to the right
        y0, y1 = middle_y - em / 2, middle_y + em / 2
        yield Piece(
            said, (x0 + shift) * unit, y0 * unit, (x1 + shift) * unit, y1 * unit, em * unit, round(line.score, 4)
        )


def _width(word: str, em: float) -> float:
    return em * sum(1.0 if _WIDE.match(character) else 0.52 for character in word)


_USUAL_SHARE = 0.82
_FEW_STEPS = 2


def _share(found: Sequence[_Found]) -> float:
    """Which share of the height of a line the letters have, on this page."""
    shares = [step / line.height for line in found if (step := _step(line)) and line.height]
    return median(shares) if len(shares) > 4 else _USUAL_SHARE


def _em(line: _Found, share: float) -> float:
    """The size of the letters: the step from one Chinese character to the next, else by the height of the line."""
    by_height = share * line.height
    step = _step(line)
    return step if 0.7 * by_height < step < 1.4 * by_height else by_height


def _step(line: _Found) -> float:
    """The usual step from one Chinese character to the next; 0 where there are too few."""
    steps = [
        b[1] - a[1]
        for a, b in pairwise(line.words)
        if not (_MARK.fullmatch(a[0]) or _MARK.fullmatch(b[0])) and _WIDE.match(a[0]) and _WIDE.match(b[0])
    ]
    usual = median(steps) if len(steps) >= _FEW_STEPS else 0.0
    if usual <= 0:
        return 0.0
    near = [step for step in steps if step < 1.4 * usual]
    return sum(near) / len(near)
