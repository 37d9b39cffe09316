"""What a reader is told of a problem, in their language."""

from dataclasses import replace

from flask import Request

from service.languages.accepted import accepted_language, asks_for_language
from service.languages.reader_language import ReaderLanguage
from service.problems.problem_details import Problem

# Problems that a reader can meet, by type, and the key of what is said of them.
KEYS = {
    "too-many": "problem_many",
    "database-away": "problem_server",
    "too-busy": "problem_server",
    "unforeseen": "problem_server",
    "body-too-slow": "problem_server",
    "unknown-comment": "problem_comment",
    "wrong-author-token": "problem_comment",
    "not-appealable": "problem_appeal",
    "not-editable": "problem_edit",
    "page-closed": "problem_closed",
    "mail-link-over": "problem_mail",
    "unknown-site": "problem_website",
    "wrong-origin": "problem_website",
}
_OWN_FIELDS = (
    "name",
    "text",
    "parent",
    "email",
)  # that a reader fills in; others are the website's


# Those that readers' browsers ask.
_BLUEPRINTS = {
    "submit",
    "report",
    "read",
    "threads",
    "own_page",
    "editing",
    "appealing",
    "again",
    "own_export",
    "mail_links",
    "mail_wishes",
    "documents",
}


def for_reader(problem: Problem, request: Request) -> Problem:
    """Say it in the language of a reader's browser; what only others can meet stays as it is."""
    if request.blueprint not in _BLUEPRINTS or not asks_for_language(request):
        return problem
    sentence = reader_sentence(problem, accepted_language(request))
    if sentence is None:
        return problem
    cause = problem.detail if KEYS.get(problem.type) == "problem_website" else None
    return replace(problem, detail=sentence, cause=cause)


def reader_sentence(problem: Problem, language: ReaderLanguage) -> str | None:
    """Return a whole sentence; None for what only a developer or an operator can mean."""
    if problem.type == "invalid-field":
        return _field_sentence(problem, language)
    key = KEYS.get(problem.type)
    if key is None:
        return None
    return language.say(key, when=language.after(problem.retry_after or 1))


def _field_sentence(problem: Problem, language: ReaderLanguage) -> str | None:
    if problem.field not in _OWN_FIELDS:
        return None
    if (mistake := problem.mistake) is None:
        return language.say("wrong_field")
    return language.say(f"wrong_{mistake.kind}", count=mistake.length, limit=mistake.limit)
