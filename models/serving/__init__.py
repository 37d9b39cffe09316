"""What the worker and the web server load: artefact, classifier, explanations, registry."""
