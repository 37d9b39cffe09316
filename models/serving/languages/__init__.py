"""Which language is a text in, and how far may its scores go?"""

from models.serving.languages.grades import MIXED, UNDETERMINED, Grade
from models.serving.languages.language_models import LanguageModels

__all__ = ["MIXED", "UNDETERMINED", "Grade", "LanguageModels"]
