"""O6: pairs of opposite neurons share their amounts so that the network has the fit."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from ..linear import box_solver, dot, left_inverse
from ..quantities import ONE, ZERO, Interval, Matrix
from ..radicals import Form, plus
from .proof import Proof


def o6_coordinates(proof: Proof) -> dict[int, Matrix]:
    """O7a for pairs: return the coordinates e with ``X B_a = X L e`` of their basis vectors; version 2: ``X B_a = X L e + G h``.

    With E3 (and E4, for the free columns G of the linear part) this gives B'X'theta = 0, so a partner is as tight as its pair.
    """
    images = [[dot(row, vector) for row in proof.problem.X] for vector in proof.lineality]
    images += [column for _, column in proof.free_columns()]
    dual, table = left_inverse(images) or [], {}
    for k, neuron in enumerate(proof.neurons):
        if neuron.role == "pair":
            X = proof.seen(neuron).X
            targets = [[dot(row, vector) for row in X] for vector in neuron.basis]
            table[k] = [[dot(row, target) for row in dual] for target in targets]
            for target, parts in zip(targets, table[k], strict=True):
                if any(goal != dot(parts, (image[i] for image in images)) for i, goal in enumerate(target)):
                    raise neuron.item.reject("O7a: the pair is not in the span of the lineality")
    return table


def o6_split(proof: Proof, pairs: Iterable[int]) -> tuple[dict[int, Fraction], list[int]]:
    """Read the given fractions and the pairs to solve for; together they are all pairs, each once."""
    fraction_item, solve_item = proof.evidence["split"].fields("fraction", "solve")
    names, given = {str(k): k for k in pairs}, {}
    for name, item in fraction_item.table().items():
        if name not in names:
            raise item.reject("O6: not the index of a neuron of the role pair")
        given[names[name]] = item.number()
        if not 0 <= given[names[name]] <= 1:
            raise item.reject("O6: the fraction is not between 0 and 1")
    solve = [item.index(len(proof.neurons)) for item in solve_item.entries()]
    if sorted([*given, *solve]) != sorted(names.values()):
        raise proof.evidence["split"].reject("O6: each pair must be either given or solved for, once")
    return given, solve


def o6_pairs(proof: Proof) -> None:
    """O6: ``sum_pairs s_k phi_k E_k omega_k = -c`` has a solution with all phi in [0, 1] for every point of the box."""
    coordinates, item = o6_coordinates(proof), proof.evidence["split"]
    given, solve = o6_split(proof, coordinates)
    columns, rest = o6_columns(proof, coordinates)
    for k, phi in given.items():
        rest = [goal.plus(-phi, entry) for goal, entry in zip(rest, columns[k], strict=True)]
    fits = all(proof.known(goal) == {} for goal in rest) if not solve else len(solve) == len(rest)
    if not fits:
        raise item.reject(f"O6: {len(rest)} pairs must be solved for, or none if all fractions fit exactly")
    solver = box_solver([[proof.ball(entry) for entry in columns[k]] for k in solve])
    if solve and solver is None:
        raise item.reject("O6: the linear system is not proved to be regular")
    fractions = {k: (phi, phi) for k, phi in given.items()}
    if solver is not None:
        fractions.update(zip(solve, solver.solve([proof.ball(goal) for goal in rest]), strict=True))
    for k in solve:
        if fractions[k][0] < 0 or fractions[k][1] > 1:
            raise item.reject(f"O6: the fraction of pair {k} is not proved to lie between 0 and 1")
    o6_amounts(proof, fractions)
    o6_linear(proof, coordinates, fractions)


def o6_columns(proof: Proof, coordinates: dict[int, Matrix]) -> tuple[dict[int, list[Form]], list[Form]]:
    """Return ``s_k E_k omega_k`` for every pair, and -c, as forms."""
    rows = range(len(proof.lineality))
    columns = {
        k: [proof.unknown(proof.blocks[k], [proof.neurons[k].sign * part[j] for part in parts]) for j in rows]
        for k, parts in coordinates.items()
    }
    return columns, [proof.unknown(proof.omegas + j, [-ONE]) for j in rows]


def o6_linear(proof: Proof, coordinates: dict[int, Matrix], fractions: dict[int, Interval]) -> None:
    """O6, version 2: the coefficients of the linear part; g plus ``sum_pairs s_k phi_k H_k omega_k`` for a free column."""
    if proof.extension is None:
        return
    first, free = proof.omegas + len(proof.lineality), [place for place, _ in proof.free_columns()]
    claimed = proof.evidence["linear"].entries(len(proof.extension.linear))
    for place, item in enumerate(claimed, first):
        form, spread = proof.unknown(place, [ONE]), ZERO
        for k, parts in coordinates.items():
            if place in free:
                row = len(proof.lineality) + free.index(place)
                shift = proof.unknown(proof.blocks[k], [proof.neurons[k].sign * part[row] for part in parts])
                low, high = fractions[k]
                form = form.plus((low + high) / 2, shift)
                spread += (high - low) / 2 * max(map(abs, proof.enclosure(shift)))
        low, high = item.box()
        minus = Form([-entry for entry in form.coefficients], plus({}, -ONE, form.constant))
        if not (
            proof.not_negative(form.plus(-low - spread, proof.constant(ONE)))
            and proof.not_negative(minus.plus(high - spread, proof.constant(ONE)))
        ):
            raise item.reject("O6: the coefficient of the linear part is not proved to lie in its box")


def o6_amounts(proof: Proof, fractions: dict[int, Interval]) -> None:
    """O6, the amounts: t for free, (1 - phi) t for a pair, phi t for its partner."""
    for k in proof.blocks:
        low, high = proof.size(k)
        phi_low, phi_high = fractions.get(k, (ZERO, ZERO))
        parts = [(proof.neurons[k], (1 - phi_high) * low, (1 - phi_low) * high)]
        partner = proof.neurons[k].partner
        if partner is not None:
            parts.append((proof.neurons[partner], phi_low * low, phi_high * high))
        for neuron, least, most in parts:
            if neuron.amount is None or least < neuron.amount[0] or most > neuron.amount[1]:
                raise neuron.item.reject("O6: the amount is not proved to lie in its box")
