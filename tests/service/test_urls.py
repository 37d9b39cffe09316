"""Addresses are a promise to websites, programs and bookmarks: none changes unnoticed."""

from pathlib import Path

from flask import Flask

URLS = Path(__file__).with_name("urls.txt")


def test_every_url_and_its_methods_are_the_ones_that_are_listed(app: Flask) -> None:
    urls = {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert sorted(urls) == URLS.read_text().splitlines()
