"""The named settings of a model: thresholds with what they hold and catch, as was measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

BALANCED = "balanced"
NAMES = ("careful", BALANCED, "relaxed")


@dataclass(frozen=True)
class Thresholds:
    """Scores from which a comment is rejected or flagged, from 0 to 1.

    Attributes:
        reject: None where no score is precise enough.
        flag: None where the attribute never flags alone, since the flags of the others miss few
            enough of its comments.
    """

    reject: float | None
    flag: float | None


@dataclass(frozen=True)
class Setting:
    """One of NAMES. Shares are from 0 to 1; None where nobody measured them for this model.

    Attributes:
        thresholds: By attribute.
        held: Of ordinary comments, how many wait.
        caught: Of harmful comments, how many wait.
        likely_precision: Of comments that are likely to be rejected, how many are harmful.
    """

    thresholds: Mapping[str, Thresholds]
    held: float | None = None
    caught: float | None = None
    likely_precision: float | None = None

    @property
    def is_measured(self) -> bool:
        """Whether all of its shares are known."""
        return None not in (self.held, self.caught, self.likely_precision)

    @property
    def sentence(self) -> str:
        """What it does, as was measured; for people who choose one."""
        if self.held is None or self.caught is None:
            return "What it holds was not measured with this model."
        likely = (
            ""
            if self.likely_precision is None
            else f"; {_percent(self.likely_precision)} of what is likely to be rejected is harmful"
        )
        return (
            f"{_percent(self.held)} of ordinary comments wait, and {_percent(self.caught)} of"
            f" harmful ones{likely}."
        )


def settings_of(manifest: Mapping[str, Any]) -> Mapping[str, Setting]:
    """Return every setting by name; all are alike in a model that has one set of thresholds."""
    stored = manifest.get("settings")
    if not stored:
        return dict.fromkeys(NAMES, Setting(_thresholds(manifest["thresholds"])))
    return {
        name: Setting(
            _thresholds(stored[name]["thresholds"]),
            stored[name].get("held"),
            stored[name].get("caught"),
            stored[name].get("precision"),
        )
        for name in NAMES
    }


def _thresholds(limits: Mapping[str, Mapping[str, float | None]]) -> dict[str, Thresholds]:
    return {name: Thresholds(limit["reject"], limit["flag"]) for name, limit in limits.items()}


def _percent(share: float) -> str:
    percent = 100 * share
    return f"{percent:.0f} %" if percent >= 10 else f"{percent:.1f} %"
