"""A file that the pages of any website may fetch and keep, compressed once for each web process."""

import gzip
import hashlib
from dataclasses import dataclass

from flask import Response, request

_KEPT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent."""

    body: bytes
    etag: str
    content_type: str
    encoding: str | None


@dataclass(frozen=True, slots=True)
class AssetPair:
    """A file as it is, and compressed."""

    plain: Asset
    compressed: Asset


def asset_pair(text: str, content_type: str) -> AssetPair:
    """Compress the text, and know both by their content."""
    body = text.encode()
    # Without a time in it, so that all web processes give the same bytes and the same ETag.
    compressed = gzip.compress(body, mtime=0)
    content_type += "; charset=utf-8"
    return AssetPair(
        Asset(body, _etag(body), content_type, None),
        Asset(compressed, _etag(compressed), content_type, "gzip"),
    )


def answer_asset(pair: AssetPair) -> Response:
    """Answer with the encoding that the request takes, or with 304."""
    takes_gzip = request.accept_encodings.quality("gzip") > 0
    asset = pair.compressed if takes_gzip else pair.plain
    response = Response(asset.body, content_type=asset.content_type)
    if asset.encoding:
        response.content_encoding = asset.encoding
    response.vary.add("Accept-Encoding")
    response.cache_control.public = True
    response.cache_control.max_age = _KEPT_SECONDS
    response.headers["Access-Control-Allow-Origin"] = "*"  # for crossorigin and type=module
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.set_etag(asset.etag)
    response.make_conditional(request)
    return response


def _etag(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
