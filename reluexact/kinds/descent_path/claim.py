"""A way down: a path of networks of one width, from a given one to the global optimum, along which the objective never rises."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from os import PathLike
from typing import Literal

from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.kinds.descent_path.piece import Piece
from reluexact.kinds.descent_path.points import network_at, value_at
from reluexact.kinds.descent_path.waypoint import Waypoint
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.numbers.rational import to_count, to_fraction
from reluexact.numbers.real import Real
from reluexact.public import Formula, Pictured, Tabular, public

Method = Literal["auto", "direct", "walk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Samples:
    """Sampled points of a path, for plotting: times and objectives in floats, and the times at which a piece begins."""

    times: tuple[float, ...]
    objectives: tuple[float, ...]
    joints: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DescentPath(Tabular, Formula, Pictured):
    """A continuous path of networks from a given one, on which the objective never rises.

    status: PROVED when it ends at the global optimum over networks of every width; REFUTED when no network of this width is
    a global optimum; UNDECIDED otherwise. Then the ``reason`` says why, and the path, proved as far as it goes, ends at the best
    network that was found. width: the number of slots, that of the given network. width_needed: the least width for which this
    construction, or n + 1 neurons, is known to reach the optimum from here. start: the objective of the given network. end: that
    of the last one. optimum: the optimal value over all widths, or bounds of it. fewest: the fewest neurons of an optimal
    network, None when it is not known.

    The path's time runs from 0 to the number of pieces, one unit each.
    """

    data: Dataset
    penalty: Fraction
    network: Network
    status: Status
    reason: str
    method: Method
    width: int
    width_needed: int
    start: Fraction
    end: Real
    optimum: Real
    fewest: int | None
    pieces: tuple[Piece, ...]
    waypoints: tuple[Waypoint, ...] = field(repr=False)
    produced_by: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    def objective(self, time: object) -> Real:
        """Return the objective at a time (a rational number from 0 to the number of pieces), enclosed or exact.

        >>> import reluexact as rx
        >>> way = rx.descent_path(rx.Network([[1]], [1]), rx.Dataset(X=[[1], [2]], y=[1, 2]), 1)
        >>> way.objective(0), way.objective("1/2"), way.objective(1)
        (1, 37/40, 9/10)
        """
        index, share = self._place(time)
        if not self.pieces:
            return self.end
        return value_at(self.network, self.pieces[index], self.penalty, share)

    def network_at(self, time: object, *, bits: int = 64) -> Network:
        """Return a balanced network with rational weights next to the path's network at a time.

        The weights are rounded to multiples of 2^-bits, of numbers that are known as finely as the ``digits`` of the path asked
        for; on a piece of the kind ``balance`` it is not balanced yet.

        >>> import reluexact as rx
        >>> way = rx.descent_path(rx.Network([[4]], [1]), rx.Dataset(X=[[1], [2]], y=[1, 2]), 1)
        >>> [piece.kind for piece in way.pieces], way.network_at(1)
        (['balance', 'interpolate'], Network([[2]], [2]))
        """
        index, share = self._place(time)
        to_count(bits, where="bits")
        if not self.pieces:
            return self.network
        return network_at(self.network, self.pieces[index], share, bits)

    def sample(self, steps: int = 20) -> Samples:
        """Return the objective at ``steps`` + 1 times of every piece, as floats, for plotting only.

        Raises InputError for an objective beyond the range of floats.
        """
        to_count(steps, where="steps")
        times = [Fraction(k, steps) for k in range(len(self.pieces) * steps + 1)]
        try:
            values = [float(self.objective(time).middle) for time in times]
        except OverflowError:
            raise InputError("the objective is beyond the range of floats; scale the network or the data") from None
        joints = tuple(float(k) for k in range(len(self.pieces) + 1))
        return Samples(times=tuple(map(float, times)), objectives=tuple(values), joints=joints)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the certificate, kind ``descent-path``; InputError when the path is not PROVED."""
        public("save")(self, path)

    def _place(self, time: object) -> tuple[int, Fraction]:
        """Return the piece of a time and the share of it that is done."""
        t = to_fraction(time, where="time", choice=False)
        count = len(self.pieces)
        if not 0 <= t <= count:
            raise InputError(f"time: {t} is not between 0 and {count}, the number of pieces")
        index = max(min(int(t), count - 1), 0)
        return index, t - index

    def __repr__(self) -> str:
        """Show what is known in one line."""
        kinds = ", ".join(piece.kind for piece in self.pieces)
        reason = f": {self.reason}" if self.reason else ""
        return f"DescentPath({self.status.name}{reason}; {Real.rational(self.start)!r} to {self.end!r}; {kinds})"
