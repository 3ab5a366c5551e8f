"""The file of ``torch.save``: an archive with an index (a pickle, which is not run) and a member for each storage."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from reluexact.errors import InputError
from reluexact.trained.files.numbers import WIDTHS, decoded, viewed
from reluexact.trained.files.pickled import Tensor, plain_data

CURE = "write it by torch.save(model.state_dict(), file)"
OLD = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19."


def torch_state(content: bytes, name: str, key: str | None = None) -> dict[str, Any]:
    """Return the weights by name that a file of ``torch.save`` holds; ``key``: under which entry of a checkpoint they lie.

    InputError for a file that is truncated, foreign, names what would have to be run, or claims more bytes than it has.
    """
    if content.startswith(OLD):
        raise InputError(f"{name}: this is the form of PyTorch before 1.6; load it there and {CURE}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _Archive(archive, name).state(key)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, KeyError) as error:
        raise InputError(f"{name}: this is no archive of PyTorch ({error}); {CURE}") from None


class _Archive:
    """An open archive and its storages."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.archive, self.name = archive, name
        indices = [entry for entry in archive.namelist() if entry.count("/") == 1 and entry.endswith("/data.pkl")]
        if len(indices) != 1:
            raise InputError(f"{name}: this archive has no index of PyTorch (data.pkl); {CURE}")
        self.folder = indices[0].removesuffix("data.pkl")
        self.buffers: dict[str, Any] = {}
        ordered = f"{self.folder}byteorder" in archive.namelist() and self._member("byteorder") == b"big"
        self.order = ">" if ordered else "<"

    def state(self, key: str | None) -> dict[str, Any]:
        """Return the arrays of the one dict of tensors, or of the one that ``key`` names."""
        data = plain_data(self._member("data.pkl"), self.name)
        found = _states(data)
        if key is not None:
            found = {key: found[key]} if key in found else {}
        if len(found) != 1:
            names = ", ".join(found) or "none"
            raise InputError(f"{self.name}: the entries with weights by name are {names}; say which one by key=, or {CURE}")
        (tensors,) = found.values()
        return {label: self._array(tensor) for label, tensor in tensors.items()}

    def _member(self, member: str) -> bytes:
        entry = self.archive.getinfo(f"{self.folder}{member}")
        if entry.compress_type != zipfile.ZIP_STORED:
            raise InputError(f"{self.name}: {member} is compressed, which PyTorch never does; {CURE}")
        return self.archive.read(entry)

    def _array(self, tensor: Tensor) -> Any:
        storage, where = tensor.storage, f"{self.name}: storage {tensor.storage.key}"
        if storage.key not in self.buffers:
            content = self._member(f"data/{storage.key}")
            if storage.count * WIDTHS.get(storage.kind, 1) > len(content):
                raise InputError(
                    f"{where}: it claims {storage.count} numbers, and the archive holds {len(content)} bytes; {CURE}"
                )
            self.buffers[storage.key] = decoded(content, storage.kind, where, order=self.order)
        return viewed(self.buffers[storage.key], tensor.offset, tensor.size, tensor.strides, where)


def _states(data: object) -> dict[str, dict[str, Tensor]]:
    """Return the dicts of tensors by name: the data itself, called "", or entries of it."""
    if not isinstance(data, dict):
        return {}
    own = _tensors(data)
    if own:
        return {"": own}
    inner = {str(key): _tensors(value) for key, value in data.items() if isinstance(value, dict)}
    return {key: tensors for key, tensors in inner.items() if tensors}


def _tensors(data: dict[Any, Any]) -> dict[str, Tensor]:
    return {key: value for key, value in data.items() if isinstance(key, str) and isinstance(value, Tensor)}
