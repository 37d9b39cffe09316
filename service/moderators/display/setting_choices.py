"""The settings that a site chooses among, in words and with what was measured of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moderation.choices.strictness import Strictness
from moderation.policy import SitePolicy
from service.wiring.parts import parts

OWN = "own"
CHOICES = (*Strictness, OWN)
_WORDS = {
    Strictness.CAREFUL: "Careful: more waits for people, and less harm passes.",
    Strictness.BALANCED: "Balanced: as Parley is made.",
    Strictness.RELAXED: "Relaxed: less waits for people, and more harm passes.",
}


@dataclass(frozen=True, slots=True)
class SettingChoice:
    """A named setting.

    Attributes:
        name: As it is stored.
        words: What it is for.
        figures: What it does, as measured; empty without a model.
        thresholds: By attribute, of the model: where a comment waits, and where it is likely to be
            rejected, each None for nowhere.
    """

    name: Strictness
    words: str
    figures: str
    thresholds: Mapping[str, Any]


def setting_choices() -> list[SettingChoice]:
    """Every named setting, the most careful first."""
    settings = _settings()
    return [
        SettingChoice(
            name,
            _WORDS[name],
            settings[name].sentence if name in settings else "",
            settings[name].thresholds if name in settings else {},
        )
        for name in Strictness
    ]


def are_alike(choices: list[SettingChoice]) -> bool:
    """Whether the model has one set of thresholds for all of them."""
    return all(choice.thresholds == choices[0].thresholds for choice in choices)


def setting_in_words(policy: SitePolicy) -> str:
    """What a site has chosen, with what it does."""
    if policy.flag is not None:
        own = f"comments wait from a toxicity of {100 * policy.flag:g} % up"
        return f"Its own threshold: {own}. For all else {policy.strictness}."
    choice = next(choice for choice in setting_choices() if choice.name == policy.strictness)
    return f"{choice.words} {choice.figures}".strip()


def _settings() -> Mapping[str, Any]:
    classifier = parts().web_model.get().classifier
    settings: Mapping[str, Any] = {} if classifier is None else classifier.settings
    return settings
