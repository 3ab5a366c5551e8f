"""What is asked for, checked: sizes, the shape of the optimal set, degeneracies, parts of the problem."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import Argument, InputError, Message
from reluexact.model.losses import PiecewiseQuadratic, hinge, squared
from reluexact.model.margin import MARGIN
from reluexact.model.problem import FREE, NONE, PARTS, PENALISED
from reluexact.numbers.rational import format_fraction

UNIQUE, PAIRED, CORNER = "unique", "paired", "corner"
SHAPES = (UNIQUE, PAIRED, CORNER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The arguments of :func:`reluexact.kinds.planted.find.planted`; distances: near, and those of its difficulty."""

    rows: int
    features: int
    neurons: int
    shape: str
    distances: tuple[Fraction, ...]
    on_hyperplane: int
    repeated: int
    symmetric: bool
    loss: PiecewiseQuadratic
    hidden_bias: str
    output_bias: str
    skip: str

    @property
    def key(self) -> str:
        """Return a text that differs for different plans."""
        distances = " ".join(map(format_fraction, self.distances))
        sizes = f"{self.rows} {self.features} {self.neurons} {self.on_hyperplane} {self.repeated} {self.symmetric}"
        parts = f"{self.loss!r} {self.hidden_bias} {self.output_bias} {self.skip}"
        return f"{sizes}/{self.shape}/{distances}/{parts}"

    @property
    def bias(self) -> bool:
        """Say whether the last entry of every row is 1."""
        return self.hidden_bias == PENALISED

    @property
    def level(self) -> bool:
        """Say whether entries of theta should have the same size, where the loss bends."""
        return self.loss != squared

    @property
    def margin(self) -> bool:
        """Say whether the targets are labels."""
        return self.loss.of == MARGIN

    @property
    def spline(self) -> bool:
        """Say whether the hidden bias is free."""
        return self.hidden_bias == FREE

    @property
    def balanced(self) -> bool:
        """Say whether theta must add up to zero."""
        return self.output_bias == FREE

    @property
    def size(self) -> int:
        """Return the length of a row."""
        return self.features + self.bias

    @property
    def orbit(self) -> int:
        """Return how many mirror images everything has."""
        return 2 if self.symmetric else 1

    @property
    def closed(self) -> bool:
        """Say whether a last row makes ``X' theta`` zero, which gives every neuron its opposite."""
        return self.shape != UNIQUE

    @property
    def others(self) -> int:
        """Return the number of rows that nothing is known of."""
        special = self.neurons + self.orbit * len(self.distances) + self.on_hyperplane + self.repeated + self.closed
        return self.rows - special

    def checked(self) -> Plan:
        """Return the plan, or raise InputError for one that nothing fits."""
        if self.shape not in SHAPES:
            raise InputError(f"shape: {self.shape!r}; choose one of {', '.join(SHAPES)}")
        if self.others < 1:
            least = self.rows - self.others + 1
            raise InputError(f"rows: {self.rows} are too few for all that is planted; give {least} or more")
        for distance in self.distances:
            if not 0 < distance < 1:
                raise InputError(f"near: {format_fraction(distance)} is no relative distance; give numbers between 0 and 1")
        if self.on_hyperplane > self.neurons:
            raise InputError(f"on_hyperplane: {self.on_hyperplane} of {self.neurons} neurons")
        self._check_geometry()
        self._check_parts()
        return self

    def _check_geometry(self) -> None:
        for name, value in (("neurons", self.neurons), ("on_hyperplane", self.on_hyperplane), ("repeated", self.repeated)):
            if value % self.orbit:
                raise InputError(f"{name}: {value} is odd, but what is symmetric comes in twos")
        if self.size < 2 and not self.spline and (self.on_hyperplane or self.symmetric or self.neurons + len(self.distances) > 2):
            raise InputError("features: one without a bias has two directions, no mirror and no hyperplane; give 2 or more")
        if self.shape == CORNER and self.neurons <= self.size:
            more = f"give {self.size + 1} or more"
            raise InputError(f"neurons: pairs in more than {self.size} directions are needed for a set with a corner; {more}")

    def _check_parts(self) -> None:
        for name, part, allowed in (
            ("hidden_bias", self.hidden_bias, PARTS),
            ("output_bias", self.output_bias, PARTS),
            ("skip", self.skip, PARTS),
        ):
            if not isinstance(part, str) or part not in allowed:
                raise InputError(f"{name}: {part!r}; what can be planted is {', '.join(allowed)}")
        if self.margin:
            self._check_margin()
        if self.spline:
            self._check_spline()
        if self.skip == FREE and not self.closed:
            ways = (Argument("shape", PAIRED), " or ", Argument("shape", CORNER))
            raise InputError(Message("skip: a free one, which gives every neuron its opposite, is planted with ", *ways, " only"))
        if self.output_bias != FREE:
            return
        if self.symmetric:
            raise InputError("output_bias: a free one is not planted into symmetric data; say 'none' or 'penalised'")
        if self.bias and not self.closed:
            ways = (Argument("shape", PAIRED), " or ", Argument("shape", CORNER))
            raise InputError(Message("output_bias: a free one beside a bias column is planted with ", *ways, " only"))

    def _check_margin(self) -> None:
        name = self.loss.name
        if self.skip != NONE or self.output_bias == PENALISED:
            raise InputError(f"loss: {name} is planted without a skip connection, and with no output bias or a free one")
        if self.loss == hinge and (self.hidden_bias != NONE or self.output_bias != NONE or self.repeated):
            raise InputError("loss: hinge is planted without biases and repeated rows; squared_hinge with these")

    def _check_spline(self) -> None:
        if self.features != 1 or self.output_bias != FREE or self.skip != NONE:
            say = (Argument("features", 1), ", ", Argument("output_bias", FREE), " and no skip connection")
            raise InputError(Message("hidden_bias: a free one is planted with ", *say))
        if self.shape != UNIQUE or self.symmetric or self.repeated or self.on_hyperplane:
            raise InputError("hidden_bias: a free one is planted with a unique optimum, and no other degeneracy than near")
        if self.rows < 2 * (self.neurons + len(self.distances)) + 2:
            least = 2 * (self.neurons + len(self.distances)) + 2
            raise InputError(f"rows: {self.rows} are too few for so many kinks; give {least} or more")
