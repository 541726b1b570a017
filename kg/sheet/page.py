"""The sheet as a page that prints on A4: no script, nothing loaded."""

from __future__ import annotations

from kg.sheet.content import Sheet
from kg.view.inline import asset, policy, render

__all__ = ["as_page"]


def as_page(sheet: Sheet) -> str:
    """The page as HTML."""
    from markupsafe import Markup

    style = asset("sheet.css")
    return render("sheet.html.template", policy=Markup(policy(styles=(style,))), style=Markup(style), sheet=sheet)
