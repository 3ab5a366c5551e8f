"""What kind of point a proved structure is, by the signs of linear forms in its residual.

For a neuron whose hyperplanes have independent normals n_h, the linear part of its pull is ``sum_h level_h n_h``, and a
hyperplane adds its kink on the side on. The neuron is directionally stationary when all ``level >= 0 >= level + kink``; a
sub-sampled optimum when each hyperplane meets one of the two; Clarke-stationary when 0 lies between level and level + kink for
each (see :mod:`reluexact.kinds.classification.subsampled`). Levels and kinks are linear forms in the residual.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import LimitReached, Message, message_of
from reluexact.evidence.status import Status
from reluexact.geometry.column import Face
from reluexact.kinds.classification.claim import Property
from reluexact.numbers.linalg import dot, inverse, matmul, rank, transpose
from reluexact.numbers.types import Vector
from reluexact.propose.tree.leaf import dyadic
from reluexact.prove.form import Form
from reluexact.prove.identities import ResidualForms
from reluexact.prove.neurons import TightNeuron, Unproved, tight_direction
from reluexact.search.proof import MissingNeuron, prove_tree

LevelSigns = tuple[int | None, int | None]
"""The signs of level and level + kink of a hyperplane, None for one that is not decided."""

_BITS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """The three kinds of stationarity."""

    clarke: Property
    sub_sampled: Property
    directional: Property


def kinds(forms: ResidualForms, neurons: tuple[TightNeuron, ...]) -> Kinds:
    """Decide the stationarity of the proved network that has just these neurons."""
    signs: list[LevelSigns] = []
    doubt: str = ""
    for index, neuron in enumerate(neurons):
        try:
            signs += _signs(forms, neuron)
        except Unproved as problem:
            doubt = doubt or Message(f"neuron {index}: ", message_of(problem))
    return Kinds(
        clarke=_joined([_between(*pair) for pair in signs], doubt, "0 is a Clarke subgradient", "no gates balance a neuron"),
        sub_sampled=_joined(
            [_either(*pair) for pair in signs], doubt, "optimum of the program of its own cells", "no cell fits a neuron"
        ),
        directional=_joined(
            [_both(*pair) for pair in signs],
            doubt,
            "no one-sided directional derivative is negative",
            "the objective falls when a neuron crosses a wall",
        ),
    )


def released(forms: ResidualForms, neuron: TightNeuron) -> Face:
    """Return the face of a neuron after it has left the hyperplanes that pull it to one side only."""
    try:
        signs = dict(zip(neuron.face.zeros, _signs(forms, neuron), strict=True))
    except Unproved:
        return neuron.face
    gate = list(neuron.face.gate)
    for hyperplane, (level, above) in signs.items():
        if level is not None and level == above:
            gate[hyperplane] = level
    return Face(sign=neuron.face.sign, gate=tuple(gate))


def minimality(
    forms: ResidualForms, neurons: tuple[TightNeuron, ...], directional: Property, limit: int
) -> tuple[Property, Property]:
    """Decide whether the network is a local minimum at its width, and whether it is the global one."""
    if directional.status is not Status.PROVED:
        return directional, directional
    text = "directionally stationary without zero neurons: the objective is convex on each product of cells round it"
    return Property(status=Status.PROVED, reason=text), global_minimum(forms, neurons, limit)


def _signs(forms: ResidualForms, neuron: TightNeuron) -> list[LevelSigns]:
    """Return the signs for every hyperplane of a neuron; raises Unproved where the hyperplanes are dependent."""
    program = forms.kkt.program
    zeros = neuron.face.zeros
    normals = [program.hyperplanes.normals[hyperplane] for hyperplane in zeros]
    if rank(normals) < len(normals):
        raise Unproved("the walls through its weights are dependent")
    pulls = _linear(forms, neuron)
    lift = matmul(inverse(matmul(normals, transpose(normals))), normals) if normals else ()
    levels = [tuple(dot(line, pull) for pull in pulls) for line in lift]
    for j in range(program.data.d):
        rest = [
            pull[j] - sum((level[i] * normal[j] for level, normal in zip(levels, normals, strict=True)), Fraction(0))
            for i, pull in enumerate(pulls)
        ]
        if any(rest) and not forms.vanishes(rest):
            raise Unproved("no identity shows that its walls balance all that pulls it")
    result = []
    for hyperplane, level in zip(zeros, levels, strict=True):
        above = [
            a + (neuron.face.sign * abs(factor) if owner == hyperplane else 0)
            for a, owner, factor in zip(level, program.hyperplanes.hyperplane_of, program.hyperplanes.factor, strict=True)
        ]
        result.append((forms.sign(level), forms.sign(above)))
    return result


def _linear(forms: ResidualForms, neuron: TightNeuron) -> list[Vector]:
    """Return the linear part of the pull divided by |a|, as vector coefficients of r_1..r_n: rows that are on, less b u."""
    program = forms.kkt.program
    lines = tight_direction(program, neuron.face, neuron.basis)
    zeros, on = set(neuron.face.zeros), set(program.on_rows(neuron.face))
    pulls = []
    for i, row in enumerate(program.data.X):
        counts = i in on or (program.hyperplanes.hyperplane_of[i] in zeros and program.hyperplanes.factor[i] < 0)
        pulls.append(tuple((neuron.face.sign * entry if counts else 0) - line[i] for entry, line in zip(row, lines, strict=True)))
    return pulls


def _between(level: int | None, above: int | None) -> bool | None:
    if level == 0 or above == 0:
        return True
    return None if level is None or above is None else level != above


def _either(level: int | None, above: int | None) -> bool | None:
    if (level is not None and level >= 0) or (above is not None and above <= 0):
        return True
    return None if level is None or above is None else False


def _both(level: int | None, above: int | None) -> bool | None:
    if (level is not None and level < 0) or (above is not None and above > 0):
        return False
    return None if level is None or above is None else True


def _joined(known: Sequence[bool | None], doubt: str, yes: str, no: str) -> Property:
    """Say whether all hyperplanes agree."""
    if False in known:
        return Property(status=Status.REFUTED, reason=no)
    if doubt or None in known:
        return Property(status=Status.UNDECIDED, reason=doubt or "a multiplier cannot be told from 0")
    return Property(status=Status.PROVED, reason=yes)


def global_minimum(forms: ResidualForms, neurons: tuple[TightNeuron, ...], limit: int) -> Property:
    """Decide dual feasibility of the residual."""
    for sign in (1, -1):
        try:
            prove_tree(forms, neurons, sign, limit)
        except MissingNeuron as problem:
            if _exceeds(forms, sign, problem.direction):
                return Property(status=Status.REFUTED, reason=f"one more neuron of sign {sign:+d} lowers the objective")
            return Property(status=Status.UNDECIDED, reason=message_of(problem))
        except (Unproved, LimitReached) as problem:
            return Property(status=Status.UNDECIDED, reason=message_of(problem))
    return Property(status=Status.PROVED, reason="its residual is dual feasible")


def _exceeds(forms: ResidualForms, sign: int, direction: tuple[float, ...]) -> bool:
    """Say whether the dual bound fails at a direction for every residual of the box, exactly."""
    program = forms.kkt.program
    short = tuple(dyadic(entry, _BITS) for entry in direction)
    form = Form.of(program.hyperplanes, forms.midpoint, sign, dimension=program.data.d)
    spread = forms.radius * sum((max(dot(row, short), Fraction(0)) for row in program.data.X), Fraction(0))
    value = form.value(short) - spread
    return value > 0 and value * value > program.penalty**2 * dot(short, short)
