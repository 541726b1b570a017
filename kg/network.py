"""A store becomes a network: parties and documents are nodes, statements are edges or nodes of their own.

A statement that ties two parties is an edge; money, deadlines, targets and contact points are things a reader looks
for, so they are nodes with edges to those they concern. Where the source's words name nothing that is known, the
words themselves are a node of type ``Name``: no statement is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import networkx

from kg.model import EntityType
from kg.query.gold import located
from kg.rdf import NS
from kg.rdf.terms import segment
from kg.rdf.vocabulary import CLASSES, FIELDS, THINGS
from kg.store import Store, among

__all__ = ["AS_NODES", "LINKS", "STATEMENTS", "TIED", "TIES", "cut", "link_to", "network", "network_of"]

_ENTITIES = """
SELECT ?source ?node ?class ?label ?other WHERE {
  GRAPH ?source { ?node skos:prefLabel ?label ; a ?class . OPTIONAL { ?node skos:altLabel ?other } }
}"""
_SECTIONS = """
SELECT ?source ?node ?number ?heading ?above ?in WHERE {
  GRAPH ?source {
    ?node a gz:Section ; gz:sectionNumber ?number ; gz:heading ?heading .
    OPTIONAL { ?node gz:partOf ?above } OPTIONAL { ?node gz:inDocument ?in }
  }
}"""
LINKS = tuple(f"gz:{link}" for link in (*THINGS, "cited", "inDocument", "inSection"))
"""The properties by which a fact points to what it ties."""
TIED = f"FILTER(?link IN ({', '.join(LINKS)}))"
"""That ``?link`` is one of these. Of some facts or things it is held against what they have; as VALUES each of these
properties would be gone through, for every fact of the store."""
_LINKS = f"""
SELECT ?source ?fact ?link ?thing WHERE {{
  VALUES ?link {{ {" ".join(LINKS)} }}
  GRAPH ?source {{ ?fact a gz:Statement ; ?link ?thing }}
}}"""
_LINKS_OF = f"""
SELECT ?source ?fact ?link ?thing WHERE {{
  GRAPH ?source {{ ?fact a gz:Statement ; ?link ?thing }} {TIED}
}}"""

_TYPES = frozenset(entity.value for entity in EntityType)
AS_NODES = frozenset({"fund", "deadline", "target", "contact"})
"""The kinds of facts that are nodes."""
STATEMENTS = frozenset(CLASSES[kind] for kind in AS_NODES)
"""The classes of these."""
_RHYTHMS = {"FREQ=DAILY": "每天", "FREQ=WEEKLY": "每周", "FREQ=MONTHLY": "每月", "FREQ=YEARLY": "每年"}
_SIGNS = {"=": "", ">=": "≥", "<=": "≤", "<": "<", ">": ">", "~": "约"}
_LONGEST = 24
"""Characters of a node's label."""


class Tie(NamedTuple):
    """An edge of a kind of fact: from one end to the other, and what it is called."""

    tail: str
    """A field; or ``doc``, ``place`` (the section, else the document), ``self`` (the statement's own node)."""
    head: str
    label: str
    """Words, or the name of a field in braces and what to say without it: ``{role|负责}``."""


