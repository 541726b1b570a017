"""A source as it reads, with every fact at its words: the page that everything else links to.

The page is a pure function of a reading, so a build of many sources makes the pages of those alone that changed. Each place
that a fact, a gap or a heading stands at has an anchor, ``#s123-145``: code points of the decoded source, end exclusive.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kg.model import Document, Fact, Picture, Reading, Span
from kg.rdf import BASE
from kg.rdf.iris import Names
from kg.view.inline import asset, json_text, policy, render, visible, words
from kg.view.phrases import money, when

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = ["EVIDENCE", "SCRIPTS", "anchor", "at", "evidence", "evidence_name", "pictures", "where"]

EVIDENCE = "evidence"
"""The folder that a build writes these pages into."""
SCRIPTS = ("page.js", "evidence.js")
_STYLES = ("page.css", "evidence.css")


def evidence_name(graph: str) -> str:
    """The file name of the evidence page of a source, by the IRI of its graph (without brackets)."""
    return f"{graph.rsplit('/', 1)[-1]}.html"


def anchor(span: Span) -> str:
    """The fragment of a place on the evidence page of its source."""
    return f"s{span.start}-{span.end}"


def at(fact: Mapping[str, Any], folder: str) -> str:
    """The address of a fact's first words on the pages in a folder, or nothing where there is no page of them."""
    spans = fact.get("spans")
    if not folder or not fact.get("graph") or not spans or isinstance(spans, str):
        return ""
    return f"{folder}/{quote(evidence_name(str(fact['graph'])))}#{anchor(Span(*spans[0]))}"


def where(fact: Mapping[str, Any]) -> str:
    """Where a fact was read: the source file and the offsets, as far as they are known."""
    spans = fact.get("spans") or ()
    places = "、".join(f"{span[0]}–{span[1]}" for span in spans) if not isinstance(spans, str) else spans
    return " ".join(part for part in (str(fact.get("source") or ""), places) if part)


def evidence(reading: Reading, base: str = BASE) -> str:
    """The evidence page of a source, as HTML: one file that asks nothing of any network.

    Links lead to the report and the network in the folder above.
    """
    from markupsafe import Markup

    source = reading.source
    facts = list(Names(reading, base).facts.items())
    facts.sort(key=lambda item: item[1].evidence.spans[0])
    gaps = [gap.span for gap in reading.coverage.gaps]
    pages = [(place.start, place.label) for place in source.places if place.kind == "page"]
    contents = list(_contents(reading))
    marks = _Marks(
        [fact for _, fact in facts],
        gaps,
        dict(pages),
        [*(span for _, _, span in contents), *(left.span for left in reading.leftovers if left.span)],
    )
    data = {
        "words": {name: words()[name] for name in ("kinds", "fields", "ui")},
        "facts": [_told(iri, fact) for iri, fact in facts],
        "boxes": [
            [
                box.start,
                box.end,
                box.page,
                *(round(share * 1000, 1) for share in (box.left, box.top, box.right, box.bottom)),
            ]
            for box in source.boxes
        ]
        if source.pictures
        else [],
        "pictures": {
            picture.page: [
                picture.width,
                picture.height,
                f"data:image/{picture.form};base64,{b64encode(picture.data).decode('ascii')}",
            ]
            for picture in source.pictures
        },
        "pages": [[start, label] for start, label in pages],
    }
    script = "\n".join(map(asset, SCRIPTS))
    style = "\n".join([*map(asset, _STYLES), _colours()])
    return render(
        "evidence.html.template",
        policy=Markup(policy(scripts=(script,), styles=(style,))),
        script=Markup(script),
        style=Markup(style),
        data=Markup(json_text(data)),
        title=_title(reading),
        source=source,
        contents=[(title, depth, anchor(span)) for title, depth, span in contents],
        text=Markup("\n").join(_blocks(source.text, marks)),
        pictured=bool(source.pictures),
        missing=len(pages) - len(source.pictures) if source.pictures else 0,
    )


_DATA = re.compile(r'<script id="data" type="application/json">(.*?)</script>', re.DOTALL)


def pictures(page: str) -> tuple[Picture, ...]:
    """The pictures on an evidence page, as the source had them."""
    data = _DATA.search(page)
    found = []
    for label, (width, height, address) in json.loads(data[1] if data else "{}").get("pictures", {}).items():
        form, _, encoded = address.removeprefix("data:image/").partition(";base64,")
        found.append(Picture(label, width, height, form, b64decode(encoded)))
    return tuple(found)


