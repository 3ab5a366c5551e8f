"""Polytopes of good certificates, as the checker builds them."""

from __future__ import annotations

import json

from checker.stored import GOOD

from reluexact.checker import check_document
from reluexact.checker.document import Item
from reluexact.checker.kinds.optimum import EVIDENCE, prove_optimum
from reluexact.checker.network.o1_structure import CLAIM
from reluexact.checker.polytope.s1_amounts import s1_polytope
from reluexact.checker.problem import o1_problem


def edited(name, **changes):
    """Return the report on a good certificate with other evidence."""
    document = json.loads(GOOD[name])
    document["evidence"] |= changes
    return check_document(json.dumps(document))


def polytope_of(document):
    """Return the polytope as the checker builds it."""
    stated = Item(document["statement"], "statement").table()
    claim, evidence = stated["claim"].table(), Item(document["evidence"], "evidence").table()
    problem = o1_problem(stated["problem"])
    parts = [evidence[name] for name in EVIDENCE]
    return s1_polytope(prove_optimum(problem, [claim[name] for name in CLAIM], parts, []))
