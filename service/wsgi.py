"""What a WSGI server serves: `service.wsgi:app`, by the environment's settings."""

from moderation.logs import log_to_stderr
from moderation.secret import server_secret
from moderation.settings import Settings
from service.app import create_app

log_to_stderr()
settings = Settings.read()
app = create_app(settings, server_secret(settings))
