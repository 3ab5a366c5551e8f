"""Write a certificate of the kind ``bound`` as a Coq file that ends in a theorem about its own data.

The file holds the data, the network and the evidence; the theory in ``proofs/theories`` has the checker and its soundness.
Nothing is checked here: a false certificate gives a file that Coq refuses.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import lcm
from typing import TypeVar

from reluexact.certificates.coq.evidence import Entries, Evidence, Leaf, Node, Split, Tighten
from reluexact.certificates.coq.payload import pack
from reluexact.certificates.coq.terms import lines, listed, rational, rounded_up, vector
from reluexact.checker.document import Item, Rejected, canonical_digest, read_document
from reluexact.checker.problem import Problem, o1_problem
from reluexact.errors import CertificateError

T = TypeVar("T")

_NAME = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
_NOBODY = 10**18
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)

_FILE = """\
(* {name}: {rows} rows, {columns} columns, a network of {neurons} hidden neurons.
   Written by reluexact from the certificate whose statement has the sha256 {digest}.
   The definitions that the theorem rests on are in Spec.v, the proof that the checker is sound is in Certificate.v. *)

From Coq Require Uint63 PArray.
From Coq Require Import ZArith QArith Qreals Reals List.
From ReluExact Require Import Spec {imports}.

Section Data.
Import ListNotations.

(* The rows of the data, the targets and the penalty. *)
Definition X : list (list Q) :={X}%Q.

Definition y : list Q :={y}%Q.

Definition b : Q := {b}.

(* The network: hidden weights and output weight of each neuron. *)
Definition neurons : list (list Q * Q) :={network}%Q.

End Data.

(* The optimal value is at least [lower] and at most [upper]; [gap] is at least their difference. *)
Definition lower : Q := {lower}.
Definition upper : Q := {upper}.
Definition gap : Q := {gap}.

Definition data : problem := problem_of X y b.
Definition trained : network := network_of neurons.

(* The evidence: a dual point and two trees, packed. *)
Section Evidence.
Import Uint63 PArray.
Definition payload : array int :={payload}%uint63.
End Evidence.

Lemma accepted : {module}.check_certificate {columns} X y b neurons lower upper gap ({reader}.read payload) = true.
Proof. vm_cast_no_check (eq_refl true). Qed.

Theorem optimal :
  well_formed {columns} data /\\
  lower_bound {columns} data (Q2R lower) /\\
  (objective data trained <= Q2R upper)%R /\\
  optimal_within (Q2R gap) {columns} data trained.
Proof. exact ({module}.certificate_sound _ _ _ _ _ _ _ _ _ accepted). Qed.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundCertificate:
    """A certificate of the kind ``bound``, read but not checked."""

    problem: Problem
    digest: str
    lower: Fraction
    upper: Fraction
    hidden: tuple[tuple[Fraction, ...], ...]
    output: tuple[Fraction, ...]
    evidence: Evidence

    def source(self, name: str, *, fast: bool = False) -> str:
        """Return what :func:`coq_source` writes."""
        return coq_source(self, name, fast=fast)


def kind_of(text: bytes) -> str:
    """Return the kind of a certificate, nothing when there is none to be read.

    >>> kind_of(b'{"statement": {"kind": "bound"}}'), kind_of(b"{}")
    ('bound', '')
    """
    try:
        return read_document(text).table()["statement"].table()["kind"].text()
    except (KeyError, Rejected):
        return ""


def read_bound(text: bytes) -> BoundCertificate:
    """Read a certificate of the kind ``bound``; raises CertificateError when it is malformed."""
    return strictly(lambda: _read_bound(read_document(text)))


