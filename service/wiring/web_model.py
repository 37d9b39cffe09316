"""The workers' model in a web process, loaded at the first use and shared by all that need it."""

import importlib
from threading import Lock
from typing import Any

from moderation.config.settings import Settings


class WebModel:
    """Loads NumPy and the model once, by the first thread that asks; the others wait for it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._loaded: Any = None

    def get(self) -> Any:
        """The `judging.loaded_model.Model`; its classifier is None where the model was refused."""
        if self._loaded is None:
            with self._lock:
                if self._loaded is None:
                    self._loaded = self._load()
        return self._loaded

    def _load(self) -> Any:
        # By name: NumPy costs every web process 8 MB, and many never show or score a comment.
        registries = importlib.import_module("models.serving.registry")
        model = importlib.import_module("judging.loaded_model")
        registry = registries.ModelRegistry(self._settings.models)
        path = self._settings.model or registry.path_in_use()
        return model.load_model(path, registry.languages)
