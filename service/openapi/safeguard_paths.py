"""How a form gets the token by which it is told from a program."""

from service.openapi.elements import (
    Element,
    answer,
    answer_object,
    parameter,
    problem,
    problems,
    string,
)

SCHEMAS: dict[str, Element] = {
    "TimeToken": answer_object(
        {"time_token": string("send it with one comment, from a second to a day later")}
    )
}

PATHS: dict[str, Element] = {
    "/v1/time-token": {
        "get": {
            "summary": "Get a token for one comment",
            "description": "A form asks for it when its reader begins to write. A comment whose"
            " token is too young, too old, used before or not ours waits for a moderator.",
            "parameters": [parameter("query", "site", "the site's name", required=True)],
            "responses": answer(200, "TimeToken", "The token")
            | problem(404, "There is no such site")
            | problems(422, 503),
        }
    }
}
