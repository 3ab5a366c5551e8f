"""Structures for segments of the solution path, from proved optima."""

from __future__ import annotations

from fractions import Fraction

from reluexact.evidence.path import PathBlock
from reluexact.model.program import span_basis
from reluexact.numbers.linalg import dot, independent_rows, solve
from reluexact.search.path_segment import SegmentStructure

ZERO = Fraction(0)


def middle_of(real):
    return (real.low + real.high) / 2


def structure_of(optimum, watched=(), vanishing=()):
    """Return the structure of a proved optimum without ties, and its unknowns near its penalty."""
    data, b = optimum.data, optimum.penalty
    known = optimum.evidence
    blocks, nus, betas, parts = [], [], [], []
    for k, (neuron, role) in enumerate(zip(optimum.neurons, known.roles, strict=True)):
        if role not in ("free", "pair"):
            assert role == "partner"
            continue
        basis = known.bases[k]
        direction = [b * middle_of(entry) for entry in neuron.direction]
        gram = [[dot(left, right) for right in basis] for left in basis]
        nus.append(solve(gram, [dot(vector, direction) for vector in basis]))
        amount = middle_of(neuron.amount) / b
        other = ZERO if role == "free" else middle_of(optimum.neurons[neuron.partner].amount) / b
        betas.append(amount + other)
        parts.append(other)
        gate = data.hyperplanes.hyperplane_gates(neuron.gate)
        blocks.append(PathBlock(sign=neuron.sign, gate=gate, basis=basis, paired=role == "pair"))
    lineality = span_basis(vector for block in blocks if block.paired for vector in block.basis)
    blocks, slacks = hung(blocks, nus, betas, parts, len(lineality))
    start = (*(entry for nu in nus for entry in nu), *betas, *slacks)
    return SegmentStructure(blocks=blocks, lineality=lineality, watched=watched, vanishing=vanishing), start


def hung(blocks, nus, betas, parts, count):
    """Let as many pairs with independent directions as there are free directions hang on an s of their own."""
    directions = {
        k: [sum(x * v[j] for x, v in zip(nus[k], block.basis, strict=True)) for j in range(len(block.basis[0]))]
        for k, block in enumerate(blocks)
        if block.paired
    }
    order = sorted(directions, key=lambda k: -min(parts[k], betas[k] - parts[k]))
    chosen = [order[i] for i in independent_rows([directions[k] for k in order])][:count] if order else []
    found = []
    for k, block in enumerate(blocks):
        share = ZERO if not block.paired or k in chosen else (parts[k] / betas[k]).limit_denominator(1000)
        hang = chosen.index(k) if k in chosen else None
        slack = Fraction(int(k in chosen))
        found.append(
            PathBlock(
                sign=block.sign, gate=block.gate, basis=block.basis, paired=block.paired, share=share, slack=slack, hang=hang
            )
        )
    return tuple(found), [parts[k] for k in chosen]
