"""The test session itself refuses to run as a role that could do harm."""

from pathlib import Path

import pytest

from tests.support.processes import program

SPOILT_SESSION = """
import sys
import psycopg, pytest

class Spoil:
    def pytest_collection_finish(self):
        import tests.support.database as database
        point = database.point_connections_at

        def spoil(urls):
            if "clone_" in urls.application:
                with psycopg.connect(urls.admin, autocommit=True) as admin:
                    admin.execute("ALTER ROLE alongside_app SUPERUSER")
            point(urls)

        database.point_connections_at = spoil

sys.exit(pytest.main(["-q", "tests/config/test_fixtures.py", "-k", "as_the_application"], plugins=[Spoil()]))
"""


@pytest.mark.slow
def test_no_test_runs_as_a_role_that_could_do_harm(tmp_path: Path) -> None:
    log = tmp_path / "output"
    with program(["-c", SPOILT_SESSION], environment={"PYTHONPATH": "."}, output=log) as session:
        assert session.wait(timeout=300) == 1, log.read_text()
    assert "is not safe to serve from" in log.read_text()
    assert "1 error" in log.read_text()
