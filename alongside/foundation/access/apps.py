from django.apps import AppConfig


class FoundationAccessConfig(AppConfig):
    name = "alongside.foundation.access"
    label = "foundation_access"
    verbose_name = "Access"

    def ready(self) -> None:
        from alongside.foundation.access.holding import holding_of
        from alongside.foundation.access.rights import Right
        from alongside.foundation.accounts.registry import register_account_managers

        register_account_managers(lambda user: holding_of(user).may(Right.MANAGE_STAFF))
