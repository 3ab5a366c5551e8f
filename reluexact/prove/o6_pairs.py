"""Obligation O6 of CERTIFICATE.md: the amount of every pair divides between its two neurons so that the fit comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from reluexact.numbers.intervals import Interval, solve_linear
from reluexact.numbers.linalg import dot, rank, solve, transpose
from reluexact.numbers.quadratic import Box
from reluexact.numbers.types import Matrix, Vector
from reluexact.prove.identities import ResidualForms
from reluexact.prove.neurons import Unproved
from reluexact.prove.structure import Kkt

LARGEST_DENOMINATOR = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedShares:
    """What a proposal says of the pairs; nothing of it is believed.

    shares: the share of every pair's partner. independent: pairs whose columns are independent, as many as there are free
    directions where possible. between: where some shares lie at an end, the pairs whose shares do not; None: all lie between.
    """

    shares: dict[int, Fraction]
    independent: tuple[int, ...]
    between: tuple[int, ...] | None

    def names(self, pairs: list[int]) -> bool:
        """Say whether there is a share for every pair, and the others name some of these, each once."""
        lists = (self.independent, self.between or ())
        return sorted(self.shares) == pairs and all(len(set(some)) == len(some) and {*some} <= {*pairs} for some in lists)


ProposeShares = Callable[[list[int], dict[int, Vector], Vector], ProposedShares]
"""Takes the pairs, the column of each, and what ``sum share * column`` has to be; raises Unproved where it finds none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitOfPairs:
    """How the amounts of the pairs are divided: fraction on the partner, as enclosed; ``solve`` lists the dependent blocks."""

    fixed: tuple[tuple[int, Fraction], ...]
    solve: tuple[int, ...]
    fractions: tuple[tuple[int, Interval], ...]


def split_pairs(kkt: Kkt, box: Box, forms: ResidualForms, propose: ProposeShares) -> SplitOfPairs:
    """Find the share of every pair's partner: inside (0, 1) over the whole box, or exactly within [0, 1]."""
    pairs = [block for block, paired in enumerate(kkt.structure.paired) if paired]
    if not pairs:
        return SplitOfPairs(fixed=(), solve=(), fractions=())
    maps = {block: pair_coordinates(kkt, block) for block in pairs}
    columns = {block: _column(kkt, maps[block], block, box.midpoint) for block in pairs}
    target = tuple(box.midpoint[position] for position in kkt.free)
    proposed = propose(pairs, columns, target)
    if not proposed.names(pairs):
        raise Unproved("O6: the proposed split does not name every pair once")
    if box.exact:
        return _exact_split(columns, target, proposed)
    found = _enclosed_split(columns, target, proposed, (box.radius, _spread(maps) * box.radius))
    return _known_split(kkt, forms, maps, proposed.shares) if found is None else found


def _spread(maps: dict[int, Matrix]) -> Fraction:
    return max(
        (sum((abs(entry) for entry in line), Fraction(0)) for table in maps.values() for line in table), default=Fraction(0)
    )


def _enclosed_split(
    columns: dict[int, Vector], target: Vector, proposed: ProposedShares, radii: tuple[Fraction, Fraction]
) -> SplitOfPairs | None:
    """Fix all but as many shares as there are free directions, and enclose these; None when they do not come out inside (0, 1).

    ``radii`` bound the errors of the target and of the columns.
    """
    chosen = proposed.independent
    if len(chosen) < len(target):
        return None
    fixed = _fixed(proposed.shares, chosen)
    matrix = tuple(zip(*(columns[block] for block in chosen), strict=True))
    solved = solve_linear(matrix, radii[1], _rest(target, fixed, columns), radii[0] + len(columns) * radii[1])
    if solved is None:
        return None
    enclosed = {block: Interval(low=phi, high=phi) for block, phi in fixed.items()}
    enclosed.update(zip(chosen, solved, strict=True))
    if any(not 0 < value.low <= value.high < 1 for value in enclosed.values()):
        return None
    return SplitOfPairs(fixed=tuple(sorted(fixed.items())), solve=chosen, fractions=tuple(sorted(enclosed.items())))


