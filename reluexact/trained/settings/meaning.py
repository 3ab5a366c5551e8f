"""From a data set and the settings of a trainer to the problem that they mean."""

from __future__ import annotations

from fractions import Fraction
from inspect import Parameter, signature
from typing import NamedTuple

from reluexact.errors import InputError
from reluexact.model.dataset import Dataset, require_dataset
from reluexact.model.labels import BIAS_NAME
from reluexact.model.problem import FREE, NONE, PENALISED, Problem
from reluexact.trained.settings.losses import with_signs
from reluexact.trained.settings.table import LOSSES, SKLEARN_DEFAULTS, TRAINERS


class Meaning(NamedTuple):
    """A problem, the constant by which its objective is the trainer's own loss, and remarks; ``trainer``: which and how."""

    problem: Problem
    constant: Fraction
    remarks: tuple[str, ...]
    trainer: str


def settings_of(trainer: str) -> tuple[str, ...]:
    """Return the names of the settings of a trainer.

    >>> settings_of("scnn")
    ('lam', 'unitize_data')
    """
    if not isinstance(trainer, str) or trainer not in TRAINERS:
        raise InputError(f"trainer: {trainer!r} is not known here; known are {', '.join(TRAINERS)}")
    return tuple(signature(TRAINERS[trainer]).parameters)[1:]


def described(trainer: str) -> str:
    """Return the settings of a trainer that are one word each, with what is meant where they are not given.

    >>> described("scnn"), described("sklearn")
    ('lam, unitize_data=yes', 'alpha=1/10000, solver=adam, batch_size=auto, shuffle=yes, loss=squared_error or log_loss')
    """
    words = []
    for name in settings_of(trainer):
        value = signature(TRAINERS[trainer]).parameters[name].default
        if name == "loss":
            words.append(f"loss={' or '.join(LOSSES[trainer])}")
        elif name != "sample_weight":
            value = SKLEARN_DEFAULTS[name] if trainer == "sklearn" and name in SKLEARN_DEFAULTS else value
            shown = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
            words.append(name if value in (None, Parameter.empty) else f"{name}={shown}")
    return ", ".join(words)


def meaning(data: Dataset, trainer: str, *, hidden_bias: bool = True, output_bias: bool = True, **settings: object) -> Meaning:
    """Return the problem that training with these settings on these rows means, by :mod:`reluexact.trained.settings.table`.

    hidden_bias, output_bias: whether the layers of the network have biases. The settings are named as the trainer names them.
    InputError for settings that have no objective, and for none that penalises.

    >>> data = Dataset(X=[[1], [2], [4]], y=[1, 2, 3])
    >>> meaning(data, "sklearn", alpha=0.001, solver="lbfgs").problem
    Problem(3 rows, penalty 1/1000, output_bias free, hidden_bias free)
    >>> found = meaning(data, "torch", weight_decay="1/10")
    >>> found.problem, found.constant
    (Problem(3 rows, penalty 3/20, output_bias penalised, hidden_bias penalised), Fraction(3, 2))
    >>> meaning(data, "torch", weight_decay="1/10", optimizer="AdamW")
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: weight_decay: AdamW shrinks the parameters beside its scaled gradient (decoupled decay), so it \
tends to what is stationary for no objective; the nearest is that of coupled decay, penalty 3/20 in rx.Problem
    """
    known = settings_of(trainer)
    for name in settings:
        if name not in known:
            raise InputError(f"{name}: {trainer} has no such setting here; it has {', '.join(known)}")
    if trainer == "scnn" and "lam" not in settings:
        raise InputError("lam: give the strength of NeuronGL1(lam)")
    if hidden_bias and require_dataset(data).names[-1] == BIAS_NAME and all(row[-1] == 1 for row in data.X):
        raise InputError("data: it has a bias column beside the hidden bias of the network; make it without")
    terms = TRAINERS[trainer](data, **settings)
    if not terms.penalty:
        raise InputError(f"{known[0]}: nothing is penalised with these settings, and a problem needs a penalty > 0")
    part = PENALISED if terms.biases else FREE
    problem = Problem(
        with_signs(data, terms.scaled),
        terms.penalty,
        terms.scaled.loss,
        output_bias=part if output_bias else NONE,
        hidden_bias=part if hidden_bias else NONE,
        weights=terms.weights,
    )
    return Meaning(problem=problem, constant=terms.constant, remarks=terms.remarks, trainer=terms.trainer)
