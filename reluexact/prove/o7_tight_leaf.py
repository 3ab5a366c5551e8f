"""Obligation O7b of CERTIFICATE.md: in a leaf that holds a tight neuron the bound is attained exactly, by that neuron alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from reluexact.evidence.tree import Multipliers, TightLeaf
from reluexact.model.program import Program
from reluexact.numbers.linalg import dot, inverse, matmul, minus_multiple, rank, transpose
from reluexact.numbers.types import Matrix, Vector
from reluexact.prove.neurons import TightNeuron, Unproved, tight_direction

ZERO, ONE = Fraction(0), Fraction(1)

Table = list[Vector]
"""One vector with d entries per row of X: the coefficients of theta_i in a vector-valued linear form."""


class ProvedForms(Protocol):
    """What is proved of linear forms in theta, over a box (:class:`reluexact.prove.identities.ResidualForms`) or a segment."""

    def sign(self, form: Sequence[Fraction], constant: Fraction = ZERO) -> int | None:
        """Return the proved sign of ``form . theta + constant``, None where it is not proved."""

    def vanishes(self, form: Sequence[Fraction]) -> bool:
        """Say whether the form is 0, exactly."""


@dataclass(slots=True)
class TightLeafCheck:
    """Checks the tight leaves of one sign's tree; the neurons are those of the claim."""

    program: Program
    forms: ProvedForms
    neurons: tuple[TightNeuron | None, ...]
    sign: int
    _signs: dict[int, int | None] = field(default_factory=dict)
    _rests: dict[int, Table] = field(default_factory=dict)
    _taus: dict[tuple[int, tuple[int, ...], Multipliers, tuple[int, ...]], list[Vector]] = field(default_factory=dict)
    _decided: dict[tuple[TightLeaf, int, bool], bool] = field(default_factory=dict)

    def check(self, leaf: TightLeaf, decided: Mapping[int, int]) -> None:
        """Raise Unproved unless the leaf is proved; ``decided`` maps hyperplanes to +1 or -1."""
        neuron = self._neuron(leaf.neuron)
        if neuron.face.sign != self.sign:
            raise Unproved(f"O7: neuron {leaf.neuron} has the other sign")
        if any(not neuron.face.gate[hyperplane] for hyperplane in leaf.free) or len(set(leaf.free)) < len(leaf.free):
            raise Unproved("O7: a tight leaf frees walls that its neuron does not lie on, each once")
        for hyperplane, gate in enumerate(neuron.face.gate):
            if hyperplane in leaf.free:
                continue
            if gate and hyperplane in decided and decided[hyperplane] != gate:
                raise Unproved(f"O7: neuron {leaf.neuron} is not in the leaf's cone (wall {hyperplane})")
            if gate and hyperplane not in decided and self.kink_sign(hyperplane) not in (-1, 0):
                raise Unproved(f"O7: wall {hyperplane} must be decided in a leaf of neuron {leaf.neuron}")
        fixed = dict(leaf.fixed)
        for hyperplane, value in fixed.items():
            self._check_tau(leaf, hyperplane, decided, (ZERO,) * self.program.data.n, value)
        for hyperplane, share in leaf.kinks:
            self._check_tau(leaf, hyperplane, decided, tuple(share * entry for entry in self.kink(hyperplane)), ZERO)
        self._check_solved(leaf, decided, fixed)

    def _neuron(self, index: int) -> TightNeuron:
        neuron = self.neurons[index]
        if neuron is None:
            raise Unproved(f"O7: the kink of neuron {index} does not pass through the pivot")
        return neuron

    def _check_solved(self, leaf: TightLeaf, decided: Mapping[int, int], fixed: Mapping[int, Fraction]) -> None:
        zeros = (*self._neuron(leaf.neuron).face.zeros, *leaf.free)
        given = [*fixed, *(hyperplane for hyperplane, _ in leaf.kinks)]
        if not set(leaf.solve) <= set(zeros) or not set(given) <= set(zeros) - set(leaf.solve) or len(set(given)) < len(given):
            raise Unproved("O7: a tight leaf may only solve for and fix walls of its neuron")
        normals = self.program.hyperplanes.normals
        push = [Fraction(0)] * self.program.data.d
        for hyperplane, value in fixed.items():
            push = [a + value * b for a, b in zip(push, normals[hyperplane], strict=True)]
        taus = self._solved(leaf.neuron, leaf.solve, leaf.kinks, leaf.free)
        lift = self._left_inverse(leaf.solve)
        for hyperplane, form, line in zip(leaf.solve, taus, lift, strict=True):
            self._check_tau(leaf, hyperplane, decided, form, -dot(line, push))
        for hyperplane in zeros:
            if hyperplane not in given and hyperplane not in leaf.solve:
                self._check_tau(leaf, hyperplane, decided, (ZERO,) * self.program.data.n, ZERO)

    def _check_tau(self, leaf: TightLeaf, hyperplane: int, decided: Mapping[int, int], form: Vector, constant: Fraction) -> None:
        """Check the sign conditions of ``tau = form . theta + constant`` for one hyperplane of the neuron."""
        side = decided.get(hyperplane, 0)
        if side <= 0 and not self._tau_holds(leaf, hyperplane, form, constant, on=False):
            raise Unproved(f"O7: the multiplier of wall {hyperplane} is not proved non-positive on the off side")
        if side >= 0 and not self._tau_holds(leaf, hyperplane, form, constant, on=True):
            raise Unproved(f"O7: the multiplier of wall {hyperplane} is not proved large enough on the on side")

    def _tau_holds(self, leaf: TightLeaf, hyperplane: int, form: Vector, constant: Fraction, *, on: bool) -> bool:
        """Say whether the multiplier is proved fit for a side; equal leaves have equal multipliers, and are decided once."""
        key = (leaf, hyperplane, on)
        if key not in self._decided:
            excess = [a - b for a, b in zip(form, self.kink(hyperplane), strict=True)] if on else form
            self._decided[key] = self.forms.sign(excess, constant) in ((0, 1) if on else (-1, 0))
        return self._decided[key]

    def kink(self, hyperplane: int) -> Vector:
        """Return the kink of a hyperplane as a linear form in theta."""
        hyperplanes = self.program.hyperplanes
        return tuple(
            self.sign * abs(factor) if owner == hyperplane else ZERO
            for owner, factor in zip(hyperplanes.hyperplane_of, hyperplanes.factor, strict=True)
        )

    def kink_sign(self, hyperplane: int) -> int | None:
        """Return the proved sign of a hyperplane's kink over the box, None when it is not known."""
        if hyperplane not in self._signs:
            self._signs[hyperplane] = self.forms.sign(self.kink(hyperplane))
        return self._signs[hyperplane]

    def balance(self, index: int) -> None:
        """Raise Unproved unless independent walls of a neuron balance all that pulls on it, exactly."""
        zeros = self._neuron(index).face.zeros
        if rank([self.program.hyperplanes.normals[wall] for wall in zeros]) < len(zeros):
            raise Unproved(f"O7: the walls of neuron {index} are dependent")
        self._solved(index, zeros, ())

    def multiplier(self, index: int, hyperplane: int, others: Mapping[int, str]) -> tuple[Vector, Vector]:
        """Return tau of one wall of a neuron, and the kink of the wall, as linear forms in theta.

        others: walls whose multipliers stand on a bound, 0 for "off", the kink for "on"; all but these have to be independent.
        Raises Unproved where they are not, or do not balance what pulls on the neuron.
        """
        known = self._neuron(index).face.zeros
        if not set(others) <= set(known) or not set(others.values()) <= {"on", "off"}:
            raise Unproved(f"O7: the multipliers of other walls of neuron {index} are named on its walls, on or off")
        zeros = tuple(wall for wall in known if wall not in others)
        kinks = tuple((wall, Fraction(1)) for wall, side in sorted(others.items()) if side == "on")
        normals = [self.program.hyperplanes.normals[wall] for wall in zeros]
        if hyperplane not in zeros or rank(normals) < len(zeros):
            raise Unproved(f"O7: the multiplier of wall {hyperplane} of neuron {index} is not unique")
        return self._solved(index, zeros, kinks)[zeros.index(hyperplane)], self.kink(hyperplane)

    def _rest(self, index: int) -> Table:
        """Return ``b u - (l + sum of kinks on, off the neuron's hyperplanes)`` as vector coefficients of theta_1..theta_n."""
        if index not in self._rests:
            neuron, program = self._neuron(index), self.program
            lines = tight_direction(program, neuron.face, neuron.basis)
            zeros, on = set(neuron.face.zeros), set(program.on_rows(neuron.face))
            table: Table = []
            for i, row in enumerate(program.data.X):
                value = tuple(line[i] for line in lines)
                hyperplane = program.hyperplanes.hyperplane_of[i]
                if i in on or (hyperplane in zeros and program.hyperplanes.factor[i] < 0):
                    value = tuple(a - self.sign * b for a, b in zip(value, row, strict=True))
                table.append(value)
            self._rests[index] = table
        return self._rests[index]

    def _left_inverse(self, chosen: tuple[int, ...]) -> Matrix:
        """Return T with ``T n_h = e_h`` for the chosen (independent) hyperplanes."""
        if not chosen:
            return ()
        rows = [self.program.hyperplanes.normals[hyperplane] for hyperplane in chosen]
        return matmul(inverse(matmul(rows, transpose(rows))), rows)

    def _without_kinks(self, index: int, kinks: Multipliers, free: tuple[int, ...]) -> Table:
        """Return what is left of ``_rest`` by multipliers that are multiples of their hyperplane's kink.

        free: hyperplanes whose kinks, where the neuron's rows on them are on, no longer count.
        """
        table, gate = self._rest(index), self._neuron(index).face.gate
        for hyperplane, share in (*kinks, *((hyperplane, -ONE) for hyperplane in free if gate[hyperplane] > 0)):
            normal, kink = self.program.hyperplanes.normals[hyperplane], self.kink(hyperplane)
            table = [minus_multiple(row, share * entry, normal) if entry else row for row, entry in zip(table, kink, strict=True)]
        return table

    def _solved(self, index: int, chosen: tuple[int, ...], kinks: Multipliers, free: tuple[int, ...] = ()) -> list[Vector]:
        """Return tau of the chosen hyperplanes as linear forms in theta; what they leave over must vanish, exactly."""
        key = (index, chosen, kinks, free)
        if key in self._taus:
            return self._taus[key]
        lift = self._left_inverse(chosen)
        normals = [self.program.hyperplanes.normals[hyperplane] for hyperplane in chosen]
        columns = list(zip(*normals, strict=True)) if chosen else [()] * self.program.data.d
        forms = [[ZERO] * self.program.data.n for _ in chosen]
        rest: Table = []
        for i, vector in enumerate(self._without_kinks(index, kinks, free)):
            if not any(vector):
                rest.append(vector)
                continue
            values = [dot(line, vector) for line in lift]
            rest.append(tuple(entry - dot(values, column) for entry, column in zip(vector, columns, strict=True)))
            for form, value in zip(forms, values, strict=True):
                form[i] = value
        for pull in zip(*rest, strict=True):
            if any(pull) and not self.forms.vanishes(pull):
                raise Unproved(f"O7: the walls that a leaf solves for do not balance all that pulls on neuron {index}")
        self._taus[key] = [tuple(form) for form in forms]
        return self._taus[key]
