"""The ledger as one page, to be read and printed: no script, nothing loaded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from kg.ledger.table import Cell, Form, Link, Table
from kg.view.inline import asset, policy, render

__all__ = ["as_page"]


def as_page(tables: Sequence[Table], title: str, about: str) -> str:
    """The tables that have rows. Links must be relative or of the web; any other is shown as text."""
    from markupsafe import Markup

    style = asset("page.css") + asset("report.css") + asset("ledger.css")
    return render(
        "ledger.html.template",
        policy=Markup(policy(styles=(style,))),
        style=Markup(style),
        title=title,
        about=about,
        tables=[_shown(table) for table in tables if table.rows],
    )


def _shown(table: Table) -> dict[str, object]:
    said = {n for row in table.rows for n, cell in enumerate(row) if cell not in (None, "")}
    columns = [(n, column) for n, column in enumerate(table.columns) if column.form is not Form.KEY and n in said]
    return {
        "name": table.name,
        "title": table.title,
        "number": len(table.rows),
        "columns": [{"head": c.head, "form": c.form.value, "name": c.name, "printed": c.printed} for _, c in columns],
        "rows": [[_cell(row[n]) for n, _ in columns] for row in table.rows],
    }


def _cell(cell: Cell) -> dict[str, str]:
    match cell:
        case Link(address=address, text=text):
            safe = address.startswith(("https://", "http://")) or not address.partition("/")[0].count(":")
            return {"text": text, "link": address if safe and address else ""}
        case None:
            return {"text": ""}
        case dt.date():
            return {"text": cell.isoformat()}
        case Decimal():
            return {"text": f"{cell:f}"}
        case _:
            return {"text": str(cell)}
