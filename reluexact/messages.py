"""Text that knows its parts: which words are arguments of a public function, what cures the trouble, which limit was reached.

A message is a ``str`` in the spelling of Python, ``limit=5``. Another caller, such as the command line, has it spelled anew from
its parts; nobody has to read the text to find out what it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A limit that stopped the work.

    counted: what there is too much of. value: what is allowed. reached: what is needed or was reached, None when that is unknown.
    argument: the argument of the public function that raises the limit; None for one that is fixed.
    """

    counted: str
    value: float
    reached: float | None = None
    argument: str | None = "limit"

    @property
    def raisable(self) -> bool:
        """Say whether the caller can raise it."""
        return self.argument is not None


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a public function; ``assigned`` writes it with ``=``.

    >>> str(Argument("limit", 5)), str(Argument("limit")), str(Argument("target", assigned=False))
    ('limit=5', 'limit=', 'target')
    """

    name: str
    value: object = None
    assigned: bool = True

    def __str__(self) -> str:
        """Spell it as in Python."""
        return f"{self.name}={'' if self.value is None else self.value}" if self.assigned else self.name

    def spelled(self, option: str | None) -> str:
        """Spell it as an option of the command line; without one only the value is left.

        >>> limit, bias, header = Argument("limit", 5), Argument("bias", True), Argument("header", False)
        >>> limit.spelled("--limit"), limit.spelled(None), bias.spelled("--bias"), header.spelled("--header")
        ('--limit 5', '5', '--bias', '--no-header')
        >>> Argument("floats", '"decimal"').spelled("--floats"), Argument("sep", "';'").spelled("--sep")
        ('--floats decimal', "--sep ';'")
        """
        if option is None:
            return self.name if self.value is None else str(self.value)
        if self.value is False:
            return f"--no-{option.removeprefix('--')}"
        return option if self.value is None or self.value is True else f"{option} {_in_shell(str(self.value))}"


def _in_shell(text: str) -> str:
    """Write a value for the command line; quotes of Python stay where a shell needs some."""
    if text == repr("\t"):
        return "tab"
    inner = text[1:-1] if len(text) > 2 and text[0] == text[-1] and text[0] in "'\"" else text
    return inner if inner.replace("-", "").isalnum() or inner == "," else text


class Cure:
    """Something that a caller can do: words and arguments. It is left out where an argument of it cannot be passed.

    ``mark``: what parts it from the text before; a cure after another one is parted by ``or``.

    >>> Cure("raise ", Argument("limit"), " to go on")
    Cure('raise ', Argument(name='limit', value=None, assigned=True), ' to go on')
    """

    __slots__ = ("mark", "parts")

    def __init__(self, *parts: str | Argument, mark: str = "; ") -> None:
        self.parts, self.mark = parts, mark

    def __repr__(self) -> str:
        return f"Cure({', '.join(map(repr, self.parts))})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Cure) and (self.parts, self.mark) == (other.parts, other.mark)

    def __hash__(self) -> int:
        return hash((self.parts, self.mark))


Part = str | Argument | Cure
Options = Callable[[str], str | None]
"""How the name of an argument is spelled as an option; None where there is no such option."""


class Message(str):
    """Text for people with typed parts. Cures that follow one another are choices: ``; the first or the second``.

    A message among the parts brings its own along. ``limit``: the limit that the message is about, None when it is not about one.

    >>> stop = Limit(counted="cells", value=5)
    >>> text = Message("more than ", Argument("limit", 5), " cells", Cure("raise ", Argument("limit")), Cure("scale"), limit=stop)
    >>> text
    'more than limit=5 cells; raise limit= or scale'
    >>> text.spelled({"limit": "--limit"}.get), text.spelled({}.get)
    ('more than --limit 5 cells; raise --limit or scale', 'more than 5 cells; scale')
    >>> Message("no set: ", text).limit.value
    5
    """

    __slots__ = ("limit", "parts")

    limit: Limit | None
    parts: tuple[Part, ...]

    def __new__(cls, *parts: Part, limit: Limit | None = None) -> Message:
        """Join the parts."""
        flat = tuple(_flat(parts))
        self = super().__new__(cls, "".join(_words(flat, None)))
        self.parts = flat
        limits = (part.limit for part in parts if isinstance(part, Message))
        self.limit = limit or next((known for known in limits if known is not None), None)
        return self

    def __reduce__(self) -> tuple[Callable[..., Message], tuple[object, ...]]:
        return _rebuilt, (self.parts, self.limit)

    def spelled(self, options: Options) -> str:
        """Return the text with options in the place of arguments."""
        return "".join(_words(self.parts, options))


def _rebuilt(parts: tuple[Part, ...], limit: Limit | None) -> Message:
    return Message(*parts, limit=limit)


def _flat(parts: Iterable[Part]) -> Iterator[Part]:
    for part in parts:
        if isinstance(part, Message):
            yield from part.parts
        else:
            yield part


def _words(parts: Iterable[Part], options: Options | None) -> Iterator[str]:
    """Yield the words of a message; ``options`` None stands for Python."""
    after_cure = False
    for part in parts:
        if isinstance(part, Cure):
            names = [inner.name for inner in part.parts if isinstance(inner, Argument)]
            if options is None or all(options(name) is not None for name in names):
                yield " or " if after_cure else part.mark
                yield from _words(part.parts, options)
                after_cure = True
            continue
        after_cure = False
        if isinstance(part, Argument):
            yield str(part) if options is None else part.spelled(options(part.name))
        else:
            yield part


def fixed(text: str) -> Message:
    """Return a text about a limit that the caller cannot raise: advice that needs an argument is left out.

    >>> stop = Limit(counted="cells", value=5)
    >>> text = fixed(Message("more than ", Argument("limit", 5), " cells", Cure("raise ", Argument("limit")), limit=stop))
    >>> text, text.limit.argument
    ('more than 5 cells', None)
    """
    if not isinstance(text, Message):
        return Message(text)
    return Message("".join(_words(text.parts, lambda _: None)), limit=text.limit and replace(text.limit, argument=None))


def message_of(error: BaseException) -> Message:
    """Return what an error says, with the parts that it was raised with.

    >>> message_of(ValueError(Message("more than ", Argument("limit", 5)))).spelled({"limit": "--limit"}.get)
    'more than --limit 5'
    >>> message_of(KeyError("x"))
    "'x'"
    """
    first = error.args[0] if len(error.args) == 1 else None
    return first if isinstance(first, Message) else Message(str(error))


def limit_of(text: str) -> Limit | None:
    """Return the limit that a text is about; None for text without one.

    >>> limit_of("limit=5") is None
    True
    """
    return text.limit if isinstance(text, Message) else None
