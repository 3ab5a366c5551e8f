"""False certificates of the kind `optimum`: R1, R2, exact identities, and O7b, multipliers that are multiples of kinks."""

from __future__ import annotations

import json
from fractions import Fraction

from checker.breaking import NEURONS, SYSTEM, N, P, bad, breaking, good, shift

TIE, TOGETHER, KINKED = "optimum-relation-and-tie", "optimum-relations-together", "optimum-multiplier-on-its-kink"
ROOTED, SYMMETRIC = "optimum-in-square-roots", "optimum-symmetric"
FIRST = (*SYSTEM, "relations", 0)
PLACE = "evidence.system.relations[0]"


def another(name):
    """Change the first coefficient of a combination."""
    document = good(name)
    combination = document["evidence"]["system"]["relations"][0]["combinations"][0]
    number = next(iter(combination))
    combination[number] = shift(1)(combination[number])
    return document


@bad("r1-another-combination", f"{PLACE}.combinations[0]", "R1: the factors times the forms are not")
def _():
    """One coefficient is another."""
    return another(TIE)


breaking(
    "r1-form-almost-zero",
    TIE,
    f"{PLACE}.combinations[0]",
    "R1: the factors times the forms are not",
    ((*FIRST, "forms", 0, "constant"), {"1": str(Fraction(1, 2**600))}),
)


@bad("r1-factors-singular", f"{PLACE}.factors", "R1: the factors are not proved to be a regular matrix")
def _():
    """Zero times anything is zero: the identity holds and says nothing."""
    document = good(TIE)
    relation = document["evidence"]["system"]["relations"][0]
    relation["factors"][0][0] = {"row": ["0"] * len(relation["forms"][0]["row"]), "constant": {}}
    relation["combinations"] = [{}]
    return document


@bad("r1-factor-is-the-form", f"{PLACE}.factors", "R1: the factors are not proved to be a regular matrix")
def _():
    """A form that vanishes times another one: both are claimed in turn, each with the other as its factor."""
    document = good(TIE)
    relation = document["evidence"]["system"]["relations"][0]
    relation["forms"], relation["factors"] = [relation["factors"][0][0]], [[relation["forms"][0]]]
    return document


def with_text(name, change):
    """Change the text of the first relation."""
    document = good(name)
    relations = document["evidence"]["system"]["relations"]
    relations[0] = json.loads(change(json.dumps(relations[0])))
    return document


@bad("r1-conjugate-solution", f"{PLACE}.factors", "R1: the factors are not proved to be a regular matrix")
def _():
    """The equations have another solution, with -sqrt(3) for sqrt(3), and the identities hold for that, too."""
    return with_text(ROOTED, lambda text: text.replace('"3": "-', '"3": "~').replace('"3": "', '"3": "-').replace("-~", ""))


breaking(
    "r1-no-symmetry",
    SYMMETRIC,
    f"{PLACE}.combinations[0]",
    "R1: the factors times the forms are not",
    ((*FIRST, "forms", 1, "row"), lambda row: [str(abs(Fraction(entry))) for entry in row]),
)
breaking(
    "r1-no-such-equation",
    TIE,
    f"{PLACE}.combinations[0].99",
    "R1: there is no equation",
    ((*FIRST, "combinations", 0), {"99": "1"}),
)
breaking(
    "r1-no-such-root",
    TIE,
    f"{PLACE}.forms[0].constant.0",
    "R1: the name of a square root",
    ((*FIRST, "forms", 0, "constant"), {"0": "1"}),
)
breaking(
    "r1-relation-dropped",
    TIE,
    "evidence.system.ties.2",
    "R2: the length of the tie",
    ((*SYSTEM, "relations"), []),
)
breaking(
    "r1-two-relations-as-one",
    TOGETHER,
    "evidence.system.relations[1].factors",
    "2 entries",
    ((*SYSTEM, "relations", 1, "forms"), lambda forms: forms * 2),
)


@bad("r2-another-combination", "evidence.system.ties.2", "R2: the length of the tie")
def _():
    """The lengths of both blocks, added up, are not that of the tie."""
    document = good(TIE)
    ties = document["evidence"]["system"]["ties"]
    (k,) = ties
    number, value = next(iter(ties[k].items()))
    ties[k][number] = shift(1)(value)
    return document


breaking("r2-not-a-tie", TIE, "evidence.system.ties.0", "R2: not the index", ((*SYSTEM, "ties"), {"0": {}}))
breaking("r2-tie-without-reason", TIE, "statement.claim.neurons[2]", "O7a: the direction of the tie", ((*SYSTEM, "ties"), {}))
breaking(
    "r2-direction-of-tie",
    TIE,
    "statement.claim.neurons[1]",
    "O5: entry 0 of the direction",
    ((*NEURONS, 1, "direction", 0), {"low": "0", "high": "0"}),
)


def kinked(change):
    """Change the first tight leaf that has multiples of kinks."""
    document = good(KINKED)
    for side in (P, N):
        for node in document["evidence"][side[-1]]:
            if "kinks" in node:
                change(node)
                return document
    raise LookupError("no leaf has kinks")


@bad("o7b-beyond-the-kink", "evidence.positive[4]", "O7b: the multiplier of wall")
def _():
    """With half as much again on this wall, the one that is solved for falls below its kink."""
    return kinked(lambda node: node["kinks"].update(dict.fromkeys(node["kinks"], "3/2")))


@bad("o7b-kink-of-a-wall-solved-for", "evidence.positive[4]", "O7b: solve and fixed must name")
def _():
    """A multiplier is given twice."""
    return kinked(lambda node: node["kinks"].update({str(node["solve"][0]): "1"}))
