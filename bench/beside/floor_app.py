"""The least that a server of Parley's kind does for a request: nothing, Flask's way, one insert."""

import os
import sqlite3
import threading
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask, request

_STATEMENT = "INSERT INTO comments (page, name, text) VALUES (?, ?, ?)"
_TABLE = "CREATE TABLE IF NOT EXISTS comments (id INTEGER PRIMARY KEY, page, name, text)"
_ANSWER = b'{"comments": []}'

DATABASE = "BENCH_FLOOR_DATABASE"  # the environment variable with the database's file


def bare(_: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """An answer as a server calls it, without a framework."""
    start_response("200 OK", [("Content-Type", "application/json")])
    return [_ANSWER]


def connect(path: str) -> sqlite3.Connection:
    """A connection whose commits are as durable as Parley's."""
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(_TABLE)
    return connection


def insert(connection: sqlite3.Connection, page: str, name: str, text: str) -> None:
    """One durable insert."""
    connection.execute(_STATEMENT, (page, name, text))


def flask_floor() -> Flask:
    """Flask with one answer that does nothing, and one that inserts what it was sent."""
    app, own = Flask("floor"), threading.local()

    @app.get("/")
    def answer() -> dict[str, list[str]]:
        return {"comments": []}

    @app.post("/")
    def store() -> tuple[dict[str, str], int]:
        fields = request.get_json()
        if not hasattr(own, "connection"):
            own.connection = connect(os.environ[DATABASE])
        insert(own.connection, fields["page"], fields["name"], fields["text"])
        return {"status": "pending"}, 202

    return app
