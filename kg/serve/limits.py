"""What a server grants a request."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["ServeLimits"]


@dataclass(frozen=True, slots=True)
class ServeLimits:
    """What lies beyond is refused with a status and a reason, not cut off silently."""

    seconds: float = 30
    """From the moment a worker takes a request until its answer is complete, and as long again to wait for one."""
    rows: int = 100_000
    """Solutions or triples of one answer."""
    body: int = 1024 * 1024
    """Bytes of a request's body."""
    concurrency: int = 64
    """Requests that wait for a worker at one time."""
    workers: int = 4
    """Processes that answer."""
    memory: int = 4 * 1024**3
    """Bytes that one worker may take."""

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> ServeLimits:
        """The limits that ``said`` gives back."""
        return cls(**said)

    def said(self) -> dict[str, Any]:
        """The limits as JSON can hold them."""
        return asdict(self)

    def hold_memory(self) -> None:
        """Let this process have no more memory than is granted, where the system can do that."""
        if sys.platform == "linux":
            import resource

            hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
            soft = self.memory if hard == resource.RLIM_INFINITY else min(self.memory, hard)
            resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
