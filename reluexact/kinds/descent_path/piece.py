"""The pieces of a way down, and the proved networks that they lead to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from reluexact.evidence.network import NetworkEvidence
from reluexact.evidence.neuron import Neuron
from reluexact.evidence.tree import TightLeaf
from reluexact.kinds.descent_path.waypoint import Waypoint
from reluexact.numbers.counts import counted
from reluexact.numbers.real import Real
from reluexact.numbers.types import Vector

Kind = Literal["balance", "merge", "prune", "interpolate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotReason:
    """Why the neuron v of a slot, of sign s, obeys ``s theta.(Xv)+ <= b u.v`` for the neuron u of the network led to.

    cell: a closed cell of the arrangement of X's rows (a side per hyperplane, True: on) that holds v and u. leaf: there the bound
    b is attained by u alone.
    """

    cell: tuple[bool, ...]
    leaf: TightLeaf


@dataclass(frozen=True, slots=True, kw_only=True)
class PathNetwork:
    """A proved network that a piece leads to: the optimum of the convex program with some columns (sign, cell).

    neurons: those that meet the penalty at its residual. value, residual: its objective and y - fit. support: the neurons of a
    minimal representation, with the label of it (as in the certificate kind ``optimal-set``). is_global: it is the optimum
    over networks of every width; only then has the evidence trees.
    """

    neurons: tuple[Neuron, ...]
    value: Real
    residual: tuple[Real, ...]
    support: tuple[int, ...]
    label: tuple[tuple[int, ...], tuple[int, ...]]
    is_global: bool
    evidence: NetworkEvidence = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of the path; within it the objective is a convex function of the time that does not rise.

    kind: ``balance`` scales each neuron until both layers weigh the same; ``merge`` moves the neurons of one sign in one closed
    cell into the first of each of the ``groups`` (of slots); ``prune`` scales slot j by 1 - t beta_j, beta the ``null_vector``
    of the features; ``interpolate`` goes straight to the ``target``, slot by slot, with ``reasons`` for the slots that
    need one.
    before, after: the networks at the ends. slots: how many hold a neuron at some time of the piece. why: the proof in words.
    """

    kind: Kind
    before: Waypoint
    after: Waypoint
    slots: int
    why: str
    groups: tuple[tuple[int, ...], ...] = ()
    null_vector: Vector = ()
    target: PathNetwork | None = None
    reasons: tuple[SlotReason | None, ...] = ()

    def __repr__(self) -> str:
        """Show the kind and the objective at both ends."""
        return f"Piece({self.kind}: {self.before.value!r} to {self.after.value!r}, {counted(self.slots, 'slot')})"
