"""S1: the polytope of the amounts of all optimal networks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from ..linear import ROUND, BoxSolver, dot, left_inverse, pivots
from ..network.o5_directions import pull_weights, tie_direction
from ..network.o6_pairs import o6_columns, o6_coordinates
from ..network.proof import Neuron, Proof
from ..quantities import ONE, ZERO, Interval, Matrix, Vector
from ..radicals import Constant, Form, enclose, plus
from .r3_dependences import Dependence, product, quotient, r3_dependences

Entry = Form | Interval
"""Of a column: a linear form in (omega, c), or only enclosed."""


@dataclass(frozen=True, slots=True)
class Amount:
    """The amount of a neuron: length times x_variable, or times upper - x_variable (`rest`), or, without a variable, times total.

    The length is exact, or an enclosure on the box.
    """

    length: Constant | Interval
    total: Form
    variable: int = -1
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Features:
    """The features of neurons of known direction, and how those of ties depend on them.

    lengths: for each block and tie the vector v (a positive multiple of its direction; None: known on the box only), the amount
    of v in the network of O6, and |v|. known: the blocks with a known v. ties: for each tie its coefficients over the independent
    features, which are those of `known`, then X L, then some ties; no ties here when all are independent. dependent: the
    ties of R3, in the features of blocks, and X L.
    """

    lengths: dict[int, tuple[Vector | None, Form, Constant | Interval]]
    known: list[int]
    ties: dict[int, Vector]
    dependent: dict[int, Dependence]


@dataclass(frozen=True)
class Polytope:
    """``{x : sum_j x_j columns[j] = right, 0 <= x_j <= upper_j}``: its points are the optimal networks, one amount per neuron."""

    proof: Proof
    columns: list[list[Entry]]
    right: list[Form]
    upper: list[Form | None]
    amounts: list[Amount]
    solvers: dict[tuple[int, ...], Matrix | BoxSolver | None] = field(default_factory=dict)

    @cached_property
    def rational(self) -> list[Vector | None]:
        """The columns that are rational vectors, None for the others."""
        table = [[rational(entry) for entry in column] for column in self.columns]
        known = [[entry for entry in column if entry is not None] for column in table]
        return [column if len(column) == len(self.right) else None for column in known]

    @cached_property
    def full(self) -> list[list[Form]]:
        """The columns times their upper bounds, of which one is rational; empty where there is no bound."""
        table: list[list[Form]] = []
        for column, bound in zip(self.columns, self.upper, strict=True):
            forms = [entry for entry in column if isinstance(entry, Form)] if bound is not None else []
            pairs = [(form, rational(form)) for form in forms]
            table.append([form if factor is None or bound is None else bound.times(factor) for form, factor in pairs])
        return table

    @cached_property
    def balls(self) -> tuple[list[list[Interval]], list[list[Interval]], list[Interval]]:
        """The columns, the full columns and the right-hand side as middles and spreads."""
        proof = self.proof
        columns = [[ball(proof, entry) for entry in column] for column in self.columns]
        full = [[proof.ball(form) for form in column] for column in self.full]
        return columns, full, [proof.ball(form) for form in self.right]


def ball(proof: Proof, entry: Entry) -> Interval:
    """Return the middle of an entry, and how far from it the entry may be."""
    low, high = proof.enclosure(entry) if isinstance(entry, Form) else entry
    return (low + high) / 2, (high - low) / 2


def rational(form: Entry) -> Fraction | None:
    """Return the value of a form that is a rational constant, None for others."""
    if not isinstance(form, Form):
        return None
    return None if any(form.coefficients) or set(form.constant) - {1} else form.constant.get(1, ZERO)


def settled(proof: Proof, form: Form) -> Form:
    """Return a form with its value in its place when that is known to be rational."""
    constant = proof.known(form)
    return form if constant is None or set(constant) - {1} else Form([ZERO] * len(form.coefficients), constant)


def s1_length(proof: Proof, k: int) -> tuple[Vector | None, Form, Constant | Interval]:
    """S1: choose v for a block or a tie: the basis vector of a ray, a tie's direction up to a root, or w, if it is rational."""
    neuron, one, place = proof.neurons[k], proof.constant(ONE), proof.blocks.get(k, 0)
    if neuron.role == "tie" and enclosed(proof, k):
        return None, one.times(ZERO), {1: ONE}
    if neuron.role == "tie":
        u, total = tie_direction(proof, neuron), one.times(ZERO)
        if len({q for entry in u for q in entry}) != 1:
            return None, total, {1: ONE}
        v = [sum(entry.values(), ZERO) for entry in u]
    elif len(neuron.basis) == 1:
        side = ONE if proof.midpoint[place] > 0 else -ONE
        v, total = [side * entry for entry in neuron.basis[0]], settled(proof, proof.unknown(place, [side]))
    else:
        found = [rational(settled(proof, proof.unknown(place + a, [ONE]))) for a in range(len(neuron.basis))]
        omega = [entry for entry in found if entry is not None]
        if len(omega) < len(found):
            return None, one, proof.size(k)
        v, total = [dot(omega, column) for column in zip(*neuron.basis, strict=True)], one
    square = dot(v, v)
    root = proof.radicals.root(square.numerator * square.denominator)
    return v, total, plus({}, Fraction(1, square.denominator), root)


