"""The pages for people, in Chinese and in English."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from urllib.parse import quote

from kg.errors import KgError
from kg.query import find, named
from kg.query.question import Question
from kg.query.results import HEADINGS, Rows, csv
from kg.query.results import json as as_json
from kg.rdf import NS, PREFIXES
from kg.rdf.ontology import labels
from kg.serve.html import html
from kg.serve.jobs import Answered, Body, Served, triples
from kg.serve.negotiation import GRAPHS, PAGES, SOLUTIONS, Form, chosen
from kg.serve.negotiation import named as form_named
from kg.serve.portrait import groups, portrait
from kg.serve.protocol import Refused, named_node
from kg.serve.things import base_of, called, described, terms, thing
from kg.store import bound

__all__ = ["PAGE_JOBS"]

_HITS = 50
_DOCUMENTS = """
SELECT DISTINCT ?document ?number ?title ?date WHERE {
  ?document a gz:OfficialDocument, gz:Statement ; gz:title ?title .
  OPTIONAL { ?document gz:number ?number } OPTIONAL { ?document gz:dateOfDocument ?date }
}
ORDER BY DESC(STR(?date)) ?number ?title LIMIT 500
"""
_TABLES = (*PAGES, *(form for form in SOLUTIONS if form.name in ("csv", "json")))


def home(served: Served, fields: Mapping[str, str], accept: str, language: str) -> Answered:
    """What the graph holds, and the ways into it."""
    documents = [
        (
            row["document"].value,
            row["number"].value if row["number"] else "",
            row["title"].value,
            row["date"].value if row["date"] else "",
        )
        for row in served.graph.store.select(_DOCUMENTS)
    ]
    # A triple stands in the default graph once; to look at every class beside it would take ten times as long.
    counted = "SELECT ?class (COUNT(?s) AS ?n) WHERE { ?s a ?class } GROUP BY ?class ORDER BY DESC(?n) ?class"
    counts = [
        (cls, number)
        for cls, number in served.graph.store.rows(counted)
        if cls.startswith(NS) and cls != NS + "Statement"
    ]
    return html(served, "home.html", language, "/", fields, documents=documents, counts=counts)


def search(served: Served, fields: Mapping[str, str], accept: str, language: str) -> Answered:
    """What is found by words."""
    words, kind = fields.get("q", "").strip(), fields.get("class", "")
    hits, trouble = [], ""
    if words:
        try:
            hits = served.graph.search(words, limit=_HITS, kinds=[one for one in kind.split(",") if one])
        except KgError as error:
            trouble = str(error)
    if _wanted(accept, fields, (*PAGES, SOLUTIONS[0])).name == "json":
        said = [
            {"iri": hit.iri, "class": NS + hit.kind, "text": hit.text, "start": hit.start, "end": hit.end, "exact": hit.exact, "document": hit.document}
            for hit in hits
        ]  # fmt: skip
        return _data(json.dumps(said, ensure_ascii=False), "application/json")
    kinds = sorted({hit.kind for hit in hits}, key=lambda local: called(NS + local, language))
    return html(
        served, "search.html", language, "/search", fields, words=words, kind=kind, kinds=kinds, hits=hits, ns=NS, trouble=trouble
    )  # fmt: skip


def questions(served: Served, fields: Mapping[str, str], accept: str, language: str) -> Answered:
    """The named questions; as JSON with their text, each parameter with its default in it."""
    if _wanted(accept, fields, (*PAGES, SOLUTIONS[0])).name == "json":
        said = [{"name": q.name, "zh": q.title_zh, "en": q.title_en, "query": _filled(q)} for q in named()]
        return _data(json.dumps(said, ensure_ascii=False), "application/json")
    return html(served, "questions.html", language, "/questions", fields, questions=named())


def _filled(question: Question) -> str:
    given = {p.name: p.value(p.default or "") for p in question.parameters if p.type != "words"}
    return bound(question.text, given)


def question(served: Served, name: str, fields: Mapping[str, str], accept: str, language: str) -> Answered:
    """The answer to a named question, as a page, CSV or JSON."""
    try:
        asked = find(name)
    except KgError as error:
        raise Refused(404, str(error)) from error
    own = {parameter.name for parameter in asked.parameters}
    given = {key: value for key, value in fields.items() if key in own}
    rows, trouble = Rows((), ()), ""
    try:
        rows = Rows.of(served.graph.answer(name, **given))
    except KgError as error:
        trouble = str(error)
    match _wanted(accept, fields, _TABLES).name:
        case "html":
            return html(
                served, "question.html", language, f"/questions/{name}", fields, 400 if trouble else 200,
                question=asked, given={p.name: given.get(p.name, p.default or "") for p in asked.parameters},
                rows=list(rows.rows[: served.limits.rows]), columns=rows.columns, heads=HEADINGS, trouble=trouble,
            )  # fmt: skip
        case _ if trouble:
            raise Refused(400, trouble)
        case "csv":
            return _data(csv(rows), "text/csv; charset=utf-8")
    return _data(as_json(rows), "application/json")


def one(served: Served, fields: Mapping[str, str], accept: str, language: str, path: str = "") -> Answered:
    """What is said of one thing: a page, or its triples."""
    store = served.graph.store
    iri = base_of(store) + path if path else fields.get("iri", "")
    form = _wanted(accept, fields, (*PAGES, *GRAPHS))
    named_node(iri)
    found = thing(store, iri)
    if found is None and iri.startswith(NS):
        store = terms()
        found = thing(store, iri)
    if found is None:
        raise Refused(404, f"nothing is said of <{iri}> here")
    if form not in PAGES:
        return triples(served, described(store, iri), form)
    return html(
        served,
        "thing.html",
        language,
        f"/id/{quote(path)}" if path else "/describe",
        fields,
        thing=found,
        groups=groups(found),
        portrait=portrait(store, iri, language),
        ns=NS,
        iri=iri,
    )


def editor(served: Served, language: str) -> Answered:
    """Where a query is written."""
    terms = [
        {"iri": iri, "name": f"gz:{iri.removeprefix(NS)}", "zh": said.get("zh", ""), "en": said.get("en", "")}
        for iri, said in sorted(labels().items())
        if iri.startswith(NS) and iri != NS
    ]
    return html(
        served,
        "editor.html",
        language,
        "/sparql",
        {},
        prefixes=dict(PREFIXES),
        terms=terms,
        base=base_of(served.graph.store),
    )


def _wanted(accept: str, fields: Mapping[str, str], forms: tuple[Form, ...]) -> Form:
    if name := fields.get("format", ""):
        if not (form := form_named(name, forms)):
            raise Refused(406, f"format must be one of {', '.join(f.name for f in forms)}, got {name!r}")
        return form
    return chosen(accept, forms) or forms[0]


def _data(text: str, media: str) -> Answered:
    def write(body: Body) -> None:
        body.write(text.encode("utf-8", "replace"))

    return Answered(media, write, headers={"Vary": "Accept"})


PAGE_JOBS: Mapping[str, Callable[..., Answered]] = {
    "home": home, "search": search, "questions": questions, "question": question, "thing": one, "editor": editor,
}  # fmt: skip
"""By the name that the server asks for them."""
