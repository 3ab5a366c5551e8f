"""Independent judges of the fewest neurons: brute force in Fractions, z3's optimiser, and re-checks of the evidence."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product

from reluexact.geometry.polytope import BoundedSystem
from reluexact.kinds.minimum_network.claim import Leaf


def plain(system):
    """Return columns, right-hand side and upper bounds as Fractions."""
    columns = [[entry.rational for entry in column] for column in system.columns]
    return columns, [entry.rational for entry in system.right], [None if u is None else u.rational for u in system.upper]


def unique_solution(columns, right):
    """Solve sum x_j columns[j] = right by Gauss's method; None when there is no solution or more than one."""
    rows = [[*(column[i] for column in columns), value] for i, value in enumerate(right)]
    for j in range(len(columns)):
        lead = next((i for i in range(j, len(rows)) if rows[i][j]), None)
        if lead is None:
            return None
        rows[j], rows[lead] = rows[lead], rows[j]
        rows[j] = [entry / rows[j][j] for entry in rows[j]]
        for i, row in enumerate(rows):
            if i != j and row[j]:
                rows[i] = [a - row[j] * b for a, b in zip(row, rows[j], strict=True)]
    if any(row[-1] for row in rows[len(columns) :]):
        return None
    return [rows[j][-1] for j in range(len(columns))]


def brute_fewest(system):
    """Return the fewest neurons by trying every vertex; None when there is no vertex."""
    columns, right, upper = plain(system)
    pairs = [j for j, bound in enumerate(upper) if bound is not None]
    for count in range(len(right) + 1):
        for chosen in combinations(range(len(columns)), count):
            others = [j for j in pairs if j not in chosen]
            for state in product((0, 1), repeat=len(others)):
                rest = list(right)
                for j, high in zip(others, state, strict=True):
                    if high:
                        rest = [a - upper[j] * b for a, b in zip(rest, columns[j], strict=True)]
                x = unique_solution([columns[j] for j in chosen], rest)
                if x is not None and all(
                    value >= 0 and (upper[j] is None or value <= upper[j]) for j, value in zip(chosen, x, strict=True)
                ):
                    return len(pairs) + count
    return None


def z3_fewest(system, timeout=None):
    """Return the fewest neurons by z3, optimiser and plain solver; None after ``timeout`` ms or without a point."""
    return z3_minimum(*z3_program(*plain(system)), timeout)


def z3_program(columns, right, upper):
    """Return the conditions and the number of neurons as z3 takes them."""
    import z3

    x = [z3.Real(f"x{j}") for j in range(len(columns))]
    terms, conditions = [], [value >= 0 for value in x]
    for value, bound in zip(x, upper, strict=True):
        terms.append(z3.If(value > 0, 1, 0))
        if bound is not None:
            conditions.append(value <= z3.Q(bound.numerator, bound.denominator))
            terms.append(z3.If(value < z3.Q(bound.numerator, bound.denominator), 1, 0))
    for i, value in enumerate(right):
        total = z3.Sum([z3.Q(column[i].numerator, column[i].denominator) * v for column, v in zip(columns, x, strict=True)])
        conditions.append(total == z3.Q(value.numerator, value.denominator))
    return conditions, z3.Sum(terms)


def z3_minimum(conditions, cost, timeout=None):
    """Return the least integer value of ``cost``; AssertionError when z3's plain solver does not confirm its optimiser.

    The optimiser alone is no judge: that of z3 5.4.1 gives wrong optima of nonlinear objectives, its two bounds being equal.
    """
    import z3

    optimiser = limited(z3.Optimize(), conditions, timeout)
    least = optimiser.minimize(cost)
    if optimiser.check() != z3.sat:
        return None
    answer = least.value().as_long()
    reached = limited(z3.Solver(), [*conditions, cost == answer], timeout).check()
    better = limited(z3.Solver(), [*conditions, cost < answer], timeout).check()
    assert reached != z3.unsat, f"no point has the value {answer}"
    assert better != z3.sat, f"{answer} is not the least value"
    return answer if (reached, better) == (z3.sat, z3.unsat) else None


def limited(solver, conditions, timeout):
    if timeout is not None:
        solver.set("timeout", timeout)
    solver.add(conditions)
    return solver


def check_point(system, found):
    """Say that the point of an answer lies in the polytope and has ``upper`` neurons."""
    columns, right, upper = plain(system)
    x = [value.rational for value in found.point]
    assert [sum((a * column[i] for a, column in zip(x, columns, strict=True)), Fraction(0)) for i in range(len(right))] == right
    assert all(a >= 0 and (u is None or a <= u) for a, u in zip(x, upper, strict=True))
    count = sum(a > 0 for a in x) + sum(u is not None and a < u for a, u in zip(x, upper, strict=True))
    assert count == found.upper
    assert found.lower <= found.upper


