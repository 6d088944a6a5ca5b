"""When a question is asked, as data: checked when the form is made, and explained to the person. A condition
looks only at answers that apply, through `Values`; it knows no draft and no form."""

from dataclasses import dataclass
from typing import Protocol

from conversations.answers import Paper, Value


class Values(Protocol):
    """The answers that apply, seen from one item."""

    def value(self, question: str) -> Value | None:
        """The value of the question in this item, or outside groups; None where there is none yet."""


class Condition(Protocol):
    """Something that holds or not."""

    def holds(self, values: Values) -> bool:
        """Whether it holds; a question without an answer makes it False."""

    def mentions(self) -> tuple[str, ...]:
        """The keys of the questions it depends on."""


@dataclass(frozen=True, slots=True)
class Always:
    """Holds always."""

    def holds(self, values: Values) -> bool:  # noqa: ARG002 - the protocol's shape
        """Holds for every draft."""
        return True

    def mentions(self) -> tuple[str, ...]:
        """Depends on nothing."""
        return ()


@dataclass(frozen=True, slots=True)
class Equals:
    """The answer is this value."""

    question: str
    wanted: Value

    def holds(self, values: Values) -> bool:
        """Whether the answer is the wanted value."""
        return values.value(self.question) == self.wanted

    def mentions(self) -> tuple[str, ...]:
        """The one question."""
        return (self.question,)


@dataclass(frozen=True, slots=True)
class Differs:
    """The answer is not this value; no answer differs from every value."""

    question: str
    unwanted: Value

    def holds(self, values: Values) -> bool:
        """Whether the answer is another one, or missing."""
        return values.value(self.question) != self.unwanted

    def mentions(self) -> tuple[str, ...]:
        """The one question."""
        return (self.question,)


@dataclass(frozen=True, slots=True)
class Ticked:
    """The answer is a list of ticks with this option among them."""

    question: str
    option: str

    def holds(self, values: Values) -> bool:
        """Whether the option is ticked."""
        value = values.value(self.question)
        return isinstance(value, tuple) and self.option in value

    def mentions(self) -> tuple[str, ...]:
        """The one question."""
        return (self.question,)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file has been sent."""

    question: str

    def holds(self, values: Values) -> bool:
        """Whether the answer is a stored file."""
        return isinstance(values.value(self.question), Paper)

    def mentions(self) -> tuple[str, ...]:
        """The one question."""
        return (self.question,)


@dataclass(frozen=True, slots=True)
class SumAbove:
    """The sum of these whole amounts is above the limit; amounts not yet given count as nothing."""

    questions: tuple[str, ...]
    limit: int

    def holds(self, values: Values) -> bool:
        """Whether the sum is above the limit."""
        return self.total(values) > self.limit

    def total(self, values: Values) -> int:
        """The sum, in the unit of the questions."""
        found = (values.value(question) for question in self.questions)
        return sum(value for value in found if isinstance(value, int))

    def mentions(self) -> tuple[str, ...]:
        """All the questions summed."""
        return self.questions


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one holds."""

    conditions: tuple[Condition, ...]

    def holds(self, values: Values) -> bool:
        """Whether one of them holds."""
        return any(condition.holds(values) for condition in self.conditions)

    def mentions(self) -> tuple[str, ...]:
        """Everything its parts depend on."""
        return tuple(key for condition in self.conditions for key in condition.mentions())


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one holds."""

    conditions: tuple[Condition, ...]

    def holds(self, values: Values) -> bool:
        """Whether all of them hold."""
        return all(condition.holds(values) for condition in self.conditions)

    def mentions(self) -> tuple[str, ...]:
        """Everything its parts depend on."""
        return tuple(key for condition in self.conditions for key in condition.mentions())


ALWAYS = Always()
