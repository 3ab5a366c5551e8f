"""The training problem with everything that people train: biases, an output bias, a skip connection, row weights, convex losses.

The objective is stated in :class:`Problem` and nowhere else; :mod:`reluexact.model.losses` has the scalings of the losses.

Its dual (Rockafellar 1970, section 31), theta_i = -o_i l'(f_i): maximise the sum of -L_i*(-theta_i), L_i = o_i l(., y_i),
minus ``(G_k.theta)^2 / (2b)`` for the penalised columns G_k of the linear part (the ones of the output bias, the features of the
skip connection), over all theta with ``|theta.(Xw + c)+| <= b |w|`` for all (w, c), and ``G_k.theta = 0`` for the free columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from reluexact.errors import InputError
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.convex import Conjugate, Convex
from reluexact.model.dataset import Dataset, read_stated, require_dataset
from reluexact.model.files.reading import Format, Reading
from reluexact.model.labels import BIAS_NAME
from reluexact.model.logistic import Logistic
from reluexact.model.losses import Loss, RowLoss, squared, to_loss, with_pieces
from reluexact.model.network import Network
from reluexact.model.problem_checks import checked_weights, require_minimum, require_parts
from reluexact.model.readers import Place
from reluexact.model.separable import require_attained
from reluexact.numbers.linalg import dot
from reluexact.numbers.rational import Floats, format_fraction, to_penalty
from reluexact.numbers.types import Rationals, Vector
from reluexact.public import Tabular

NONE, FREE, PENALISED = "none", "free", "penalised"
PARTS = (NONE, FREE, PENALISED)
ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearColumn:
    """One column (n) of the linear part, and the factor of its penalty ``ridge / 2 g^2``; 0: free."""

    name: str
    column: Vector
    ridge: Fraction


@dataclass(frozen=True, init=False, eq=False)
class Problem(Tabular):
    """Data, penalty, loss and parts of a training problem. Two problems are equal when all of these are.

    The objective: rows x_i (of X), targets y_i, weights o_i > 0, a penalty b > 0, a loss l. A network of any width m has hidden
    weights w_j, hidden biases c_j, output weights a_j, an output bias g_0 and a skip connection g, and the fit

        f_i = sum_j a_j max(w_j.x_i + c_j, 0) + g_0 + g.x_i.

    Minimised is the loss, plus b/2 for the square of every PENALISED parameter; a FREE one costs nothing, one that is NONE is 0:

        sum_i o_i l(f_i, y_i)  +  b/2 sum_j (|w_j|^2 + a_j^2)  [ + b/2 sum_j c_j^2 ]  [ + b/2 g_0^2 ]  [ + b/2 |g|^2 ]

    loss: a name such as "huber(1)", or an object such as ``rx.huber(1)``; squared 1/2 (f - y)^2, absolute |f - y|, huber(D),
    quantile(T), epsilon_insensitive(E), hinge max(0, 1 - y f), squared_hinge 1/2 max(0, 1 - y f)^2, or a PiecewiseQuadratic.
    hidden_bias: "none", "free", or "penalised", which is the column of ones that ``Dataset(bias=True)`` appends to X, and appends
    it unless the data has it already (then "none", which adds nothing, means the same). "free" keeps c_j beside X.
    output_bias, skip: "none", "free" or "penalised". The skip connection reads the features, not the bias column.
    weights: one positive number per row. The default of all is the short form, ``rx.solve(data, penalty)``: :attr:`is_plain`.
    Raises InputError for what has no minimum.

    >>> data = Dataset(X=[[1], [2], [4]], y=[1, -1, 1])
    >>> problem = Problem(data, 1, loss="hinge", output_bias="free", hidden_bias="free")
    >>> problem
    Problem(3 rows, penalty 1, loss hinge, output_bias free, hidden_bias free)
    >>> Problem(data, 1, hidden_bias="penalised") == Problem(Dataset(X=[[1], [2], [4]], y=[1, -1, 1], bias=True), 1)
    True
    >>> Problem(data, 1, hidden_bias="free")
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: hidden_bias: the minimum is not attained when the hidden bias is free and the output bias is \
not (a neuron without weights tends to a free output bias); say output_bias=free
    """

    data: Dataset
    penalty: Fraction
    loss: Loss
    output_bias: str
    hidden_bias: str
    skip: str
    weights: Vector | None

    def __init__(
        self,
        data: Dataset,
        penalty: object,
        loss: object = squared,
        output_bias: str = NONE,
        hidden_bias: str = NONE,
        skip: str = NONE,
        weights: object = None,
        *,
        floats: Floats = None,
    ) -> None:
        rows, weight, form = require_dataset(data), to_penalty(penalty, floats=floats), to_loss(loss)
        for name, part in (("output_bias", output_bias), ("hidden_bias", hidden_bias), ("skip", skip)):
            if not isinstance(part, str) or part not in PARTS:
                raise InputError(f"{name}: {part!r}; say 'none', 'free' or 'penalised'")
        for i, target in enumerate(rows.y):
            form.checked(target, f"y[{i}]")
        bias = rows.names[-1] == BIAS_NAME and all(row[-1] == 1 for row in rows.X)
        if hidden_bias == FREE:
            require_minimum(output_bias == FREE, bias)
        elif hidden_bias == PENALISED and not bias:
            rows = Dataset(rows.X, rows.y, True, names=rows.names, target_name=rows.target_name)
        object.__setattr__(self, "data", rows)
        object.__setattr__(self, "penalty", weight)
        object.__setattr__(self, "loss", form)
        object.__setattr__(self, "output_bias", output_bias)
        object.__setattr__(self, "hidden_bias", PENALISED if bias else hidden_bias)
        object.__setattr__(self, "skip", skip)
        object.__setattr__(self, "weights", None if weights is None else checked_weights(weights, rows.n, floats))
        if isinstance(form, Logistic):
            require_attained([part.column for part in self.linear if not part.ridge], rows.y, skip=skip == FREE)

    @classmethod
    def read(cls, path: Place, penalty: object = None, *, floats: Floats = None, format: Format | None = None) -> Problem:
        """Read data, penalty, loss and parts, of a json or npz file as ``reluexact bank get`` writes it; or data alone.

        penalty: in place of that of the file. floats: which numbers its floats stand for; format: as in ``Dataset.read``.

        >>> from io import BytesIO
        >>> Problem.read(BytesIO(b'{"X": [[1], [2]], "y": [1, -1], "penalty": "1/2", "loss": "hinge"}'), format="json")
        Problem(2 rows, penalty 1/2, loss hinge)
        """
        data, stored, stated = read_stated(path, reading=Reading(floats=floats, format=format))
        if penalty is None and stored is None:
            raise InputError("penalty: the file has none; give one, a number > 0")
        return cls(data, stored if penalty is None else penalty, floats=floats, **{} if stated is None else stated.as_arguments())

    def __eq__(self, other: object) -> bool:
        """Compare what the objective depends on; names of columns are labels only."""
        return self._key == other._key if isinstance(other, Problem) else NotImplemented

    def __hash__(self) -> int:
        """Agree with ``==``."""
        return hash(self._key)

    def __repr__(self) -> str:
        """Show what is not as in the short form."""
        parts = [f"{self.data.n} rows", f"penalty {format_fraction(self.penalty)}", *self.described()]
        return f"Problem({', '.join(parts)})"

    def described(self) -> tuple[str, ...]:
        """Return what differs from today's short form, in words that are also the names of the options."""
        parts = (
            ("loss", self.loss.name, "squared"),
            ("output_bias", self.output_bias, NONE),
            ("hidden_bias", self.hidden_bias, NONE),
            ("skip", self.skip, NONE),
        )
        words = [f"{name} {value}" for name, value, default in parts if value != default]
        return (*words, *(("weights",) if self.weights else ()))

    @property
    def free_bias(self) -> bool:
        """Say whether the hidden neurons have a bias that costs nothing."""
        return self.hidden_bias == FREE

    @property
    def is_plain(self) -> bool:
        """Say whether this is today's short form: squared loss, no linear part, no weights, every hidden weight penalised."""
        plain = self.loss == squared and self.weights is None and not self.free_bias
        return plain and self.output_bias == NONE and self.skip == NONE

    @property
    def features(self) -> tuple[int, ...]:
        """Return the columns of X that the skip connection reads: all but the bias column."""
        return tuple(range(self.data.d - (self.hidden_bias == PENALISED)))

    @cached_property
    def linear(self) -> tuple[LinearColumn, ...]:
        """Return the columns of the linear part: the output bias first, then the skip connection."""
        columns = []
        if self.output_bias != NONE:
            columns.append(LinearColumn(name="output bias", column=(ONE,) * self.data.n, ridge=self._ridge(self.output_bias)))
        if self.skip != NONE:
            for j in self.features:
                entries = tuple(row[j] for row in self.data.X)
                columns.append(LinearColumn(name=self.data.names[j], column=entries, ridge=self._ridge(self.skip)))
        return tuple(columns)

    @cached_property
    def row_functions(self) -> tuple[RowLoss, ...]:
        """Return for each row ``L_i(f) = o_i l(f, y_i)`` as a function of its fit."""
        weights = self.weights or (ONE,) * self.data.n
        return tuple(self.loss.of_fit(y, o) for y, o in zip(self.data.y, weights, strict=True))

    @cached_property
    def row_losses(self) -> tuple[Convex, ...]:
        """Return the same functions by their pieces; raises InputError for a loss that has none."""
        return tuple(map(with_pieces, self.row_functions))

    @cached_property
    def conjugates(self) -> tuple[Conjugate, ...]:
        """Return for each row the conjugate ``L_i*(s)``; at an optimum ``s = -theta_i``, and theta_i is minus a slope of L_i."""
        return tuple(loss.conjugate() for loss in self.row_functions)

    def loss_value(self, fit: Rationals) -> Fraction:
        """Return ``sum_i L_i(f_i)``, rounded up for the logistic loss.

        >>> Problem(Dataset([[1], [2]], [1, 1]), 1, loss="absolute", weights=[1, 3]).loss_value([Fraction(0), Fraction(3)])
        Fraction(7, 1)
        """
        values = [loss.value(f) for loss, f in zip(self.row_functions, fit, strict=True)]
        return sum((value for value in values if value is not None), ZERO)

    def dual_value(self, theta: Rationals) -> Fraction | None:
        """Return the dual objective of a point, None where it is -infinity: a conjugate is infinite, or a free column sees theta.

        Where also no column exceeds the penalty it is a lower bound of the minimum; for the logistic loss it is rounded down.
        """
        total = ZERO
        for conjugate, t in zip(self.conjugates, theta, strict=True):
            value = conjugate.value(-t)
            if value is None:
                return None
            total -= value
        for part in self.linear:
            along = dot(part.column, theta)
            if part.ridge:
                total -= along * along / (2 * part.ridge)
            elif along:
                return None
        return total

    def objective(self, network: BiasedNetwork | Network) -> Fraction:
        """Return the exact objective (logistic: rounded up); InputError for a network with a part that this problem has not.

        >>> data = Dataset([[1], [2]], [3, 3])
        >>> Problem(data, 2, output_bias="penalised").objective(BiasedNetwork([], [], output_bias=1))
        Fraction(5, 1)
        """
        full = BiasedNetwork.of(network) if isinstance(network, Network) else network
        if not isinstance(full, BiasedNetwork):
            raise InputError(f"network: a {type(network).__name__} is no network; give a Network or a BiasedNetwork")
        require_parts(full, self.data.names, self._has_parts(full), self.described())
        squares = sum((dot(row, row) for row in full.hidden), ZERO) + dot(full.output, full.output)
        squares += full.output_bias**2 if self.output_bias == PENALISED else 0
        squares += dot(full.skip, full.skip) if self.skip == PENALISED else 0
        return self.loss_value(full.outputs(self.data.X)) + self.penalty * squares / 2

    def _has_parts(self, network: BiasedNetwork) -> tuple[tuple[str, bool, bool], ...]:
        """Return the parts of networks: the name, whether this problem has it, whether a network uses it."""
        bias = network.skip[-1] if network.skip and self.hidden_bias == PENALISED else ZERO
        return (
            ("output bias", self.output_bias != NONE, network.output_bias != 0),
            ("skip connection", self.skip != NONE and not bias, any(network.skip)),
            ("hidden biases beside the columns", self.free_bias, any(network.hidden_bias)),
        )

    def _ridge(self, part: str) -> Fraction:
        return self.penalty if part == PENALISED else ZERO

    @property
    def _key(self) -> tuple[object, ...]:
        bias = self.hidden_bias if self.free_bias or self.skip != NONE else NONE
        return (self.data, self.penalty, self.loss, self.output_bias, bias, self.skip, self.weights)


def as_problem(
    data: Dataset | Problem,
    penalty: object = None,
    *,
    needs_penalty: bool = True,
    call: str = "",
    floats: Floats = None,
    choice: bool = False,
) -> Problem:
    """Return the problem of a call: a Problem alone, or data and penalty, today's short form.

    call: shows the right one. floats, choice: how floats of the penalty are read, as in ``to_penalty``.

    >>> as_problem(Dataset([[1]], [2]), 1).is_plain
    True
    >>> as_problem(Problem(Dataset([[1]], [2]), 1), 1)
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: penalty: the problem has its penalty (1) already; leave the second one out
    """
    if not isinstance(data, Problem):
        require_dataset(data, call)
        if penalty is None and needs_penalty:
            raise InputError("penalty: give one, a number > 0, beside the data; or a Problem, which has it")
        return Problem(data, to_penalty(1 if penalty is None else penalty, floats=floats, choice=choice))
    if penalty is not None:
        stored = format_fraction(data.penalty)
        raise InputError(f"penalty: the problem has its penalty ({stored}) already; leave the second one out")
    return data
