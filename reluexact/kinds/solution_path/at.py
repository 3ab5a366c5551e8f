"""The proved optimum at one penalty of a path: its piece knows the structure, so nothing has to be searched for."""

from __future__ import annotations

from fractions import Fraction

from reluexact.evidence.path import Segment
from reluexact.evidence.path_layout import Layout
from reluexact.geometry.column import Face
from reluexact.kinds.optimal_set.find import optimal_set
from reluexact.kinds.optimum.assemble import bits_for, fine_enough, optimum_of
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.find import solve
from reluexact.kinds.selection.claim import Selection
from reluexact.kinds.selection.find import least_norm
from reluexact.kinds.solution_path.claim import SolutionPath
from reluexact.model.misplaced import misplaced
from reluexact.model.program import make_program
from reluexact.numbers.combination import combination
from reluexact.numbers.curves import value_at
from reluexact.numbers.linalg import dot
from reluexact.numbers.rational import to_count, to_penalty
from reluexact.numbers.real import MAX_DIGITS, Real
from reluexact.numbers.types import Vector
from reluexact.propose.fine_start import start_from
from reluexact.prove.certified import CertifiedOptimum
from reluexact.prove.path.system import Line
from reluexact.prove.structure import Structure, build_kkt
from reluexact.prove.unproved import Unproved
from reluexact.search.proof import prove
from reluexact.version import __version__

LIMIT = 200_000
ZERO, ONE = Fraction(0), Fraction(1)


def optimum_on_path(path: SolutionPath, penalty: object, *, digits: int = 30) -> Optimum:
    """Return the proved optimum at a penalty.

    Within a piece it is proved from the structure there, which is cheaper than ``solve`` and gives the same. At a breakpoint,
    in a gap and below the path it is what ``solve`` gives. Raises InputError for a penalty that is no positive number.

    >>> from reluexact import Dataset, solution_path, solve
    >>> data = Dataset([[1], [2]], [1, 2])
    >>> optimum_on_path(solution_path(data, low=1), 2) == solve(data, 2)
    True
    """
    if not isinstance(path, SolutionPath):
        raise misplaced("path", path, "the answer of solution_path", "pass rx.solution_path(data, low)")
    wanted = to_penalty(penalty)
    to_count(digits, where="digits", most=MAX_DIGITS)
    segment = _segment(path, wanted)
    if segment is not None:
        try:
            found = _proved(path, segment, wanted, digits)
        except (Unproved, OverflowError):  # solve says what is wrong with a penalty far outside of the range of floats
            return solve(path.data, wanted, digits=digits)
        return optimum_of(fine_enough(found, digits), digits=digits, produced_by=(("program", f"reluexact {__version__}"),))
    return solve(path.data, wanted, digits=digits)


def slope_on_path(path: SolutionPath, penalty: object) -> Real:
    """Return the sum of the amounts at a penalty: the derivative of the optimal value.

    >>> from reluexact import Dataset, solution_path
    >>> slope_on_path(solution_path(Dataset([[1, 0], [0, 1]], [3, -1]), low="1/2"), 2)
    1
    """
    optimum = optimum_on_path(path, penalty)
    return combination([(ONE, neuron.amount) for neuron in optimum.neurons if neuron.amount is not None])


def least_norm_on_path(path: SolutionPath, penalty: object) -> Selection:
    """Return the optimal network of least Euclidean norm at a penalty: of least sum of the squares of its amounts ``|w| |a|``.

    That is the least norm of a solution of the convex program (its vectors are the amounts times the directions), the minimum
    norm path of Mishkin & Pilanci 2023; it spreads the amounts, and is no sparse network. The amounts belong to
    ``path.optimal_set(penalty).neurons``; they are exact where those of the optimum are, else enclosed, the minimum proved.

    As a function of the penalty it is continuous on every proved piece and at every settled breakpoint: there the optimal set
    is a compact convex set that moves continuously (see :attr:`SolutionPath.continuity`), and the point of such a set that is
    nearest to 0 is unique and moves continuously. In a gap nothing is claimed about that; the network at one penalty is found
    there, too. Raises InputError for a penalty that is no positive number.

    >>> from reluexact import Dataset, solution_path
    >>> path = solution_path(Dataset([[1, 0], [0, 1]], [3, -1]), low="1/2")
    >>> least_norm_on_path(path, 2).amounts, least_norm_on_path(path, "3/4").value       # (9/4)^2 + (1/4)^2
    ((1,), 41/8)
    """
    return least_norm(optimal_set(optimum_on_path(path, penalty)))


def _segment(path: SolutionPath, penalty: Fraction) -> Segment | None:
    """Return a segment of the piece that holds a penalty in its inside; None where there is none."""
    for piece in path.pieces:
        if piece.low < penalty and (piece.high is None or piece.high > penalty):
            known = path.evidence.segments[piece.segments[0] : piece.segments[1]]
            if piece.high is None and penalty > known[0].high:
                return known[0]
            return next((segment for segment in known if segment.low <= penalty <= segment.high), None)
    return path.evidence.segments[-1] if penalty == path.low and path.evidence.segments[-1].low == penalty else None


def _proved(path: SolutionPath, segment: Segment, penalty: Fraction, digits: int) -> CertifiedOptimum:
    """Prove the optimum with the structure of a segment."""
    program = make_program(path.data, penalty)
    weights = _weights(segment, penalty)
    faces = sorted(weights, key=lambda face: face.order)
    joined = [face for face in faces if _opposite_first(segment, face, faces)]
    paired = tuple(face.opposite() in weights and _facing(segment, face) for face in joined)
    ties = tuple(sorted((tie.face for tie in segment.ties), key=lambda face: face.order))
    kkt = build_kkt(program, Structure(blocks=tuple(joined), paired=paired, ties=ties))
    sides = [(weights[face], weights[face.opposite()] if pair else None) for face, pair in zip(joined, paired, strict=True)]
    start = start_from(kkt, sides)
    if start is None:
        raise Unproved("the structure of the piece gives no start")
    return prove(kkt, start, bits=bits_for(path.data, digits), limit=LIMIT)


def _weights(segment: Segment, penalty: Fraction) -> dict[Face, Vector]:
    """Return ``|a| w`` of every neuron near a penalty, by its face."""
    found: dict[Face, Vector] = {}
    t = Line.between(segment.low, segment.high).place(penalty)
    z = [value_at(entry, t) for entry in zip(*segment.coefficients, strict=True)]
    layout = Layout(segment.blocks, len(segment.lineality))
    for k, block in enumerate(layout.blocks):
        nu = [z[place] for place in layout.nu(k)]
        vector = tuple(dot(nu, line) for line in zip(*block.basis, strict=True))
        amount, part = z[layout.beta(k)], dot(layout.row(layout.partner(k)), z)
        found[block.face] = tuple((amount - part) * entry for entry in vector)
        if block.paired:
            found[block.face.opposite()] = tuple(-part * entry for entry in vector)
    return found


def _facing(segment: Segment, face: Face) -> bool:
    """Say whether a face and its opposite hold opposite neurons: a pair, or the two neurons on one line."""
    for block in segment.blocks:
        if block.face in (face, face.opposite()):
            return block.paired or len(block.basis) == 1
    return False


def _opposite_first(segment: Segment, face: Face, faces: list[Face]) -> bool:
    """Say whether a face stands for itself, or for the pair of which it is the first."""
    opposite = face.opposite()
    return opposite not in faces or not _facing(segment, face) or face.order < opposite.order