def _fixed(shares: dict[int, Fraction], others: tuple[int, ...]) -> dict[int, Fraction]:
    """Return short shares of all but the other pairs."""
    return {block: Fraction(round(share * 2**20), 2**20) for block, share in shares.items() if block not in others}


def _exact_split(columns: dict[int, Vector], target: Vector, proposed: ProposedShares) -> SplitOfPairs:
    """Solve for the shares in rational numbers; shares 0 and 1 are allowed, and fewer pairs than free directions."""
    if proposed.between is None:
        inner = proposed.independent
        fixed = _fixed(proposed.shares, inner)
    else:
        inner = proposed.between
        fixed = {block: Fraction(round(share)) for block, share in proposed.shares.items() if block not in inner}
    right = _rest(target, fixed, columns)
    solved = solve(transpose([columns[block] for block in inner]), right) if inner else () if not any(right) else None
    if solved is None:
        raise Unproved("O6: the pairs cannot be split exactly")
    fixed.update(zip(inner, solved, strict=True))
    if any(not 0 <= phi <= 1 for phi in fixed.values()):
        raise Unproved("O6: the pairs cannot be split with amounts that are not negative")
    enclosed = tuple((block, Interval(low=phi, high=phi)) for block, phi in sorted(fixed.items()))
    return SplitOfPairs(fixed=tuple(sorted(fixed.items())), solve=(), fractions=enclosed)


def split_again(kkt: Kkt, box: Box, forms: ResidualForms, fixed: dict[int, Fraction], chosen: tuple[int, ...]) -> SplitOfPairs:
    """Return the split that evidence names: the shares of some pairs, and the pairs whose shares follow; raises Unproved."""
    pairs = [block for block, paired in enumerate(kkt.structure.paired) if paired]
    if sorted([*fixed, *chosen]) != pairs:
        raise Unproved("O6: the split does not name every pair once")
    maps = {block: pair_coordinates(kkt, block) for block in pairs}
    enclosed = {block: Interval(low=phi, high=phi) for block, phi in fixed.items()}
    if chosen:
        columns = {block: _column(kkt, maps[block], block, box.midpoint) for block in pairs}
        target = tuple(box.midpoint[position] for position in kkt.free)
        spread = _spread(maps) * box.radius
        matrix = tuple(zip(*(columns[block] for block in chosen), strict=True))
        solved = solve_linear(matrix, spread, _rest(target, fixed, columns), box.radius + len(pairs) * spread)
        if solved is None:
            raise Unproved("O6: the pairs that the split solves for are dependent")
        enclosed.update(zip(chosen, solved, strict=True))
    elif not _fits(kkt, forms, maps, fixed):
        raise Unproved("O6: the split of the pairs does not give the fit")
    if any(not 0 <= value.low <= value.high <= 1 for value in enclosed.values()):
        raise Unproved("O6: the pairs cannot be split with amounts that are not negative")
    return SplitOfPairs(fixed=tuple(sorted(fixed.items())), solve=chosen, fractions=tuple(sorted(enclosed.items())))


def _fits(kkt: Kkt, forms: ResidualForms, maps: dict[int, Matrix], fixed: dict[int, Fraction]) -> bool:
    """Say whether the identities show that these shares of all pairs add up to the free part."""
    for j, position in enumerate(kkt.free):
        row = [Fraction(0)] * len(kkt.design)
        row[position] = Fraction(1)
        for block, phi in fixed.items():
            for place, entry in zip(kkt.omega(block), maps[block][j], strict=True):
                row[place] += kkt.structure.blocks[block].sign * phi * entry
        value = forms.reduced(tuple(row), Fraction(0))
        if value is None or value.sign() != 0:
            return False
    return True


