from django.apps import AppConfig


class FoundationAccountsConfig(AppConfig):
    name = "alongside.foundation.accounts"
    label = "foundation_accounts"
    verbose_name = "Accounts"
