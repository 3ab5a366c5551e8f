"""Kind `optimum`, the optimal value, residual and neurons: O1 to O9."""

from __future__ import annotations

from ..document import Item
from ..network.existing import prove_network
from ..network.o1_structure import CLAIM, NETWORK
from ..network.o8_good_leaves import o8_trees
from ..network.proof import Proof
from ..problem import Problem
from ..quantities import interval_text

EVIDENCE = (*NETWORK, "positive", "negative")


def check_optimum(problem: Problem, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check O1-O9: the optimal value, residual and neurons."""
    prove_optimum(problem, claim.fields(*CLAIM), evidence.fields(*EVIDENCE), lines)


def prove_optimum(problem: Problem, claim: list[Item], evidence: list[Item], lines: list[str]) -> Proof:
    """Check O1-O9 and return what is then known."""
    value = claim[0].box()
    lines.append(f"claim (optimum): p* lies in {interval_text(*value)}")
    proof = prove_network(problem, claim, dict(zip(EVIDENCE, evidence, strict=True)))
    count, signs = len(proof.neurons), [neuron.sign for neuron in proof.neurons]
    pairs, active = (sum(n.role in roles for n in proof.neurons) for roles in (("pair",), ("free", "pair", "partner")))
    lines.append(
        f"the residual y - fit, and {'the only optimal neuron' if count == 1 else f'all {count} optimal neurons'}: "
        f"{signs.count(1)} of sign +, {signs.count(-1)} of sign -, {pairs} {'pair' if pairs == 1 else 'pairs'} of opposite "
        f"directions; an optimal network made of {active} of them"
    )
    o8_trees(proof)
    return proof
