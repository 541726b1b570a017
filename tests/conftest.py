"""What many tests stand on: the demo gazette, its graph, and the material beside the project where there is some."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from screen import browser, show, visit

import kg
from kg.export import FORMS

__all__ = ["browser", "show", "visit"]

# The same tests give the same outcome: what is random is looked for by make test ARGS=--hypothesis-profile=default.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")

ROOT = Path(__file__).parent.parent
DEMO = Path(kg.__file__).parent / "demo"


def shared_folder() -> Path:
    """Where sample gazettes and their gold lie: beside the project, or where GONGBAO_SHARED says."""
    return Path(os.environ.get("GONGBAO_SHARED", ROOT.parent / "shared"))


def existing(path: Path) -> Path:
    """The path; the test is skipped where nothing is there."""
    if not path.exists():
        pytest.skip(f"{path.name} is not here: it comes with the sample gazettes, not with the project")
    return path


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    return existing(shared_folder())


@pytest.fixture(scope="session")
def seeds(shared: Path) -> list[Path]:
    """The sample gazettes, by name."""
    return sorted(existing(shared / "seeds").glob("*.txt")) or pytest.skip("there is no sample gazette")


@pytest.fixture(scope="session")
def scorer(shared: Path) -> Path:
    return existing(shared / "tools" / "score.py")


@pytest.fixture(scope="session")
def demo_gazette() -> Path:
    return DEMO / "gazette.md"


@pytest.fixture(scope="session")
def demo_graph(demo_gazette: Path) -> Any:
    """The graph of the demo gazette, built once: a test reads it and does not change it."""
    return kg.build([demo_gazette])


@pytest.fixture(scope="session")
def exported(demo_graph: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo graph in every form of exchange."""
    folder = tmp_path_factory.mktemp("exported")
    demo_graph.export(folder, *FORMS)
    return folder
