"""Components of the set of optimal networks of a given width, counted exactly from the vertices of the polytope.

Setting. Let P be the polytope of amounts, v_1..v_N its vertices and S_j the support of v_j. Every optimal network of width m is
a list of m slots; a slot is zero or holds a multiple of one optimal neuron, and the amounts that the slots give to every neuron
form a point of P. For a map sigma from slots to neurons or "empty", let C(sigma) be the networks whose slot i is zero or holds
the neuron sigma(i). In the amounts of its slots C(sigma) is a compact convex polytope (P convex and bounded), and the finitely
many C(sigma) cover everything.

1. Extreme points. At an extreme point of C(sigma) no neuron sits in two slots (its amount could be moved between them), and the
   amounts are a vertex of the face of P on which only neurons of sigma appear, so a vertex of P. Hence the extreme points of
   C(sigma) are the placed vertices: v_j with the neurons of S_j written into different slots, in agreement with sigma.
2. Intersections. C(sigma) and C(tau) meet in C(rho), where rho keeps the slots on which both agree (a non-zero slot tells its
   neuron). If it is not empty it contains a placed vertex, by 1.
3. So the components correspond to those of the graph on all placed vertices, two joined when some sigma is above both, that is
   when no slot holds different neurons in the two: a C(sigma) is convex, all its placed vertices are joined, and by 2 the unions
   of the C(sigma) that belong to different components of the graph are disjoint; being finite unions of compact sets they are
   closed.
4. No m! is needed. Supports of vertices are not contained in one another (independent features). A vertex with m neurons fills
   all slots; a placed vertex that agrees with it has its support inside S_j, so it is the same: m! isolated points. A vertex with
   fewer neurons leaves a slot free; moving one neuron at a time into a free slot reaches every order (the exchanges with one free
   slot generate all permutations). And v_i, v_j can be placed in agreement exactly when S_i and S_j have at most m neurons
   together. Hence

       components(m) = m! #{j : |S_j| = m} + components of the graph on {j : |S_j| < m}, i ~ j when |S_i u S_j| <= m.

   The isolated points are the m! #{j : |S_j| = m} placed vertices, for m >= 1: any other network lies inside a C(sigma) of
   positive dimension. The zero network, when it is optimal, is the only optimal network of every width (the sum of the amounts
   is 0).

Consequences, with r the rank of the features: an edge of P joins vertices with at most r + 1 neurons together (its points have
one dependence), and the graph of P is connected, so the set is connected for m >= r + 1; any vertex and a fewest-neuron vertex
fit into m* + M*. This is the theorem of Kim, Mishkin & Pilanci 2025 (Thm 2: connected for m >= min(m* + M*, n + 1), r <= n),
with r in place of n; that n + 1 neurons suffice goes back to Haeffele & Vidal 2015 and Wang, Lacotte & Pilanci 2022. The zero
network is an exception to that theorem's other steps: it is isolated at every width. Connectedness is not monotone: between m*
and M* the set can be connected at one width and not at the next, where a larger vertex enters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reluexact.errors import Message
from reluexact.evidence.status import Status
from reluexact.kinds.connectivity.staircase import Counts, Staircase
from reluexact.kinds.connectivity.supports import Supports, merging_widths
from reluexact.kinds.optimal_set.claim import OptimalSet, require_set
from reluexact.kinds.optimal_set.vertex import Vertex
from reluexact.numbers.rational import to_count
from reluexact.progress import Progress, Stage, silent

LIMIT = 20_000


def staircase(best: OptimalSet, *, limit: int = LIMIT, progress: Progress | None = None) -> Staircase:
    """Report, for every width, how the set of optimal networks looks: empty, isolated points, components, connected.

    limit: vertices up to which components are counted exactly (every pair of vertices is compared); beyond it, what the theorem
    says is said, the rest is not computed. The status is UNDECIDED when the vertices are not known.

    >>> from reluexact.kinds.optimal_set.find import optimal_set
    >>> from reluexact.kinds.optimum.find import solve
    >>> from reluexact.model.dataset import Dataset
    >>> toy = optimal_set(solve(Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1]), penalty=1))
    >>> [(step.width, step.components, step.isolated) for step in staircase(toy).steps]
    [(0, 0, 0), (1, 1, 1), (2, 3, 2), (3, 1, 0)]
    """
    require_set(best)
    to_count(limit, where="limit")
    rows = best.optimum.data.n
    if best.status is not Status.PROVED or not best.vertices:
        return Staircase(status=Status.UNDECIDED, reason=Message("the vertices are not known: ", best.reason), rows=rows)
    (progress or silent)(Stage(f"components of the set at every width, from {len(best.vertices):,} vertices"))
    used = {k for vertex in best.vertices for k in vertex.support}
    return Staircase(
        status=Status.PROVED,
        reason="",
        rows=rows,
        rank=None if best.dimension is None else len(used) - best.dimension,
        sizes=_counted([vertex.width for vertex in best.vertices]),
        merges=merges(best.vertices) if len(best.vertices) <= limit else None,
    )


def merges(vertices: Sequence[Vertex]) -> Counts:
    """Return at which widths vertices become joined (item 4 of the module docstring), and how many components vanish there.

    >>> from reluexact.numbers.real import Real
    >>> amounts = (Real.rational(1),) * 3
    >>> merges([Vertex(amounts=amounts, support=(0,)), Vertex(amounts=amounts, support=(1, 2))])
    ((3, 1),)
    """
    return _counted(merging_widths(Supports.of(vertices)))


def _counted(values: Sequence[int]) -> Counts:
    return tuple(sorted(Counter(values).items()))