def _title(reading: Reading) -> str:
    """The title of the issue, or of the only document, else the name of the file."""
    issues = [fact for fact in reading.facts if fact.kind == "issue"]
    documents = [fact for fact in reading.facts if isinstance(fact, Document) and not fact.part_of]
    for found in (issues, documents if len(documents) == 1 else []):
        if found:
            said = dict(found[0].values())
            return f"{said['title']} {said.get('number') or ''}".strip()
    return reading.source.name


def _told(iri: str, fact: Fact) -> dict[str, object]:
    """What the script says of a fact."""
    return {
        "kind": fact.kind,
        "doc": visible(fact.doc),
        "said": visible(_said(fact)),
        "fields": {name: visible(_value(value)) for name, value in fact.values()},
        "spans": [[span.start, span.end] for span in fact.evidence.spans],
        "rule": fact.rule,
        "section": visible(fact.section),
        "iri": visible(iri.strip("<>")),
    }


def _said(fact: Fact) -> str:
    """The fact in short: its values, a sum and a time as a reader would say them."""
    fields = dict(fact.values())
    head, formal = {
        "fund": (money(fields), ("amount", "share", "comparator", "per")),
        "deadline": (when(fields), ("on", "start", "end", "every", "within", "after")),
    }.get(fact.kind, ("", ()))
    rest = (_value(value) for name, value in fields.items() if name not in formal)
    return " · ".join(filter(None, (head, *rest)))


def _value(value: object) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case tuple():
            return "、".join(map(str, value))
        case Decimal():
            return f"{value:f}"
    return str(value)


def _contents(reading: Reading) -> Iterator[tuple[str, int, Span]]:
    """The documents and their sections, as they stand: title, depth and place of each."""
    found: list[tuple[int, str, int, Span]] = []
    for fact in reading.facts:
        if isinstance(fact, Document):
            span = fact.evidence.spans[0]
            found.append((span.start, fact.title, 0, span))
    for section in reading.sections:
        title = f"{section.number} {section.heading}".strip()
        found.append((section.span.start, title, 1 + section.path.count("."), section.span))
    for _, title, depth, span in sorted(found):
        yield title, depth, span


def _colours() -> str:
    """A rule a kind of fact: its colour in light and in dark."""
    kinds = words()["kinds"]
    light = "".join(f".k-{kind or 'other'}{{--k:{look['color']}}}" for kind, look in kinds.items())
    dark = "".join(f".k-{kind or 'other'}{{--k:{look['dark']}}}" for kind, look in kinds.items())
    chosen = "".join(
        f':root[data-theme="dark"] .k-{kind or "other"}{{--k:{look["dark"]}}}' for kind, look in kinds.items()
    )
    return f'{light}@media (prefers-color-scheme:dark){{:root:not([data-theme="light"]){{{_nested(dark)}}}}}{chosen}'


def _nested(rules: str) -> str:
    return rules.replace(".k-", "& .k-")


# --- the text ----------------------------------------------------------------------------------------------


class _Marks:
    """What begins and ends where: facts by their numbers, gaps, pages, and the places that have an anchor."""

    def __init__(
        self, facts: Sequence[Fact], gaps: Sequence[Span], pages: Mapping[int, str], others: Iterable[Span]
    ) -> None:
        self.kinds = [fact.kind for fact in facts]
        self.lengths = [sum(span.end - span.start for span in fact.evidence.spans) for fact in facts]
        self.pages = pages
        self._opens: dict[int, list[int]] = defaultdict(list)
        self._closes: dict[int, list[int]] = defaultdict(list)
        self._gaps: dict[int, int] = defaultdict(int)
        self.anchors: dict[int, list[str]] = defaultdict(list)
        placed = [span for fact in facts for span in fact.evidence.spans]
        for number, fact in enumerate(facts):
            for span in fact.evidence.spans:
                self._opens[span.start].append(number)
                self._closes[span.end].append(number)
        for span in gaps:
            self._gaps[span.start] += 1
            self._gaps[span.end] -= 1
        for span in sorted({*placed, *gaps, *others}):
            self.anchors[span.start].append(anchor(span))
        self.cuts = sorted({*self._opens, *self._closes, *self._gaps, *self.anchors, *pages})
        self.open: list[int] = []
        self.gap = 0

    def pass_by(self, at: int) -> None:
        """Take account of what begins and ends at a place; places come in their order."""
        for number in self._closes.get(at, ()):
            self.open.remove(number)
        self.open.extend(self._opens.get(at, ()))
        self.gap += self._gaps.get(at, 0)


