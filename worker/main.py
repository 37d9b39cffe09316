"""The worker: it loads the model and keeps two processes running, RQ's worker and the sweep.

It does nothing else: no query, no lock and no Redis that could hold it up.
"""

import gc
import os
import socket
import time
from functools import partial

from judging.loaded_model import load_model
from judging.rehearsal import rehearse
from models.serving.registry import ModelRegistry
from moderation.config.server_secret import server_secret
from moderation.config.settings import Settings
from moderation.review.sampling_rule import keyed_sample
from moderation.storage.database.driver_statement import compile_statements
from moderation.storage.database.engine import open_database
from worker.forked_child import ForkedChild
from worker.jobs import JobContext, configure
from worker.scoring.rq_worker import run_jobs
from worker.stop_request import StopRequest
from worker.supervision import Supervised, supervise
from worker.sweep_process import SweepSettings, run_sweep

_STOP_SECONDS = 3.0  # `parley up` waits half a second longer


def work(settings: Settings, redis_url: str) -> None:
    """Score until SIGINT or SIGTERM; outlasts every absence of Redis and of the database.

    Sets the collector to work, which may rest while all is loaded.
    """
    stop = StopRequest()
    stop.listen()
    registry = ModelRegistry(settings.models)
    model = load_model(settings.model or registry.path_in_use(), registry.languages)
    context = JobContext(settings.database_url, model, keyed_sample(server_secret(settings)))
    configure(context)
    rehearse(model)
    compile_statements(open_database(settings.database_url).engine.dialect)
    # What is loaded by now is never freed: out of the collector's sight its pages stay shared. Not
    # looked through before: that takes 0.1 s and frees 0.1 MB (measured).
    gc.freeze()
    gc.enable()
    name = f"{socket.gethostname()}-{os.getpid()}"
    sweep = SweepSettings(settings, redis_url, context, name)
    children = (
        ForkedChild("jobs", partial(run_jobs, redis_url, name, context.counts), _STOP_SECONDS),
        ForkedChild("sweep", partial(run_sweep, sweep), _STOP_SECONDS),
    )
    supervised = [Supervised(child) for child in children]
    for child in supervised:
        child.start(time.monotonic())
    supervise(supervised, stop)
    for forked in children:
        forked.ask_to_stop()
    for forked in children:
        forked.stop()
