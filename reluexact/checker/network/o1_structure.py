"""O1, O2: the claim and its evidence are well formed; bases, gates and partners belong together."""

from __future__ import annotations

import re

from ..document import Item
from ..linear import dot, left_inverse
from ..problem import Problem
from .laws import Extension
from .proof import Neuron, Proof
from .views import View

CLAIM = ("value", "residual", "neurons")
NETWORK = ("roles", "bases", "lineality", "system", "split")


def o1_read(problem: Problem, neurons_item: Item, evidence: dict[str, Item], extension: Extension | None = None) -> Proof:
    """O1, the rest: gates and boxes, roles and bases, the box of the unknowns."""
    parts = dict(evidence)
    items = neurons_item.entries()
    d, roles, bases = len(problem.X[0]), parts["roles"].entries(len(items)), parts["bases"].entries(len(items))
    neurons = [o1_neuron(problem, len(items), *three) for three in zip(items, roles, bases, strict=True)]
    lineality = [item.vector(d) for item in parts["lineality"].entries()]
    further = [name for name in ("relations", "ties", "dependences") if name in parts["system"].table()]
    midpoint, radius_item, preconditioner, *rest = parts["system"].fields("midpoint", "radius", "preconditioner", *further)
    size = sum(len(n.basis) + 1 for n in neurons if n.role in ("free", "pair")) + len(lineality)
    size += len(extension.linear) + len(extension.broken) if extension else 0
    radius = radius_item.number()
    if radius <= 0:
        raise radius_item.reject("O1: the radius must be positive")
    parts.update(zip(further, rest, strict=True), preconditioner=preconditioner)
    views = {-1: View.of(problem.X)}
    if extension and extension.free_bias:
        for neuron in neurons:
            if "0" not in neuron.gate:
                raise neuron.item.reject("O1: a neuron with a free bias has its kink in a row, a gate 0")
        views |= {pivot: View.of(problem.X, pivot) for pivot in range(len(problem.X))}
    return Proof(problem, views, neurons, lineality, parts, midpoint.vector(size), radius, extension)


def o1_neuron(problem: Problem, count: int, item: Item, role_item: Item, basis_item: Item) -> Neuron:
    """O1, one neuron."""
    sign, gate, direction, partner, amount = item.fields("sign", "gate", "direction", "partner", "amount")
    role = role_item.text()
    if role not in ("free", "pair", "partner", "tie"):
        raise role_item.reject('O1: "free", "pair", "partner" or "tie" is expected here')
    side = sign.sign("O1: ")
    if re.fullmatch(r"[-+0]*", gate.text()) is None or len(gate.text()) != len(problem.X):
        raise gate.reject("O1: one of + - 0 for each row of X is expected here")
    if (partner.value is None) is not (role in ("free", "tie")):
        raise partner.reject(f"O1: a neuron of the role {role} has {'no' if role in ('free', 'tie') else 'a'} partner")
    if (amount.value is None) is not (role == "tie"):
        raise amount.reject("O1: the amount must be null for a tie, and for a tie only")
    d = len(problem.X[0])
    return Neuron(
        item=item,
        sign=side,
        gate=gate.text(),
        direction=[box.box() for box in direction.entries(d)],
        partner=None if partner.value is None else partner.index(count),
        amount=None if amount.value is None else amount.box(),
        role=role,
        basis=[vector.vector(d) for vector in basis_item.entries()],
    )


def o2_structure(proof: Proof) -> None:
    """O2: bases and gates belong together, partners are mutual and opposite, no neuron is listed twice, L is independent."""
    free = [column for _, column in proof.free_columns()]
    images = [[dot(row, vector) for row in proof.problem.X] for vector in proof.lineality]
    if left_inverse([*free, *images] if images else []) is None:
        raise proof.evidence["lineality"].reject("O2: the lineality is dependent modulo the kernel of X")
    seen: set[tuple[int, str]] = set()
    for k, neuron in enumerate(proof.neurons):
        item = proof.evidence["bases"].entries()[k]
        if not neuron.basis or left_inverse(neuron.basis) is None:
            raise item.reject("O2: the basis is empty or dependent")
        if any(entry.denominator > 1 for vector in neuron.basis for entry in vector):
            raise item.reject("O2: the basis is not integer")
        if (neuron.sign, neuron.gate) in seen:
            raise neuron.item.reject("O2: a neuron with the same sign and gate is listed before; there is only one")
        seen.add((neuron.sign, neuron.gate))
        o2_gates(proof, neuron)
        if neuron.partner is not None:
            o2_partner(neuron, k, proof.neurons[neuron.partner])


def o2_gates(proof: Proof, neuron: Neuron) -> None:
    """O2, gates: 0 exactly on the rows that vanish on the basis, the same within a wall."""
    view, walls = proof.seen(neuron), proof.seen(neuron).walls
    for i, (row, gate) in enumerate(zip(view.X, neuron.gate, strict=True)):
        if (gate == "0") is any(dot(row, vector) for vector in neuron.basis):
            raise neuron.item.reject(f"O2: the gate of row {i} does not agree with the basis: 0 exactly where the row vanishes")
        head = neuron.gate[walls.heads[walls.wall_of[i]]] if walls.factor[i] else "0"
        if gate != (head if walls.factor[i] >= 0 else opposite(head)):
            raise neuron.item.reject(f"O2: the gate of row {i} does not agree with the first row of its wall")


def opposite(gate: str) -> str:
    """Turn a gate round."""
    return gate.translate({ord("+"): "-", ord("-"): "+"})


def o2_partner(neuron: Neuron, k: int, other: Neuron) -> None:
    """O2, partners: mutual, one of each role, same sign, opposite gates, same basis."""
    if other.partner != k or {neuron.role, other.role} != {"pair", "partner"}:
        raise neuron.item.reject("O2: the partners do not name each other as pair and partner")
    if (other.sign, other.gate, other.basis) != (neuron.sign, opposite(neuron.gate), neuron.basis):
        raise neuron.item.reject("O2: partners must have the same sign, opposite gates and the same basis")
