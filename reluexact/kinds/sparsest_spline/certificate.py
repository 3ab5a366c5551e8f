"""Certificates of optimal functions of fewest kinks: kind ``sparsest-spline`` of version 2, that of the optimum and more."""

from __future__ import annotations

from typing import Any

from reluexact.certificates.document import Json, texts
from reluexact.certificates.problems import make_extended_document
from reluexact.errors import InputError, Message
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.problem_certificate import problem_from_document, problem_notes, problem_optimum_parts
from reluexact.kinds.sparsest_spline.claim import Kink, SparsestSpline
from reluexact.numbers.rational import format_fraction, parse_fraction

CLAIM = SparsestSpline
ENTRIES = ("at", "change", "low", "high")


def to_document(spline: SparsestSpline) -> Json:
    """Return the certificate as a JSON object; raises InputError when the fewest kinks are not PROVED."""
    if spline.status is not Status.PROVED:
        raise InputError(Message("the fewest kinks are UNDECIDED (", spline.reason, "); only a PROVED number has a certificate"))
    claim, evidence = problem_optimum_parts(spline.optimum)
    claim |= {
        "places": texts(spline.places),
        "fit": texts(spline.fit),
        "slope": format_fraction(spline.slope),
        "skip": None if spline.skip is None else format_fraction(spline.skip),
        "kinks": [{name: format_fraction(getattr(kink, name)) for name in ENTRIES} for kink in spline.kinks],
    }
    return make_extended_document("sparsest-spline", spline.optimum.problem, claim, evidence, problem_notes(spline.optimum))


def from_document(document: Any) -> SparsestSpline:
    """Return the claim of a certificate that the checker has accepted; another program may have found another function."""
    claim = document["statement"]["claim"]
    places, fit = (tuple(map(parse_fraction, claim[name])) for name in ("places", "fit"))
    return SparsestSpline(
        optimum=problem_from_document(document),
        status=Status.PROVED,
        reason=Message(""),
        places=places,
        fit=fit,
        slope=parse_fraction(claim["slope"]),
        skip=None if claim["skip"] is None else parse_fraction(claim["skip"]),
        kinks=tuple(Kink(**{name: parse_fraction(kink[name]) for name in ENTRIES}) for kink in claim["kinks"]),
    )
