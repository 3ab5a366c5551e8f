"""O1 to O7a together: a network with these neurons, this objective and this residual exists."""

from __future__ import annotations

from ..document import Item
from ..loss import dual_spread, dual_value, exact_dual_value
from ..problem import Problem
from ..quantities import ZERO, Interval
from ..radicals import Constant, lies_in
from .o1_structure import o1_read, o2_structure
from .o3_existence import o3_existence, o4_positive
from .o5_directions import o5_directions
from .o6_pairs import o6_pairs
from .proof import Proof


def prove_network(problem: Problem, claim: list[Item], evidence: dict[str, Item]) -> Proof:
    """Check O1-O7a: a network with these neurons, objective and residual theta exists, and s theta.(Xu)+ = b for its neurons.

    It is an optimum of the program of the columns (sign, closed cell) in which nothing exceeds b, if they hold its neurons.
    """
    value_item, residual_item, neurons_item = claim
    value, residual = value_item.box(), [item.box() for item in residual_item.entries(len(problem.y))]
    proof = o1_read(problem, neurons_item, evidence)
    proof = o2_to_o6(proof)
    final_value(proof, value, value_item)
    for i, (low, high) in enumerate(residual):
        if not (proof.not_negative(proof.entry(i, constant=-low)) and proof.not_negative(proof.entry(i, -1, high))):
            raise residual_item.entries()[i].reject("the residual is not proved to lie in this box")
    return proof


def o2_to_o6(proof: Proof) -> Proof:
    """Check O2-O7a: the network of the claim exists, and its neurons are tight."""
    o2_structure(proof)
    proof = o3_existence(proof)
    o4_positive(proof)
    o5_directions(proof)
    o6_pairs(proof)
    return proof


def final_value(proof: Proof, claimed: Interval, item: Item) -> None:
    """Demand the dual value of theta in its box: for all points of the box of (omega, c), or known exactly."""
    columns = proof.columns
    forms = [proof.entry(i) for i in range(len(proof.problem.y))]
    theta = [sum(proof.enclosure(form), ZERO) / 2 for form in forms]
    value, spread = (
        dual_value(proof.problem, theta),
        dual_spread(columns.design, columns.unit, proof.linear_midpoint, proof.radius),
    )
    if claimed[0] <= value - spread and value + spread <= claimed[1]:
        return
    constants: list[Constant] = []
    for form in forms:
        constant = proof.known(form)
        if constant is None:
            raise item.reject("the optimal value is not proved to lie in this box")
        constants.append(constant)
    if not lies_in(exact_dual_value(proof.problem, constants, proof.radicals), claimed):
        raise item.reject("the optimal value is not in this box")
