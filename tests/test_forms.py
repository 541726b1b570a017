"""The forms in which documents are found, each as a small text of our own: what stands in it comes out.

Beside every text in ``forms/`` stands ``NAME.outline.json``, written by reading the text: its documents, and the path and
the words of each section in order. What a document does not have is not named there, and must not be found. A text
``NAME.docx.txt`` describes a Word document, which is made of it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cases import plain
from make_docx import written_docx

from kg.anatomy import parse
from kg.check.stretches import unplaced
from kg.model import Reading, Source
from kg.pipeline import understand
from kg.read import read, read_bytes

FORMS = Path(__file__).parent / "forms"
SAID = ("number", "title", "issuer", "date", "effective", "addressees", "public", "part_of")


def documents(reading: Reading) -> list[dict[str, Any]]:
    """The documents of a reading by the elements that they have."""
    facts = (dict(fact.values()) for fact in reading.facts if fact.kind == "document")
    return [{name: plain(fact[name]) for name in SAID if fact.get(name)} for fact in facts]


def sections(source: Source) -> list[list[str]]:
    """Path and words of each section, in order."""
    return [
        [passage.heading.path, passage.heading.words]
        for document in parse(source).documents
        for passage in document.all_passages()
        if passage.opens and passage.heading
    ]


def form(path: Path) -> Source:
    """What a form is read as."""
    if path.name.endswith(".docx.txt"):
        return read_bytes(written_docx(path.read_text(encoding="utf-8")), path.stem)
    return read(path)


def texts() -> list[Path]:
    return sorted(path for path in FORMS.iterdir() if not path.name.endswith(".outline.json"))


@pytest.mark.parametrize("path", texts(), ids=lambda path: path.stem)
def test_a_form_is_understood_as_a_reader_does(path: Path) -> None:
    wanted = json.loads(path.with_suffix(".outline.json").read_text(encoding="utf-8"))
    source = form(path)
    assert documents(understand(source)) == wanted["documents"]
    assert sections(source) == wanted["sections"]


def test_every_form_has_its_outline_and_every_outline_its_form() -> None:
    outlines = {path.name.removesuffix(".outline.json") for path in FORMS.glob("*.outline.json")}
    assert outlines == {path.stem for path in texts()}
    assert len(outlines) == len(texts())


def test_the_imprint_is_no_signature_and_is_not_lost() -> None:
    anatomy = parse(read(FORMS / "body_with_imprint.txt"))
    (document,) = anatomy.documents
    assert (document.date, document.issuer, document.year) == (None, (), "2020")
    assert [stretch.text.chars[:3] for stretch in unplaced(anatomy)] == ["抄送：", "云渚市"]


def test_the_links_below_a_document_are_none_of_its_text_and_are_not_lost() -> None:
    anatomy = parse(read(FORMS / "joint_notice_with_preface.md"))
    (document,) = anatomy.documents
    assert not [passage for passage in document.all_passages() if ".pdf" in passage.paragraph.chars]
    assert sum(stretch.text.chars.count("pdf〕") for stretch in unplaced(anatomy)) == 3
