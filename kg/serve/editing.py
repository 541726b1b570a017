"""The pages with which a user overrules the program: forms that need no script, and the text to choose a sentence from."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote as quoted
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.errors import KgError
from kg.identity import CHOICES, Judgement, fields_of
from kg.model import ADDABLE, Source, Span
from kg.query.gold import located
from kg.rdf import source_graph
from kg.rdf.vocabulary import FIELDS, ROLE_KINDS, Form
from kg.serve.html import html
from kg.serve.jobs import Answered, Served
from kg.serve.protocol import Refused, named_node
from kg.serve.things import base_of
from kg.view.inline import words

if TYPE_CHECKING:  # what understands texts takes long to load: only the pages that do so wait for it
    from kg.anatomy import Anatomy
    from kg.extract.additions import Places
    from kg.text import Text

__all__ = ["EDIT_JOBS"]

_VERBS: Mapping[str, tuple[str, str]] = {
    "same": ("同一", "the same"),
    "not-same": ("不同", "not the same"),
    "name": ("定名", "a name"),
    "wrong": ("有误", "wrong"),
    "fact": ("补充", "added"),
}
_SENTENCE = re.compile(r"[^。；！？]*[。；！？]?[”’」』）]?")
_SPANS = re.compile(r"\d{1,9}-\d{1,9}(?: \d{1,9}-\d{1,9}){0,40}", re.ASCII)
_HINTS: Mapping[str, str] = {
    "every": "FREQ=MONTHLY;BYMONTHDAY=25",
    "within": "P20D, P20BD",
    "amount": "500000",
    "share": "0.8",
    "value": "95",
    "action": "任, 免",
}
_MOST_READ = 60
"""Facts of one place that are shown."""
_NAMES = """
SELECT DISTINCT ?label WHERE {
  GRAPH $graph { ?thing skos:prefLabel|skos:altLabel ?label ; a ?class }
  VALUES ?class { gz:Agency gz:AgencyGroup gz:CoordinatingBody gz:Official gz:OfficeHolder }
} ORDER BY ?label LIMIT 600
"""
_PRINTED = """
SELECT ?graph ?spans WHERE { GRAPH ?graph { $thing a gz:Statement ; gz:evidenceSpans ?spans } } ORDER BY ?graph LIMIT 1
"""
_LABEL = "SELECT ?label WHERE { $thing skos:prefLabel|gz:title ?label } ORDER BY ?label LIMIT 1"

Fields = Mapping[str, str]
Trouble = Sequence[str]
"""What went wrong, in Chinese (may be empty) and in English; both empty where nothing did."""


def judgements(served: Served, fields: Fields, language: str, token: str, trouble: Trouble) -> Answered:
    """What was judged, each with what takes it back, and the ways to judge."""
    entries: tuple[Judgement, ...] = ()
    base = base_of(served.graph.store)
    unread = list(trouble)
    try:
        entries = served.graph.judgements(served.judgements)
    except KgError as error:  # written by hand, and not as it must be
        unread = [error.zh, str(error)]
    return _page(
        served,
        "edit.html",
        language,
        "/edit",
        fields,
        status=422 if any(trouble) else 200,
        token=token,
        trouble=unread,
        entries=[(number, entry, _told(entry, base), json.dumps(entry.told(), ensure_ascii=False)) for number, entry in enumerate(entries, 1)],
        waiting=served.graph.waiting,
        sources=[(summary.sha256[:16], summary.name) for summary in served.graph.sources],
        done=fields.get("done", ""),
        undone=fields.get("undone", ""),
    )  # fmt: skip


class _About(NamedTuple):
    """What an entry is about."""

    label: str
    more: str = ""
    iri: str = ""
    """Of the page that it has; may be empty."""


def _told(entry: Judgement, base: str) -> list[_About]:
    if entry.verb == "fact":
        return [_About(" · ".join(value for _, value in entry.fact), f"{entry.source}：{entry.quote}")]
    labels = entry.was.split("；")
    known = labels if entry.was and len(labels) == len(entry.things) else entry.things
    things = []
    for thing, label in zip(entry.things, known, strict=True):
        key = thing.partition(" @ ")[0]
        # What is called wrong is said no more, and has no page.
        iri = "" if entry.verb == "wrong" else key if key.startswith(base) else f"{base}{key}" if "/" in key else ""
        things.append(_About(label, thing if label != thing else "", iri))
    return [*things, *([_About(entry.name)] if entry.name else [])]


def judging(served: Served, verb: str, fields: Fields, language: str, token: str, trouble: Trouble) -> Answered:
    """A form for one judgement, filled in as far as is known."""
    if verb == "fact":
        return _missing(served, fields, language, token, trouble)
    store = served.graph.store
    thing = fields.get("thing", "")
    label, found = thing, None
    try:
        node = ox.NamedNode(thing if thing.startswith(("http:", "https:")) else base_of(store) + thing)
        label = next((row["label"].value for row in store.select(_LABEL, {"thing": node})), thing)
        if verb == "wrong" and thing:
            found = next((_in_words(graph, fact, language) for graph, fact in located(store, [node.value])), None)
    except ValueError:
        pass  # a name, or nothing that could be an IRI
    return _page(
        served,
        "edit_judge.html",
        language,
        f"/edit/{verb}",
        fields,
        status=422 if any(trouble) else 200,
        token=token,
        trouble=trouble,
        verb=verb,
        label=label,
        fact=found,
        like=_like(served, label) if verb in ("same", "not-same") and thing else [],
    )


def _like(served: Served, label: str) -> list[tuple[str, str]]:
    """Things that are called something like it: IRI without the base, and name."""
    base = base_of(served.graph.store)
    try:
        hits = served.graph.search(label, limit=20)
    except KgError:
        return []
    return [(hit.iri.removeprefix(base), hit.text) for hit in hits]


class _Fact(NamedTuple):
    """A fact in the words of its reader."""

    iri: str
    kind: str
    values: list[tuple[str, str]]
    quote: str
    doc: str
    form: dict[str, str]
    """What fills in the form of a fact with its kind, place and fields; empty where such a fact cannot be added."""


def _in_words(graph: str, fact: Mapping[str, Any], language: str) -> _Fact:
    kind = str(fact["kind"])
    values = [(_called(kind, name, language), str(fact[name])) for name in FIELDS[kind] if name in fact]
    spans = " ".join(f"{start}-{end}" for start, end in fact["spans"])
    form = {"source": graph.rpartition("/")[2], "at": spans, "kind": kind}
    form |= {f"field.{name}": str(fact[name]) for name in FIELDS[kind] if name in fact}
    return _Fact(
        str(fact["fact"]),
        words()["kinds"][kind][language],
        values,
        str(fact["quote"]),
        str(fact["doc"]),
        form if kind in ADDABLE else {},
    )


def _called(kind: str, field: str, language: str) -> str:
    known = words()["fields"]
    return str((known.get(f"{kind}.{field}") or known.get(field) or {language: field})[language])


# --- a fact that is missing ----------------------------------------------------------------------------------


class _Input(NamedTuple):
    """A field of a form."""

    name: str
    label: str
    must: bool
    value: str
    choices: tuple[str, ...]
    names: str
    """Which list its values may be taken from; may be empty."""
    hint: str


def _missing(served: Served, fields: Fields, language: str, token: str, trouble: Trouble) -> Answered:
    from kg.anatomy import parse
    from kg.extract.additions import Places

    sha = fields.get("source", "")
    source = _source(served, sha)
    sha = source.sha256[:16]
    anatomy = parse(source)
    places = Places(anatomy)
    quote, nth, found = _chosen(source, places, fields)
    here = found[nth - 1] if 0 < nth <= len(found) else None
    doc, section = places.part(here.origin[0]) if here else ("", "")
    kind = fields.get("kind", "") if fields.get("kind") in ADDABLE else "duty"
    store = served.graph.store
    graph = source_graph(source.sha256, base_of(store))
    names = [row["label"].value for row in store.select(_NAMES, {"graph": ox.NamedNode(graph)}, merge=False)]
    read = _read(served, graph, here) if here else []
    return _page(
        served,
        "edit_fact.html",
        language,
        "/edit/fact",
        fields,
        {
            "source": sha,
            "quote": quote,
            "nth": fields.get("nth", ""),
            "kind": kind,
            "back": _local(fields.get("back", "")),
        },
        status=422 if any(trouble) else 200,
        token=token,
        trouble=trouble,
        source=(sha, source.name),
        quote=quote,
        nth=nth if len(found) > 1 else 0,
        times=len(found),
        doc=doc,
        section=section,
        start=here.origin[0] if here else 0,
        kind=kind,
        kinds=[(name, words()["kinds"][name][language]) for name in ADDABLE],
        inputs=list(_inputs(kind, fields, language)),
        names=names,
        roles=list(ROLE_KINDS),
        read=[_in_words(graph, fact, language) for fact in read],
    )


def _source(served: Served, sha: str) -> Source:
    try:
        return served.graph.source(sha)
    except KgError as error:
        raise Refused(404, f"{error.zh} {error}".strip()) from error


def _chosen(source: Source, places: Places, fields: Fields) -> tuple[str, int, list[Text]]:
    """The words that are meant, which of the places with them, and all these."""
    at = fields.get("at", "")
    quote = "".join(fields.get("quote", "").split())
    near = int(fields["near"]) if re.fullmatch(r"\d{1,9}", fields.get("near", ""), re.ASCII) else -1
    if _SPANS.fullmatch(at):
        ends = [(int(start), int(end)) for start, end in (span.split("-") for span in at.split())]
        spans = tuple(Span(start, end) for start, end in ends if start < end <= len(source.text))
        quote, near = "".join(source.at(spans).split()), min((span.start for span in spans), default=-1)
    found = places.found(quote) if quote else []
    if re.fullmatch(r"[1-9]\d{0,5}", fields.get("nth", ""), re.ASCII):
        return quote, int(fields["nth"]), found
    later = (number for number, text in enumerate(found, 1) if text.origin[0] >= near >= 0)
    return quote, next(later, 1 if len(found) == 1 else 0), found


def _inputs(kind: str, fields: Fields, language: str) -> Iterator[_Input]:
    for name, must in fields_of(kind).items():
        field = FIELDS[kind][name]
        yield _Input(
            name,
            _called(kind, name, language),
            must,
            fields.get(f"field.{name}", ""),
            CHOICES.get(name, ()),
            "names" if field.thing else "roles" if name == "role" else "",
            _HINTS.get(name, "2021-06-30" if field.form is Form.DATE else ""),
        )


def _read(served: Served, graph: str, here: Text) -> list[Mapping[str, Any]]:
    """The facts that were read from a place already."""
    spans = here.spans()
    store = served.graph.store
    query = "SELECT ?fact ?spans WHERE { GRAPH $graph { ?fact a gz:Statement ; gz:evidenceSpans ?spans } }"
    near = [
        row["fact"].value
        for row in store.select(query, {"graph": ox.NamedNode(graph)}, merge=False)
        if any(
            int(start) < span.end and span.start < int(end)
            for start, end in (each.split("-") for each in row["spans"].value.split())
            for span in spans
        )
    ]
    found: list[Mapping[str, Any]] = [fact for place, fact in located(store, near) if place == graph] if near else []
    return found[:_MOST_READ]


# --- the text ------------------------------------------------------------------------------------------------


def sentences(served: Served, sha: str, fields: Fields, language: str, token: str, trouble: Trouble) -> Answered:
    """The text of a source, each sentence with the way to say what it says."""
    from kg.anatomy import parse

    source = _source(served, sha)
    return _page(
        served,
        "edit_source.html",
        language,
        f"/edit/source/{quoted(sha)}",
        fields,
        sha=source.sha256[:16],
        name=source.name,
        paragraphs=list(_paragraphs(parse(source))),
    )


def _paragraphs(anatomy: Anatomy) -> Iterator[tuple[str, list[tuple[int, str, str]]]]:
    """The paragraphs in the order of the text, each as its document and its sentences: place, spans and words as printed."""
    from kg.check.stretches import prose, unplaced

    stretches = [stretch for stretch in (*prose(anatomy), *unplaced(anatomy)) if stretch.text.chars]
    for stretch in sorted(stretches, key=lambda stretch: stretch.text.origin[0]):
        text, found = stretch.text, []
        for match in _SENTENCE.finditer(text.chars):
            if match[0].strip():
                piece = text[match.start() : match.end()].strip()
                printed = "".join(anatomy.source.text[place] for place in piece.origin)
                found.append((piece.origin[0], " ".join(map(str, piece.spans())), printed))
        yield stretch.doc, found


def sentences_of(served: Served, fields: Fields, language: str, token: str, trouble: Trouble) -> Answered:
    """To the text of the source that prints a document, or that a fact was read in."""
    node = named_node(fields.get("thing", ""), "thing")
    for row in served.graph.store.select(_PRINTED, {"thing": node}, merge=False):
        sha, start = row["graph"].value.rpartition("/")[2], row["spans"].value.partition("-")[0]
        address = f"/edit/source/{sha}?{urlencode({'back': _local(fields.get('back', '')), 'lang': language})}#s{start}"
        return Answered("text/plain; charset=utf-8", lambda body: body.write(b""), 303, {"Location": address})
    raise Refused(404, f"no source here prints <{node.value}>")


def _page(
    served: Served,
    template: str,
    language: str,
    here: str,
    fields: Fields,
    twin: Fields | None = None,
    *,
    status: int = 200,
    **values: object,
) -> Answered:
    """A page; ``twin`` are the fields in the address of that in the other language, where not all."""
    back = _local(fields.get("back", ""))
    known = {"back": back, "verbs": _VERBS, "given": fields}
    return html(served, template, language, here, fields if twin is None else twin, status, **known, **values)


def _local(address: str) -> str:
    """An address of this server to go back to; nothing for any other."""
    return address if re.fullmatch(r"/(?![/\\])[^\s\\]{0,2000}", address) else ""


EDIT_JOBS: Mapping[str, Callable[..., Answered]] = {
    "judgements": judgements, "judging": judging, "sentences": sentences, "sentences_of": sentences_of,
}  # fmt: skip
"""By the name that the server asks for them."""
