"""Rows for tests, made as the product would make them, with invented names."""

from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone

from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.people.allocations.models import Allocation, CaseGrant, Cover, Exclusion, Restriction, UnconfirmedAccess
from alongside.people.families.models import ContactPoint, FamilyMember, NoticeState
from alongside.people.persons.models import Order, Person
from alongside.people.persons.rules import searchable
from alongside.people.staff.models import DeliveryUnit, Member, Patch, Post, Region, Service, Team

LONG_AGO = date(2020, 1, 1)


class UserFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Faker("name", locale="en_GB")
    email = factory.Sequence(lambda n: f"user{n}@alongside.example")

    @factory.post_generation
    def password(self: User, create: bool, extracted: str | None, **kwargs: Any) -> None:
        if extracted and create:
            self.set_password(extracted)
            self.save()


class ServiceFactory(factory.django.DjangoModelFactory[Service]):
    class Meta:
        model = Service
        django_get_or_create = ("name",)

    name = "Invented Probation Service"


class RegionFactory(factory.django.DjangoModelFactory[Region]):
    class Meta:
        model = Region

    service = factory.SubFactory(ServiceFactory)
    name = factory.Sequence(lambda n: f"Region {n}")
    code = factory.Sequence(lambda n: f"R{n}")


class DeliveryUnitFactory(factory.django.DjangoModelFactory[DeliveryUnit]):
    class Meta:
        model = DeliveryUnit

    region = factory.SubFactory(RegionFactory)
    name = factory.Sequence(lambda n: f"Unit {n}")
    code = factory.Sequence(lambda n: f"U{n}")


class TeamFactory(factory.django.DjangoModelFactory[Team]):
    class Meta:
        model = Team

    delivery_unit = factory.SubFactory(DeliveryUnitFactory)
    name = factory.Sequence(lambda n: f"Team {n}")
    code = factory.Sequence(lambda n: f"T{n}")
    telephone = "01632 960123"


class MemberFactory(factory.django.DjangoModelFactory[Member]):
    class Meta:
        model = Member

    user = factory.SubFactory(UserFactory)
    staff_code = factory.Sequence(lambda n: f"S{n:05d}")


class PostFactory(factory.django.DjangoModelFactory[Post]):
    class Meta:
        model = Post

    member = factory.SubFactory(MemberFactory)
    role = RoleCode.PRACTITIONER
    team = factory.SubFactory(TeamFactory)
    from_date = LONG_AGO


class PatchFactory(factory.django.DjangoModelFactory[Patch]):
    class Meta:
        model = Patch

    team = factory.SubFactory(TeamFactory)
    place = "Harbour quarter"
    postcode_district = "LL57"
    from_date = LONG_AGO


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    class Meta:
        model = Person

    crn = factory.Sequence(lambda n: f"X{n:06d}")
    given_names = factory.Faker("first_name", locale="en_GB")
    family_name = factory.Faker("last_name", locale="en_GB")
    date_of_birth = date(1990, 5, 17)
    search_name = factory.LazyAttribute(lambda row: searchable(row.given_names, row.family_name))


class OrderFactory(factory.django.DjangoModelFactory[Order]):
    class Meta:
        model = Order

    person = factory.SubFactory(PersonFactory)
    from_date = date(2026, 1, 5)


class AllocationFactory(factory.django.DjangoModelFactory[Allocation]):
    class Meta:
        model = Allocation

    person = factory.SubFactory(PersonFactory)
    team = factory.SubFactory(TeamFactory)
    from_date = LONG_AGO


class FamilyMemberFactory(factory.django.DjangoModelFactory[FamilyMember]):
    class Meta:
        model = FamilyMember

    person = factory.SubFactory(PersonFactory)
    given_name = factory.Faker("first_name", locale="en_GB")
    family_name = factory.Faker("last_name", locale="en_GB")
    relationship_id = "relationship.MOT"
    notice_state = NoticeState.GIVEN
    notice_on = date(2026, 10, 1)


class ContactPointFactory(factory.django.DjangoModelFactory[ContactPoint]):
    class Meta:
        model = ContactPoint

    family_member = factory.SubFactory(FamilyMemberFactory)
    kind = "mobile"
    value = factory.Sequence(lambda n: f"07700 9{n:05d}")


class CoverFactory(factory.django.DjangoModelFactory[Cover]):
    class Meta:
        model = Cover

    absent = factory.SubFactory(MemberFactory)
    covering = factory.SubFactory(MemberFactory)
    from_date = LONG_AGO
    until_date = LONG_AGO + timedelta(days=20000)
    reason_id = "cover_reason.LEAVE"


class ExclusionFactory(factory.django.DjangoModelFactory[Exclusion]):
    class Meta:
        model = Exclusion

    person = factory.SubFactory(PersonFactory)
    user = factory.SubFactory(UserFactory)
    message = "You are excluded from this case. Speak to your senior."
    from_date = LONG_AGO


class RestrictionFactory(factory.django.DjangoModelFactory[Restriction]):
    class Meta:
        model = Restriction

    person = factory.SubFactory(PersonFactory)
    message = "This case is restricted."
    speak_to = "Public protection, 01632 960999"
    from_date = LONG_AGO


class UnconfirmedAccessFactory(factory.django.DjangoModelFactory[UnconfirmedAccess]):
    class Meta:
        model = UnconfirmedAccess

    person = factory.SubFactory(PersonFactory)
    since = factory.LazyFunction(timezone.now)


class CaseGrantFactory(factory.django.DjangoModelFactory[CaseGrant]):
    class Meta:
        model = CaseGrant

    person = factory.SubFactory(PersonFactory)
    user = factory.SubFactory(UserFactory)
    role = RoleCode.INSPECTOR
    purpose = "Sample of autumn cases"
    from_date = LONG_AGO
    until_date = LONG_AGO + timedelta(days=20000)
