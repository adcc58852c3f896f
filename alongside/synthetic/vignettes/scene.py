"""What every chapter of a story is given."""

from dataclasses import dataclass
from datetime import date, timedelta

from alongside.foundation.accounts.models import User
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.synthetic.vignettes.casting import Company
from alongside.synthetic.vignettes.stories import Story


@dataclass(frozen=True)
class Telling:
    """What every chapter of a story needs: the story, whom it is about, who holds the case, and the day."""

    story: Story
    person: Person
    company: Company
    today: date

    @property
    def by(self) -> User:
        """Who holds the case and writes about it."""
        return self.company.user(self.story.officer)

    def user(self, key: str) -> User:
        """Someone of the cast."""
        return self.company.user(key)

    def member(self, given_name: str) -> FamilyMember:
        """The family member of the story with this given name."""
        return FamilyMember.objects.get(person=self.person, given_name=given_name)

    @property
    def order_from(self) -> date:
        """The day on which the order began."""
        return self.today - timedelta(days=self.story.order.days_ago)

    @property
    def noticed_on(self) -> date:
        """When family members were told that we hold their details, or that was put off: not all on one day."""
        return self.today - timedelta(days=self.story.number * 7 % 33)
