"""Certificates of judgements, small enough to be read; ``make_packaged_certificates`` writes them to tests/good."""

from __future__ import annotations

from reluexact.kinds.files import to_document
from reluexact.kinds.judgement.exact import own_bound
from reluexact.kinds.judgement.find import judge, judgement
from reluexact.kinds.judgement.subject import subject_of
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.model.problem import Problem

TWO_POINTS = Problem(Dataset([[1], [2]], [1, 2]), "15/4")
BEST = BiasedNetwork([["1/2"]], ["1/2"])
"""The optimum: amount 1/4, as 5 (1 - amount) = 15/4."""

LABELS = Dataset([[0], [1], [2], [3]], [-1, 1, 1, -1])
STEP = BiasedNetwork([[1]], [1], hidden_bias=[-1])


def of_two_points(hidden, output):
    """Judge by the optimum, which proves both bounds."""
    subject = subject_of(Network(hidden, output), TWO_POINTS)
    bound = own_bound(TWO_POINTS, BEST, TWO_POINTS.objective(BEST), limit=100)
    return to_document(judgement(subject, TWO_POINTS.objective(subject.network), bound))


def of_labels(network, loss, **parts):
    return to_document(judge(network, Problem(LABELS, "1/10", loss, "free", "free", **parts)))


HAT = Problem(Dataset([[0], [1], [2]], [0, 1, 0]), "1/8", "absolute", "free", "free")
ROOF = BiasedNetwork([[-1], [1]], [-1, -1], hidden_bias=[1, -1], output_bias=1)
"""An optimum with a kink of its loss in every row: only the proved optimal value tells that it is one."""


JUDGED = {
    "judgement-optimal": lambda: to_document(judge(BEST, TWO_POINTS)),
    "judgement-two-points": lambda: of_two_points([[1]], [1]),
    "judgement-no-neuron": lambda: of_two_points([], []),
    "judgement-2-absolute": lambda: to_document(judge(ROOF, HAT)),
    "judgement-2-huber": lambda: of_labels(STEP, "huber(1)"),
    "judgement-2-logistic": lambda: of_labels(STEP, "logistic"),
    "judgement-2-skip": lambda: of_labels(STEP, "squared_hinge", skip="penalised", weights=[1, 2, 1, "1/3"]),
}
