"""``python -m kg.holdings`` is a process that reads sources for a build; nobody calls it by hand."""

from kg.holdings.workers import serve

serve()
