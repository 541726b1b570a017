"""The real documents beside the project are read without error, and the elements of each are those a reader finds.

``corpus_documents.json`` says for each file what its documents are: facts only, and no sentence of a text. A file without a
title gives no document that could be named; what a document does not print (a date, an issuer) must not be found.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import existing
from test_forms import SAID, documents, sections

import kg
from kg.anatomy import parse
from kg.errors import KgError
from kg.pipeline import understand
from kg.read import read

WANTED: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "corpus_documents.json").read_text(encoding="utf-8")
)
SECTIONS = {
    # The paths of the outermost sections, of a notice and of its annexes: where one is missing, a heading was not seen.
    "shandong-digital-shandong-2019-action-plan.txt": "一二三四",
    "shandong-jinan-ai-pilot-zone-policies-2020.txt": "一二三四五六七",
    "shandong-jinan-digital-pioneer-city-2021.txt": "一二三",
    "shandong-qingdao-ocean-ai-plan-2024.txt": "一二三",
    "shanghai-beidou-plan.md": "一二三四",
    "shanghai-commercial-space-plan-2023.md": "一二三",
    "shanghai-medical-device-plan.md": "一二三",
    "shanghai-public-health-tech-opinions.md": "一二三四五六七",
    "shanghai-sci-service-opinions.md": "一二三",
    "shanghai-yangpu-innovation-zone-2025.md": "一二三",
    "sichuan-jiange-inspection-notice-2014.html": "一二三",
}


def corpus_file(shared: Path, name: str) -> Path:
    return existing(existing(shared / "corpus") / name)


@pytest.mark.parametrize("name", WANTED)
def test_the_documents_of_a_real_file_are_those_a_reader_finds(shared: Path, name: str) -> None:
    assert documents(understand(read(corpus_file(shared, name)))) == WANTED[name]


@pytest.mark.parametrize("name", SECTIONS)
def test_the_outermost_sections_of_a_real_file_are_all_seen(shared: Path, name: str) -> None:
    outermost = [path for path, _ in sections(read(corpus_file(shared, name))) if "." not in path]
    assert outermost == list(SECTIONS[name])


def test_every_file_of_the_corpus_is_named_and_read(shared: Path) -> None:
    names = {path.name for path in existing(shared / "corpus").iterdir()} - {"README.md"}
    assert names == set(WANTED)


def test_what_is_no_document_is_said_to_be_none(shared: Path) -> None:
    with pytest.raises(KgError, match="no official document found"):
        kg.build([corpus_file(shared, "README.md")])


def test_both_forms_of_a_real_document_have_the_same_sections(shared: Path) -> None:
    # The DOCX is the whole Markdown file typed into Word, preface and all, with a line above it and a legend of colours
    # below; that their lines and their facts are the same is tested in test_read_docx. Here: title, number, issuers,
    # addressees and date as they are printed, and every section with its words.
    word, marked = (corpus_file(shared, f"shanghai-yangpu-innovation-zone-2025.{form}") for form in ("docx", "md"))

    def elements(path: Path) -> list[list[str]]:
        return [
            [str(text) for text in (part.title, part.number, *part.issuer, part.addressees, part.date_text)]
            for part in parse(read(path)).documents
        ]

    assert elements(word) == elements(marked)
    assert sections(read(word)) == sections(read(marked))
    assert len(sections(read(word))) > 25


def test_the_documents_of_the_sample_issue_are_those_of_its_gold(shared: Path, seeds: list[Path]) -> None:
    # The gold holds a part of the documents only; those that it holds are right in every element.
    golds = sorted(existing(shared / "gold").glob("*.jsonl"))
    lines = [json.loads(line) for gold in golds for line in gold.read_text(encoding="utf-8").splitlines() if line]
    wanted = [{name: fact[name] for name in SAID if fact.get(name)} for fact in lines if fact["kind"] == "document"]
    found = [document for seed in seeds for document in documents(understand(read(seed)))]
    assert wanted
    assert [document for document in wanted if document not in found] == []
