"""A group whose commands are imported only when they are asked for."""

import gc
import importlib
from collections.abc import Mapping
from typing import Any, NoReturn, cast

import click

_TRAINING_PACKAGES = ("scipy", "sklearn")  # of the extra `train`, which containers go without


class LazyGroup(click.Group):
    """Commands by the module that has them: none waits for what only another one imports."""

    def __init__(self, *args: Any, modules: Mapping[str, str], **attributes: Any) -> None:
        """Build the group.

        Args:
            args: As of `click.Group`.
            modules: For each command its module, which has it under the command's name, or under
                the name after a colon.
            attributes: As of `click.Group`.
        """
        super().__init__(*args, **attributes)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, those of the lazy commands first."""
        return [*self._modules, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; one that says what to install where packages are missing."""
        if cmd_name not in self._modules:
            return super().get_command(ctx, cmd_name)
        gc.disable()  # nothing that is imported is garbage: a tenth of a start (measured)
        try:
            path, _, name = self._modules[cmd_name].partition(":")
            module = importlib.import_module(path)
        except ModuleNotFoundError as missing:
            if (missing.name or "").partition(".")[0] not in _TRAINING_PACKAGES:
                raise
            return _NotInstalled(cmd_name)
        finally:
            gc.enable()
        return cast("click.Command", getattr(module, name or cmd_name))


class _NotInstalled(click.Command):
    """Refuses, whatever its arguments."""

    def __init__(self, name: str) -> None:
        super().__init__(name, short_help="Not installed: needs the extra `train`.")

    def parse_args(self, ctx: click.Context, args: list[str]) -> NoReturn:
        sentence = (
            f"`{ctx.command_path}` needs scikit-learn and scipy:"
            " `pip install --constraint constraints.txt '.[train]'` in Parley's folder adds them"
        )
        raise click.ClickException(sentence)
