"""The plain data of a pickle of weights, by a stack machine that calls nothing.

A pickle is a program; ``pickle`` runs it and calls what it names. This reader knows the instructions that ``torch.save`` writes
(protocol 2) and the few names in :data:`NAMES`, of which it makes records; every other instruction or name is an InputError. The
instructions themselves are told apart by ``pickletools``, which executes none either.
"""

from __future__ import annotations

import pickletools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reluexact.errors import InputError

STORAGES = {
    "torch DoubleStorage": "f8",
    "torch FloatStorage": "f4",
    "torch HalfStorage": "f2",
    "torch BFloat16Storage": "bf16",
    "torch LongStorage": "i8",
    "torch IntStorage": "i4",
}
ORDERED, TENSOR, PARAMETER = "collections OrderedDict", "torch._utils _rebuild_tensor_v2", "torch._utils _rebuild_parameter"
MARKS = "which change what it holds; save it as it computes, by tensor.resolve_neg().clone()"
NAMES = {*STORAGES, ORDERED, TENSOR, PARAMETER}


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a module, never imported."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """Where numbers lie: a member of the archive, how they are written, and how many are said to lie there."""

    kind: str
    key: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tensor:
    """A view of a storage."""

    storage: Storage
    offset: int
    size: tuple[int, ...]
    strides: tuple[int, ...]


class _Mark:
    """Where a group of things on the stack begins."""


def plain_data(program: bytes, name: str) -> object:
    r"""Return what a pickle of tensors holds: dicts, lists, texts, numbers and :class:`Tensor` records.

    >>> plain_data(bytes.fromhex("80027d580100000061" "4b0573" "2e"), "a.pt")
    {'a': 5}
    >>> plain_data(b"cbuiltins\nlen\n.", "a.pt")
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: a.pt: it names builtins.len, which is not run here; save the weights alone, model.state_dict()
    """
    machine = _Machine(name)
    try:
        for code, argument, _ in pickletools.genops(program):
            if code.name == "STOP":
                return machine.stack.pop()
            machine.step(code.name, argument)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, UnicodeError, OverflowError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{name}: its index is damaged ({error or type(error).__name__}); save the weights again") from None
    raise InputError(f"{name}: its index ends too early; save the weights again")


class _Machine:
    """A stack, and a memory of what was on it; ``step`` does one instruction."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.stack: list[Any] = []
        self.memory: dict[int, Any] = {}

    def step(self, code: str, argument: Any) -> None:
        """Do one instruction."""
        if code in _CONSTANTS:
            self.stack.append(_CONSTANTS[code]())
        elif code in _LITERALS:
            self.stack.append(argument)
        elif code in _TUPLES:
            parts = [self.stack.pop() for _ in range(_TUPLES[code])]
            self.stack.append(tuple(reversed(parts)))
        elif code in _ACTIONS:
            _ACTIONS[code](self, argument)
        elif code != "PROTO":
            raise InputError(f"{self.file}: the instruction {code} is none that weights need; save them by torch.save")

    def group(self) -> list[Any]:
        """Take what lies above the last mark."""
        start = max(i for i, item in enumerate(self.stack) if isinstance(item, _Mark))
        taken = self.stack[start + 1 :]
        del self.stack[start:]
        return taken

    def remember(self, key: int) -> None:
        """Keep the top of the stack."""
        self.memory[key] = self.stack[-1]

    def recall(self, key: int) -> None:
        """Put back what was kept."""
        self.stack.append(self.memory[key])

    def name(self, text: str) -> None:
        """Put a name on the stack, if it is one of the list."""
        if text not in NAMES:
            cure = "save the weights alone, model.state_dict()"
            raise InputError(f"{self.file}: it names {text.replace(' ', '.')}, which is not run here; {cure}")
        self.stack.append(Name(text))

    def storage(self, _: object) -> None:
        """Take a storage: ("storage", how it is written, its member, its device, how many numbers)."""
        word, kind, key, _, count = self.stack.pop()
        if word != "storage" or not isinstance(key, str) or not isinstance(count, int):
            raise ValueError("a storage")
        self.stack.append(Storage(kind=STORAGES[kind.text], key=key, count=count))

    def make(self, _: object) -> None:
        """Make the record of a name and its arguments."""
        arguments, named = self.stack.pop(), self.stack.pop()
        if named == Name(ORDERED) and arguments == ():
            self.stack.append({})
        elif named == Name(TENSOR):
            storage, offset, size, strides, _, _, *beside = arguments
            numbers = (offset, *size, *strides)
            if not isinstance(storage, Storage) or any(type(k) is not int or k < 0 for k in numbers) or len(size) != len(strides):
                raise ValueError("a tensor")
            if any(beside):
                raise InputError(f"{self.file}: a tensor has marks beside its numbers, such as neg, {MARKS}")
            self.stack.append(Tensor(storage=storage, offset=offset, size=size, strides=strides))
        elif named == Name(PARAMETER) and isinstance(arguments[0], Tensor):
            self.stack.append(arguments[0])
        else:
            raise ValueError("a call")

    def forget(self, _: object) -> None:
        """Leave away the attributes of an object, such as the versions of modules beside their weights."""
        self.stack.pop()

    def set_item(self, _: object) -> None:
        """Put one entry into a dict."""
        value, key = self.stack.pop(), self.stack.pop()
        self._into({key: value})

    def set_items(self, _: object) -> None:
        """Put entries into a dict."""
        parts = self.group()
        self._into(dict(zip(parts[::2], parts[1::2], strict=True)))

    def append(self, _: object) -> None:
        """Put one thing at the end of a list."""
        item = self.stack.pop()
        self._onto([item])

    def extend(self, _: object) -> None:
        """Put things at the end of a list."""
        self._onto(self.group())

    def _into(self, entries: dict[Any, Any]) -> None:
        if type(self.stack[-1]) is not dict:
            raise TypeError("no dict")
        self.stack[-1].update(entries)

    def _onto(self, items: list[Any]) -> None:
        if type(self.stack[-1]) is not list:
            raise TypeError("no list")
        self.stack[-1].extend(items)


_CONSTANTS: dict[str, Callable[[], Any]] = {
    "EMPTY_TUPLE": tuple,
    "EMPTY_DICT": dict,
    "EMPTY_LIST": list,
    "NONE": lambda: None,
    "NEWTRUE": lambda: True,
    "NEWFALSE": lambda: False,
    "MARK": _Mark,
}
_LITERALS = {"BINUNICODE", "BININT", "BININT1", "BININT2", "LONG1", "BINFLOAT"}
_TUPLES = {"TUPLE1": 1, "TUPLE2": 2, "TUPLE3": 3}
_ACTIONS: dict[str, Callable[[_Machine, Any], None]] = {
    "GLOBAL": _Machine.name,
    "BINPUT": _Machine.remember,
    "LONG_BINPUT": _Machine.remember,
    "BINGET": _Machine.recall,
    "LONG_BINGET": _Machine.recall,
    "BINPERSID": _Machine.storage,
    "REDUCE": _Machine.make,
    "BUILD": _Machine.forget,
    "SETITEM": _Machine.set_item,
    "SETITEMS": _Machine.set_items,
    "APPEND": _Machine.append,
    "APPENDS": _Machine.extend,
    "TUPLE": lambda machine, _: machine.stack.append(tuple(machine.group())),
}