def used_up(system, implied):
    """Check implied equations and return the smaller system (columns, right, upper), and the neurons that are always there."""
    columns, right, upper = plain(system)
    fixed = 0
    original = [list(column) for column in columns]
    start = list(right)
    for equation in implied:
        combined = [sum((m * a for m, a in zip(equation.multipliers, c, strict=True)), Fraction(0)) for c in original]
        expected = [Fraction(0)] * len(original)
        expected[equation.variable] = Fraction(1)
        assert upper[equation.variable] is None
        if equation.partner is not None:
            assert equation.ratio > 0
            assert upper[equation.partner] is None
            expected[equation.partner] = equation.ratio
        assert combined == expected
        assert sum((m * b for m, b in zip(equation.multipliers, start, strict=True)), Fraction(0)) == equation.total >= 0
        gone = columns[equation.variable]
        right = [b - equation.total * a for b, a in zip(right, gone, strict=True)]
        if equation.partner is not None:
            mate = equation.partner
            columns[mate] = [a - equation.ratio * b for a, b in zip(columns[mate], gone, strict=True)]
            upper[mate] = equation.total / equation.ratio
        elif equation.total > 0:
            fixed += 1
    dropped = {equation.variable for equation in implied}
    kept = [j for j in range(len(columns)) if j not in dropped]
    return [columns[j] for j in kept], right, [upper[j] for j in kept], fixed


def check_tree(system, found):
    """Re-check a branch tree in Fractions."""
    tree = found.evidence
    columns, right, upper, fixed = used_up(system, tree.implied)
    assert found.lower == fixed + sum(bound is not None for bound in upper) + tree.budget + 1
    bounds = [b if b is not None else implied_bound(tree, columns, right, upper, j) for j, b in enumerate(upper)]
    steps = [[b * a for a in column] for b, column in zip(bounds, columns, strict=True)]
    walk(tree.root, tree.budget, steps, right, [b is not None for b in upper], ["free"] * len(steps))


def implied_bound(tree, columns, right, upper, j):
    z = tree.bounding[j]
    gains = [sum((a * b for a, b in zip(z, column, strict=True)), Fraction(0)) for column in columns]
    assert all(gain >= 0 for gain, bound in zip(gains, upper, strict=True) if bound is None)
    total = sum((a * b for a, b in zip(z, right, strict=True)), Fraction(0))
    total += sum(
        (max(-gain, Fraction(0)) * bound for gain, bound in zip(gains, upper, strict=True) if bound is not None), Fraction(0)
    )
    assert total / gains[j] <= tree.uppers[j]
    return tree.uppers[j]


def walk(node, budget, steps, right, bounded, states):
    """Check one node of a tree and what is below it."""
    if isinstance(node, Leaf):
        assert node.count >= 0
        gains = [sum((a * b for a, b in zip(node.multipliers, step, strict=True)), Fraction(0)) for step in steps]
        total = sum((a * b for a, b in zip(node.multipliers, right, strict=True)), Fraction(0))
        total -= node.count * (budget - states.count("counted"))
        for gain, state, pair in zip(gains, states, bounded, strict=True):
            if state == "one":
                total -= gain
            elif state != "zero":
                total -= max(Fraction(0), gain - (node.count if state == "free" and not pair else 0))
        assert total > 0
        return
    j = node.variable
    assert states[j] == "free"
    assert (node.one is not None) == bounded[j]
    for state, child in (("zero", node.zero), ("one", node.one), ("counted", node.counted)):
        if child is not None:
            walk(child, budget, steps, right, bounded, [*states[:j], state, *states[j + 1 :]])


def random_system(random, *, pairs, singles, rows, most, planted=None):
    """Return a rational system with a solution; ``planted``: how many variables that solution has between their bounds."""
    count = pairs + singles
    columns = [[Fraction(random.randint(-most, most)) for _ in range(rows)] for _ in range(count)]
    for column in columns[pairs:]:
        column[0] = Fraction(random.randint(1, most))  # bounded
    upper = [Fraction(random.randint(1, most), random.choice((1, 1, 2, 3))) for _ in range(pairs)] + [None] * singles
    between = random.sample(range(count), rows if planted is None else planted)
    x = []
    for j in range(count):
        share = Fraction(random.randint(1, 5), 6) if j in between else random.randint(0, 1) if j < pairs else 0
        x.append(share * (upper[j] if upper[j] is not None else most))
    right = [sum((a * column[i] for a, column in zip(x, columns, strict=True)), Fraction(0)) for i in range(rows)]
    return BoundedSystem.of(columns, right, upper)
