"""Write a certificate of the kind ``bound`` of version 2 (any loss, row weights, biases, a linear part) as a Coq file.

As in :mod:`reluexact.certificates.coq.file`; the theory that is used is ``proofs/theories/TrainingCertificate.v``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import lcm

from reluexact.certificates.coq.evidence import Node
from reluexact.certificates.coq.file import BoundCertificate, read_bound, read_node, strictly
from reluexact.certificates.coq.payload import View, pack_views
from reluexact.certificates.coq.terms import argument, lines, listed, rational, rounded_up, vector
from reluexact.checker.document import Item, Rejected, canonical_digest, read_document
from reluexact.checker.extended import Extended, Weights, e1_extended, read_weights_of
from reluexact.checker.piecewise import Piecewise
from reluexact.errors import InputError

ONE, ZERO = Fraction(1), Fraction(0)

_FILE = """\
(* {name}: {rows} rows, {columns} columns, a network of {neurons} hidden neurons; {words}.
   Written by reluexact from the certificate whose statement has the sha256 {digest}.
   The definitions that the theorem rests on are in Spec.v, the proof that the checker is sound is in TrainingCertificate.v. *)

From Coq Require Uint63 PArray.
From Coq Require Import ZArith QArith Qreals Reals List.
From ReluExact Require Import Spec Certificate Piecewise TrainingCertificate {imports}.

Section Data.
Import ListNotations.

(* The loss: breakpoints with the piece up to each, a t^2 + b t + c, and the last piece. *)
Definition loss_pieces : rational_loss := (RationalLoss [{bends}] ({last}))%Q.

(* The rows: what neurons and linear part see, the weight, the factor and the shift of the output before the loss. *)
Definition rows : list data_row :={X}%Q.

(* The penalties; a weight of the linear part is free where its own is 0. *)
Definition b : Q := {b}.
Definition penalties : list Q :={ridges}%Q.

(* The network: hidden weights and output weight of each neuron; the linear part. *)
Definition neurons : list (list Q * Q) :={network}%Q.
Definition direct : list Q :={direct}%Q.

End Data.

(* The optimal value is at least [lower] and at most [upper]; [gap] is at least their difference. *)
Definition lower : Q := {lower}.
Definition upper : Q := {upper}.
Definition gap : Q := {gap}.

(* The first {free} hidden weights of a neuron cost nothing. *)
Definition data : training := training_of_rows {free} loss_pieces rows b penalties.
Definition trained : network := network_of neurons.
Definition linear : vector := map Q2R direct.

(* The evidence: a dual point and its trees, packed. *)
Section Evidence.
Import Uint63 PArray.
Definition payload : array int :={payload}%uint63.
End Evidence.

Lemma accepted : {module}.check_training {columns} {free} loss_pieces rows b penalties neurons direct lower upper gap
  ({reader}.read_training payload) = true.
Proof. vm_cast_no_check (eq_refl true). Qed.

Theorem optimal :
  well_posed {columns} data /\\
  cost_bound {columns} data (Q2R lower) /\\
  (cost data trained linear <= Q2R upper)%R /\\
  best_within (Q2R gap) {columns} data trained linear.
