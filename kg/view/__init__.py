"""What a graph looks like: an interactive network and a report, each one file that asks nothing of any network."""

from kg.view.page import page
from kg.view.report import report
from kg.view.select import select
from kg.view.sources import sources_report

__all__ = ["page", "report", "select", "sources_report"]
