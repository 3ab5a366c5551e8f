"""Kind `optimum` of version 2, the optimal value and all optimal neurons for any loss, linear part and biases: O1 to O10, E4."""

from __future__ import annotations

from fractions import Fraction

from ..document import Item
from ..extended import Extended
from ..network.existing import o2_to_o6
from ..network.laws import Extension, Law, read_law
from ..network.o1_structure import NETWORK, o1_read
from ..network.o8_good_leaves import o8_tree
from ..network.o10_rows import between, extended_value, o10_rows
from ..network.proof import Proof
from ..network.views import pivots
from ..piecewise import Piecewise
from ..quantities import interval_text

CLAIM = ("value", "theta", "neurons", "linear")
EVIDENCE = (*NETWORK, "rows", "pins", "positive", "negative")


def check_extended_optimum(problem: Extended, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check O1-O10: the optimal value, a dual point, and the neurons that optimal networks use."""
    lines.append(f"claim (optimum): p* lies in {interval_text(*claim.fields(*CLAIM)[0].box())}")
    proof, extension = prove_extended_optimum(problem, claim, evidence)
    lines.append(summary(proof, extension))


def prove_extended_optimum(problem: Extended, claim: Item, evidence: Item) -> tuple[Proof, Extension]:
    """Check O1-O10 and return what is then known."""
    value_item, theta_item, neurons_item, linear_item = claim.fields(*CLAIM)
    parts = dict(zip(EVIDENCE, evidence.fields(*EVIDENCE), strict=True), linear=linear_item)
    value, theta = value_item.box(), [item.box() for item in theta_item.entries(len(problem.base.y))]
    extension = read_extension(problem, parts)
    proof = o2_to_o6(o1_read(problem.base, neurons_item, parts, extension))
    o10_rows(proof, extension)
    extended_value(proof, extension, value, value_item)
    for i, (box, item) in enumerate(zip(theta, theta_item.entries(), strict=True)):
        if not between(proof, proof.entry(i), *box):
            raise item.reject("theta is not proved to lie in this box")
    if extension.free_bias:
        for name, sign in (("positive", 1), ("negative", -1)):
            e4_trees(proof, parts[name], sign)
    else:
        for name, sign in (("positive", 1), ("negative", -1)):
            o8_tree(proof, proof.views[-1], parts[name], sign)
    return proof, extension


def read_extension(problem: Extended, parts: dict[str, Item]) -> Extension:
    """Read the places of the rows and the pins."""
    base, loss = problem.base, problem.loss
    if not isinstance(loss, Piecewise):
        raise parts["rows"].reject("O10: the loss of this problem has no pieces")
    places = parts["rows"].entries(len(base.y))
    rows = zip(places, base.y, problem.weights, strict=True)
    laws: list[Law] = [read_law(item, loss, target, weight) for item, target, weight in rows]
    names = {str(i): i for i, law in enumerate(laws) if law.level is not None}
    pins: dict[int, Fraction] = {}
    tied: dict[int, Item] = {}
    for name, item in parts["pins"].table().items():
        if name not in names:
            raise item.reject("O10: not the index of a row at a breakpoint of its loss")
        if isinstance(item.value, dict):
            (tied[names[name]],) = item.fields("tie")
        else:
            pins[names[name]] = item.number()
    return Extension(laws, problem.columns(), pins, tied, problem.hidden_bias == "free")


def e4_trees(proof: Proof, item: Item, sign: int) -> None:
    """E4: a tree over the rows ``x_i - x_k`` for every row k, unless ``s theta > 0`` is proved, summed over the rows equal to it.

    Where the sum is 0 a kink there bends nothing, so the bound needs no tree; but a neuron may be tight there.
    """
    first, known = pivots(proof.problem.X), set()
    for entry in item.entries():
        row_item, root = entry.fields("row", "tree")
        pivot = first[row_item.index(len(first))]
        o8_tree(proof, proof.views[pivot], root, sign)
        known.add(pivot)
    for pivot in sorted(set(first) - known):
        if not proof.positive(proof.form([Fraction(sign * (k == pivot)) for k in first])):
            raise item.reject(f"E4: no tree for the pivot {pivot}")


def summary(proof: Proof, extension: Extension) -> str:
    """Say in words what is proved beside the value."""
    count, signs = len(proof.neurons), [neuron.sign for neuron in proof.neurons]
    kinks = ", each with its kink in a row (where an optimal neuron has its kink between two of them, both are listed)"
    return (
        f"theta, a dual optimum, and {'the only optimal neuron' if count == 1 else f'all {count} optimal neurons'}: "
        f"{signs.count(1)} of sign +, {signs.count(-1)} of sign -{kinks if extension.free_bias else ''}; an optimal network "
        f"made of some of them, and a linear part ({len(extension.linear)} coefficients)"
    )
