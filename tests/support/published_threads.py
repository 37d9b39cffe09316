"""Comments of a site's server on a running Parley, published as its readers see them."""

import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import quote, urlsplit

from tests.support.program import Program, wait_until

Row = tuple[str, str | None]  # a text, and the id of the comment that it answers


@dataclass(frozen=True)
class SiteServer:
    """A site's own server, with a key."""

    program: Program
    site: str
    key: str

    def publish(self, page: str, rows: Sequence[Row], name: str = "Bo") -> list[str]:
        """Submit comments at once and wait until all are public; returns their ids."""
        fields = {"site": self.site, "page": page, "name": name}
        comments = [{**fields, "text": text, "parent": parent} for text, parent in rows]
        with closing(HTTPConnection(urlsplit(self.program.url).netloc, timeout=60)) as connection:
            headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.key}"}
            body = json.dumps({"comments": comments})
            connection.request("POST", "/v1/comments:batch", body, headers)
            answer = json.loads(connection.getresponse().read())
        ids = [one["comment"]["id"] for one in answer["comments"]]
        wait_until(lambda: all(self.is_public(page, one) for one in ids[-1:]))
        wait_until(lambda: all(self.is_public(page, one) for one in ids))
        return ids

    def is_public(self, page: str, comment_id: str) -> bool:
        """Whether readers see the comment."""
        path = f"/v1/threads?site={self.site}&page={quote(page)}&limit=1&at={comment_id}"
        return bool(json.loads(self.program.get(path).text)["at"] == comment_id)


def site_server(program: Program, site: str) -> SiteServer:
    """A server with a new key of the site."""
    printed = program.command("site", "key", site, "--name", "server")
    return SiteServer(program, site, printed.split()[-1])
