"""JSON files: ``{"X": [[...], ...], "y": [...], "penalty": ...}``; the penalty may be absent.

Beside these loss, weights, hidden_bias, output_bias and skip of a problem; all may stand under "problem", as in the bank's files.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from reluexact.errors import InputError, Message, message_of
from reluexact.model.files.keyed import keyed_table
from reluexact.model.files.reading import Reading
from reluexact.model.files.table import Table
from reluexact.model.unique_keys import unique

_FORMAT = "reluexact-certificate"


class _Number(str):
    """A number as it is written, which shows itself without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Show the digits."""
        return str(self)


def read_document(text: str, name: str, reading: Reading) -> Table:
    """Read a JSON file; its numbers are the decimals that are written there."""
    try:  # numbers stay text, so that 0.1 is 1/10 and no length is computed before it is judged
        document = json.loads(text, object_pairs_hook=unique, parse_float=_Number, parse_int=_Number, parse_constant=_constant)
    except json.JSONDecodeError as error:
        raise InputError(f"{name} line {error.lineno}: this is not JSON ({error.msg}); mend the line") from None
    except RecursionError:
        raise InputError(f"{name}: lists are nested too deeply; X is a list of rows") from None
    except InputError as error:
        raise InputError(Message(f"{name}: ", message_of(error))) from None
    if not isinstance(document, dict):
        raise InputError(f'{name}: the file holds {_kind(document)}, no object; write {{"X": [[...], ...], "y": [...]}}')
    _check_purpose(document, name)
    document = _problem(document)
    try:
        if "X" in document and "y" in document:
            _check_shape(document)
        return keyed_table(document, name, reading)
    except InputError as error:
        raise InputError(Message(f"{name}: ", error.message)) from None


def _constant(text: str) -> object:
    if text == "NaN":
        return _Number(text)
    raise InputError(f"{text} is not a finite number; drop the row or fill the value in")


def _check_purpose(document: Mapping[str, object], name: str) -> None:
    """Recognise the other JSON files of this program."""
    if document.get("format") == _FORMAT:
        statement = document.get("statement")
        kind = statement.get("kind") if isinstance(statement, dict) else None
        what = f" (of the kind {kind})" if isinstance(kind, str) else ""
        raise InputError(f"{name}: this is a certificate of reluexact{what}, not data; re-check it with: reluexact check {name}")
    if {"hidden", "output"} <= set(document):
        raise InputError(f"{name}: this is a network, not data; name the file with the data first, and this one by --network")
    if "kind" in document and "X" not in document:
        raise InputError(
            f"{name}: this is a result of reluexact (of the kind {document['kind']!r}), not data; name the data file"
        )


def _problem(document: Mapping[str, object]) -> Mapping[str, object]:
    """Return what is about the problem of an instance of the bank, which has its name and its minimum beside it."""
    inner = document.get("problem")
    if isinstance(inner, dict) and "X" in inner and "X" not in document:
        return inner
    if "loss" in document and isinstance(document.get("name"), str):  # the file that a trainer is given
        return {key: value for key, value in document.items() if key != "name"}
    return document


def _check_shape(document: Mapping[str, object]) -> None:
    """Refuse what is no list of rows or no list of numbers, in the words of JSON."""
    rows = document["X"]
    cure = "X is a list of rows, one feature is written [[1], [2]]"
    if not isinstance(rows, list):
        raise InputError(f"X: {_kind(rows)} stands where a list belongs; {cure}")
    for i, row in enumerate(rows):
        if not isinstance(row, list):
            raise InputError(f"X[{i}]: {_kind(row)} stands where a row belongs; {cure}")
        _check_numbers(row, f"X[{i}]")
    _check_numbers(document["y"], "y")
    if document.get("weights") is not None:
        _check_numbers(document["weights"], "weights")
    if not isinstance(document.get("penalty", ""), str):
        raise InputError(f"penalty: {_kind(document['penalty'])} stands where a number > 0 belongs")


def _check_numbers(values: object, where: str) -> None:
    if not isinstance(values, list):
        raise InputError(f"{where}: {_kind(values)} stands where a list of numbers belongs")
    for j, value in enumerate(values):
        if value is not None and not isinstance(value, str):
            raise InputError(f'{where}[{j}]: {_kind(value)} stands where a number belongs; write a number, or text such as "5/3"')


def _kind(value: object) -> str:
    """Say what a JSON value is."""
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, _Number):
        return f"the number {_short(value)}"
    if isinstance(value, str):
        return f"the text {_short(json.dumps(value))}"
    return "a list" if isinstance(value, list) else "an object"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:30]}...{text[-5:]}"
