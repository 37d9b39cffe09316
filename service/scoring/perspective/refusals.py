"""What Perspective says of a request that it does not take, as its clients match it."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from service.problems.errors import InvalidQuestion


class ErrorType(StrEnum):
    """Perspective's `errorType`."""

    COMMENT_TOO_LONG = "COMMENT_TOO_LONG"
    COMMENT_EMPTY = "COMMENT_EMPTY"
    NO_REQUESTED_ATTRIBUTES = "NO_REQUESTED_ATTRIBUTES"
    LANGUAGE_NOT_SUPPORTED = "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE"
    LANGUAGE_DETECTION_FAILED = "LANGUAGE_DETECTION_FAILED"
    INVALID_REQUEST = "INVALID_REQUEST"


_PREFIX = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"


class InvalidAnalysis(InvalidQuestion):
    """The request is refused; the sentence is Perspective's own where it has one."""

    def __init__(
        self,
        sentence: str,
        kind: ErrorType = ErrorType.INVALID_REQUEST,
        more: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(sentence)
        self.details = [{"@type": _PREFIX, "errorType": kind.value, **(more or {})}]


class UnsupportedLanguage(InvalidAnalysis):
    """The attribute has no number for a text in these languages."""

    def __init__(self, attribute: str, requested: Sequence[str], detected: Sequence[str]) -> None:
        languages = ", ".join(requested or detected)
        sentence = f"Attribute {attribute} does not support request languages: {languages}"
        error: dict[str, object] = {"attribute": attribute, "detectedLanguages": list(detected)}
        if requested:
            error["requestedLanguages"] = list(requested)
        more = {"languageNotSupportedByAttributeError": error}
        super().__init__(sentence, ErrorType.LANGUAGE_NOT_SUPPORTED, more)
