"""What the manifest of an artefact must say: a digest does not tell that it is right."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from models.serving.attributes import ATTRIBUTES
from models.serving.named_settings import NAMES

_SHA256 = re.compile("[0-9a-f]{64}")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,79}")
_MOST = 1e6  # of slopes and intercepts: a log-odds of 1,000 is certainty already
_FIGURES = ("held_out", "cross_validated")  # shown by `parley model list`


class WrongManifest(ValueError):
    """A value of the manifest is missing or wrong; the sentence says what it must be."""


def check_manifest(manifest: Mapping[str, Any]) -> None:
    """Check all that the classifier and the commands read.

    Args:
        manifest: Parsed JSON, of this Parley's format version.

    Raises:
        WrongManifest: The first value that is wrong.
    """
    _check("sha256", manifest, _matches(_SHA256), "64 hexadecimal digits")
    _check("model_version", manifest, _matches(_VERSION), "1 to 80 letters, digits and .-_+")
    _check("attributes", manifest, _is_all_attributes, f"the attributes {', '.join(ATTRIBUTES)}")
    _check_each("thresholds", manifest, ("reject", "flag"), _is_threshold, "null or from 0 to 1")
    slopes = ("slope", "upper_slope")
    _check_each("calibration", manifest, slopes, _is_slope, "above 0, and finite")
    _check_each("calibration", manifest, ("intercept",), _is_finite, "a finite number")
    for name in _FIGURES:
        if name in manifest:
            _check(name, manifest, _is_figures, "an object with figures for each attribute")
    if "settings" in manifest:
        _check("settings", manifest, _has_all_settings, f"an object with {', '.join(NAMES)}")
        for setting in NAMES:
            _check_setting(setting, manifest["settings"][setting])


def _check_setting(name: str, setting: Any) -> None:
    try:
        _check_each("thresholds", setting, ("reject", "flag"), _is_threshold, "null or from 0 to 1")
        for share in ("held", "caught", "precision"):
            _check(share, setting, _is_share, "left out, null or from 0 to 1")
    except WrongManifest as wrong:
        sentence = f"of the setting {name} {wrong}"
        raise WrongManifest(sentence) from wrong


def _check(name: str, values: Any, is_right: Callable[[Any], bool], right: str) -> None:
    value = values.get(name) if isinstance(values, Mapping) else None
    if not is_right(value):
        sentence = f"its {name} is missing or wrong: it must be {right}"
        raise WrongManifest(sentence)


def _check_each(
    name: str,
    manifest: Mapping[str, Any],
    fields: tuple[str, ...],
    is_right: Callable[[Any], bool],
    right: str,
) -> None:
    """Check fields of every attribute, of which none is missing and none too many."""
    _check(name, manifest, _has_all_attributes, "an object with every attribute, and no other")
    for attribute in ATTRIBUTES:
        values = manifest[name][attribute]
        for field in fields:
            if (
                not isinstance(values, Mapping)
                or field not in values
                or not is_right(values[field])
            ):
                sentence = f"the {field} of its {name} of {attribute} must be {right}"
                raise WrongManifest(sentence)


def _matches(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_all_attributes(value: Any) -> bool:
    return (
        isinstance(value, list)
        and all(isinstance(name, str) for name in value)
        and sorted(value) == sorted(ATTRIBUTES)
    )


def _has_all_attributes(value: Any) -> bool:
    return isinstance(value, Mapping) and value.keys() == set(ATTRIBUTES)


def _has_all_settings(value: Any) -> bool:
    return isinstance(value, Mapping) and value.keys() >= set(NAMES)


def _is_share(value: Any) -> bool:
    return value is None or (_is_finite(value) and 0 <= value <= 1)


def _is_threshold(value: Any) -> bool:
    return value is None or (_is_finite(value) and 0 <= value <= 1)


def _is_slope(value: Any) -> bool:
    return _is_finite(value) and value > 0


def _is_finite(value: Any) -> bool:
    """Whether it is a number that can be computed with; True and NaN are none."""
    return type(value) in (int, float) and -_MOST <= value <= _MOST


def _is_figures(value: Any) -> bool:
    return isinstance(value, Mapping) and all(isinstance(row, Mapping) for row in value.values())
