from django.apps import AppConfig


class FoundationAccountsConfig(AppConfig):
    name = "alongside.foundation.accounts"
    label = "foundation_accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from alongside.foundation.accounts import menus, receivers  # noqa: F401

        menus.register_menus()
