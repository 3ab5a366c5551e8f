"""Neurons that a structure misses at a penalty: found by pricing, followed as functions of the penalty; in floats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from reluexact.evidence.path import WatchedNeuron
from reluexact.geometry.column import Face
from reluexact.model.program import Program
from reluexact.numbers.types import IntVector
from reluexact.propose.path.smooth import Rows, Smooth
from reluexact.propose.pricing import Priced, Pricing
from reluexact.propose.types import Floats
from reluexact.prove.structure import complete_face

EXCESS = 1e-9
_ON = 1e-9
_NEAR = 1e-7
_MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A neuron that may become tight: its complete face with a basis, and an orthonormal one in floats."""

    face: Face
    basis: tuple[IntVector, ...]
    frame: Floats

    def vector(self, rows: Rows, theta: Floats) -> Floats:
        """Return ``s P X'D theta``."""
        pull = self.face.sign * rows.X.T @ (rows.strictly_on(self.face.gate) * theta)
        return np.asarray(self.frame @ (self.frame.T @ pull))


def watched(program: Program, face: Face) -> Watched | None:
    """Return the neuron of a face; None where nothing pulls on it there."""
    complete, basis = complete_face(program, face, whole=False)
    if not basis:
        return None
    return Watched(face=complete, basis=basis, frame=np.linalg.qr(np.array(basis, dtype=float).T)[0])


def beyond(
    program: Program, rows: Rows, pricing: Pricing, smooth: Smooth, z: Floats, penalty: float, *, excess: float = EXCESS
) -> list[Watched]:
    """Return the neurons that exceed the penalty by the share ``excess`` at a solution, the worst first."""
    found = pricing.violated(smooth.theta(z), penalty * (1 + excess), _MOST)
    return list(_neurons(program, rows, found))


def near_neuron(program: Program, sign: int, direction: Sequence[float]) -> WatchedNeuron | None:
    """Return the neuron of a direction, as segments watch it; None where there is none."""
    unit = np.array(direction)
    length = float(np.linalg.norm(unit))
    if not length:
        return None
    rows = Rows.of(program.data)
    heights = rows.normals @ unit / (rows.lengths * length)
    gate = tuple(0 if abs(height) < _NEAR else (1 if height > 0 else -1) for height in heights.tolist())
    known = watched(program, Face(sign=sign, gate=gate))
    return None if known is None else WatchedNeuron(sign=sign, gate=known.face.gate, basis=known.basis)


def _neurons(program: Program, rows: Rows, found: Iterable[Priced]) -> Iterable[Watched]:
    seen: set[Face] = set()
    for priced in found:
        heights = rows.normals @ np.array(priced.direction) / rows.lengths
        touched = set(priced.hyperplanes)
        gate = tuple(
            0 if place in touched or abs(height) < _ON else (1 if height > 0 else -1)
            for place, height in enumerate(heights.tolist())
        )
        known = watched(program, Face(sign=priced.column.sign, gate=gate))
        if known is not None and known.face not in seen:
            seen.add(known.face)
            yield known
