"""O5 and O7a: gates and directions of the neurons; ties are tight."""

from __future__ import annotations

from ..document import Item
from ..linear import dot, left_inverse
from ..quantities import ONE, ZERO, Interval, Matrix
from ..radicals import Constant, lies_in, plus, sign_of
from .proof import Neuron, Proof
from .relations import relations, tight


def o5_directions(proof: Proof) -> None:
    """O5: gates are the signs of x_i.u, directions lie in their boxes; blocks first, the known identities need their signs."""
    for k in proof.blocks:
        o5_block(proof, k)
    relations(proof)
    names = {str(k): k for k, neuron in enumerate(proof.neurons) if neuron.role == "tie"}
    given = proof.evidence["ties"].table() if "ties" in proof.evidence else {}
    for name, item in given.items():
        if name not in names:
            raise item.reject("R2: not the index of a neuron of the role tie")
    for name, k in names.items():
        if name in given:
            o5_enclosed_tie(proof, proof.neurons[k], given[name])
        else:
            o5_tie(proof, proof.neurons[k])


def o5_block(proof: Proof, k: int) -> None:
    """O5, one block and its partner: signs of x_i.B omega; the direction is w / t."""
    neuron, place = proof.neurons[k], proof.blocks[k]
    omega = proof.midpoint[place : place + len(neuron.basis)]
    for i, (row, gate) in enumerate(zip(proof.seen(neuron).X, neuron.gate, strict=True)):
        entries = [dot(row, vector) for vector in neuron.basis]
        middle = dot(entries, omega) * (1 if gate == "+" else -1)
        if gate != "0" and middle <= proof.radius * sum(map(abs, entries), ZERO):
            raise neuron.item.reject(f"O5: the gate of row {i} is not proved")
    if len(neuron.basis) == 1:
        (vector,) = neuron.basis
        root = proof.radicals.root(int(dot(vector, vector)))
        factor = (1 if omega[0] > 0 else -1) / dot(vector, vector)
        o5_constants(proof, neuron, [plus({}, factor * entry, root) for entry in vector])
        if neuron.partner is not None:
            o5_constants(proof, proof.neurons[neuron.partner], [plus({}, -factor * entry, root) for entry in vector])
        return
    t_low, t_high = proof.size(k)
    quotients = [(min(low / t_low, low / t_high), max(high / t_low, high / t_high)) for low, high in proof.enclose_w(k)]
    direction = [(max(low, -ONE), min(high, ONE)) for low, high in quotients]
    o5_boxes(neuron, direction)
    if neuron.partner is not None:
        o5_boxes(proof.neurons[neuron.partner], [(-high, -low) for low, high in direction])


def o5_boxes(neuron: Neuron, direction: list[Interval]) -> None:
    """O5, a direction known by enclosures."""
    for j, ((low, high), (claimed_low, claimed_high)) in enumerate(zip(direction, neuron.direction, strict=True)):
        if low < claimed_low or high > claimed_high:
            raise neuron.item.reject(f"O5: entry {j} of the direction is not proved to lie in its box")


def o5_constants(proof: Proof, neuron: Neuron, direction: list[Constant]) -> None:
    """O5, a direction known exactly."""
    for j, (constant, box) in enumerate(zip(direction, neuron.direction, strict=True)):
        if not lies_in(constant, box):
            raise neuron.item.reject(f"O5: entry {j} of the direction is not in its box")


def pull_weights(proof: Proof, neuron: Neuron) -> Matrix:
    """Return the d rows over theta of ``s P X'D theta``, P the orthogonal projector on the span of the basis."""
    dual = left_inverse(neuron.basis) or []
    images = []
    for row, gate in zip(proof.seen(neuron).X, neuron.gate, strict=True):
        parts = [neuron.sign * dot(row, vector) for vector in dual]
        images.append([dot(parts, entries) if gate == "+" else ZERO for entries in zip(*neuron.basis, strict=True)])
    return [list(column) for column in zip(*images, strict=True)]


def tie_direction(proof: Proof, neuron: Neuron) -> list[Constant]:
    """Return ``u = s P X'D theta / b`` of a tie."""
    u = []
    for weights in pull_weights(proof, neuron):
        constant = proof.known(proof.form(weights))
        if constant is None:
            raise neuron.item.reject("O7a: the direction of the tie is not known exactly")
        u.append(plus({}, 1 / proof.problem.penalty, constant))
    return u


def o5_enclosed_tie(proof: Proof, neuron: Neuron, item: Item) -> None:
    """O5 and O7a for a tie whose direction is not known exactly: its norm is b by R2, its gates are proved on the box."""
    if not tight(proof, neuron, item):
        raise item.reject("R2: the length of the tie is not this combination of those of other neurons")
    weights = pull_weights(proof, neuron)
    for i, (row, gate) in enumerate(zip(proof.seen(neuron).X, neuron.gate, strict=True)):
        side = 1 if gate == "+" else -1
        form = proof.form([side * dot(row, entries) for entries in zip(*weights, strict=True)])
        if gate != "0" and proof.enclosure(form)[0] <= 0:
            raise neuron.item.reject(f"O5: the gate of row {i} is not proved")
    ends = [proof.enclosure(proof.form(line)) for line in weights]
    o5_boxes(neuron, [(low / proof.problem.penalty, high / proof.problem.penalty) for low, high in ends])


def o5_tie(proof: Proof, neuron: Neuron) -> None:
    """O5 and O7a for a tie: b u = s P X'D theta is a known vector, of norm b exactly, with the signs of the gates."""
    u = tie_direction(proof, neuron)
    norm: Constant = {1: -ONE}
    for entry in u:
        norm = plus(norm, ONE, proof.radicals.times(entry, entry))
    if norm:
        raise neuron.item.reject("O7a: the tie is not tight")
    for i, (row, gate) in enumerate(zip(proof.seen(neuron).X, neuron.gate, strict=True)):
        product: Constant = {}
        for x, entry in zip(row, u, strict=True):
            product = plus(product, x, entry)
        if sign_of(product) != {"+": 1, "-": -1, "0": 0}[gate]:
            raise neuron.item.reject(f"O5: the gate of row {i} is not proved")
    o5_constants(proof, neuron, u)
