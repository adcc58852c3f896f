"""Wording is loaded without overwriting, read without queries, and sent only when a named approver has signed."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from alongside.foundation.accounts.models import User
from alongside.foundation.content.cache import forget_wording, note_change
from alongside.foundation.content.loading import load_wording
from alongside.foundation.content.models import ContentApproval, ContentItem, ContentVersion
from alongside.foundation.content.queries import (
    NotApprovedError,
    UnknownWordingError,
    content,
    wording_for_sending,
)
from alongside.foundation.content.sources import WordingFileError, read_wording
from alongside.foundation.records.models import AppendOnlyError
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ITEM = """
- key: test.first
  title: First contact
  owner: Head of family practice
  placeholders: [name]
  review_on: 2030-01-01
  en: {en}
  cy: {cy}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path)
    load_wording(folder=tmp_path)
    return tmp_path


def write(folder: Path, *, en: str = "'Hello {name}'", cy: str = "'Helo {name}'") -> None:
    (folder / "test.yaml").write_text(ITEM.replace("{en}", en).replace("{cy}", cy), "utf-8")


def written(*, by: User, language: str, text: str, number: int) -> ContentVersion:
    item = ContentItem.objects.get(key="test.first")
    version = ContentVersion.objects.create(
        item=item, language=language, number=number, text=text, review_on=date(2030, 1, 1), written_by=by.pk
    )
    note_change()
    return version


def approve(version: ContentVersion, *, by: User) -> None:
    ContentApproval.objects.create(
        content_version=version, approved_by=by.pk, approved_by_name=by.name, written_by=version.written_by
    )
    note_change()


def test_english_ships_approved_and_welsh_as_a_draft(folder: Path) -> None:
    assert content("test.first", "en-gb").filled(name="Ann") == "Hello Ann"
    assert content("test.first", "en").is_draft is False
    assert content("test.first", "cy").is_draft is True


def test_welsh_cannot_be_sent_until_a_named_approver_signs(folder: Path) -> None:
    with pytest.raises(NotApprovedError, match=r"Ask the Head of family practice to approve it, or send it in English"):
        wording_for_sending("test.first", "cy")
    draft = ContentVersion.objects.get(item__key="test.first", language="cy")
    approve(draft, by=UserFactory(name="Nia Approver"))
    assert wording_for_sending("test.first", "cy").filled(name="Ann") == "Helo Ann"


def test_a_new_english_version_is_not_used_before_it_is_approved(folder: Path) -> None:
    version = written(by=UserFactory(), language="en", text="Good day {name}", number=2)
    assert wording_for_sending("test.first", "en").text == "Hello {name}"
    approve(version, by=UserFactory(name="Nia Approver"))
    assert wording_for_sending("test.first", "en").number == 2


def test_where_welsh_is_missing_pages_show_english_and_nothing_is_sent(tmp_path: Path) -> None:
    write(tmp_path, cy="")
    load_wording(folder=tmp_path)
    assert content("test.first", "cy").language == "en"
    with pytest.raises(NotApprovedError, match="Welsh"):
        wording_for_sending("test.first", "cy")


def test_an_unknown_key_says_where_to_add_it() -> None:
    for ask in (content, wording_for_sending):
        with pytest.raises(UnknownWordingError, match="foundation/content/wording"):
            ask("no.such")


def test_loading_again_changes_nothing(folder: Path) -> None:
    assert load_wording(folder=folder).added == []
    assert load_wording().added == []


def test_a_changed_file_adds_a_version_and_welsh_is_a_draft_again(folder: Path) -> None:
    approve(ContentVersion.objects.get(item__key="test.first", language="cy"), by=UserFactory())
    write(folder, en="'Dear {name}'", cy="'Annwyl {name}'")
    assert load_wording(folder=folder).added == ["test.first en", "test.first cy"]
    assert content("test.first", "en").text == "Dear {name}"
    assert content("test.first", "cy").text == "Helo {name}"
    assert ContentVersion.objects.filter(item__key="test.first").count() == 4


def test_what_was_written_here_is_left_alone(folder: Path) -> None:
    written(by=UserFactory(), language="en", text="Ours {name}", number=2)
    write(folder, en="'Theirs {name}'")
    report = load_wording(folder=folder)
    assert report.left_alone == ["test.first en"]
    assert not ContentVersion.objects.filter(text="Theirs {name}").exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("key: x", "must be a list"),
        ("- [", "not valid YAML"),
        ("- key: Bad Key", "words joined by dots"),
        ("- key: a.b\n  titel: x", "take out ['titel']"),
        ("- {key: a, title: A, owner: O, review_on: soon, en: x}", "must be a date"),
        ("- {key: a, title: A, owner: O, review_on: 2030-01-01, en: 'x {y}'}", "must be the same"),
        ("- &a {key: a, title: A, owner: O, review_on: 2030-01-01, en: x}\n- *a", "stands twice"),
    ],
)
def test_a_faulty_file_says_what_to_do(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "bad.yaml").write_text(text, "utf-8")
    with pytest.raises(WordingFileError, match=says.replace("[", r"\[").replace("]", r"\]")):
        read_wording(tmp_path)


def test_warm_wording_costs_no_query(folder: Path) -> None:
    forget_wording()
    content("pages.help", "en")
    with CaptureQueriesContext(connection) as queries:
        for _ in range(5):
            content("pages.privacy", "cy")
    assert len(queries) == 0


def test_the_tag_marks_drafts_and_other_languages_and_escapes_values(folder: Path) -> None:
    with override("en-gb"):
        drawn = Template('{% wording "test.first" name=name %}').render(Context({"name": "<b>"}))
    assert drawn == "Hello &lt;b&gt;"
    with override("cy"):
        assert "ui-draft__note" in Template('{% wording "test.first" name="x" %}').render(Context())


class TestRows:
    """What the database refuses, whoever asks."""

    def test_versions_and_approvals_are_never_changed_or_deleted(self, folder: Path) -> None:
        version = ContentVersion.objects.get(item__key="test.first", language="en")
        with pytest.raises(AppendOnlyError):
            version.save()
        for attack in (
            lambda: ContentVersion.objects.update(text="x"),
            lambda: ContentVersion.objects.filter(pk=version.pk)._raw_delete("default"),
            lambda: ContentApproval.objects.update(approved_by_name="x"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                attack()

    def test_nobody_approves_their_own_work(self, folder: Path) -> None:
        author = UserFactory()
        version = written(by=author, language="en", text="x {name}", number=2)
        with pytest.raises(IntegrityError), transaction.atomic():
            approve(version, by=author)

    def test_an_approval_has_a_name(self, folder: Path) -> None:
        version = ContentVersion.objects.get(item__key="test.first", language="cy")
        with pytest.raises(IntegrityError), transaction.atomic():
            ContentApproval.objects.create(content_version=version)


@pytest.mark.parametrize("page", ["help", "privacy", "accessibility"])
def test_public_pages_are_for_everyone_and_in_both_languages(page: str, client: Client) -> None:
    english = client.get(f"/{page}/")
    assert english.status_code == 200
    assert b"ui-draft" not in english.content
    client.get("/language/cy/")
    welsh = client.get(f"/{page}/")
    assert b'lang="cy"' in welsh.content
    assert b"ui-draft" in welsh.content


def test_every_shipped_text_has_welsh() -> None:
    missing = [item.key for item in read_wording() if len(item.texts) < 2]
    assert not missing


def test_the_shipped_files_need_no_migration_of_their_own() -> None:
    call_command("makemigrations", "foundation_content", check=True, dry_run=True, verbosity=0)
