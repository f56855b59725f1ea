"""checks: what is set beside what within a story. A check gives flags or nothing."""

from nlp.checks.case import Case
from nlp.checks.registry import CHECKS, CHECKS_VERSION, Check, check_case, check_story

__all__ = ["CHECKS", "CHECKS_VERSION", "Case", "Check", "check_case", "check_story"]
