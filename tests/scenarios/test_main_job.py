"""The main job, in a browser and from a file: from a caseload to a review, with nothing put into the database by hand.

A caseload arrives. The officer writes down who matters, says what was looked up, and takes a permission alone. How far
she may be involved is judged, and approved by someone else. Then the officer asks may I?, agrees with everyone, writes
a contact down and looks at the agreement again.
"""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from alongside.foundation.calendar.rules import today
from alongside.people.persons.models import Person
from tests.cast import Cast, assemble
from tests.people.arrivals.files import as_csv, crn_of, row_of, saved
from tests.people.arrivals.test_browser import do_what_was_asked, upload
from tests.safety.permissions.test_browser import fill_give
from tests.support.browser import go_to_case_page, go_to_member_page
from tests.support.staff import sign_in_as

pytestmark = [pytest.mark.browser, pytest.mark.scenario]
NUMBER = 7
SPEAKS_FOR = re.compile("What each of them wants|What they bring")


def fill_day(page: Page, question: str, day: date) -> None:
    group = page.get_by_role("group", name=question)
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(label).fill(str(value))


def bring_in_a_caseload(page: Page, cast: Cast, folder: Path) -> None:
    """The administrator brings in the file that the system of record gave out."""
    row = row_of(cast.team, cast.owner_member, NUMBER, family_name="Price", first_name="Morgan", registrations="")
    upload(page, saved(folder, as_csv([row])))
    do_what_was_asked(cast)
    page.reload()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Bring in 1 row").click()
    do_what_was_asked(cast)
    page.reload()
    page.get_by_role("button", name="Continue").click()


def name_the_mother(page: Page) -> None:
    """From Today to the case, and the first person who matters."""
    page.goto("/")
    page.get_by_role("link", name="Morgan Price").first.click()
    page.get_by_role("button", name="Add the first person").click()
    page.get_by_label("First name").fill("Grace")
    page.get_by_label("Family name").fill("Price")
    page.get_by_label("Who they are to the person").select_option(label="Mother")
    page.get_by_label("Adult").check()
    page.get_by_label("Telephone number").fill("07700 900123")
    page.get_by_label("Safe to use", exact=True).check()
    page.get_by_role("button", name="Add them").click()
    expect(
        page.get_by_role("link", name="Select whether they have been told that we hold their details")
    ).to_be_visible()
    page.get_by_label("Yes, they have been told").check()
    fill_day(page, "When were they told?", today())
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_text("Grace Price is added.")).to_be_visible()


def draw_the_family(page: Page) -> None:
    """The map begins with whoever is named already."""
    go_to_case_page(page, "Family map", group="Family")
    page.get_by_role("button", name="Place the people already named").click()
    expect(page.locator(".map-words").get_by_role("link", name="Grace").first).to_be_visible()


def take_a_permission_alone(page: Page) -> None:
    """Nothing that was said with someone else in the room would hold."""
    page.get_by_role("link", name="Grace Price").first.click()
    go_to_member_page(page, "Permissions")
    page.get_by_role("link", name="Write down what Morgan permits").click()
    fill_give(page, alone=True)


def say_what_was_looked_up(page: Page) -> None:
    """Not checked is not safe: the one matter that the caseload did not answer is looked up."""
    expect(page.get_by_text("Nobody has looked yet.")).to_be_visible()
    page.get_by_role("link", name=re.compile("Record a check.*Orders")).click()
    fill_day(page, "When did you look?", today())
    page.get_by_label("The system of record").check()
    page.get_by_role("button", name="Checked, none found").click()
    expect(page.get_by_text("Nobody has looked yet.")).to_have_count(0)


def judge_how_far(page: Page) -> None:
    """Talked over alone, weighed item by item, and judged for one purpose; nothing is added up."""
    go_to_member_page(page, "Judgement")
    page.get_by_role("button", name="Make the full judgement").click()
    page.get_by_label("What is it for?").select_option(label="Getting to appointments")
    page.get_by_label("Why this person?").fill("She has the car, and he listens to her")
    page.get_by_label("Why now?").fill("Two appointments were missed")
    page.get_by_label("What will they do?").fill("Texts him on Monday evening about Tuesday")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Begin with Morgan, alone").click()
    page.get_by_role("radio", name="In person").check()
    page.get_by_role("radio", name="Yes", exact=True).check()
    page.get_by_role("button", name="Go to the questions").click()
    page.get_by_role("button", name="Save and stop for now").click()
    page.locator(".govuk-task-list__link").first.click()
    while page.get_by_role("heading", name="Weigh what you have", level=1).count():
        found = "present" if page.get_by_role("heading", name=SPEAKS_FOR).count() else "not_present"
        ratings = page.locator(f"input[name^=rating_][value={found}]")
        assert ratings.count(), "there is nothing to weigh"
        ratings.evaluate_all("ratings => ratings.forEach(rating => rating.click())")
        page.get_by_role("button", name="Save and go").click()
    page.get_by_role("button", name="Judge").click()
    page.locator("input[name=summary][value=asset]").check()
    page.get_by_label("Why do you judge so?").fill("He keeps what he has told her he will do")
    page.get_by_label("How far to begin with").select_option("4")
    page.get_by_label("The most that may be agreed without judging anew").select_option("4")
    page.get_by_label("What would make this go wrong?").fill("If she begins to answer for him")
    page.locator("input[name=confidence][value=high]").check()
    page.get_by_role("button", name="Judge").click()
    expect(page.get_by_text("It waits for someone else to approve it")).to_be_visible()


