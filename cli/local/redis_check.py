"""The operator's own Redis, looked at before anything starts."""

from redis.exceptions import RedisError

from cli.wrong_use import WrongUse
from moderation.config.settings import Settings
from moderation.redis_clients import misfit, web_redis


def checked_redis_url(settings: Settings) -> str:
    """PARLEY_REDIS_URL; exit code 2 where it is missing or would lose jobs.

    A Redis that is away is no error: comments are taken all the same, and the sweep decides them.
    """
    url = settings.redis_url
    if url is None:
        sentence = (
            "PARLEY_REDIS_URL is not set: name your Redis, as redis://127.0.0.1:6379/0,"
            " or let `parley up` start one"
        )
        raise WrongUse(sentence)
    try:
        problem = misfit(web_redis(url))
    except RedisError:
        return url
    if problem:
        sentence = f"the Redis of PARLEY_REDIS_URL is not safe to use: its {problem}"
        raise WrongUse(sentence)
    return url
