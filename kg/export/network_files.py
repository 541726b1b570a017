"""The network as GraphML and GEXF, which Gephi, Cytoscape, igraph, yEd and networkx read; written node by node.

Neither has a type for dates that may be a month or a year: they stay ISO 8601 strings, as precise as the text. Of a
list the items stand with ｜ (U+FF5C) between them, since GraphML has no lists and readers of GEXF disagree on theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from kg.export.material import Material
from kg.export.property_graph import EDGE, NODE, Value, edges, nodes
from kg.export.syntaxes import xml_text

__all__ = ["gexf", "graphml"]

_RETURN = {"\r": "&#13;"}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_TYPES: Mapping[str, str] = {"double": "double", "boolean": "boolean"}


def graphml(material: Material) -> Iterator[str]:
    """GraphML: directed, several edges between two nodes, ids are IRIs."""
    yield f"{_HEAD}<graphml xmlns={quoteattr('http://graphml.graphdrawing.org/xmlns')}>\n"
    for domain, table in (("node", NODE), ("edge", EDGE)):
        for name, kind in table.items():
            written = _TYPES.get(kind, "string")
            yield f'<key id="{domain[0]}.{name}" for="{domain}" attr.name="{name}" attr.type="{written}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for node in nodes(material):
        yield f"<node id={_quoted(node.id)}>{_data('n', node.properties)}</node>\n"
    for edge in edges(material):
        ends = f"source={_quoted(edge.source)} target={_quoted(edge.target)}"
        yield f"<edge id={_quoted(edge.id)} {ends}>{_data('e', edge.properties)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(domain: str, properties: Mapping[str, Value]) -> str:
    return "".join(
        f'<data key="{domain}.{name}">{escape(_text(value), _RETURN)}</data>' for name, value in properties.items()
    )


def gexf(material: Material) -> Iterator[str]:
    """GEXF 1.2: the same network, with the label of a node or an edge where Gephi looks for it."""
    yield f'{_HEAD}<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
    yield '<graph defaultedgetype="directed" mode="static">\n'
    for domain, table in (("node", NODE), ("edge", EDGE)):
        yield f'<attributes class="{domain}" mode="static">\n'
        for name, kind in table.items():
            if name != "label":
                yield f'<attribute id="{name}" title="{name}" type="{_TYPES.get(kind, "string")}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for node in nodes(material):
        label = _quoted(_text(node.properties["label"]))
        yield f"<node id={_quoted(node.id)} label={label}>{_values(node.properties)}</node>\n"
    yield "</nodes>\n<edges>\n"
    for edge in edges(material):
        ends = f"source={_quoted(edge.source)} target={_quoted(edge.target)}"
        label = _quoted(_text(edge.properties.get("label", "")))
        yield f"<edge id={_quoted(edge.id)} {ends} label={label}>{_values(edge.properties)}</edge>\n"
    yield "</edges>\n</graph>\n</gexf>\n"


def _values(properties: Mapping[str, Value]) -> str:
    values = "".join(
        f'<attvalue for="{name}" value={_quoted(_text(value))}/>'
        for name, value in properties.items()
        if name != "label"
    )
    return f"<attvalues>{values}</attvalues>" if values else ""


def _quoted(text: str) -> str:
    # quoteattr keeps a tab and a line break from being read as blanks.
    return quoteattr(xml_text(text))


def _text(value: Value) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return "｜".join(value)
        case other:
            return xml_text(str(other))
