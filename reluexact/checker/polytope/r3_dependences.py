"""R3: features of ties that depend on those of blocks, by identities between polynomials."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..document import Item
from ..linear import dot, left_inverse
from ..network.o5_directions import pull_weights
from ..network.proof import Proof
from ..network.relations import Equations, Polynomial
from ..quantities import ONE, ZERO, Interval
from ..radicals import Constant, Form, enclose


@dataclass(frozen=True, slots=True)
class Dependence:
    """The feature of a tie's unit direction, in those of blocks' unit directions and in the columns X L, enclosed."""

    blocks: dict[int, Interval]
    free: list[Interval]


def r3_dependences(proof: Proof) -> dict[int, Dependence]:
    """R3: read and check the dependences of ties."""
    found: dict[int, Dependence] = {}
    names = {str(k): k for k, neuron in enumerate(proof.neurons) if neuron.role == "tie"}
    given = proof.evidence["dependences"].table() if "dependences" in proof.evidence else {}
    for name, item in given.items():
        if name not in names:
            raise item.reject("R3: not the index of a neuron of the role tie")
        found[names[name]] = r3_dependence(proof, names[name], item)
    return found


def r3_dependence(proof: Proof, tie: int, item: Item) -> Dependence:
    """R3, one tie: factors times features add up to 0, and the factor of the tie is not 0."""
    terms_item, free_item = item.fields("terms", "free")
    names = {str(k): k for k in [*proof.blocks, tie]}
    for name, entry in terms_item.table().items():
        if name not in names:
            raise entry.reject("R3: a term is one of a block or of the tie itself")
    terms = {names[name]: r3_factor(proof, entry) for name, entry in terms_item.table().items()}
    free = [r3_factor(proof, entry) for entry in free_item.entries(len(proof.lineality))]
    features = [(factor, r3_feature(proof, k)) for k, factor in terms.items()]
    for factor, vector in zip(free, proof.lineality, strict=True):
        features.append((factor, [constant(proof, dot(row, vector)) for row in proof.problem.X]))
    equations = Equations(proof)
    for i in range(len(proof.problem.y)):
        total: Polynomial = {}
        for factor, feature in features:
            equations.times(total, ONE, equations.reduced(factor), equations.reduced(feature[i]))
        if any(total.values()):
            raise item.reject(f"R3: factors times features do not add up to 0 in row {i}")
    lead = divisor(proof, tie, terms.pop(tie, constant(proof, ZERO)))
    if lead[0] <= 0 <= lead[1]:
        raise item.reject("R3: the factor of the tie is not proved to differ from 0")
    blocks = {k: quotient(divisor(proof, k, factor), lead) for k, factor in terms.items()}
    return Dependence(blocks, [quotient(ends(proof, factor), lead) for factor in free])


def r3_factor(proof: Proof, item: Item) -> Form:
    """Read a factor: weights of theta, then a constant; a form in all of z."""
    *weights, value = item.vector(len(proof.problem.y) + 1)
    return whole(proof, proof.form(weights, value))


def r3_feature(proof: Proof, k: int) -> list[Form]:
    """Return the feature of a neuron, entry by entry: ``s D X B`` of a ray, ``D X P X'D theta`` of another."""
    neuron, rows = proof.neurons[k], proof.problem.X
    fires = [gate == "+" for gate in neuron.gate]
    if len(neuron.basis) == 1:
        heights = [neuron.sign * dot(row, neuron.basis[0]) if on else ZERO for row, on in zip(rows, fires, strict=True)]
        return [constant(proof, height) for height in heights]
    dual = left_inverse(neuron.basis) or []
    images = [[dot(row, vector) if on else ZERO for vector in neuron.basis] for row, on in zip(rows, fires, strict=True)]
    others = [[dot(row, vector) if on else ZERO for vector in dual] for row, on in zip(rows, fires, strict=True)]
    return [whole(proof, proof.form([dot(image, other) for other in others])) for image in images]


def divisor(proof: Proof, k: int, factor: Form) -> Interval:
    """Enclose a factor times what the feature of R3 is of that of the unit direction: b, or, of a ray, the length of B or -B."""
    neuron, low, high = proof.neurons[k], proof.problem.penalty, proof.problem.penalty
    if len(neuron.basis) == 1:
        (vector,) = neuron.basis
        root: Constant = proof.radicals.root(int(dot(vector, vector)))
        low, high = enclose(root, 64 + proof.radius.denominator.bit_length())
        if backward(proof, k):
            low, high = -high, -low
    return product((low, high), ends(proof, factor))


def backward(proof: Proof, k: int) -> bool:
    """Say whether a ray points to -B: a block by its gates (O5), a tie by its pull, where the sign of that is proved."""
    neuron = proof.neurons[k]
    (vector,) = neuron.basis
    if k in proof.blocks:
        return proof.midpoint[proof.blocks[k]] < 0
    form = proof.form([dot(vector, entries) for entries in zip(*pull_weights(proof, neuron), strict=True)])
    known = proof.known(form)
    low, high = proof.enclosure(form) if known is None else enclose(known, 64 + proof.radius.denominator.bit_length())
    if low <= 0 <= high:
        raise neuron.item.reject("R3: the side of the direction of the tie is not proved")
    return high < 0


def ends(proof: Proof, factor: Form) -> Interval:
    """Enclose a factor; exactly where it is known."""
    cut = proof.omegas + len(proof.blocks)
    form = Form([*factor.coefficients[: proof.omegas], *factor.coefficients[cut:]], factor.constant)
    known = proof.known(form)
    return proof.enclosure(form) if known is None else enclose(known, 64 + proof.radius.denominator.bit_length())


def whole(proof: Proof, form: Form) -> Form:
    """Turn a form in (omega, c) into one in z = (omega, t, c)."""
    row = form.coefficients
    return Form([*row[: proof.omegas], *[ZERO] * len(proof.blocks), *row[proof.omegas :]], form.constant)


def constant(proof: Proof, value: Fraction) -> Form:
    """Return a number as a form in z."""
    return whole(proof, proof.constant(value))


def product(a: Interval, b: Interval) -> Interval:
    """Enclose the products of numbers in two intervals."""
    values = [x * y for x in a for y in b]
    return min(values), max(values)


def quotient(a: Interval, b: Interval) -> Interval:
    """Enclose minus the quotients of numbers in two intervals, the second without 0."""
    values = [-x / y for x in a for y in b]
    return min(values), max(values)
