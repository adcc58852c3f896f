from django.apps import AppConfig


class PeopleFamiliesConfig(AppConfig):
    name = "alongside.people.families"
    label = "people_families"
    verbose_name = "Families"

    def ready(self) -> None:
        from alongside.foundation.audit.erasure import register_due, register_kin, register_sweeper
        from alongside.foundation.audit.rectification import register_follower, register_rectifiable
        from alongside.people.families import retention
        from alongside.people.families.models import ContactPoint, FamilyMember

        register_due("family_member", retention.members_due)
        register_kin(retention.members_of)
        register_sweeper(retention.sweep)
        register_follower(FamilyMember, retention.card_follows)
        register_rectifiable(FamilyMember, ContactPoint)
