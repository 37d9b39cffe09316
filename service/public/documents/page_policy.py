"""What a reader's page of ours may load, and where its forms may go."""

from flask import Response

_POLICY = (
    "default-src 'none'; style-src 'self'; {}form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
_SCRIPT = "script-src 'self'; connect-src 'self'; "


def with_policy(response: Response, *, has_script: bool = False) -> Response:
    """Let the page load our styles, our script where it has one, and nothing else."""
    policy = _POLICY.format(_SCRIPT if has_script else "")
    response.headers["Content-Security-Policy"] = policy
    return response