TIES: Mapping[str, tuple[Tie, ...]] = {
    "issue": (
        Tie("supervisor", "self", "主管"),
        Tie("sponsor", "self", "主办"),
        Tie("publisher", "self", "编辑出版"),
    ),
    "document": (
        Tie("issuer", "self", "发文"),
        Tie("self", "addressees", "主送"),
        Tie("self", "part_of", "附于"),
    ),
    "post": (Tie("person", "org", "{title|任职}"),),
    "appointment": (Tie("person", "org", "{action}{title|职}"),),
    "member": (Tie("member", "group", "{role|成员}"),),
    "seat": (Tie("group", "org", "办公室设在"),),
    "stand_in": (Tie("a", "b", "AB角"),),
    "duty": (Tie("agent", "place", "{role|负责}"),),
    "norm": (Tie("agent", "place", "{modality}"),),
    "contact": (Tie("person", "self", "联系人"), Tie("org", "self", "联系方式"), Tie("self", "place", "见于")),
    "fund": (Tie("payer", "self", "出资"), Tie("self", "payee", "拨付"), Tie("self", "place", "见于")),
    "deadline": (Tie("agent", "self", "限期"), Tie("self", "place", "见于")),
    "target": (Tie("agent", "self", "目标"), Tie("self", "place", "见于")),
    "cites": (Tie("doc", "cited", "{relation|引用}"),),
    "event": (Tie("agent", "patient", "{type}"),),
    "part": (Tie("org", "of", "隶属"),),
}
"""Kind of fact → its edges."""


def link_to(kind: str, end: str) -> str:
    """The property by which a fact of a kind points to an end of an edge; empty where the fact is that end itself."""
    match end:
        case "self":
            return ""
        case "doc" | "place":
            return "inDocument"
        case "cited":
            return "cited"
    return FIELDS[kind][end].thing or ""


def network(store: Store, found: Iterable[Mapping[str, Any]] | None = None) -> networkx.MultiDiGraph:
    """The network of everything in a store; ``found`` are its facts in full, where somebody has them already.

    Nodes are IRIs as strings, with ``label``, ``type``, ``names`` (other names) and ``docs`` (the keys of the
    documents that speak of it); a statement that is a node has besides what an edge has. The keys of edges are the
    IRIs of facts, with ``#2`` … for a fact's further edges; edges have ``kind``, ``label``, ``doc``, ``quote``,
    ``fields``, ``source``, ``graph`` (the IRI of the source), ``spans`` and ``rule``. The same store gives the same order.
    """
    return _Network(store, _all(store) if found is None else found).graph


def network_of(store: Store, facts: Iterable[str]) -> networkx.MultiDiGraph:
    """The network of some facts, by their IRIs: what they tie, with the names of all these, and nothing else."""
    only = frozenset(facts)
    return _Network(store, _all(store, only), only).graph


def _all(store: Store, only: Iterable[str] | None = None) -> Iterator[dict[str, Any]]:
    """The facts in full, each with the IRI of its source as ``graph``."""
    for graph, fact in located(store, only):
        yield {**fact, "graph": graph}