def _known_split(kkt: Kkt, forms: ResidualForms, maps: dict[int, Matrix], shares: dict[int, Fraction]) -> SplitOfPairs:
    """Try short fractions as shares; the identities must show that they fit exactly."""
    fixed = {block: share.limit_denominator(LARGEST_DENOMINATOR) for block, share in shares.items()}
    if any(not 0 <= phi <= 1 for phi in fixed.values()):
        raise Unproved("O6: the pairs cannot be split with amounts that are not negative")
    if not _fits(kkt, forms, maps, fixed):
        raise Unproved("O6: the split of the pairs is a coincidence that the identities do not show")
    enclosed = tuple((block, Interval(low=phi, high=phi)) for block, phi in sorted(fixed.items()))
    return SplitOfPairs(fixed=tuple(sorted(fixed.items())), solve=(), fractions=enclosed)


def _rest(target: Vector, fixed: dict[int, Fraction], columns: dict[int, Vector]) -> Vector:
    """Return what the pairs that are not fixed have to add up to."""
    return tuple(
        value - sum((phi * columns[block][j] for block, phi in fixed.items()), Fraction(0)) for j, value in enumerate(target)
    )


def spans_free_directions(kkt: Kkt, box: Box, split: SplitOfPairs) -> bool:
    """Say whether the pairs can meet any small change of the free part c, each share staying inside (0, 1).

    Fewer pairs than free directions divide only where c happens to lie in the span of their columns.
    """
    if len(split.solve) == len(kkt.lineality):
        return True
    if not box.exact:
        return False
    inner = [block for block, share in split.fractions if 0 < share.low <= share.high < 1]
    columns = [_column(kkt, pair_coordinates(kkt, block), block, box.midpoint) for block in inner]
    return bool(columns) and rank(columns) == len(kkt.lineality)


def split_amounts(kkt: Kkt, box: Box, split: SplitOfPairs) -> dict[int, tuple[Interval, Interval]]:
    """Return for every block the amounts of its neuron and of its partner (0 for an unpaired block)."""
    fractions = dict(split.fractions)
    result = {}
    for block in range(len(kkt.bases)):
        total = Interval.around(box.midpoint[kkt.amount(block)], box.spread)
        part = fractions.get(block, Interval(low=Fraction(0), high=Fraction(0)))
        rest = Interval(low=1 - part.high, high=1 - part.low)
        result[block] = (total * rest, total * part)
    return result


def pair_coordinates(kkt: Kkt, block: int) -> Matrix:
    """Return the matrix E with ``X B = X L E + G H`` for a paired block, G the free columns of the linear part."""
    return _coordinates(kkt, block)[: len(kkt.lineality)]


def linear_coordinates(kkt: Kkt, block: int) -> dict[int, Vector]:
    """Return the rows of the matrix H of :func:`pair_coordinates`, by the position of the coefficient g in z."""
    return dict(zip(_free_columns(kkt), _coordinates(kkt, block)[len(kkt.lineality) :], strict=True))


def _free_columns(kkt: Kkt) -> list[int]:
    return [position for position, ridge in zip(kkt.linear, kkt.affine.ridges, strict=True) if ridge == 0]


def _coordinates(kkt: Kkt, block: int) -> Matrix:
    columns = [kkt.design[position] for position in (*kkt.free, *_free_columns(kkt))]
    table = tuple(tuple(column[i] for column in columns) for i in range(kkt.program.data.n))
    images, rows = [], kkt.program.of(kkt.structure.blocks[block]).data.X
    for vector in kkt.bases[block]:
        image = solve(table, [dot(row, vector) for row in rows])
        if image is None:
            raise Unproved("O6: a pair lies outside the free directions")
        images.append(image)
    return tuple(tuple(image[j] for image in images) for j in range(len(columns)))


def _column(kkt: Kkt, coordinates: Matrix, block: int, point: Vector) -> Vector:
    """Return ``-s E omega``: what one unit of the pair's fraction adds to c."""
    omega = [point[position] for position in kkt.omega(block)]
    return tuple(-kkt.structure.blocks[block].sign * dot(line, omega) for line in coordinates)
