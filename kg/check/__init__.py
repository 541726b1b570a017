"""A built graph is put to the proof: its shapes, and every quote against the source it was read from."""

from kg.check.coverage import told
from kg.check.evidence import EvidenceError, Reason
from kg.check.report import Report, check
from kg.check.shapes import Severity, Violation

__all__ = ["EvidenceError", "Reason", "Report", "Severity", "Violation", "check", "told"]