def coq_source(certificate: BoundCertificate, name: str, *, fast: bool = False) -> str:
    """Return the text of a Coq file that ends in ``Theorem optimal`` about the data of the certificate.

    With ``fast`` Coq computes in the machine integers of its kernel, and the theorem also rests on their specifications.
    """
    problem = certificate.problem
    neurons = [f"({vector(w)}, {rational(a)})" for w, a in zip(certificate.hidden, certificate.output, strict=True)]
    words = pack(certificate.evidence, problem.X, _denominators(certificate))
    return _FILE.format(
        name=name,
        rows=len(problem.X),
        columns=len(problem.X[0]),
        neurons=len(neurons),
        digest=certificate.digest,
        X=listed(vector(row) for row in problem.X),
        y=listed(map(rational, problem.y)),
        b=rational(problem.penalty),
        network=listed(neurons),
        lower=rational(certificate.lower),
        upper=rational(certificate.upper),
        gap=rational(rounded_up(certificate.upper - certificate.lower)),
        payload=lines("[|", map(hex, words), "| 0|]"),
        imports="Certificate Payload BigCertificate" if fast else "Certificate Payload",
        module="BigCertificates" if fast else "ZCertificates",
        reader="BigPayload" if fast else "ZPayload",
    )


def coq_name(stem: str) -> str:
    """Turn the name of a file into the name of a Coq module.

    >>> coq_name("motorcycle"), coq_name("run 2.best"), coq_name("2-d")
    ('motorcycle', 'run_2_best', 'certificate_2_d')
    """
    name = re.sub(r"[^A-Za-z0-9_]+", "_", stem)
    return name if _IDENTIFIER.fullmatch(name) else f"certificate_{name}".rstrip("_")


def is_coq_name(stem: str) -> bool:
    """Return whether Coq takes a file of this name.

    >>> is_coq_name("motorcycle"), is_coq_name("2-d")
    (True, False)
    """
    return _IDENTIFIER.fullmatch(stem) is not None


def strictly(read: Callable[[], T]) -> T:
    """Read a certificate; raises CertificateError when it is malformed."""
    try:
        return read()
    except Rejected as fault:
        raise CertificateError(fault.path, fault.reason) from None


def _read_bound(document: Item) -> BoundCertificate:
    form, version, statement, evidence, produced_by = document.fields("format", "version", "statement", "evidence", "produced_by")
    if form.text() != "reluexact-certificate":
        raise form.reject('"reluexact-certificate" is expected here')
    if version.index(2) != 1:
        raise version.reject("only version 1 is known")
    for entry in produced_by.table().values():
        entry.text()
    kind, problem_item, claim = statement.fields("kind", "problem", "claim")
    if kind.text() != "bound":
        raise kind.reject('only certificates of the kind "bound" become theorems')
    problem = o1_problem(problem_item)
    lower, upper, network = claim.fields("lower", "upper", "network")
    hidden, output = network.fields("hidden", "output")
    outer = output.vector()
    residual, positive, negative = evidence.fields("residual", "positive", "negative")
    return BoundCertificate(
        problem=problem,
        digest=canonical_digest(statement),
        lower=lower.number(),
        upper=upper.number(),
        hidden=tuple(tuple(row.vector(len(problem.X[0]))) for row in hidden.entries(len(outer))),
        output=tuple(outer),
        evidence=Evidence(
            residual=tuple(residual.vector()),
            positive=tuple(map(read_node, positive.entries())),
            negative=tuple(map(read_node, negative.entries())),
        ),
    )


def read_node(item: Item) -> Node:
    """Read a node of a tree."""
    kind = item.table()
    if "split" in kind:
        return Split(wall=item.fields("split")[0].index(_NOBODY))
    if "tighten" in kind:
        wall, side, rho = item.fields("tighten", "side", "rho")
        if side.text() not in ("hi", "lo"):
            raise side.reject('"hi" or "lo" is expected here')
        return Tighten(wall=wall.index(_NOBODY), upper=side.value == "hi", rho=_entries(rho))
    rho, slope = item.fields("rho", "slope")
    return Leaf(rho=_entries(rho), slope=_entries(slope))


def _entries(item: Item) -> Entries:
    return tuple((int(name) if _NAME.fullmatch(name) else _NOBODY, entry.number()) for name, entry in item.table().items())


def _denominators(certificate: BoundCertificate) -> tuple[int, ...]:
    """Return the common denominators of rows, targets, hidden weights and output weights."""
    groups = (chain(*certificate.problem.X), certificate.problem.y, chain(*certificate.hidden), certificate.output)
    return tuple(lcm(*(value.denominator for value in values)) for values in groups)
