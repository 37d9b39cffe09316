"""What a first start finds missing: the demo site, and somebody who may moderate."""

from collections.abc import Sequence

from cli.context import open_checked_database
from moderation.accounts.moderators import Role, sign_in_link
from moderation.clock import utc_now
from moderation.config.settings import Settings
from moderation.site_fields import site_origins
from moderation.sites import Site, SiteNotFound
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database

DEMO = "demo"
FIRST_MODERATOR = "admin"


def ensure_demo_and_admin(settings: Settings) -> Sequence[tuple[str, str]]:
    """Add the demo site and an admin where they are missing; returns links to print, with names."""
    at = settings.public_url
    with open_checked_database(settings) as database:
        _ensure_demo(settings, database)
        links = [("Article page", f"{at}/demo/"), ("Moderators' queue", f"{at}/moderate")]
        return links + _sign_in(settings, database)


def _ensure_demo(settings: Settings, database: Database) -> None:
    sites = Sites(database, utc_now)
    own = (f"http://{host}:{settings.port}" for host in ("127.0.0.1", "localhost"))
    origins = site_origins((settings.public_url, *own))
    try:
        known = sites.get(DEMO).origins
        sites.set_origins(DEMO, tuple(dict.fromkeys((*origins, *known))))
    except SiteNotFound:
        sites.add(Site(0, DEMO, "Parley demo", origins))


def _sign_in(settings: Settings, database: Database) -> list[tuple[str, str]]:
    """A one-time link, as long as no admin could sign in otherwise."""
    moderators = Moderators(database, utc_now)
    admins = [admin for admin in moderators.all() if admin.active and admin.role is Role.ADMIN]
    if any(admin.has_password for admin in admins):
        return []
    first = admins[0] if admins else moderators.add(FIRST_MODERATOR)
    token = moderators.new_link(first.name)
    return [(f"Sign in as {first.name}", sign_in_link(settings.public_url, token))]
