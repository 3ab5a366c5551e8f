"""Make an instance on which something fails small: fewer rows, columns and parts, shorter numbers (delta debugging, Zeller 1999).

Every step that is taken makes :func:`size_of` smaller, which is a whole number: so this ends, and always in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from reluexact.errors import InputError, ReluExactError
from reluexact.model.dataset import Dataset
from reluexact.model.problem import Problem
from reluexact.numbers.rational import to_count
from reluexact.testing.instance import Parts, simpler

Instance = TypeVar("Instance", Dataset, Problem)
TRIES = 5_000


def shrink(
    predicate: Callable[[Instance], object],
    instance: Instance,
    *,
    raises: type[BaseException] | tuple[type[BaseException], ...] = (),
    tries: int = TRIES,
) -> Instance:
    """Return a small instance for which a predicate still holds.

    predicate: called with a Dataset, or a Problem, as ``instance`` is; a true answer says that it still fails, and so does an
    exception of the types ``raises`` (then a test may be given as it is, with ``raises=AssertionError``). Any other exception
    says that this instance is no use, as a false answer does. tries: how often the predicate is called at most; the smallest
    instance by then is returned. Rows are left out, then columns, weights and parts (the loss stays); then penalty, targets and
    features become 0, 1, integers, or quotients of small numbers. The answer depends on the answers of the predicate only, and
    no single step makes it smaller unless ``tries`` ended the work.

    Raises InputError where the predicate does not hold for ``instance`` itself; what it raised there is the cause.

    >>> data = Dataset([["0.31", 7], ["1.5", 2], [3, 4], ["-2.25", 1]], ["0.7", 5, 2, "-1.75"])
    >>> small = shrink(lambda data: any(y < 0 for y in data.y), data)
    >>> small.X, small.y
    (((Fraction(0, 1),),), (Fraction(-1, 1),))
    >>> shrink(lambda problem: problem.penalty > 2, Problem(data, "17/3", loss="absolute", skip="free")).penalty
    Fraction(3, 1)
    """
    to_count(tries, where="tries")
    if not isinstance(instance, Dataset | Problem):
        raise InputError(f"instance: a {type(instance).__name__} cannot be shrunk; give a Dataset or a Problem")
    search = _Search(predicate, raises, tries)
    cause = search.fault(instance)
    if cause is not None:
        said = f"raised {type(cause).__name__}: {cause}" if isinstance(cause, BaseException) else "is false"
        text = f"predicate: it {said} for the instance itself, so there is nothing to make small"
        raise InputError(text) from (cause if isinstance(cause, BaseException) else None)
    best = Parts.of(instance)
    while (smaller := search.improved(best)) is not None:
        best = smaller
    found: Instance = best.made()
    return found


def size_of(instance: Dataset | Problem) -> int:
    """Return what :func:`shrink` lowers: rows, columns, parts, and the lengths of all numbers.

    >>> size_of(Dataset([[1], [2]], [0, 1])) < size_of(Dataset([[1], [3]], ["1/7", 1]))
    True
    """
    return Parts.of(instance).size


class _Search:
    """Asks the predicate, about every instance once."""

    def __init__(self, predicate: Callable[[Any], object], raises: Any, tries: int) -> None:
        self._predicate, self._raises, self._left = predicate, raises, tries
        self._seen: set[Parts] = set()

    def fault(self, instance: Any) -> object:
        """Return None where the predicate holds, else what it raised, or False."""
        self._left -= 1
        try:
            return None if self._predicate(instance) else False
        except self._raises:
            return None
        except Exception as error:  # whatever a solver under test raises
            return error

    def improved(self, best: Parts) -> Parts | None:
        """Return what one pass over all ways leads to; None where nothing is smaller."""
        start = best.size
        for way in (_fewer_rows, _fewer_columns, _fewer_parts, _shorter_tables, _shorter_numbers):
            best = self._along(best, way)
        return best if best.size < start else None

    def _along(self, best: Parts, way: Callable[[Parts], Iterator[Parts]]) -> Parts:
        """Go on from every success; each makes the size smaller."""
        found: Parts | None = best
        while found is not None:
            best = found
            found = next(filter(self._holds, (parts for parts in way(best) if parts.size < best.size)), None)
        return best

    def _holds(self, parts: Parts) -> bool:
        if self._left <= 0 or parts in self._seen:
            return False
        self._seen.add(parts)
        try:
            instance = parts.made()
        except ReluExactError:  # such as a problem without a minimum, or labels that are none
            return False
        return self.fault(instance) is None


def _chunks(count: int) -> Iterator[range]:
    """Yield what to leave out of ``count`` things: halves, quarters, ..., single ones.

    >>> [list(chunk) for chunk in _chunks(3)]
    [[0], [1], [2]]
    """
    length = count // 2
    while length:
        yield from (range(start, min(start + length, count)) for start in range(0, count, length))
        length //= 2


def _fewer_rows(parts: Parts) -> Iterator[Parts]:
    return (parts.without_rows(chunk) for chunk in _chunks(len(parts.y)))


def _fewer_columns(parts: Parts) -> Iterator[Parts]:
    return (parts.without_columns(chunk) for chunk in _chunks(len(parts.names)))


def _fewer_parts(parts: Parts) -> Iterator[Parts]:
    return (parts.with_(**{name: None}) for name in ("weights", "skip", "hidden_bias", "output_bias"))


def _shorter_tables(parts: Parts) -> Iterator[Parts]:
    """Yield all numbers of X, of y, of the weights made shorter at once."""
    for most in (1, 10, 1000):
        for name in ("X", "y", "weights"):
            yield parts.shortened(name, most)


def _shorter_numbers(parts: Parts) -> Iterator[Parts]:
    """Yield every number made shorter by itself, the penalty first."""
    if parts.penalty is not None:
        yield from (parts.with_(penalty=value) for value in simpler(parts.penalty) if value > 0)
    for name in ("y", "weights"):
        for i, value in enumerate(getattr(parts, name) or ()):
            yield from (parts.with_entry(name, i, other) for other in simpler(value))
    for i, row in enumerate(parts.X):
        for j, value in enumerate(row):
            yield from (parts.with_feature(i, j, other) for other in simpler(value))