_HEADING = re.compile(r"(#{1,6})\s+")
_RULE = re.compile(r"\|?[\s:|\-—–－：]+\|?")


def _blocks(text: str, marks: _Marks) -> Iterator[Markup]:
    """The lines of the text as paragraphs, headings and tables, every character of it once."""
    from markupsafe import Markup

    pen = _Pen(text, marks)
    start, rows = 0, []
    for line in text.split("\n"):
        end = start + len(line)
        if line.lstrip().startswith("|") and line.count("|") > 1:
            rows.append((start, end))
        else:
            if rows:
                yield _table(text, rows, pen)
                rows = []
            if line.strip():
                yield _paragraph(line, start, end, pen)
        start = end + 1
    if rows:
        yield _table(text, rows, pen)
    yield Markup("")


def _paragraph(line: str, start: int, end: int, pen: _Pen) -> Markup:
    from markupsafe import Markup

    pen.skip(start)
    heading = _HEADING.match(line)
    if heading:
        hidden = pen.upto(start + heading.end())
        return Markup('<p class="h h{}"><span class="sign">{}</span>{}</p>').format(
            len(heading[1]), hidden, pen.upto(end)
        )
    return Markup("<p>{}</p>").format(pen.upto(end))


def _table(text: str, rows: Sequence[tuple[int, int]], pen: _Pen) -> Markup:
    """Rows of strokes and cells as a table; the line between its head and its body is left out."""
    from markupsafe import Markup

    made = []
    for start, end in rows:
        line = text[start:end]
        if _RULE.fullmatch(line):
            continue
        cells, at = [], start
        for stroke in [i for i, char in enumerate(line) if char == "|"][1:] or [len(line)]:
            pen.skip(at + (text[at : at + 1] == "|"))
            cells.append(Markup("<td>{}</td>").format(pen.upto(start + stroke)))
            at = start + stroke
        if line[at - start + 1 :].strip():
            pen.skip(at + 1)
            cells.append(Markup("<td>{}</td>").format(pen.upto(end)))
        made.append(Markup("<tr>{}</tr>").format(Markup("").join(cells)))
    return Markup(
        '<div class="wide" tabindex="0" role="region" aria-label="{}"><table><tbody>{}</tbody></table></div>'
    ).format("表格 table", Markup("\n").join(made))


class _Pen:
    """Writes the text from where it stopped, cut wherever something begins or ends."""

    def __init__(self, text: str, marks: _Marks) -> None:
        self._text, self._marks = text, marks
        self._at = 0
        self._next = 0

    def skip(self, to: int) -> None:
        """Go on at a place, what lies before left unwritten; its anchors stay, on the next that is written."""
        self._at = max(self._at, to)

    def upto(self, end: int) -> Markup:
        """The text up to a place, as HTML."""
        from markupsafe import Markup

        made: list[str] = []
        cuts = self._marks.cuts
        while self._at < end or (self._next < len(cuts) and cuts[self._next] <= self._at):
            while self._next < len(cuts) and cuts[self._next] <= self._at:
                place = cuts[self._next]
                self._marks.pass_by(place)
                made.extend(self._here(place))
                self._next += 1
            if self._at >= end:
                break
            stop = min(end, cuts[self._next]) if self._next < len(cuts) else end
            made.append(self._piece(self._at, stop))
            self._at = stop
        return Markup("".join(made))  # all of it is escaped below

    def _here(self, place: int) -> Iterator[str]:
        from markupsafe import escape

        if place in self._marks.pages:
            page = escape(self._marks.pages[place])
            yield f'<span class="page" id="p{page}" data-page="{page}">第 {page} 页 p. {page}</span>'
        for name in self._marks.anchors.get(place, ()):
            yield f'<a id="{name}"></a>'

    def _piece(self, start: int, end: int) -> str:
        from markupsafe import escape

        marks, said = self._marks, escape(visible(self._text[start:end]))
        if marks.open:
            facts = sorted(set(marks.open), key=lambda number: (marks.lengths[number], number))
            kinds = list(dict.fromkeys(marks.kinds[number] for number in facts))
            more = " also" if len(kinds) > 1 else ""
            numbers = " ".join(map(str, facts))
            return (
                f'<span class="q k-{kinds[0]}{more}" data-f="{numbers}" data-s="{start}" data-e="{end}">{said}</span>'
            )
        if marks.gap:
            return f'<u class="gap" data-s="{start}" data-e="{end}">{said}</u>'
        return str(said)
