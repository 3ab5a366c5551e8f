"""The penalty from which on the zero network is optimal."""

from __future__ import annotations

from fractions import Fraction

from reluexact.errors import LimitReached, Message, fixed, message_of
from reluexact.geometry.column import Face
from reluexact.model.calls import of_data
from reluexact.model.dataset import Dataset, require_dataset
from reluexact.model.problem import Problem
from reluexact.model.program import Program, make_program
from reluexact.numbers.linalg import dot
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.real import Real
from reluexact.numbers.roots import root_below
from reluexact.numbers.seconds import time_limited
from reluexact.progress import Progress, Stage, silent
from reluexact.propose.leaders import TOLERANCES, leaders
from reluexact.propose.start import as_fractions
from reluexact.prove.form import Form
from reluexact.prove.identities import residual_forms
from reluexact.prove.neurons import TightNeuron, Unproved, tie_neuron, tight_direction
from reluexact.prove.structure import Structure, build_kkt, complete_face
from reluexact.search.proof import prove_tree

BITS = 256
CALL = "max_penalty(Dataset(X, y))"


@of_data(CALL)
def max_penalty(data: Dataset | Problem, *, time_limit: object = None, progress: Progress | None = None) -> Real:
    """Return the least penalty at which the zero network is optimal: the greatest ``|y.(Xu)+|`` over unit vectors u, proved.

    It is the square root of a rational number. At this penalty and beyond it the optimal value is ``|y|^2 / 2``. Of a problem
    (whose own penalty plays no role) it is the least penalty at which no neuron pays beside the best linear part; where that part
    has several dual points (:mod:`reluexact.kinds.max_penalty.extended`), or the loss is logistic and a skip connection free, the
    answer is an interval, proved at both ends. Raises InputError for a penalised linear part, and LimitReached when the proof
    does not close, or not within ``time_limit`` seconds.

    >>> max_penalty(Dataset(X=[[1], [2]], y=[1, 2]))
    5
    >>> max_penalty(Dataset(X=[[1, 1], [0, 1]], y=[1, 1])).decimal(10)
    '2.236067977'
    >>> max_penalty(Problem(Dataset(X=[[1], [2], [4]], y=[1, 3, 2]), 1, output_bias="free", hidden_bias="free"))
    1
    """
    with time_limited(time_limit):
        if isinstance(data, Problem) and not data.is_plain:
            from reluexact.kinds.max_penalty.extended import extended_max_penalty  # today's short form does without

            return extended_max_penalty(data, max_penalty, progress)
        rows = data.data if isinstance(data, Problem) else require_dataset(data, CALL)
        return _greatest(make_program(rows, Fraction(1)), progress or silent)


def _greatest(program: Program, report: Progress) -> Real:
    data = program.data
    form = Form.of(program.hyperplanes, data.y, 1, dimension=data.d)
    if not any(form.kinks) and not any(form.linear):
        return Real.rational(0)
    reasons = []
    for tolerance in TOLERANCES:
        report(Stage(f"directions from floats, tolerance {tolerance:g}"))
        faces = leaders(program, tolerance)
        squares = {face: square_at(program, face) for face in faces}
        top = max(squares.values(), default=Fraction(0))
        if not top:
            reasons.append(Message("floats find no direction; scale the data"))
            continue
        try:
            prove_greatest(program, [face for face in faces if squares[face] == top], top)
        except LimitReached as stop:
            raise LimitReached(fixed(stop.message)) from None
        except Unproved as problem:
            reasons.append(message_of(problem))
            continue
        return Real.of_radical(RadicalSum.root(top))
    raise LimitReached(Message("the greatest penalty is not proved: ", reasons[-1]))


def square_at(program: Program, face: Face) -> Fraction:
    """Return the exact squared value that the face's maximiser would have."""
    _, basis = complete_face(program, face, whole=False)
    return sum((dot(form, program.data.y) ** 2 for form in tight_direction(program, face, basis)), Fraction(0))


def prove_greatest(program: Program, faces: list[Face], square: Fraction) -> None:
    """Prove with two trees that nothing exceeds the square root of ``square``, with theta = y and these maximisers."""
    low = root_below(square, BITS)
    near = Program(data=program.data, penalty=low)
    kkt = build_kkt(near, Structure(blocks=(), paired=()))
    box = kkt.system.krawczyk(as_fractions(()), BITS)
    if box is None:
        raise Unproved("the empty system has no box")
    forms = residual_forms(kkt, box)
    neurons: tuple[TightNeuron, ...] = tuple(tie_neuron(forms, face, square) for face in faces)
    for sign in (1, -1):
        prove_tree(forms, neurons, sign)
