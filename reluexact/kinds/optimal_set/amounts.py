"""The polytope of amounts of a proved optimum, reduced to as few variables as possible.

With f_j the features of the blocks (one per pair), the features f_j and the columns X L are independent: the Jacobian of the
KKT system is invertible on the box, and a dependence would be in its kernel. So without ties the total amount of every block
and the free part c are the same at all optima, and only the shares of the pairs move: x_j in [0, total_j] with
``sum_j x_j e_j = c``, where the partner's feature is ``f_j + X L e_j``. A tie whose feature is a combination
``sum h_j f_j + X L k`` (plus tie features that are independent of these) moves the totals of further blocks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.evidence.dependence import Dependence
from reluexact.geometry.elimination import eliminate
from reluexact.geometry.polytope import BoundedSystem
from reluexact.kinds.optimal_set.features import ScaledNeuron, feature, scaled_neuron
from reluexact.kinds.optimal_set.system import AmountSystem, Reading
from reluexact.numbers.intervals import independent_columns
from reluexact.numbers.scalar import Scalar, Undecided
from reluexact.numbers.scalar_vectors import ScalarVector
from reluexact.prove.certified import BLOCKS, CertifiedPoint
from reluexact.prove.dependence import combination_of, dependence_of
from reluexact.prove.o6_pairs import pair_coordinates

ZERO, ONE = Scalar.of(0), Scalar.of(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """How the features of ties depend on the rest.

    members: the neurons that are ties and may carry weight. totals: for every block that ties can change, the coefficients of its
    feature in the ties' features. free: for every free direction the same. outside: equations among ties alone. dependences:
    the ties that an identity writes in features of blocks, and it.
    """

    members: tuple[int, ...] = ()
    totals: Mapping[int, ScalarVector]
    free: tuple[ScalarVector, ...] = ()
    outside: tuple[ScalarVector, ...] = ()
    dependences: tuple[Dependence, ...] = ()


def amount_system(certified: CertifiedPoint) -> AmountSystem:
    """Return the reduced polytope; raises Undecided when the enclosures leave a dependence of features open."""
    scaled = [scaled_neuron(certified, neuron) for neuron in certified.neurons]
    return _Builder(certified, scaled, _ties(certified, scaled)).build()


def _ties(certified: CertifiedPoint, scaled: Sequence[ScaledNeuron]) -> Ties:
    """Express the ties' features in those of the blocks, the free directions and one another."""
    ties = [k for k, neuron in enumerate(certified.neurons) if neuron.role == "tie"]
    if not ties:
        return Ties(totals={})
    columns = {k: feature(certified.kkt.program, certified.neurons[k].face, entry.vector) for k, entry in enumerate(scaled)}
    found = {dependence.tie: dependence for dependence in certified.dependences}
    if not found:
        try:
            return _among_known(certified, scaled, columns, ties)
        except Undecided:
            found = {k: dependence for k in ties if (dependence := dependence_of(certified, k)) is not None}
            if not found:
                raise
    rest = _among_known(certified, scaled, columns, [k for k in ties if k not in found])
    return _with_dependences(certified, scaled, rest, found)


def _among_known(
    certified: CertifiedPoint, scaled: Sequence[ScaledNeuron], columns: Mapping[int, ScalarVector], ties: Sequence[int]
) -> Ties:
    """Do so for some ties; those in irrational directions are best shown to be independent of all others, as enclosed."""
    loose = [k for k in ties if any(entry.rational is None for entry in scaled[k].vector)]
    if loose:
        try:
            return _by_elimination(certified, scaled, columns, [k for k in ties if k not in loose], loose)
        except Undecided:
            pass
    return _by_elimination(certified, scaled, columns, ties, ())


def _by_elimination(
    certified: CertifiedPoint,
    scaled: Sequence[ScaledNeuron],
    columns: Mapping[int, ScalarVector],
    ties: Sequence[int],
    loose: Sequence[int],
) -> Ties:
    """Do so by elimination; what depends on a block or a loose tie, of which enclosures are known, stays undecided."""
    if not ties and not loose:
        return Ties(totals={})
    blocks = [k for k, neuron in enumerate(certified.neurons) if neuron.role in BLOCKS]
    known = [k for k in blocks if scaled[k].known]
    unknown = [columns[k] for k in (*blocks, *loose) if k in loose or not scaled[k].known]
    free = [tuple(map(Scalar.of, certified.kkt.design[position])) for position in certified.kkt.free]
    table = [columns[k] for k in known] + free + [columns[k] for k in ties]
    first = len(known) + len(free)
    lines, pivots = _reduced(table, first)
    if len(pivots) == len(table) and _independent([*unknown, *table]):
        return Ties(totals={})  # independent features: no tie ever carries weight
    if unknown and not _independent([*unknown, *(table[pivot] for pivot in pivots)]):
        raise Undecided("the features of ties and of neurons known by enclosures only may be dependent")
    totals = {
        certified.neurons[k].block or 0: line for k, line in zip(known, lines, strict=False) if any(x.rational != 0 for x in line)
    }
    return Ties(members=tuple(ties), totals=totals, free=lines[len(known) : first], outside=lines[first:])


