"""The test session itself refuses to run as a role that could do harm."""

import tempfile
from pathlib import Path

import pytest

from tests.support.processes import program

SPOILT_SESSION = """
import sys
from pathlib import Path
import pytest

class Spoil:
    def pytest_collection_finish(self):
        import alongside.config.database.prepare as prepare
        import tests.support.database as database
        prepare.HARMLESS = sys.argv[2]
        database.CACHE = Path(sys.argv[1])

sys.exit(pytest.main(["-q", "tests/config/test_fixtures.py", "-k", "as_the_application"], plugins=[Spoil()]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("attributes", ["LOGIN SUPERUSER"])
def test_no_test_runs_as_a_role_that_could_do_harm(attributes: str) -> None:
    with tempfile.TemporaryDirectory(prefix="alongside-spoilt-") as name:
        Path(name).chmod(0o755)
        log = Path(name) / "output"
        with program(["-c", SPOILT_SESSION, name, attributes], environment={"PYTHONPATH": "."}, output=log) as session:
            assert session.wait(timeout=300) == 1, log.read_text()
        assert "is not safe to serve from" in log.read_text()
        assert "1 error" in log.read_text()