def enclosed(proof: Proof, k: int) -> bool:
    """Say whether a tie is one of R2, whose direction is enclosed."""
    return "ties" in proof.evidence and str(k) in proof.evidence["ties"].table()


def feature(proof: Proof, neuron: Neuron, vector: Sequence[Fraction]) -> Vector:
    """Return ``s D X v``."""
    return [
        neuron.sign * dot(row, vector) if gate == "+" else ZERO for row, gate in zip(proof.problem.X, neuron.gate, strict=True)
    ]


def s1_features(proof: Proof) -> Features:
    """S1, first part: features of blocks and X L are independent; ties depend on those known exactly, or by R3, or not at all."""
    dependent = r3_dependences(proof)
    ties = [k for k, neuron in enumerate(proof.neurons) if neuron.role == "tie" and k not in dependent]
    lengths = {k: s1_length(proof, k) for k in [*proof.blocks, *ties, *dependent]}
    vectors = {k: vector for k, (vector, _, _) in lengths.items() if vector is not None}
    known, unknown = [k for k in proof.blocks if k in vectors], [k for k in [*proof.blocks, *ties] if k not in vectors]
    free = [[dot(row, vector) for row in proof.problem.X] for vector in proof.lineality]
    ties = [k for k in ties if k in vectors]
    table = [feature(proof, proof.neurons[k], vectors[k]) for k in known] + free
    table += [feature(proof, proof.neurons[k], vectors[k]) for k in ties]
    chosen, first = pivots(table), len(known) + len(free)
    independent = [table[place] for place in chosen]
    if chosen[:first] != list(range(first)) or not s1_independent(proof, independent, unknown):
        raise proof.evidence["roles"].reject("S1: the features are not proved to be independent")
    dual = left_inverse(independent) or []
    lines = {k: [dot(row, column) for row in dual] for k, column in zip(ties, table[first:], strict=True)}
    scaled = {k: s1_scaled(proof, k, found, lengths) for k, found in dependent.items()}
    return Features(lengths, known, lines if len(chosen) < len(table) else {}, scaled)


def s1_scaled(
    proof: Proof, k: int, found: Dependence, lengths: dict[int, tuple[Vector | None, Form, Constant | Interval]]
) -> Dependence:
    """S1: write the feature of v_k, not of the unit direction, in those of the v of blocks."""
    bits = 64 + proof.radius.denominator.bit_length()
    sizes = {j: enclose(size, bits) if isinstance(size, dict) else size for j, (_, _, size) in lengths.items()}
    blocks = {j: quotient(product(entry, sizes[k]), (-sizes[j][1], -sizes[j][0])) for j, entry in found.blocks.items()}
    return Dependence(blocks, [product(entry, sizes[k]) for entry in found.free])


def s1_independent(proof: Proof, table: Matrix, blocks: list[int]) -> bool:
    """S1: the columns of the table, ``s_k D_k X B_k omega_k`` of blocks and ``s_k D_k X u_k`` of ties are independent on the box.

    T is a left inverse of nearby columns; the columns C(omega) are independent because |I - T C(omega)| < 1 in every row.
    """
    if not blocks:
        return True
    parts = [[(column, ONE, ZERO)] for column in table]
    for k in blocks:
        neuron = proof.neurons[k]
        balls = [(value, proof.radius) for value in proof.midpoint[proof.blocks[k] :]] if k in proof.blocks else []
        basis = neuron.basis if balls else unit_vectors(len(proof.problem.X[0]))
        balls = balls or [proof.ball(proof.form(line)) for line in pull_weights(proof, neuron)]
        columns = [feature(proof, neuron, vector) for vector in basis]
        parts.append([(column, *ends) for column, ends in zip(columns, balls, strict=False)])
    near = []
    for part in parts:
        column = [sum((value * vector[i] for vector, value, _ in part), ZERO) for i in range(len(proof.problem.y))]
        size = max(map(abs, column)) or ONE
        near.append([Fraction(round(entry / size * (1 << ROUND))) * size for entry in column])
    for i, row in enumerate(left_inverse(near) or [[]]):
        total = ZERO if row else ONE
        for j, part in enumerate(parts if row else []):
            values = [(dot(row, vector), value, spread) for vector, value, spread in part]
            total += abs((i == j) - sum((factor * value for factor, value, _ in values), ZERO))
            total += sum((abs(factor) * spread for factor, _, spread in values), ZERO)
        if total >= 1:
            return False
    return True


