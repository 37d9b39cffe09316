"""Keys: what is made of them, and that they are not kept."""

import hashlib
import hmac

from moderation.keys import keyed_hash


def test_keyed_hash_is_an_hmac_of_each_text() -> None:
    keys, texts = (b"", b"k", b"k" * 200), ("", "127.0.0.1", "ü" * 5_000)
    pairs = [(key, text) for text in texts for key in keys]

    hashes = [keyed_hash(key, text) for key, text in pairs]

    right = [hmac.new(key, text.encode(), hashlib.sha256).hexdigest() for key, text in pairs]
    assert hashes == right
