from django.apps import AppConfig


class PeopleMapsConfig(AppConfig):
    name = "alongside.people.maps"
    label = "people_maps"
    verbose_name = "Maps"

    def ready(self) -> None:
        from alongside.foundation.audit.erasure import register_sweeper
        from alongside.people.maps.retention import sweep

        register_sweeper(sweep)
