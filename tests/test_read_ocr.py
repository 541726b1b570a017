"""Scans are recognised, where the extra for that is installed; where it is not, the message says how to get it."""

from __future__ import annotations

import io
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

import make_pdf
import pytest
from make_pdf import column, drawn
from PIL import Image

from kg.errors import KgError
from kg.model import Source
from kg.pipeline import understand
from kg.read import ocr, read
from kg.read.limits import Limits
from kg.read.ocr import read_image
from kg.read.pdf import read_pdf

DEMO = Path(__file__).parents[1] / "kg" / "demo" / "gazette.md"
NOTICE = [
    "　　经区政府同意，现将有关事项通知如下：",
    "　　一、区水利局负责巡查全区的河道和水库。",
    "　　二、区财政局于2021年6月30日前拨付资金",
    "120万元。",
]


def needs_engine() -> None:
    if not ocr.installed():
        pytest.skip("the extra gongbao-kg[ocr] is not installed")
    if not make_pdf.draws_chinese():
        pytest.skip("no font with Chinese characters is installed, so no scan can be made")


def small_page() -> Image.Image:
    needs_engine()
    data = drawn(lambda canvas: column(canvas, 30, 180, NOTICE, 12), size=(320, 220))
    return make_pdf.scan(data, skew=0)[0]


@pytest.fixture(scope="module")
def demo() -> tuple[Source, Source]:
    """The whole demo gazette, printed in two columns: by its text layer, and by a scan of it at 200 dpi."""
    needs_engine()
    data = make_pdf.pdf(DEMO.read_text(encoding="utf-8"), head="青汀公报")
    scanned = make_pdf.images_pdf(make_pdf.scan(data))
    return read_pdf(data, "demo.pdf", Limits()), read_pdf(scanned, "scan.pdf", Limits())


def flat(text: str) -> str:
    """The text to be compared: one form a character, no white space, no leaders."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and c not in ".·#-")


def pages(source: Source) -> list[str]:
    """What stands on each page of a source."""
    starts = [place.start for place in source.places if place.kind == "page"]
    return [flat(source.text[start:end]) for start, end in pairwise([*starts, len(source.text)])]


def test_a_scan_of_two_columns_reads_as_its_text_layer_does(demo: tuple[Source, Source]) -> None:
    printed, scanned = map(pages, demo)
    matches = (SequenceMatcher(None, *page, autojunk=False) for page in zip(printed, scanned, strict=True))
    same = sum(block.size for matcher in matches for block in matcher.get_matching_blocks())
    assert same >= 0.98 * sum(map(len, printed))


def test_paragraphs_and_headings_of_a_scan_are_those_of_its_text_layer(demo: tuple[Source, Source]) -> None:
    printed, scanned = ([flat(part) for part in source.text.split("\n\n")] for source in demo)
    assert abs(len(printed) - len(scanned)) <= 0.05 * len(printed)
    assert "\n\n# 沧屏市青汀区人民政府文件\n\n" in demo[1].text


def test_a_scan_of_the_whole_gazette_gives_the_facts_of_its_markdown(demo: tuple[Source, Source]) -> None:
    typed, scanned = (
        Counter((fact.kind, *fact.values()) for fact in understand(source).facts) for source in (read(DEMO), demo[1])
    )
    assert typed.total() > 500
    assert 2 * (typed & scanned).total() / (typed.total() + scanned.total()) >= 0.90


def test_blanks_in_names_and_between_name_and_post_survive_recognition(demo: tuple[Source, Source]) -> None:
    assert "\n翟 光 区住房城乡建委副主任\n" in demo[1].text


def test_a_scan_keeps_pages_and_how_sure_each_line_is(demo: tuple[Source, Source]) -> None:
    printed, scanned = demo
    assert scanned.format == "pdf"
    assert [p.label for p in scanned.places if p.kind == "page"] == [p.label for p in printed.places]
    lines = [place for place in scanned.places if place.kind == "line"]
    assert len(lines) > 100
    assert all(place.confidence is not None and 0.5 <= place.confidence <= 1 for place in lines)
    assert [place.start for place in scanned.places] == sorted(place.start for place in scanned.places)


def test_running_heads_are_left_out_of_a_scan(demo: tuple[Source, Source]) -> None:
    assert "青汀公报" not in demo[1].text


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_an_image_is_read_whichever_way_it_lies(turn: int) -> None:
    image = small_page().rotate(turn, expand=True)
    source = read_image(make_pdf.png(image), "scan.png", Limits())
    assert source.format == "image"
    assert "二、区财政局于2021年6月30日前拨付资金120万元。" in source.text


def test_the_pages_of_a_tiff_are_pages() -> None:
    image = small_page()
    buffer = io.BytesIO()
    image.convert("1").save(buffer, "TIFF", save_all=True, append_images=[image.convert("L")], compression="tiff_lzw")
    source = read_image(buffer.getvalue(), "scan.tif", Limits())
    assert [place.label for place in source.places if place.kind == "page"] == ["1", "2"]
    assert source.text.count("负责巡查全区的河道和水库。") == 2


def test_an_empty_image_says_that_nothing_was_recognised() -> None:
    needs_engine()
    with pytest.raises(KgError, match=r"white\.png: .*found nothing that can be recognised"):
        read_image(make_pdf.png(Image.new("L", (600, 800), 255)), "white.png", Limits())


def test_a_broken_image_says_so() -> None:
    needs_engine()
    data = make_pdf.png(Image.effect_noise((300, 300), 50))
    with pytest.raises(KgError, match=r"cut\.png: expected a whole PNG, JPEG or TIFF image, found a broken one"):
        read_image(data[: len(data) // 2], "cut.png", Limits())


def test_more_pages_than_the_limit_are_refused() -> None:
    needs_engine()
    image, buffer = Image.new("1", (20, 20)), io.BytesIO()
    image.save(buffer, "TIFF", save_all=True, append_images=[image] * 3)
    with pytest.raises(KgError, match="4 pages, more than the 2"):
        read_image(buffer.getvalue(), "scan.tif", Limits(pages=2))


@pytest.mark.parametrize(("side", "message"), [(9_000, "9,000 by 9,000 pixels"), (20_000, "very many pixels")])
def test_an_image_of_very_many_pixels_is_refused_before_it_is_unpacked(side: int, message: str) -> None:
    needs_engine()
    data = make_pdf.png(Image.new("1", (side, side)))
    with pytest.raises(KgError, match=rf"huge\.png.*{message}, more than the 72,000,000"):
        read_image(data, "huge.png", Limits())


def test_without_the_extra_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    with pytest.raises(KgError, match=r"scan\.png: .*\n.*pip install 'gongbao-kg\[ocr\]'"):
        read_image(make_pdf.png(Image.new("L", (60, 80), 255)), "scan.png", Limits())
