"""Hard stops. None reads the policy; nothing but a lawful disclosure decision passes them."""

from alongside.involvement.decisions.rules.stops import leave, safety, standing, ways
from alongside.involvement.decisions.rules.stops.words import HARM, IMPLIED_TOPIC, NO, REACHING

__all__ = ["HARM", "IMPLIED_TOPIC", "NO", "REACHING", "leave", "safety", "standing", "ways"]
