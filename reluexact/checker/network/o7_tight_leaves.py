"""O7b: tight leaves, on which one neuron alone reaches the penalty."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from ..document import Item
from ..linear import dot, left_inverse
from ..quantities import ONE, ZERO, Matrix, Vector
from ..radicals import Form
from ..walls import Walls
from .o5_directions import pull_weights
from .proof import Neuron, Proof
from .views import View


def kink(view: View, sign: int, wall: int) -> Vector:
    """Return the weights over theta of the kink of a wall."""
    pairs = zip(view.walls.wall_of, view.walls.factor, strict=True)
    return [sign * abs(factor) if other == wall else ZERO for other, factor in pairs]


def leaf_parts(node: Item) -> list[Item]:
    """Read neuron, solve, fixed of a tight leaf, and kinks and free where it has these."""
    return node.fields("neuron", "solve", "fixed", *(name for name in ("kinks", "free") if node.has(name)))


def o7_rest(view: View, neuron: Neuron, pull: Matrix, kinks: dict[int, Fraction], free: Sequence[int] = ()) -> Matrix:
    """Return the weights over theta of what the walls of a neuron must make up for: its pull without l and the walls on."""
    walls = view.walls
    for i, (row, wall, factor) in enumerate(zip(view.X, walls.wall_of, walls.factor, strict=True)):
        if not factor:
            continue
        on = neuron.gate[walls.heads[wall]] == "+" and wall not in free
        share = abs(factor) * (kinks.get(wall, ZERO) + (ONE if on else ZERO))
        for j, entry in enumerate(pull):
            entry[i] -= neuron.sign * (share * walls.normals[wall][j] + (row[j] if factor < 0 else ZERO))
    return pull


def o7_multipliers(
    proof: Proof,
    view: View,
    neuron: Neuron,
    solve: list[int],
    fixed: dict[int, Fraction],
    kinks: dict[int, Fraction],
    free: Sequence[int] = (),
) -> dict[int, Form] | None:
    """Solve for the tau_h; None when the normals are dependent or the equations are not proved to hold.

    The kinks of the walls `free` do not count although the neuron's gate may be +.
    """
    walls, zero = view.walls, proof.form([ZERO] * len(proof.problem.y))
    target = o7_rest(view, neuron, pull_weights(proof, neuron), kinks, free)
    constants = [-sum((tau * walls.normals[wall][j] for wall, tau in fixed.items()), ZERO) for j in range(len(target))]
    dual = left_inverse([list(walls.normals[wall]) for wall in solve])
    if dual is None:
        return None
    taus = {}
    for wall, line in zip(solve, dual, strict=True):
        taus[wall] = proof.form([dot(line, entries) for entries in zip(*target, strict=True)], dot(line, constants))
    for j, constant in enumerate(constants):
        rest = proof.form(target[j], constant)
        for wall, tau in taus.items():
            rest = rest.plus(-walls.normals[wall][j], tau)
        if (any(rest.coefficients) or rest.constant) and proof.known(rest) != {}:
            return None
    for wall, tau_value in fixed.items():
        taus[wall] = zero.plus(tau_value, Form(zero.coefficients, {1: ONE}))
    for wall, share in kinks.items():
        taus[wall] = proof.form([share * entry for entry in kink(view, neuron.sign, wall)])
    return taus


def o7_leaf(proof: Proof, view: View, sign: int, node: Item, sides: Sequence[int]) -> None:
    """O7b: on the cone with these sides (0: undecided) the function is at most b u_k.u, so neuron k alone reaches b there."""
    neuron_item, solve_item, *given_items = leaf_parts(node)
    free_items = given_items.pop().entries() if "free" in node.table() else []
    k, walls = neuron_item.index(len(proof.neurons)), view.walls
    neuron = proof.neurons[k]
    if neuron.sign != sign or not view.holds(neuron.gate):
        what = "the neuron has the other sign" if neuron.sign != sign else "its kink does not pass through the pivot"
        raise neuron_item.reject(f"O7b: {what}")
    on_wall = {wall for wall, head in enumerate(walls.heads) if neuron.gate[head] == "0"}
    solve = [walls.wall(item) for item in solve_item.entries()]
    free = o7_free(walls, neuron, free_items)
    tables = [{walls.named(name): item.number() for name, item in given.table().items()} for given in given_items]
    fixed, kinks = [*tables, {}][:2]
    if not on_wall | {*free} >= {*solve, *fixed, *kinks} or len({*solve, *fixed, *kinks}) < len(solve) + len(fixed) + len(kinks):
        raise node.reject("O7b: solve and fixed must name walls with gate 0 of the neuron, each at most once")
    key = (view.name, k, tuple(solve), tuple(sorted(fixed.items())), tuple(sorted(kinks.items())), tuple(free))
    if key not in proof.taus:
        taus = o7_multipliers(proof, view, neuron, solve, fixed, kinks, free)
        if taus is None:
            raise node.reject("O7b: the equations of the multipliers have no proved solution")
        proof.taus[key] = taus
    for wall, side in enumerate(sides):
        gate, name = "0" if wall in free else neuron.gate[walls.heads[wall]], f"wall {walls.heads[wall]}"
        if gate != "0" and side and side != (1 if gate == "+" else -1):
            raise node.reject(f"O7b: {name} is decided to the side where the neuron is not")
        if gate != "0" and not side and not o7_sign(proof, view, ("kink", view.name, sign, wall)):
            raise node.reject(f"O7b: {name} is undecided, and its kink is not proved to be at most 0")
        if gate == "0" and side >= 0 and not o7_sign(proof, view, ("above", view.name, sign, wall, key)):
            raise node.reject(f"O7b: the multiplier of {name} is not proved to be at least its kink")
        if gate == "0" and side <= 0 and not o7_sign(proof, view, ("below", view.name, sign, wall, key)):
            raise node.reject(f"O7b: the multiplier of {name} is not proved to be at most 0")


def o7_free(walls: Walls, neuron: Neuron, items: list[Item]) -> list[int]:
    """Read the walls off the neuron whose multipliers a leaf may choose as if the neuron lay on them."""
    free: list[int] = []
    for item in items:
        wall = walls.wall(item)
        if wall < 0 or wall in free or neuron.gate[walls.heads[wall]] == "0":
            raise item.reject("O7b: free must name walls with gate + or - of the neuron, each at most once")
        free.append(wall)
    return free


def o7_sign(proof: Proof, view: View, question: tuple[Any, ...]) -> bool:
    """Decide once: is the kink at most 0, the multiplier above the kink, the multiplier below 0?"""
    if question not in proof.decided:
        what, _, sign, wall, *keys = question
        zero = proof.form([ZERO] * len(proof.problem.y))
        tau = proof.taus[keys[0]].get(wall, zero) if keys else zero
        form = zero.plus(-ONE, tau) if what == "below" else tau.plus(-ONE, proof.form(kink(view, sign, wall)))
        proof.decided[question] = proof.not_negative(form)
    return proof.decided[question]
