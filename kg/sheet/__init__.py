"""The sheet of a person, an agency or a body, in the form in which an office prints it.

``sheet`` makes it, ``written`` writes it in one of ``FORMS``.
"""

from __future__ import annotations

from pathlib import PurePath

from kg.errors import KgError
from kg.sheet.content import Block, Line, Sheet, sheet
from kg.sheet.page import as_page
from kg.sheet.pdf import as_pdf
from kg.sheet.word import as_docx

__all__ = ["FORMS", "Block", "Line", "Sheet", "sheet", "written"]

FORMS = ("docx", "html", "pdf")
"""The endings of the files that a sheet is written to."""


def written(sheet: Sheet, path: PurePath) -> str | bytes:
    """What goes into a file of that name. Raises KgError for an ending that is none of ``FORMS``."""
    match path.suffix.removeprefix(".").lower():
        case "docx":
            return as_docx(sheet)
        case "html":
            return as_page(sheet)
        case "pdf":
            return as_pdf(sheet)
    endings = ", ".join(f".{form}" for form in FORMS)
    raise KgError(f"{path}: the ending must be one of {endings}, got {path.suffix!r}")
