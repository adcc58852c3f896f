from django.apps import AppConfig


class SafetyAccessRequestsConfig(AppConfig):
    name = "alongside.safety.access_requests"
    label = "safety_access_requests"
    verbose_name = "Access requests"

    def ready(self) -> None:
        from alongside.safety.access_requests import menus, wall
        from alongside.safety.access_requests.map_parts import map_lines
        from alongside.safety.access_requests.readable import register_reader

        register_reader("people_maps.Element", "data", map_lines)
        wall.register()
        menus.register_all()
