"""Checks of this machine and of what the settings name, without the database."""

import os
import shutil
import stat
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

from cli.local.private_redis import socket_path
from cli.local.running_server import public_url_of
from cli.maintenance.check_result import CheckResult, ok, problem, warning
from judging.spoken_languages import languages_beside
from models.serving.artefact import ArtefactRefused
from models.serving.classifier import load
from models.serving.languages import LanguageModels
from models.serving.registry import ModelRegistry
from moderation.config.environment import MIN_SECRET
from moderation.config.server_secret import FILE as SECRET_FILE
from moderation.config.settings import Settings
from moderation.doorbell import Doorbell
from moderation.networks import is_this_machine
from moderation.redis_clients import web_redis
from worker.notifications.smtp import MailRefused, MailServerAway, check_mail_server

_FEW_BYTES, _MANY_BYTES = 200 << 20, 2 << 30
_FETCH_SECONDS = 5


def check_folder(settings: Settings) -> CheckResult:
    var = settings.var
    if not var.is_dir():
        return warning(f"PARLEY_VAR is {var}, which is not there: the first start makes it")
    owner = var.stat().st_uid
    if owner != os.geteuid():
        return problem(
            f"{var} belongs to user {owner}, this is user {os.geteuid()}: run Parley as its owner,"
            f" or `chown -R {os.geteuid()} {var}`"
        )
    if not os.access(var, os.W_OK | os.X_OK):
        return problem(f"{var} cannot be written: `chmod 700 {var}`")
    if others := [path for path in (var, *_private_files(var)) if path.stat().st_mode & 0o077]:
        return warning(f"others can read {others[0]}: `chmod -R go= {var}`")
    return ok(f"{var} is this user's alone")


def check_secret(settings: Settings) -> CheckResult:
    if settings.secret_key is not None:
        return ok("PARLEY_SECRET_KEY is set")
    path = settings.var / SECRET_FILE
    try:
        length = len(path.read_bytes().strip())
    except FileNotFoundError:
        return warning(
            f"{path} is not there: the first start makes it. Restored from a backup? Then put the"
            " old one there, else all sign-in links, second factors and webhooks' secrets end"
        )
    except OSError as error:
        return problem(f"{path} cannot be read ({error.strerror}): `chown` it to this user")
    if length < MIN_SECRET:
        return problem(f"{path} is empty or was cut short: put the old one there")
    return ok(f"{path} has it")


def check_disk(settings: Settings) -> CheckResult:
    folder = next(path for path in (settings.var, *settings.var.parents) if path.is_dir())
    free = shutil.disk_usage(folder).free
    sentence = f"{free >> 20:,} MiB are free at {folder}"
    if free < _FEW_BYTES:
        return problem(f"{sentence}: make room, or no comment can be stored soon")
    return warning(f"{sentence}: make room soon") if free < _MANY_BYTES else ok(sentence)


def check_redis(settings: Settings) -> CheckResult:
    url = settings.redis_url or f"unix://{socket_path(settings.var)}"
    if fault := Doorbell(web_redis(url)).problem():
        whose = "of PARLEY_REDIS_URL" if settings.redis_url else "that `parley up` starts"
        return problem(f"the Redis {whose} {_as_predicate(fault)}")
    return ok("takes jobs")


def check_artefact(settings: Settings) -> CheckResult:
    registry = ModelRegistry(settings.models)
    path = settings.model or registry.path_in_use()
    try:
        version = load(path).version
    except (ArtefactRefused, OSError) as error:
        sentence = f"{error}: every comment is flagged; `parley model list` shows what there is"
        return problem(sentence)
    if refused := list(LanguageModels(languages_beside(path), registry.languages).problems()):
        return problem("; ".join(refused))
    return ok(f"{version} can be loaded, and so can the languages")


def check_public_url(settings: Settings) -> CheckResult:
    url = public_url_of(settings)
    host = urlsplit(url).hostname or ""
    if (answer := _fetch(f"{url}/healthz")) is not None:
        return problem(
            f"{url}/healthz does not lead to Parley ({answer}): is the web server running, and does"
            " PARLEY_PUBLIC_URL name the address that your proxy passes on?"
        )
    if not is_this_machine(host) and urlsplit(url).scheme != "https":
        return warning(f"{url} is not encrypted: put a proxy with https before Parley")
    return ok(f"{url} leads to Parley")


def check_provider(settings: Settings) -> CheckResult:
    if settings.provider is None:
        return ok("none is set")
    issuer = settings.provider.issuer.rstrip("/")
    if (answer := _fetch(f"{issuer}/.well-known/openid-configuration")) is not None:
        return problem(f"PARLEY_OIDC_ISSUER {issuer} does not answer as a provider: {answer}")
    return ok(f"{issuer} answers")


def check_mail(settings: Settings) -> CheckResult:
    if settings.mail is None:
        return ok("none is set: no digests are sent")
    try:
        check_mail_server(settings.mail)
    except (MailRefused, MailServerAway) as error:
        return problem(f"{settings.mail.host}: {error}; look at PARLEY_SMTP_URL")
    return ok(f"{settings.mail.host} lets Parley in")


def _private_files(var: Path) -> list[Path]:
    names = (SECRET_FILE, "parley.db", "parley.db-wal")
    paths = [var / name for name in names]
    return [path for path in paths if path.exists() and stat.S_ISREG(path.stat().st_mode)]


def _as_predicate(fault: str) -> str:
    return fault if fault.startswith(("does", "takes")) else f"is not safe to use: {fault}"


def _fetch(url: str) -> str | None:
    """None when the address answers 200, else what it does instead."""
    try:
        with urlopen(url, timeout=_FETCH_SECONDS) as answer:  # noqa: S310 the operator's own
            return None if answer.status == HTTPStatus.OK else f"status {answer.status}"
    except HTTPError as error:
        return f"status {error.code}"
    except (HTTPException, OSError, ValueError) as error:
        return str(getattr(error, "reason", error))


MachineCheck = Callable[[Settings], CheckResult]
MACHINE_CHECKS: Mapping[str, MachineCheck] = {
    "folder": check_folder,
    "secret": check_secret,
    "disk": check_disk,
    "redis": check_redis,
    "artefact": check_artefact,
    "public address": check_public_url,
    "sign-in provider": check_provider,
    "mail server": check_mail,
}
