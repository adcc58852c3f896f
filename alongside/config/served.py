"""The application as a worker process of our web server loads it: one that ends whenever it should."""

import signal
from importlib import import_module

from alongside.config.processes import end_with_parent

# The web server's workers outlive it where it is killed outright.
end_with_parent(signal.SIGKILL)

# While a worker imports the application it would note a request to stop and then overlook it.
_noting = signal.signal(signal.SIGTERM, signal.SIG_DFL)
application = import_module("alongside.config.wsgi").application
signal.signal(signal.SIGTERM, _noting)
