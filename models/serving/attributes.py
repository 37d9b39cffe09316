"""The attributes that a model scores."""

from models.serving.artefact import ArtefactRefused as ArtefactRefused

ATTRIBUTES = (
    "toxicity",
    "severe_toxicity",
    "profanity",
    "threat",
    "insult",
    "identity_attack",
    "spam",
)
