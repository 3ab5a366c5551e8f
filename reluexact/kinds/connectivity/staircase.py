"""How the set of optimal networks of a given width looks: empty, isolated points, components, connected."""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial

from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.public import Formula, Tabular

Counts = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The optimal networks of one width.

    components: how many connected components (0: no network of this width is optimal); None: not computed. isolated: how many
    of them are single points; None: not known. proof: ``count`` (from the list of all vertices) or ``theorem``.
    """

    width: int
    components: int | None
    isolated: int | None
    proof: str

    @property
    def connected(self) -> bool | None:
        """Say whether every optimal network of this width can be moved to every other one (None: not computed)."""
        return None if self.components is None else self.components == 1

    @property
    def text(self) -> str:
        """Describe the set in a few words.

        >>> Step(width=2, components=3, isolated=2, proof="count").text
        '3 components, 2 of them isolated points'
        """
        if self.components is None:
            known = f", at least {_counted(self.isolated, 'isolated point')}" if self.isolated else ""
            return f"number of components not computed{known}"
        if self.components == 0:
            return "empty"
        if self.components == self.isolated:
            return "a single point" if self.components == 1 else f"{self.components} isolated points, nothing else"
        if self.components == 1:
            return "connected"
        known = f", {self.isolated} of them isolated points" if self.isolated else ""
        return f"{self.components} components{known}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Staircase(Formula, Tabular):
    """The optimal networks of every width, up to nothing: order and zero neurons count as different networks.

    status: PROVED when all vertices are known, else UNDECIDED with the ``reason``. rows: n, the number of data points.
    rank: of the features of all neurons that optimal networks use. sizes: (number of neurons, how many vertices have it).
    merges: (width, how many components of vertices meet at it), see :mod:`reluexact.kinds.connectivity.find`; None: not computed.

    >>> toy = Staircase(status=Status.PROVED, reason="", rows=2, rank=2, sizes=((1, 1), (2, 1)), merges=((3, 1),))
    >>> [(step.width, step.text) for step in toy.steps]
    [(0, 'empty'), (1, 'a single point'), (2, '3 components, 2 of them isolated points'), (3, 'connected')]
    >>> toy, toy.theorem_width
    (Staircase(PROVED, m*=1, M*=2, connected from 3), 3)
    """

    status: Status
    reason: str
    rows: int
    rank: int | None = None
    sizes: Counts = ()
    merges: Counts | None = None

    @property
    def min_width(self) -> int | None:
        """Return m*, the fewest neurons of an optimal network."""
        return self.sizes[0][0] if self.sizes else None

    @property
    def max_vertex_width(self) -> int | None:
        """Return M*, the most neurons of a minimal (irreducible) optimal network."""
        return self.sizes[-1][0] if self.sizes else None

    @property
    def theorem_width(self) -> int:
        """Return min(m* + M*, n + 1), from which on the papers prove the set connected; n + 1 when the vertices are not known."""
        if not self.sizes:
            return self.rows + 1
        return min(self.sizes[0][0] + self.sizes[-1][0], self.rows + 1)

    @property
    def connected_from(self) -> int | None:
        """Return the least width from which on the set is connected at every width (None: not computed)."""
        if not self.sizes or self.merges is None:
            return None
        most = self.sizes[-1][0]
        if self.sizes == ((most, 1),) and most <= 1:
            return most
        return max([most + 1, *(width for width, _ in self.merges)])

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the widths at which something can change: m*-1, m*, m*+1, M*, M*+1, min(m*+M*, n+1), and the exact last one."""
        if not self.sizes:
            return (self.at(self.rows + 1),)
        least, most = self.sizes[0][0], self.sizes[-1][0]
        widths = {least - 1, least, least + 1, most, most + 1, self.theorem_width, self.connected_from}
        return tuple(self.at(width) for width in sorted(width for width in widths if width is not None and width >= 0))

    def at(self, width: int) -> Step:
        """Return what is known of the optimal networks with ``width`` neurons, zero neurons counted."""
        if isinstance(width, bool) or not isinstance(width, int) or width < 0:
            raise InputError(f"width: {width!r} is not a number of neurons; give an integer from 0 on")
        if not self.sizes:
            done = width > self.rows
            return Step(width=width, components=1 if done else None, isolated=None, proof="theorem")
        isolated = self._isolated(width)
        rest = self._rest(width)
        counted = self.merges is not None or rest == 0
        return Step(
            width=width,
            components=None if rest is None else rest + isolated,
            isolated=isolated,
            proof="count" if counted else "theorem",
        )

    def _isolated(self, width: int) -> int:
        """Count the isolated points: every order of the neurons of every vertex with that many."""
        if self.sizes[-1][0] == 0:
            return 1
        return factorial(width) * dict(self.sizes).get(width, 0)

    def _rest(self, width: int) -> int | None:
        """Count the components that are no orders of a vertex with ``width`` neurons."""
        smaller = sum(count for size, count in self.sizes if size < width)
        if smaller == 0 or self.sizes[-1][0] == 0:
            return 0
        if self.merges is not None:
            return smaller - sum(count for needed, count in self.merges if needed <= width)
        safe = self.theorem_width if self.rank is None else min(self.theorem_width, self.rank + 1)
        return 1 if smaller == 1 or width >= max(safe, self.sizes[-1][0] + 1) else None

    def __repr__(self) -> str:
        """Show what is known in one line."""
        if not self.sizes:
            return f"Staircase({self.status.name}, connected from {self.theorem_width}, {self.reason})"
        exact = self.connected_from
        known = f"connected from {self.theorem_width} or earlier" if exact is None else f"connected from {exact}"
        return f"Staircase({self.status.name}, m*={self.min_width}, M*={self.max_vertex_width}, {known})"


def _counted(number: int | None, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
