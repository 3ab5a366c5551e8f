"""The exact stationary network next to one that floats found: its structure is read off, its KKT system is solved with proof.

A tolerance proposes: which neurons are zero, which lie on which hyperplanes, which belong together. Newton's method and
Krawczyk's test (:mod:`reluexact.prove.certified`) then prove that a network with this structure exists whose neurons satisfy the
optimality conditions within their faces; what kind of point it is, is decided by the signs of linear forms in its residual.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import InputError, message_of
from reluexact.evidence.neuron import Neuron
from reluexact.evidence.status import Status
from reluexact.geometry.column import Face
from reluexact.kinds.classification.claim import Snapped
from reluexact.kinds.classification.find import LIMIT
from reluexact.kinds.classification.snap_kinds import Kinds, kinds, minimality, released
from reluexact.kinds.plain import plain_problem
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network, as_network, require_network
from reluexact.model.problem import Problem
from reluexact.model.program import Program, make_program
from reluexact.model.symmetries import require_fitting
from reluexact.numbers.intervals import Interval
from reluexact.numbers.rational import Floats, to_count, to_fraction
from reluexact.numbers.real import MAX_DIGITS
from reluexact.progress import Progress, Stage, silent
from reluexact.propose.ladders import NUMERICAL
from reluexact.propose.network_structure import Group, completed, groups_of, start_of
from reluexact.propose.shares import propose_shares
from reluexact.propose.start import as_fractions
from reluexact.prove.assemble import assemble_value
from reluexact.prove.certified import CertifiedPoint
from reluexact.prove.directions import SPARE_BITS, rounded, unit_direction
from reluexact.prove.identities import residual_forms
from reluexact.prove.neurons import Unproved, tight_neurons
from reluexact.prove.o6_pairs import split_pairs
from reluexact.prove.rounding import rational_network
from reluexact.prove.structure import Structure, build_kkt

_STEPS = 16
"""So many tolerances are tried: the one asked for, and each time a quarter of the last one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A proved structure."""

    point: CertifiedPoint
    kinds: Kinds
    moved: Fraction

    @property
    def merit(self) -> tuple[bool, Fraction]:
        """Return what makes one structure better than another: it is Clarke-stationary, then it is near."""
        return self.kinds.clarke.status is not Status.PROVED, self.moved


def snap(
    network: object,
    data: Dataset | Problem,
    penalty: object = None,
    *,
    tolerance: object = Fraction(1, 10**4),
    digits: int = 30,
    floats: Floats = None,
    limit: int = LIMIT,
    progress: Progress | None = None,
) -> Snapped:
    """Return the exact stationary network with the structure of a given one, proved, and what kind of point it is.

    data, penalty: as in ``classify``. tolerance: a neuron with |x_i.w| <= tolerance |x_i| |w| may be on that row's hyperplane,
    one with |a| |w| below tolerance times the greatest may be zero. Smaller tolerances are tried as well; of the networks that
    are proved, Clarke-stationary ones are preferred, then the nearest is returned. Zero neurons are left out: with a spare one, a
    local minimum is one only if it is global. UNDECIDED when no structure has a proof, for example where the features of the
    neurons are dependent, so that the stationary networks are not isolated.

    >>> data = Dataset([[1, 0], [0, 1]], [3, 4])
    >>> found = snap(([[1.2001, 1.5999]], [2.0002]), data, 1, floats="binary")
    >>> found.value, found.neurons[0].amount, found.global_minimum.status.name
    (9/2, 4, 'PROVED')
    """
    checked = require_network(as_network(network, floats))
    problem = plain_problem(data, penalty, "classification", floats=floats, choice=True)
    to_count(digits, where="digits", most=MAX_DIGITS)
    to_count(limit, where="limit")
    most = to_fraction(tolerance, where="tolerance", floats=floats)
    if not 0 < most < 1:
        raise InputError(f"tolerance: {most} is not between 0 and 1; give for example 1/1000")
    (given, rows), weight = require_fitting(checked, problem.data), problem.penalty
    program = make_program(rows, weight)
    report = progress or silent
    search = _Search(program, given, 10 * digits // 3 + 64)
    try:
        for step in range(_STEPS):
            report(Stage("structures of the network", done=step, total=_STEPS))
            search.visit(*groups_of(program, given, most / 4**step))
    except (*NUMERICAL, FloatingPointError) as problem:
        search.failure = f"the numbers are out of the range of floats ({problem}); scale data and network"
    best, failure = search.best, search.failure
    if best is None:
        return Snapped(data=rows, penalty=weight, status=Status.UNDECIDED, reason=failure)
    return _assembled(program, best, digits, limit)


class _Search:
    """The structures tried so far, the best that is proved, and why the last one failed."""

    def __init__(self, program: Program, network: Network, bits: int) -> None:
        self.program, self.network, self.bits = program, network, bits
        self.best: _Found | None = None
        self.failure = "no neuron is left within the tolerance: the zero network; classify that"
        self.tried: set[tuple[Face, ...]] = set()

    def visit(self, groups: Sequence[Group], lost: Fraction) -> None:
        """Prove the structure of the groups, then those after neurons have left hyperplanes that cannot hold them."""
        while groups and tuple(group.face for group in groups) not in self.tried:
            self.tried.add(tuple(group.face for group in groups))
            try:
                found = _solved(self.program, self.network, groups, lost, self.bits)
            except (Unproved, *NUMERICAL) as problem:
                self.failure = message_of(problem) or type(problem).__name__
                return
            if self.best is None or found.merit < self.best.merit:
                self.best = found
            if found.kinds.clarke.status is not Status.REFUTED:
                return
            faces = {neuron.face: released(found.point.forms, neuron) for neuron in found.point.neurons}
            moved = [completed(self.program, faces[group.face], group.total) for group in groups]
            groups = sorted((group for group in moved if group is not None), key=lambda group: group.face.order)


def _solved(program: Program, network: Network, groups: Sequence[Group], lost: Fraction, bits: int) -> _Found:
    """Prove the structure of the groups; ``lost`` is the greatest entry that was dropped. Raises Unproved."""
    structure = Structure(blocks=tuple(group.face for group in groups), paired=(False,) * len(groups))
    kkt = build_kkt(program, structure)
    start = start_of(kkt, groups, network)
    point = None if start is None else kkt.system.newton(as_fractions(start), bits + 64)
    box = None if point is None else kkt.system.krawczyk(point, bits)
    if box is None:
        raise Unproved("Krawczyk's test fails: the stationary networks of this structure are not isolated, or there is none")
    forms = residual_forms(kkt, box)
    neurons = tight_neurons(kkt, box, forms)
    moved = lost
    for block, group in enumerate(groups):
        for old, new in zip(group.entries, kkt.weights(block, box.midpoint), strict=True):
            moved = max(moved, abs(old - new))
    proved = CertifiedPoint(kkt=kkt, box=box, forms=forms, neurons=neurons, split=split_pairs(kkt, box, forms, propose_shares))
    return _Found(point=proved, kinds=kinds(forms, neurons), moved=moved + box.spread)


def _assembled(program: Program, found: _Found, digits: int, limit: int) -> Snapped:
    value, residual = assemble_value(found.point)
    neurons = _neurons(program, found.point)
    answers = found.kinds
    local, best = minimality(found.point.forms, found.point.neurons, answers.directional, limit)
    return Snapped(
        data=program.data,
        penalty=program.penalty,
        status=Status.PROVED,
        reason="",
        neurons=neurons,
        value=value,
        residual=residual,
        network=rational_network(neurons, 64 + 4 * digits),
        moved=_rounded_up(found.moved),
        clarke=answers.clarke,
        sub_sampled=answers.sub_sampled,
        directional=answers.directional,
        local_minimum=local,
        global_minimum=best,
    )


def _neurons(program: Program, found: CertifiedPoint) -> tuple[Neuron, ...]:
    bits = found.bits - SPARE_BITS
    result = []
    for neuron in found.neurons:
        if neuron.block is None:
            raise ArithmeticError("a structure that is read off a network has blocks only")
        amount = Interval.around(found.box.midpoint[found.kkt.amount(neuron.block)], found.box.spread)
        result.append(
            Neuron(
                sign=neuron.face.sign,
                direction=unit_direction(found.kkt, found.box, neuron),
                gate=program.hyperplanes.row_gates(neuron.face.gate),
                partner=None,
                positive=True,
                amount=rounded(amount, bits),
            )
        )
    return tuple(result)


def _rounded_up(value: Fraction) -> Fraction:
    """Return a short upper bound."""
    return Fraction(-((-value * 10**40) // 1), 10**40) if value else value
