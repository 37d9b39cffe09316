"""The attributes that a model scores."""

ATTRIBUTES = (
    "toxicity",
    "severe_toxicity",
    "profanity",
    "threat",
    "insult",
    "identity_attack",
    "spam",
)
