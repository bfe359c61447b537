"""Preconditions: pure, named, dated. Each says why it refuses and what cures it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from workflows.rulebook import law_says

if TYPE_CHECKING:
    from workflows.models import Matter
    from workflows.rulebook import RuleSet


@dataclass(frozen=True)
class Words:
    """What is said when a rule is not met: the case, and what to do about it."""

    title: str | Promise
    sentence: str | Promise
    todo: str | Promise


@dataclass(frozen=True)
class Shortfall:
    """A rule not met: under which key of which rule set, and by how much."""

    rules: RuleSet
    key: str
    case: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Refusal:
    """A rule not met, in words. Not an error."""

    rule: Rule
    shortfall: Shortfall

    @property
    def name(self) -> str:
        return self.rule.name

    @property
    def words(self) -> Words:
        return self.rule.words[self.shortfall.case]

    @property
    def title(self) -> str:
        return str(self.words.title) % self.facts

    @property
    def sentence(self) -> str:
        return str(self.words.sentence) % self.facts

    @property
    def todo(self) -> str:
        return str(self.words.todo) % self.facts

    @property
    def facts(self) -> dict[str, Any]:
        """The facts as they are said: days in words."""
        return {
            name: f"{fact.year}年{fact.month}月{fact.day}日"
            if isinstance(fact, date)
            else fact
            for name, fact in self.shortfall.facts.items()
        }

    @property
    def because(self) -> str:
        """The basis as it truly is, and what it asks for, under the law of the day."""
        return law_says(self.shortfall.rules, self.shortfall.key)

    @property
    def stands_in_the_way(self) -> bool:
        """Whether the basis lets it refuse, or it is only pointed out."""
        return self.shortfall.rules[self.shortfall.key].refuses

    @property
    def flaws(self) -> bool:
        """Whether a sitting held on paper is without effect because of it."""
        return self.shortfall.rules[self.shortfall.key].basis in (
            "law",
            "province",
            "party",
        )


@dataclass(frozen=True)
class Rule:
    """A precondition named in the rulebook. Not a validator."""

    name: str
    test: Callable[[Matter], Shortfall | None]
    words: Mapping[str, Words]

    def __call__(self, matter: Matter) -> bool:
        """What the machine asks: nothing stands in the way."""
        return self.refusal(matter) is None

    def judge(self, matter: Matter) -> Refusal | None:
        """What is not met, whether or not it may refuse.

        Judged once per matter and ballot: the machine asks again what the act has
        just asked, of facts that are locked in between.
        """
        judged = matter.__dict__.setdefault("_judged", {})
        asked = (self.name, matter.question and matter.question.pk)
        if asked not in judged:
            shortfall = self.test(matter)
            judged[asked] = shortfall and Refusal(self, shortfall)
        found: Refusal | None = judged[asked]
        return found

    def refusal(self, matter: Matter) -> Refusal | None:
        """What is not met and may refuse; facts on paper only where they flaw."""
        found = self.judge(matter)
        if found is None or not found.stands_in_the_way:
            return None
        paper = matter.question is not None and matter.question.sitting.paper
        return None if paper and not found.flaws else found


def rule(words: Words | Mapping[str, Words]) -> Callable[[Any], Rule]:
    """Declare a rule by its test; its name is the test's."""

    def declare(test: Callable[[Matter], Shortfall | None]) -> Rule:
        cases = {"": words} if isinstance(words, Words) else words
        return Rule(test.__name__, test, cases)

    return declare


def forget(matter: Matter) -> None:
    """Judge anew: the facts have changed."""
    matter.__dict__.pop("_judged", None)
