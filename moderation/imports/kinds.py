"""The systems whose files can be read, by the names that commands give them."""

from collections.abc import Callable

from moderation.imports.records import Records
from moderation.imports.source_files import SourceFile
from moderation.imports.systems import (
    artalk,
    commento,
    coral,
    cusdis,
    disqus,
    isso,
    parley,
    remark42,
    waline,
    wordpress,
)

READERS: dict[str, Callable[[SourceFile], Records]] = {
    "disqus": disqus.read,
    "wordpress": wordpress.read,
    "isso": isso.read,
    "remark42": remark42.read,
    "commento": commento.read,
    "coral": coral.read,
    "cusdis": cusdis.read,
    "waline": waline.read,
    "artalk": artalk.read,
    "parley": parley.read,
}
PARLEY = "parley"
