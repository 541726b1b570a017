"""A page is filled in: in two languages, all text escaped, what would mislead the eye made visible."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from urllib.parse import quote, urlencode

import jinja2

from kg.rdf import NS
from kg.serve.jobs import Answered, Served
from kg.serve.ring import shape
from kg.serve.things import base_of, called
from kg.view import EVIDENCE
from kg.view.evidence import evidence_name
from kg.view.inline import asset, visible

__all__ = ["html"]


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.PackageLoader("kg.serve", "templates"), jinja2.FunctionLoader(asset)]),
        autoescape=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


def html(
    served: Served,
    template: str,
    language: str,
    here: str,
    fields: Mapping[str, str],
    status: int = 200,
    **values: object,
) -> Answered:
    """A page at the address ``here`` with these fields: its twin in the other language has the same."""
    base = base_of(served.graph.store)
    other = {**fields, "lang": "en" if language == "zh" else "zh"}

    def link(iri: str) -> str:
        """The page of a thing; what belongs to other vocabularies is described elsewhere."""
        if iri.startswith(("http:", "https:")) and not iri.startswith((base, NS)):
            return iri
        if iri.startswith(base):
            return f"/id/{quote(iri.removeprefix(base), safe='/')}?lang={language}"
        return f"/describe?{urlencode({'iri': iri, 'lang': language})}"

    def evidence(source: str, spans: str) -> str:
        """The sentence at its place in the text of its source."""
        return f"/{EVIDENCE}/{evidence_name(source)}#s{spans.split(' ')[0]}"

    def address(path: str, **fields: str) -> str:
        return f"{path}?{urlencode({**{k: v for k, v in fields.items() if v}, 'lang': language})}"

    page = (
        _environment()
        .get_template(template)
        .render(
            t=lambda zh, en: zh if language == "zh" else en,
            called=lambda iri: called(iri, language),
            link=link,
            address=address,
            shape=shape,
            evidence=evidence if served.evidence else None,
            language=language,
            here=here,
            editing=bool(served.judgements),
            other=f"{here}?{urlencode(other)}",
            **values,
        )
    )
    return Answered(
        "text/html; charset=utf-8",
        lambda body: body.write(page.encode("utf-8", "replace")),
        status,
        {"Vary": "Accept, Accept-Language"},
    )