Proof. exact ({module}.training_certificate_sound _ _ _ _ _ _ _ _ _ _ _ _ accepted). Qed.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingCertificate:
    """A certificate of the kind ``bound`` of version 2, read but not checked."""

    problem: Extended
    loss: Piecewise
    digest: str
    lower: Fraction
    upper: Fraction
    network: Weights
    theta: tuple[Fraction, ...]
    positive: tuple[View, ...]
    negative: tuple[View, ...]

    @property
    def output(self) -> Sequence[Fraction]:
        """Return the output weights of the network."""
        return self.network.output

    @property
    def free(self) -> int:
        """Return the number of hidden weights that cost nothing; they come first."""
        return int(self.problem.hidden_bias == "free")

    def for_neurons(self) -> list[tuple[Fraction, ...]]:
        """Return what the neurons see of each row."""
        return [(*(ONE,) * self.free, *row) for row in self.problem.base.X]

    def for_linear(self) -> list[tuple[Fraction, ...]]:
        """Return what the linear part sees of each row."""
        columns = [column for column, _ in self.problem.columns()]
        return [tuple(column[i] for column in columns) for i in range(len(self.problem.base.X))]

    def hidden(self) -> list[tuple[Fraction, ...]]:
        """Return the hidden weights, the free ones first."""
        pairs = zip(self.network.hidden_bias, self.network.hidden, strict=True)
        return [(*(bias,) * self.free, *weights) for bias, weights in pairs]

    def direct(self) -> tuple[Fraction, ...]:
        """Return the weights of the linear part, in the order of the problem's columns."""
        bias = () if self.problem.bias_ridge is None else (self.network.output_bias,)
        skip = self.network.skip or (ZERO,) * self.problem.features
        return (*bias, *(() if self.problem.skip_ridge is None else skip[: self.problem.features]))

    def source(self, name: str, *, fast: bool = False) -> str:
        """Return the text of a Coq file that ends in ``Theorem optimal`` about the data of the certificate."""
        base, loss, network = self.problem.base, self.loss, self.network
        pieces = [f"Piece {' '.join(map(argument, piece))}" for piece in loss.pieces]
        columns, linear = self.for_neurons(), self.for_linear()
        neurons = [f"({vector(w)}, {rational(a)})" for w, a in zip(self.hidden(), network.output, strict=True)]
        groups = (chain(*columns), chain(*linear), chain(*self.hidden()), network.output)
        words = pack_views(self.theta, (self.positive, self.negative), base.X, map(_common, groups))
        return _FILE.format(
            name=name,
            rows=len(base.X),
            columns=len(columns[0]),
            neurons=len(neurons),
            words=_parts(self.problem),
            digest=self.digest,
            bends="; ".join(f"({rational(point)}, {piece})" for point, piece in zip(loss.breakpoints, pieces, strict=False)),
            last=pieces[-1],
            X=listed(_row(self.problem, *entry) for entry in zip(columns, linear, self.problem.weights, base.y, strict=True)),
            b=rational(base.penalty),
            ridges=listed(rational(ridge) for _, ridge in self.problem.columns()),
            network=listed(neurons),
            direct=listed(map(rational, self.direct())),
            lower=rational(self.lower),
            upper=rational(self.upper),
            gap=rational(rounded_up(self.upper - self.lower)),
            free=self.free,
            payload=lines("[|", map(hex, words), "| 0|]"),
            imports="Payload BigCertificate" if fast else "Payload",
            module="BigTrainingCertificates" if fast else "ZTrainingCertificates",
            reader="BigPayload" if fast else "ZPayload",
        )


def read_theorem(text: bytes) -> BoundCertificate | TrainingCertificate:
    """Read a certificate of the kind ``bound`` of either version; raises CertificateError when it is malformed."""
    document = strictly(lambda: read_document(text))
    return strictly(lambda: _read(document)) if _version(document) == 2 else read_bound(text)


def _version(document: Item) -> object:
    try:
        return document.table()["version"].value
    except (KeyError, Rejected):
        return None


def _read(document: Item) -> TrainingCertificate:
    form, _, statement, evidence, produced_by = document.fields("format", "version", "statement", "evidence", "produced_by")
    if form.text() != "reluexact-certificate":
        raise form.reject('"reluexact-certificate" is expected here')
    for entry in produced_by.table().values():
        entry.text()
    kind, problem_item, claim = statement.fields("kind", "problem", "claim")
    if kind.text() != "bound":
        raise kind.reject('only certificates of the kind "bound" become theorems')
    problem = e1_extended(problem_item)
    if not isinstance(problem.loss, Piecewise):
        raise InputError("the theory in Coq has no logistic loss; the losses with pieces become theorems")
    lower, upper, network = claim.fields("lower", "upper", "network")
    theta, positive, negative = evidence.fields("theta", "positive", "negative")
    if isinstance(positive.value, dict) or isinstance(negative.value, dict):
        raise InputError("the theory in Coq has no cones; bounds that trees show become theorems, such as those of smaller data")
    free = problem.hidden_bias == "free"
    return TrainingCertificate(
        problem=problem,
        loss=problem.loss,
        digest=canonical_digest(statement),
        lower=lower.number(),
        upper=upper.number(),
        network=read_weights_of(problem, network),
        theta=tuple(theta.vector()),
        positive=_views(positive, free, len(problem.base.X)),
        negative=_views(negative, free, len(problem.base.X)),
    )


def _views(item: Item, free: bool, rows: int) -> tuple[View, ...]:
    if not free:
        return ((None, _nodes(item)),)
    entries = [entry.fields("row", "tree") for entry in item.entries()]
    return tuple((row.index(rows), _nodes(tree)) for row, tree in entries)


def _nodes(item: Item) -> tuple[Node, ...]:
    return tuple(map(read_node, item.entries()))


def _common(values: Iterable[Fraction]) -> int:
    return lcm(*(value.denominator for value in values))


def _row(problem: Extended, columns: Sequence[Fraction], linear: Sequence[Fraction], weight: Fraction, target: Fraction) -> str:
    factor, shift = (target, ZERO) if problem.loss.margin else (ONE, -target)
    return f"DataRow {vector(columns)} {vector(linear)} {argument(weight)} {argument(factor)} {argument(shift)}"


def _parts(problem: Extended) -> str:
    ridges = {None: "none", ZERO: "free"}
    bias, skip = (ridges.get(ridge, "penalised") for ridge in (problem.bias_ridge, problem.skip_ridge))
    return f"hidden bias {problem.hidden_bias}, output bias {bias}, skip connection {skip}"
