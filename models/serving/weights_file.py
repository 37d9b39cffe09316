"""The file of a model's weights: three arrays in a zip (npz), checked before they are unpacked."""

import io
import zipfile
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

MAX_BYTES = 64 * 1024 * 1024  # of the file: the shipped one has 1.5 MB
_HEADER_BYTES = 1024  # of an array in the file; NumPy writes 128

# Name, type, and whether each attribute has a row of columns or one number.
_ARRAYS: dict[str, tuple[type[np.generic], bool]] = {
    "quantised": (np.int8, True),
    "scales": (np.float32, False),
    "intercepts": (np.float32, False),
}


class WrongWeights(ValueError):
    """It does not hold the arrays of a model; the sentence says what is wrong."""


def unpack(content: bytes, attributes: int, columns: int) -> dict[str, NDArray[Any]]:
    """Read the arrays of a model.

    Nothing is unpacked before its size is known to be right, and no pickle is ever read.

    Args:
        content: The file's.
        attributes: How many the model has.
        columns: How many features.

    Returns:
        `quantised`, `scales` and `intercepts`, of the right types, shapes and values.

    Raises:
        WrongWeights: It is no zip, has other arrays, or wrong numbers in them.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_members(archive)
            arrays = {name: _array(archive, name, attributes, columns) for name in _ARRAYS}
    except WrongWeights:
        raise
    except Exception as error:  # a damaged file raises whatever zipfile and zlib stumble over
        sentence = "it is no npz file, or a damaged one; a pickle is never read"
        raise WrongWeights(sentence) from error
    _check_values(arrays)
    return arrays


def _check_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    kinds = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    names = [member.filename for member in members]
    is_plain = all(member.compress_type in kinds and not member.flag_bits & 1 for member in members)
    if sorted(names) != sorted(f"{name}.npy" for name in _ARRAYS) or not is_plain:
        sentence = f"it must have the arrays {', '.join(_ARRAYS)}, and nothing else"
        raise WrongWeights(sentence)


def _array(archive: zipfile.ZipFile, name: str, attributes: int, columns: int) -> NDArray[Any]:
    kind, is_wide = _ARRAYS[name]
    shape = (attributes, columns) if is_wide else (attributes,)
    size = int(np.prod(shape)) * np.dtype(kind).itemsize
    member = archive.getinfo(f"{name}.npy")
    with archive.open(member) as packed:
        file = io.BytesIO(packed.read(_HEADER_BYTES + size + 1))
    _check_header(file, name, shape, np.dtype(kind))
    values = file.read(size + 1)
    if len(values) != size or member.file_size > size + _HEADER_BYTES:
        sentence = f"its {name} have not {size:,} bytes"
        raise WrongWeights(sentence)
    return np.frombuffer(values, kind).reshape(shape)


def _check_header(file: IO[bytes], name: str, shape: tuple[int, ...], kind: np.dtype[Any]) -> None:
    """Leaves the file where the values begin."""
    try:
        version = npy.read_magic(file)
        read = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}[version]
        header_shape, by_columns, header_kind = read(file, max_header_size=_HEADER_BYTES)
    except Exception as error:  # numpy reads the header as Python: any error of its parser
        sentence = f"its {name} are no array; a pickle is never read"
        raise WrongWeights(sentence) from error
    if header_kind != kind or (by_columns and len(shape) > 1):
        sentence = f"its {name} are no {kind} by rows; a pickle is never read"
        raise WrongWeights(sentence)
    if header_shape != shape:
        sentence = f"it has weights of shape {header_shape}, not {shape} as its features need"
        raise WrongWeights(sentence)


def _check_values(arrays: dict[str, NDArray[Any]]) -> None:
    if arrays["quantised"].min() < -127:
        sentence = "its quantised weights must be from -127 to 127"
        raise WrongWeights(sentence)
    scales, intercepts = arrays["scales"], arrays["intercepts"]
    if not (np.isfinite(scales).all() and (scales > 0).all() and np.isfinite(intercepts).all()):
        sentence = "its scales must be finite and above 0, and its intercepts finite"
        raise WrongWeights(sentence)
