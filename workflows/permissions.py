"""Which office may perform which verb. Asked by the transition, nowhere else."""

from dataclasses import dataclass
from typing import Any, Protocol

from villages.models import Office, User, Village
from villages.offices import Acting, acting

from .bodies import BODIES


class OfVillage(Protocol):
    """Anything that belongs to one village."""

    @property
    def village(self) -> Village: ...


@dataclass(frozen=True)
class HeldBy:
    """Whoever holds one of these offices in the matter's village on that day."""

    roles: tuple[str, ...]

    def __call__(self, subject: OfVillage, user: User) -> bool:
        return self.acting(subject, user) is not None

    def acting(self, subject: OfVillage, user: Any) -> Acting | None:
        """In which office the user may act here, or None."""
        return acting(user, subject.village, self.roles_for(subject))

    def roles_for(self, subject: Any) -> tuple[str, ...]:
        """The offices that may, the usual one first."""
        return self.roles


@dataclass(frozen=True)
class KeepsTheSitting(HeldBy):
    """Whoever may keep a sitting of the body the matter is put to."""

    def roles_for(self, subject: Any) -> tuple[str, ...]:
        ballot = getattr(subject, "question", None)
        return BODIES[ballot.sitting.body].operated_by if ballot else self.roles


def held_by(*roles: str) -> HeldBy:
    return HeldBy(tuple(str(role) for role in roles))


R = Office.Role
VILLAGE_ROLES = tuple(r.value for r in R if r not in (R.TOWNSHIP, R.COUNTY))

draft = held_by(R.CLERK, R.SECRETARY, R.DIRECTOR)
initiate = held_by(R.SECRETARY)
propose = KeepsTheSitting(BODIES["joint"].operated_by)
review = KeepsTheSitting(BODIES["party"].operated_by)
adopt = KeepsTheSitting(BODIES["reps"].operated_by)
witness = arrive_by_code = held_by(*VILLAGE_ROLES)
keep_sitting = reject = KeepsTheSitting(
    tuple(dict.fromkeys(r for b in BODIES.values() for r in b.operated_by))
)
amend = revise = erratum = held_by(R.CLERK)
withdraw = held_by(R.CLERK, R.SECRETARY, R.DIRECTOR)
attach = explain = held_by(R.CLERK, R.SECRETARY, R.DIRECTOR)
authorise = held_by(R.CLERK)
advise = order = examine = held_by(R.TOWNSHIP, R.COUNTY)
suggest = audit_notice = held_by(R.SUPERVISOR)
keep = held_by(R.SUPERVISOR, R.TOWNSHIP, R.COUNTY)
approve = held_by(R.CLERK)
announce = disclose = post = repair = take_down = report_result = held_by(R.CLERK)
lodge = held_by(R.CLERK, R.SUPERVISOR, R.DIRECTOR)
answer = held_by(R.DIRECTOR, R.DEPUTY_DIRECTOR)
begin = held_by(R.DIRECTOR, R.DEPUTY_DIRECTOR)
report = held_by(R.CLERK, R.DIRECTOR)
accept = held_by(R.SUPERVISOR, R.CLERK)
done = held_by(R.DIRECTOR, R.DEPUTY_DIRECTOR)
comply = held_by(R.DIRECTOR, R.DEPUTY_DIRECTOR)
archive = recount = void = held_by(R.CLERK)


def sitting_of(body: str) -> HeldBy:
    """Who may keep a sitting of this body."""
    return held_by(*BODIES[body].operated_by)