def approve(page: Page) -> None:
    """The senior reads what it rests on, and decides."""
    page.goto("/")
    page.get_by_role("link", name="Grace Price").first.click()
    page.get_by_role("button", name="Read it first").click()
    page.get_by_role("radio", name="Approve", exact=True).check()
    page.get_by_role("button", name="Decide").click()


def ask_her_too(page: Page) -> None:
    """Today says what is owed before anyone gets in touch: her own yes, asked without him."""
    page.goto("/")
    page.get_by_role("link", name="Ask Grace Price whether they want to be involved", exact=True).click()
    page.locator("section", has_text="What Grace says").get_by_role("link", name="Ask").first.click()
    page.get_by_label("Yes, they want to be involved").check()
    page.get_by_label("I asked them without the person there").check()
    page.get_by_label("I read or gave them what we keep to ourselves").check()
    page.get_by_label("They want to begin at once").check()
    page.get_by_role("button", name="Save").click()


def ask_may_i(page: Page) -> None:
    """May she be told good news by telephone? What it is for was judged; the answer has reasons, and words to use."""
    page.get_by_role("button", name="Ask: may I?").click()
    page.get_by_label("I rang, or will ring, a number on record that is safe").check()
    page.get_by_label("Tell them something").check()
    page.get_by_label("About what?").first.select_option(label="Good news")
    page.get_by_role("button", name="May I?").click()
    expect(page.get_by_role("heading", name="Words to use")).to_be_visible()


def agree(page: Page) -> None:
    """How often they speak, and who does what, put to all three."""
    go_to_member_page(page, "Agreement")
    page.get_by_role("button", name="Begin an agreement").click()
    page.get_by_role("link", name="Change how we keep in touch").click()
    page.get_by_label("By phone").select_option("1-week")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Add a line").click()
    page.get_by_role("radio", name="Grace Price", exact=True).check()
    page.get_by_label("Does what?").fill("Texts on Monday evening about Tuesday")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Put it to everyone").click()
    page.get_by_role("button", name="Put it to everyone").click()
    for name in ("Morgan", "Grace Price", "Olwen Owner"):
        page.get_by_role("link", name=f"Record what {name} says").click()
        page.get_by_role("radio", name="In person").check()
        page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("All three agree: it is in force.")).to_be_visible()
    go_to_member_page(page, "Who they are")


def write_the_contact_down(page: Page) -> None:
    """What was said rests on the answer that was just kept: nothing of it is asked again."""
    page.get_by_role("button", name="I am doing this").click()
    page.get_by_role("button", name="Write down the contact").click()
    page.get_by_label("We contacted them").check()
    page.get_by_label("What was it about?").select_option(index=2)
    page.get_by_label("What we said").fill("That he has passed his first test")
    page.get_by_label("What they said").fill("She was glad, and will drive him on Tuesday")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Written down.")).to_be_visible()
    expect(page.get_by_role("link", name="The answer of")).to_be_visible()


def look_again(page: Page) -> None:
    """The agreement is looked at again, and what was said of it stands with it."""
    page.get_by_role("link", name="Grace Price", exact=True).first.click()
    go_to_member_page(page, "Agreement")
    page.get_by_role("link", name="Look at it again").click()
    page.get_by_label("They hold", exact=True).check()
    page.get_by_label("What was said about it?").fill("Mondays suit her")
    again = today() + timedelta(days=60)
    fill_day(page, "When do you look at it next?", again)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(f"Look at it again by {again:%-d %B %Y}")).to_be_visible()


def test_the_main_job_from_a_caseload_file_to_a_review(page: Page, live_server: str, tmp_path: Path) -> None:
    cast = assemble()
    sign_in_as(page, cast.administrator, live_server)
    bring_in_a_caseload(page, cast, tmp_path)
    assert Person.objects.filter(crn=crn_of(NUMBER)).exists()
    sign_in_as(page, cast.owner, live_server)
    name_the_mother(page)
    draw_the_family(page)
    go_to_case_page(page, "People", group="Family")
    take_a_permission_alone(page)
    go_to_member_page(page, "Safety")
    say_what_was_looked_up(page)
    judge_how_far(page)
    sign_in_as(page, cast.senior, live_server)
    approve(page)
    sign_in_as(page, cast.owner, live_server)
    ask_her_too(page)
    agree(page)
    ask_may_i(page)
    write_the_contact_down(page)
    look_again(page)