def _with_dependences(
    certified: CertifiedPoint, scaled: Sequence[ScaledNeuron], rest: Ties, found: Mapping[int, Dependence]
) -> Ties:
    """Add the ties whose features depend on those of blocks by identities to those that elimination deals with."""
    members, size = (*rest.members, *found), len(rest.members)
    totals = {block: [*line, *[ZERO] * len(found)] for block, line in rest.totals.items()}
    free = [[*line, *[ZERO] * len(found)] for line in rest.free] or [[ZERO] * len(members) for _ in certified.kkt.free]
    for place, (k, dependence) in enumerate(found.items(), start=size):
        combination = combination_of(certified, dependence)
        for other, share in combination.neurons:
            line = totals.setdefault(certified.neurons[other].block or 0, [ZERO] * len(members))
            line[place] = share * scaled[k].scale / scaled[other].scale
        for line, share in zip(free, combination.free, strict=True):
            line[place] = share * scaled[k].scale
    outside = tuple((*line, *[ZERO] * len(found)) for line in rest.outside)
    frozen = {block: tuple(line) for block, line in totals.items()}
    return Ties(members=members, totals=frozen, free=tuple(map(tuple, free)), outside=outside, dependences=tuple(found.values()))


def _reduced(table: Sequence[ScalarVector], first: int) -> tuple[tuple[ScalarVector, ...], tuple[int, ...]]:
    """Write the columns from ``first`` on in independent columns; the ones before are independent and all taken.

    Returns one line of coefficients per independent column (over the columns from ``first`` on), and these columns.
    """
    rows = [list(row) for row in zip(*table, strict=True)]
    leading = {column: row for row, column in eliminate(rows, range(first))}
    if len(leading) < first:
        raise ArithmeticError("the features of a proved structure are dependent")
    rest = [i for i in range(len(rows)) if i not in leading.values()]
    further = eliminate(rows, range(first, len(table)), rest)
    leading.update((column, row) for row, column in further)
    order = sorted(leading)
    return tuple(tuple(rows[leading[column]][first:]) for column in order), tuple(order)


def _independent(columns: Sequence[ScalarVector]) -> bool:
    middles = [[entry.middle for entry in column] for column in columns]
    spreads = [max((entry.high - entry.low) / 2 for entry in column) for column in columns]
    return independent_columns(middles, spreads)


class _Builder:
    """Collects variables, equations and readings."""

    def __init__(self, certified: CertifiedPoint, scaled: Sequence[ScaledNeuron], ties: Ties) -> None:
        self.certified, self.scaled, self.ties = certified, scaled, ties
        self.free = [certified.unknown(position) for position in certified.kkt.free]
        self.touched = sorted(ties.totals)
        self.height = len(self.touched) + len(self.free) + len(ties.outside)
        self.columns: list[list[Scalar]] = []
        self.upper: list[Scalar | None] = []
        self.right = [ZERO] * len(self.touched) + self.free + [ZERO] * len(ties.outside)
        self.readings: dict[int, Reading] = {}

    def build(self) -> AmountSystem:
        """Go through blocks and ties."""
        neurons = self.certified.neurons
        for k, neuron in enumerate(neurons):
            if neuron.role in BLOCKS:
                partner = next(
                    (j for j, other in enumerate(neurons) if other.role == "partner" and other.block == neuron.block), None
                )
                self._block(k, partner)
            elif neuron.role == "tie":
                self._tie(k)
        system = BoundedSystem(columns=tuple(map(tuple, self.columns)), right=tuple(self.right), upper=tuple(self.upper))
        readings = tuple(self.readings[k] for k in range(len(neurons)))
        return AmountSystem(polytope=system, readings=readings, dependences=self.ties.dependences)

    def _new(self, upper: Scalar | None) -> int:
        self.columns.append([ZERO] * self.height)
        self.upper.append(upper)
        return len(self.columns) - 1

    def _block(self, k: int, partner: int | None) -> None:
        """Give a pair whose total is fixed one variable, its partner's share; a fixed single neuron none."""
        block, total, scale = self.certified.neurons[k].block or 0, self.scaled[k].total or ZERO, self.scaled[k].scale
        if block in self.ties.totals:
            row = self.touched.index(block)
            self.right[row] = total
            for neuron in (k,) if partner is None else (k, partner):
                variable = self._new(None)
                self.columns[variable][row] = ONE
                self.readings[neuron] = Reading(scale=scale, variable=variable)
                if neuron == partner:
                    self._shift(variable, block)
        elif partner is None:
            self.readings[k] = Reading(scale=scale * total)
        else:
            variable = self._new(total)
            self._shift(variable, block)
            self.readings[k] = Reading(scale=scale, variable=variable, complement=True)
            self.readings[partner] = Reading(scale=scale, variable=variable)

    def _shift(self, variable: int, block: int) -> None:
        """Enter e_j: what one unit of a partner adds to the free directions."""
        kkt = self.certified.kkt
        sign, start = kkt.structure.blocks[block].sign, len(self.touched)
        for row, line in enumerate(pair_coordinates(kkt, block)):
            if len(line) == 1:
                self.columns[variable][start + row] = Scalar.of(-sign * line[0])
                continue
            form = [Fraction(0)] * len(kkt.design)
            for position, entry in zip(kkt.omega(block), line, strict=True):
                form[position] = -sign * entry
            self.columns[variable][start + row] = self.certified.scalar(tuple(form))

    def _tie(self, k: int) -> None:
        if k not in self.ties.members:
            self.readings[k] = Reading(scale=ZERO)
            return
        place = self.ties.members.index(k)
        variable = self._new(None)
        lines = [*(self.ties.totals[block] for block in self.touched), *self.ties.free, *self.ties.outside]
        self.columns[variable] = [line[place] for line in lines]
        self.readings[k] = Reading(scale=self.scaled[k].scale, variable=variable)