def unit_vectors(size: int) -> Matrix:
    """Return the vectors e_1, e_2, ..."""
    return [[Fraction(i == j) for i in range(size)] for j in range(size)]


def s1_share(proof: Proof, k: int, column: list[Form]) -> list[Form]:
    """S1: return what one unit of the partner adds to the equations of X L, for a pair k with the column ``s_k E_k omega_k``."""
    if len(proof.neurons[k].basis) > 1:
        return [settled(proof, entry.times(-ONE)) for entry in column]
    side = -1 if proof.midpoint[proof.blocks[k]] > 0 else 1
    return [proof.constant(side * entry.coefficients[proof.blocks[k]]) for entry in column]


@dataclass(frozen=True, slots=True)
class Draft:
    """A polytope in the making; a column maps equations to entries."""

    columns: list[dict[int, Entry]] = field(default_factory=list)
    upper: list[Form | None] = field(default_factory=list)
    amounts: dict[int, Amount] = field(default_factory=dict)

    def add(self, k: int, amount: Amount, column: dict[int, Entry], bound: Form | None = None) -> None:
        """Make the amount of neuron k a variable."""
        self.amounts[k] = replace(amount, variable=len(self.columns))
        self.columns.append(column)
        self.upper.append(bound)


def s1_polytope(proof: Proof) -> Polytope:
    """S1, second part: variables are the shares of partners of fixed pairs, and the amounts of all that ties can change."""
    features, draft = s1_features(proof), Draft()
    known, lines = len(features.known), features.ties
    shares, goals = o6_columns(proof, o6_coordinates(proof))
    places = {k: place for place, k in enumerate(features.known)}
    places |= {k: place - len(proof.blocks) for place, k in enumerate(proof.blocks) if k not in places}
    moved = {place for line in lines.values() for place, entry in enumerate(line) if entry and place < known}
    moved |= {places[j] for found in features.dependent.values() for j in found.blocks}
    right = {known + j: settled(proof, goal.times(-ONE)) for j, goal in enumerate(goals)}
    for k in sorted(features.lengths):
        _, total, length = features.lengths[k]
        amount, partner = Amount(length, total), proof.neurons[k].partner
        share: dict[int, Entry] = {}
        if partner is not None:
            share.update((known + j, entry) for j, entry in enumerate(s1_share(proof, k, shares.get(k, []))))
        draft.amounts[k] = amount
        if k in features.dependent:
            found = features.dependent[k]
            column: dict[int, Entry] = {places[j]: entry for j, entry in found.blocks.items()}
            draft.add(k, amount, column | {known + j: entry for j, entry in enumerate(found.free)})
        elif k in lines:
            draft.add(k, amount, dict(enumerate(map(proof.constant, lines[k]))))
        elif k in places and places[k] in moved:
            right[places[k]] = total
            draft.add(k, amount, {places[k]: proof.constant(ONE)})
            if partner is not None:
                draft.add(partner, amount, share | {places[k]: proof.constant(ONE)})
        elif partner is not None:
            draft.add(partner, amount, share, total)
            draft.amounts[k] = replace(draft.amounts[partner], rest=True)
    rows = sorted(moved) + list(range(known, max([known + len(goals), *map(len, lines.values())])))
    return s1_rows(proof, draft, rows, right)


def s1_rows(proof: Proof, draft: Draft, rows: list[int], right: dict[int, Form]) -> Polytope:
    """S1, third part: of rational equations only independent ones are kept; the others follow, because O6 has a solution.

    Of more equations than variables as many are kept; S2 proves them independent, so their only solution is that of O6.
    """
    zero = proof.constant(ZERO)
    amounts = [draft.amounts[k] for k in range(len(proof.neurons))]
    full = Polytope(proof, [[c.get(i, zero) for i in rows] for c in draft.columns], [], draft.upper, amounts)
    table = [[rational(entry) for entry in line] for line in ([c.get(i, zero) for c in draft.columns] for i in rows)]
    known = [[entry for entry in line if entry is not None] for line in table]
    if all(len(line) == len(draft.columns) for line in known):
        rows = [rows[i] for i in pivots(known)]
    elif len(draft.columns) < len(rows):
        chosen = pivots([[ball(proof, c.get(i, zero))[0] for c in draft.columns] for i in rows])
        rows = [rows[i] for i in chosen] if len(chosen) == len(draft.columns) else rows
    columns = [[column.get(i, zero) for i in rows] for column in draft.columns]
    return replace(full, columns=columns, right=[right.get(i, zero) for i in rows])
