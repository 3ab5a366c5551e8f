"""Where a number comes from: plain records beside its bounds, from which ``rx.refine`` computes more digits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reluexact.evidence.network import ProvedNetwork
    from reluexact.prove.certified import CertifiedPoint

    Proved = CertifiedPoint | ProvedNetwork


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """The objective of a proved network."""

    point: Proved
