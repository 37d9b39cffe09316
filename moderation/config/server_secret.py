"""The server's secret: from the environment, or a file only its owner can read."""

import os
import secrets
from pathlib import Path

from moderation.config.environment import MIN_SECRET, InvalidSettings
from moderation.config.settings import Settings

FILE = "secret.key"


def server_secret(settings: Settings) -> bytes:
    """Return PARLEY_SECRET_KEY, or the content of var/secret.key, made at the first call.

    Raises:
        InvalidSettings: The file can be neither read nor written, or is damaged.
    """
    if settings.secret_key is not None:
        return settings.secret_key.encode()
    path = settings.var / FILE
    try:
        settings.var.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            _write_once(str(path))
        secret = path.read_bytes().strip()
    except OSError as error:
        sentence = (
            f"PARLEY_VAR is {str(settings.var)!r}, but {path.name} there cannot be read or written"
            f" ({error.strerror})"
        )
        raise InvalidSettings(sentence) from error
    if len(secret) < MIN_SECRET:  # cut short by a power cut, say: anybody could sign with it
        sentence = (
            f"{path} has less than {MIN_SECRET} characters: put it back from your backup,"
            " or delete it, which ends sign-in links, second factors, webhooks' secrets and"
            " authors' links"
        )
        raise InvalidSettings(sentence)
    return secret


def _write_once(path: str) -> None:
    # Written beside and linked into place: of two that start at once both read the one that won.
    mine = f"{path}.{os.getpid()}"
    descriptor = os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(32))
    try:
        os.link(mine, path)
    except FileExistsError:
        pass
    finally:
        Path(mine).unlink()
