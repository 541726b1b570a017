"""What a graph looks like: an interactive network and a report, each one file that asks nothing of any network."""

from kg.view.checked import checked
from kg.view.evidence import EVIDENCE, anchor, evidence, evidence_name, pictures
from kg.view.page import MOST, page
from kg.view.report import report
from kg.view.select import select
from kg.view.sources import sources_report

__all__ = ["EVIDENCE", "MOST", "anchor", "checked", "evidence", "evidence_name", "page", "pictures"]
__all__ += ["report", "select", "sources_report"]
