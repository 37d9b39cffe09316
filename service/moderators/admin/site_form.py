"""The form of a site's settings: as it was typed, and the site that it makes of another."""

from dataclasses import dataclass, fields, replace
from typing import Self

from moderation.comments import MAX_TEXT
from moderation.own_comments.edits import DEFAULT_EDIT_MINUTES, MAX_EDIT_MINUTES
from moderation.site_fields import (
    InvalidSite,
    check_reader_mail,
    site_name,
    site_origins,
    site_rate,
    site_title,
)
from moderation.sites import Site, SiteExists, SiteRates
from service.http.params import form_value, parse_int
from service.problems.errors import InvalidQuery
from service.wiring.parts import parts

# What a form is shown again for, with a sentence and all that was typed.
REFUSALS = (InvalidQuery, InvalidSite, SiteExists)


@dataclass(frozen=True, slots=True)
class SiteForm:
    """What stands in the fields: origins one a line; empty means the server's."""

    name: str
    title: str
    origins: str
    premoderated: str
    max_text: str
    edit_minutes: str
    nudges: str
    reader_mail: str
    submit_limit: str
    key_limit: str

    @classmethod
    def sent(cls) -> Self:
        """What a request's form has; raises InvalidQuery for a NUL character."""
        return cls(**{field.name: form_value(field.name) for field in fields(cls)})

    @classmethod
    def empty(cls) -> Self:
        """For a site that is not there yet."""
        return cls("", "", "", "", str(MAX_TEXT), str(DEFAULT_EDIT_MINUTES), "", "", "", "")

    @classmethod
    def of(cls, site: Site) -> Self:
        """With the settings of a site."""
        rates = (site.rates.submit or "", site.rates.key or "")
        origins = "\n".join(site.origins)
        premoderated = "on" if site.policy.premoderated else ""
        numbers = (str(site.max_text), str(site.edit_minutes))
        switches = ("on" if site.nudges else "", "on" if site.reader_mail else "")
        return cls(site.name, site.title, origins, premoderated, *numbers, *switches, *rates)

    def new_site(self) -> Site:
        """A site with name, title and origins as typed; raises InvalidSite."""
        name = site_name(self.name.strip())
        title = site_title(self.title if self.title.strip() else name)
        return Site(0, name, title, site_origins(self.origins.split()))

    def applied_to(self, site: Site) -> Site:
        """The site with these settings; raises one of REFUSALS."""
        has_mail_server = parts().settings.mail is not None
        is_new = bool(self.reader_mail) and not site.reader_mail
        check_reader_mail(is_on=is_new, has_mail_server=has_mail_server)
        return replace(
            site,
            title=site_title(self.title),
            origins=site_origins(self.origins.split()),
            policy=replace(site.policy, premoderated=bool(self.premoderated)),
            max_text=parse_int(self.max_text.strip(), "the longest text", least=1, most=MAX_TEXT),
            edit_minutes=parse_int(
                self.edit_minutes.strip(), "the minutes to change a comment", most=MAX_EDIT_MINUTES
            ),
            nudges=bool(self.nudges),
            reader_mail=bool(self.reader_mail),
            rates=SiteRates(site_rate(self.submit_limit), site_rate(self.key_limit)),
        )