class _Network:
    def __init__(self, store: Store, found: Iterable[Mapping[str, Any]], only: frozenset[str] | None = None) -> None:
        self.graph = networkx.MultiDiGraph()
        self.docs: dict[str, set[str]] = defaultdict(set)
        self.links = _links(store, only)
        tied = {thing for said in self.links.values() for things in said.values() for thing in things}
        self.sections = _sections(store, only and tied)
        above = {whole for _, whole in self.sections.values()}
        self.known: dict[str, dict[str, Any]] = _entities(store, only and {*only, *tied, *above})
        for fact in found:
            self._add(fact)
        for node, docs in self.docs.items():
            self.graph.nodes[node]["docs"] = tuple(sorted(docs))

    def _add(self, fact: Mapping[str, Any]) -> None:
        kind = fact["kind"]
        data = _data(fact)
        itself = kind in AS_NODES
        if kind in ("document", "issue"):  # one that has no name of its own is called by its title
            self.known.setdefault(fact["fact"], {"label": fact["title"], "type": CLASSES[kind], "names": ()})
        ties = list(self._ties(fact))
        if kind == "event" and not (fact.get("agent") or fact.get("patient")):
            itself, ties = True, [(tail, place, label) for _, place, label in ties for tail in [fact["fact"]]]
        if itself:
            label = cut(_label(fact))
            self.graph.add_node(fact["fact"], **{**data, "label": label, "type": CLASSES[kind], "names": ()})
            self.docs[fact["fact"]].add(fact["doc"])
        for number, (tail, head, label) in enumerate(ties, start=1):
            for node in (tail, head):
                self._node(node, fact["doc"])
            key = fact["fact"] if number == 1 else f"{fact['fact']}#{number}"
            self.graph.add_edge(tail, head, key=key, **data, label=label)
        if kind in ("document", "issue"):
            self._node(fact["fact"], fact["doc"])
            self.graph.nodes[fact["fact"]].update(data)

    def _ties(self, fact: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
        for tie in TIES[fact["kind"]]:
            label = _say(tie.label, fact)
            for tail in self._ends(fact, tie.tail):
                for head in self._ends(fact, tie.head):
                    yield tail, head, label

    def _ends(self, fact: Mapping[str, Any], end: str) -> list[str]:
        """The nodes at one end of an edge; none where the fact is silent on a field that an own node may lack."""
        links = self.links.get(fact["fact"], {})
        match end:
            case "self":
                return [fact["fact"]]
            case "place" if links.get("inSection"):
                return links["inSection"][:1]
            case "doc" | "place":
                return links["inDocument"][:1] if links.get("inDocument") else [self._name(fact["doc"])]
            case "cited":
                return (
                    links["cited"][:1]
                    if links.get("cited")
                    else [self._name(fact.get("title") or fact.get("number") or fact["doc"])]
                )
        words = fact.get(end)
        if not words:
            silent = any("self" in (tie.tail, tie.head) for tie in TIES[fact["kind"]])
            return [] if silent else self._ends(fact, "doc")
        things = links.get(FIELDS[fact["kind"]][end].thing or "", [])
        if isinstance(words, str):
            return things[:1] or [self._name(words)]
        unknown = [item for item in words if not any(item in self._called(thing) for thing in things)]
        return [*things, *(self._name(item) for item in unknown[: max(0, len(words) - len(things))])]

    def _called(self, node: str) -> tuple[str, ...]:
        known = self.known.get(node, {})
        return (known.get("label", ""), *known.get("names", ()))

    def _name(self, words: str) -> str:
        """A node for words that name nothing known."""
        node = f"urn:gongbao:name:{segment(words)}"
        self.known.setdefault(node, {"label": words, "type": "Name", "names": ()})
        return node

    def _node(self, node: str, doc: str) -> None:
        self.docs[node].add(doc)
        if node in self.graph and self.graph.nodes[node].get("type"):
            return
        if section := self.sections.get(node):
            label, above = section
            self.graph.add_node(node, label=label, type="Section", names=())
            if above:
                self._node(above, doc)
                self.graph.add_edge(
                    node,
                    above,
                    key=node,
                    kind="section",
                    label="属于",
                    doc=doc,
                    quote="",
                    fields={},
                    source="",
                    graph="",
                    spans="",
                )
            return
        self.graph.add_node(node, **self.known.get(node, {"label": node, "type": "Name", "names": ()}))


def _entities(store: Store, only: Iterable[str] | None) -> dict[str, dict[str, Any]]:
    known: dict[str, dict[str, Any]] = {}
    names: dict[str, set[str]] = defaultdict(set)
    entities = _rows(store, _ENTITIES, "node", only)
    rows = ((store.canonical.of(source, node), *rest) for source, node, *rest in entities)
    for node, kind, label, other in sorted(rows):
        local = kind.removeprefix(NS)
        if local in _TYPES:
            known.setdefault(node, {"label": label, "type": local})
            # A second label, from another source, is another name.
            names[node].update(name for name in (label, other) if name)
    for node, preferred in store.canonical.names.items():
        if node in known:
            known[node]["label"] = preferred.value
    for node, data in known.items():
        data["names"] = tuple(sorted(names[node] - {data["label"]}))
    return known


def _sections(store: Store, only: Iterable[str] | None) -> dict[str, tuple[str, str]]:
    """The sections, or some and those they are parts of: what each is called, and what it is a part of."""
    found: dict[str, tuple[str, str]] = {}
    while True:
        rows = sorted(_rows(store, _SECTIONS, "node", only), reverse=True)
        found |= {
            node: (cut(f"{number} {heading}".strip()), store.canonical.of(source, above or document))
            for source, node, number, heading, above, document in rows
        }
        only = None if only is None else {row[4] for row in rows} - found.keys() - {""}
        if not only:
            return found


def _links(store: Store, only: Iterable[str] | None) -> dict[str, dict[str, list[str]]]:
    links: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    of = store.canonical.of
    links_ = _rows(store, _LINKS if only is None else _LINKS_OF, "fact", only)
    rows = ((of(source, fact), link, of(source, thing)) for source, fact, link, thing in links_)
    for fact, link, thing in sorted(set(rows)):
        links[fact][link.removeprefix(NS)].append(thing)
    return links


def _rows(store: Store, sparql: str, variable: str, only: Iterable[str] | None) -> Iterator[tuple[str, ...]]:
    """The solutions as texts, nothing where a variable is unbound; ``only`` those where the variable is one of these."""
    if only is None:
        return store.rows(sparql, merge=False)
    return store.rows_about(among(sparql, variable), store.canonical.used_for(only), merge=False)


def _data(fact: Mapping[str, Any]) -> dict[str, Any]:
    """What an edge or a node says of its fact."""
    return {
        "kind": fact["kind"],
        "doc": fact["doc"],
        "quote": fact["quote"],
        "fields": {name: _text(fact[name]) for name in FIELDS[fact["kind"]] if name in fact},
        "source": fact["source"],
        "graph": fact.get("graph", ""),
        "spans": " ".join(f"{start}-{end}" for start, end in fact["spans"]),
        "rule": fact["rule"],
    }


def _text(value: object) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case list():
            return "、".join(map(str, value))
        case float():
            return format(Decimal(repr(value)), "f")
    return str(value)


def _say(pattern: str, fact: Mapping[str, Any]) -> str:
    """The pattern with the fact's fields put in."""
    said = []
    for piece in pattern.split("{"):
        inside, brace, after = piece.partition("}")
        if brace:
            name, _, otherwise = inside.partition("|")
            said += [str(fact.get(name) or otherwise), after]
        else:
            said.append(piece)
    return "".join(said)


def _label(fact: Mapping[str, Any]) -> str:
    """What a statement is called that is a node."""
    match fact["kind"]:
        case "fund":
            return f"{_sign(fact)}{_money(fact)}"
        case "deadline" if fact.get("every"):
            return _RHYTHMS.get(_say("{every}", fact).split(";")[0]) or _say("{every}", fact)
        case "deadline" if fact.get("within"):
            return _say("{within}", fact)
        case "deadline" if fact.get("start") or fact.get("end"):
            return _say("{start}—{end}", fact)
        case "deadline":
            return _say("{on|期限}", fact)
        case "target":
            value = _say(f"{_sign(fact)}{_text(fact['value'])}{{unit}}", fact)
            return f"{cut(_say('{subject}', fact), _LONGEST - len(value) - 1)} {value}"
        case "contact":
            return _say("{phone}", fact) or _say("{website}", fact) or _say("{address}", fact) or "联系方式"
        case _:
            return _say("{type}", fact)


def _sign(fact: Mapping[str, Any]) -> str:
    return _SIGNS.get(fact.get("comparator", "="), "")


def _money(fact: Mapping[str, Any]) -> str:
    if "amount" not in fact:
        return f"{Decimal(repr(fact.get('share', 0))) * 100:f}".rstrip("0").rstrip(".") + "%"
    amount = Decimal(repr(fact["amount"]))
    for size, unit in ((100_000_000, "亿元"), (10_000, "万元")):
        if amount >= size:
            return f"{(amount / size).normalize():f}{unit}"
    return f"{amount.normalize():f}元"


def cut(text: str, longest: int = _LONGEST) -> str:
    """The text, or its beginning with … in so many characters."""
    return text if len(text) <= longest else f"{text[: max(0, longest - 1)]}…"
