"""What goes out holds what is released, and of what is withheld nothing, in any form."""

import io
import zlib
from contextlib import nullcontext, suppress
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from pypdf import PdfReader

from alongside.contact.log.models import Contact
from alongside.foundation.calendar.rules import today
from alongside.foundation.files.actions import Belongs, store_made
from alongside.foundation.files.kinds import Kind
from alongside.foundation.files.purposes import Purpose
from alongside.foundation.jobs.progress import JobFailedError
from alongside.foundation.records.identity import identity, set_identity
from alongside.foundation.records.models import Record
from alongside.foundation.work.models import Card, TimelineEntry, ToDo
from alongside.involvement.decisions.models import Basis
from alongside.involvement.suitability.models import Account, Judgement
from alongside.people.families.actions import change_family_member
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.safety.access_requests.actions.deciding import Decision, agree, decide, release_of_kind, send_back
from alongside.safety.access_requests.actions.noting import NotNowError, open_gate, set_taken_out
from alongside.safety.access_requests.actions.releasing import build_package, erase_package, release
from alongside.safety.access_requests.areas import AreaError, areas_of
from alongside.safety.access_requests.gathering import _found, parts_of
from alongside.safety.access_requests.models import Item, State
from alongside.safety.access_requests.rules import About, Part, Provider, Verdict, VerdictError, redacted
from alongside.safety.advocacy.actions.referring import decline_request
from alongside.safety.advocacy.rules import Asker, Request
from alongside.safety.orders.actions import OrderSaid, PlaceSaid, add_place, record_order
from alongside.safety.protected.actions import decide_disclosure
from tests.cast import Cast, assemble
from tests.factories import ContactPointFactory, FamilyMemberFactory
from tests.pages.protected import facts_of_disclosure
from tests.safety.access_requests.support import RELEASE, as_read, decide_each, gathered, packed, second_person
from tests.safety.advocacy.support import taken_on
from tests.safety.orders.rows import paper
from tests.safety.protected.test_wall import WORDS as TOLD
from tests.safety.protected.test_wall import told_on

FILES = Purpose("tests.attachments", "Files of a test", (Kind.PDF, Kind.JPEG, Kind.CSV), 10_000_000, days_kept=None)
SECRET = "Zephyrine"
HARM = "She would be in danger if he knew that she spoke"


def withheld(verdict: Verdict = Verdict.WITHHOLD, **more) -> Decision:
    return Decision(
        verdict, About.BOTH, Provider.OTHER, False, ground_id="withholding_ground.OTHERS", reason=HARM, **more
    )


@pytest.fixture
def cast(db: None, settings, tmp_path) -> Cast:
    cast = assemble()
    set_identity(None)
    return cast


def everything_in(pdf: bytes) -> str:
    """The text of a PDF with every stream of it unpacked, and the bytes as they lie."""
    reader = PdfReader(io.BytesIO(pdf))
    texts = [page.extract_text() for page in reader.pages]
    texts.append(str(reader.metadata))
    for number in range(1, len(reader.xref[0]) + 1 if 0 in reader.xref else 1):
        found = reader.get_object(number)
        if hasattr(found, "get_data"):
            texts.append(found.get_data().decode("latin-1"))
    texts.append(pdf.decode("latin-1"))
    return "\n".join(texts)


def streams_of(pdf: bytes) -> bytes:
    """Every compressed stream of a PDF, unpacked by hand: what a search of the bytes would find."""
    found, at = b"", 0
    while (start := pdf.find(b"stream", at)) >= 0:
        body = pdf[start + 6 :].lstrip(b"\r\n")
        with suppress(zlib.error):
            found += zlib.decompressobj().decompress(body)
        at = start + 6
    return found


def member_of(cast: Cast, about: str):
    member = FamilyMemberFactory(person=cast.person, given_name="Moira", family_name="Achebe")
    with identity(cast.owner.pk):
        change_family_member(by=cast.owner, member=member, seen_version=1, about=about)
    return member


def test_what_is_released_is_there_and_what_is_withheld_is_not_in_any_form(cast: Cast) -> None:
    member_of(cast, f"{SECRET} told us that he drinks again")
    request = gathered(cast)
    decide_each(cast, request, {SECRET: withheld()})
    pdf = packed(cast, request)
    text = everything_in(pdf)
    assert "Achebe" in text
    assert "To protect the rights and freedoms of someone else: " in text
    assert SECRET not in text
    assert HARM not in text
    assert SECRET.encode() not in streams_of(pdf)


def test_what_the_database_makes_of_a_field_does_not_repeat_it(db: None) -> None:
    note = Contact(heard=f"{SECRET} told us that he drinks again", next_step="Ring him")
    note.words = f"'{SECRET}':1 'ring':8"  # type: ignore[misc]
    parts = parts_of(note)
    kept = redacted(parts, left_out=["heard"])
    assert "Ring him" in str(kept)
    assert SECRET not in str(kept), "a part that is left out stands in no other"


def test_a_word_taken_out_leaves_the_rest(cast: Cast) -> None:
    member_of(cast, f"Spoke with {SECRET.upper()} about the children")
    request = gathered(cast)
    decide_each(cast, request, {SECRET.upper(): withheld(Verdict.REDACT, taken_out=SECRET)})
    text = " ".join(everything_in(packed(cast, request)).split())
    assert "about the children" in text
    assert "[withheld]" in text
    assert SECRET.lower() not in text.lower()


def test_a_word_taken_out_everywhere_is_in_no_item(cast: Cast) -> None:
    member_of(cast, f"Lives with {SECRET}")
    request = gathered(cast)
    with identity(cast.data_protection.pk):
        set_taken_out(by=cast.data_protection, request=request, seen_version=request.version, words=f"{SECRET}\nMoira")
    decide_each(cast, request, {})
    text = everything_in(packed(cast, request))
    assert SECRET not in text
    assert "Moira" not in text


def test_what_is_neither_confirmed_nor_denied_leaves_no_trace_and_no_count(cast: Cast) -> None:
    """Two requests, one with an item kept silent: the packages read alike."""
    request = gathered(cast)
    decide_each(cast, request, {})
    plain = PdfReader(io.BytesIO(packed(cast, request)))
    told_on(cast.person, cast.owner)
    other = gathered(cast)
    decide_each(cast, other, {})
    silent = PdfReader(io.BytesIO(packed(cast, other)))
    reference = (str(request.pk)[:8].upper(), str(other.pk)[:8].upper())
    texts = [
        "".join(page.extract_text() for page in one.pages).replace(name, "")
        for one, name in zip((plain, silent), reference, strict=True)
    ]
    assert texts[0] == texts[1]


def test_what_stands_behind_the_wall_is_read_through_an_open_gate_alone(cast: Cast) -> None:
    told_on(cast.person, cast.owner)
    request = gathered(cast)
    mark = Item.objects.get(request=request, model="safety_protected.Told")
    assert (mark.parts, mark.verdict, mark.source_protected) == ([], Verdict.SILENT, True)
    whole = Decision(Verdict.REDACT, About.BOTH, Provider.OTHER, True, "withholding_ground.OTHERS", HARM, ("x",))
    with identity(cast.data_protection.pk):
        decide(by=cast.data_protection, item=mark, seen_version=1, decision=whole)
    decide_each(cast, request, {})
    with identity(cast.data_protection.pk), pytest.raises(JobFailedError, match="Open the gate"):
        build_package(request.pk, by_id=cast.data_protection.pk)
    with identity(cast.data_protection.pk):
        open_gate(by=cast.data_protection, request=request, reason="He asks for it, and it is safe")
    assert TOLD in " ".join(everything_in(packed(cast, request)).split())


def test_an_advisers_workspace_has_no_gate_and_is_not_counted(cast: Cast) -> None:
    taken_on(cast)
    request = gathered(cast)
    with identity(cast.data_protection.pk):
        open_gate(by=cast.data_protection, request=request, reason="He asks")
    labels = set(Item.objects.filter(request=request).values_list("model", flat=True))
    assert not {label for label in labels if label.startswith("safety_advocacy.") and "Referral" not in label}


def test_what_tells_of_the_wall_is_withheld_unless_two_people_decide_otherwise(cast: Cast) -> None:
    taken_on(cast)
    with identity(cast.owner.pk):
        decline_request(by=cast.owner, person=cast.person, request=Request.AT_HOME_VISIT, asked_by=Asker.SERVICE)
        decide_disclosure(by=cast.owner, person=cast.person, facts=facts_of_disclosure())
    request = gathered(cast)
    words = ("adviser", "Acknowledged", "home visit", "decision to disclose")
    telling = [item for item in Item.objects.filter(request=request) if any(word in str(item.parts) for word in words)]
    assert {item.model.split(".")[1] for item in telling} == {"Card", "ToDo", "DeclinedRequest", "Approval"}
    assert {item.verdict for item in telling} == {Verdict.SILENT}
    decide_each(cast, request, {})
    text = " ".join(everything_in(packed(cast, request)).split())
    assert not [word for word in words if word in text]


def test_attachments_go_out_as_pictures_without_what_is_hidden_in_them(cast: Cast) -> None:
    picture = Image.new("RGB", (300, 200), "white")
    ImageDraw.Draw(picture).text((20, 20), "A letter", fill="black")
    jpeg, pdf = io.BytesIO(), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = f"{SECRET} at home"
    picture.save(jpeg, "JPEG", exif=exif)
    picture.save(pdf, "PDF", title=SECRET)
    belongs = Belongs(cast.person.pk)
    for name, content in (("photo.jpg", jpeg), ("letter.pdf", pdf)):
        store_made(by=cast.owner, name=name, content=content.getvalue(), purpose=FILES, belongs=belongs)
    store_made(by=cast.owner, name="sums.csv", content=f"a,{SECRET}".encode(), purpose=FILES, belongs=belongs)
    request = gathered(cast)
    decide_each(cast, request, {})
    content = packed(cast, request)
    text = everything_in(content)
    assert SECRET not in text
    assert SECRET.encode() not in streams_of(content)
    assert sum(len(page.images) for page in PdfReader(io.BytesIO(content)).pages) == 2
    assert "cannot be copied into a letter" in " ".join(text.split())


def two_pages(dark: tuple[int, int, int, int]) -> bytes:
    """A PDF of two white pages, each with one red box."""
    pages = [Image.new("RGB", (400, 400), "white") for _ in range(2)]
    for page in pages:
        ImageDraw.Draw(page).rectangle(dark, "red")
    held = io.BytesIO()
    pages[0].save(held, "PDF", save_all=True, append_images=pages[1:], title=SECRET)
    return held.getvalue()


def reds(picture: Image.Image) -> int:
    """How many dots of a picture are red."""
    dots = picture.convert("RGB").getcolors(picture.width * picture.height) or []
    return sum(count for count, (red, green, blue) in dots if red > 120 and green < 90 and blue < 90)


def test_pages_and_boxes_of_a_file_are_blacked_out_for_good(cast: Cast) -> None:
    store_made(
        by=cast.owner,
        name="letter.pdf",
        content=two_pages((100, 100, 180, 160)),
        purpose=FILES,
        belongs=Belongs(cast.person.pk),
    )
    request = gathered(cast)
    file = Item.objects.select_related("request").get(request=request, file__isnull=False)
    for wrong in ("", "4", "2: 10 20", "2: 50 20 40 60", "everything"):
        decision = withheld(Verdict.REDACT, taken_out=SECRET, blacked_out=wrong)
        with identity(cast.data_protection.pk), pytest.raises(VerdictError):
            decide(by=cast.data_protection, item=file, seen_version=1, decision=decision)
    decide_each(cast, request, {"letter.pdf": withheld(Verdict.REDACT, blacked_out="1\npage 2: 20 20 50 45")})
    content = packed(cast, request)
    pictures = [image.image for page in PdfReader(io.BytesIO(content)).pages for image in page.images]
    assert [reds(picture) for picture in pictures] == [0]
    text = " ".join(everything_in(content).split())
    assert "Page 1 of this file is withheld." in text
    assert SECRET not in text

    file.refresh_from_db()
    client = Client()
    client.force_login(cast.data_protection)
    args = [request.pk, file.pk]
    shown = client.get(reverse("access_requests:item", args=args)).content.decode()
    assert "Words that are taken out elsewhere stay in a picture" in shown
    assert reverse("access_requests:page", args=[*args, 2]) in shown
    seen = client.get(reverse("access_requests:page", args=[*args, 2]))
    with Image.open(io.BytesIO(seen.content)) as page:
        assert page.getpixel((page.width * 3 // 10 + 9, page.height * 3 // 10 + 9))[0] < 40
    typed = {
        "about": "both",
        "provider": "other",
        "source_protected": "no",
        "verdict": "redact",
        "version": file.version,
    }
    refused = client.post(reverse("access_requests:item", args=args), typed | {"blacked_out": "9"}).content.decode()
    assert "the file has 2 pages" in refused


def test_the_paper_of_an_order_with_a_masked_address_is_neither_shown_nor_released(cast: Cast) -> None:
    said = OrderSaid("protective_order_type.RO_CONV", today(), names=("Moira",), forbids_contact=True)
    order = record_order(by=cast.owner, person=cast.person, said=said, upload=paper("order.pdf"))
    place = PlaceSaid("order_place_kind.HOME", "1 Quay Street", masked=True)
    add_place(by=cast.owner, order=order, seen_version=order.version, said=place)
    request = gathered(cast)
    items = Item.objects.filter(request=request).select_related("request")
    file, row = items.get(file__isnull=False), items.get(model="safety_orders.OrderPlace")
    assert (row.verdict, "Quay" in str(row.parts), bool(row.parts)) == (Verdict.SILENT, False, True)
    for item, why in ((file, "masked address"), (row, "address an order masks")):
        with identity(cast.data_protection.pk), pytest.raises(VerdictError, match=why):
            decide(by=cast.data_protection, item=item, seen_version=1, decision=RELEASE)
    client = Client()
    client.force_login(cast.data_protection)
    args = [request.pk, file.pk]
    assert "It is not shown here" in client.get(reverse("access_requests:item", args=args)).content.decode()
    assert client.get(reverse("access_requests:page", args=[*args, 1])).status_code == 404
    whole = client.get(reverse("access_requests:items", args=[request.pk]), {"show": "all", "kind": row.kind})
    one = client.get(reverse("access_requests:item", args=[request.pk, row.pk]))
    for shown in (whole, one):
        assert row.kind in shown.content.decode()
        assert "Quay" not in shown.content.decode()


@pytest.mark.parametrize("where", ["the paper", "a row", "their own row"])
def test_an_address_that_is_masked_after_the_decision_goes_out_in_nothing(cast: Cast, where: str) -> None:
    said = OrderSaid("protective_order_type.RO_CONV", today(), names=("Moira",), forbids_contact=True)
    upload = paper("order.pdf") if where == "the paper" else None
    order = record_order(by=cast.owner, person=cast.person, said=said, upload=upload)
    if where == "a row":
        member_of(cast, "Moved to 1 quay street,  on Monday")
    member = FamilyMemberFactory(person=cast.person) if where == "their own row" else None
    if member:
        ContactPointFactory(family_member=member, kind="address", value="1 Quay Street")
    request = gathered(cast, member=member)
    decide_each(cast, request, {})
    masked = PlaceSaid("order_place_kind.HOME", "1 Quay Street", True, member.pk if member else None)
    add_place(by=cast.owner, order=order, seen_version=order.version, said=masked)
    if member is None:
        with pytest.raises(JobFailedError, match="an address that an order masks"):
            packed(cast, request)
    else:
        assert "1 Quay Street" in " ".join(everything_in(packed(cast, request)).split())


def said_in_a_file(cast: Cast) -> None:
    from alongside.foundation.documents.rendering import render_pdf
    from alongside.foundation.documents.shapes import Column, Listing

    said = render_pdf(Listing(title="Notes", author="Us", columns=(Column("Said"),), rows=((f"By {SECRET}",),)))
    store_made(by=cast.owner, name="notes.pdf", content=said, purpose=FILES, belongs=Belongs(cast.person.pk))


@pytest.mark.parametrize(("box", "goes"), [("1: 0 90 10 100", False), ("1: 0 0 8 100", False), ("1: 0 0 100 60", True)])
def test_a_box_elsewhere_on_a_page_hides_no_word(cast: Cast, box: str, goes: bool) -> None:
    said_in_a_file(cast)
    request = gathered(cast)
    with identity(cast.data_protection.pk):
        set_taken_out(by=cast.data_protection, request=request, seen_version=request.version, words=SECRET)
    decide_each(cast, request, {"notes.pdf": withheld(Verdict.REDACT, blacked_out=box)})
    with nullcontext() if goes else pytest.raises(JobFailedError, match="Page 1 holds a word"):
        packed(cast, request)


def test_a_page_that_says_a_word_which_is_to_go_everywhere_stops_the_package(cast: Cast) -> None:
    said_in_a_file(cast)
    request = gathered(cast)
    with identity(cast.data_protection.pk):
        set_taken_out(by=cast.data_protection, request=request, seen_version=request.version, words=SECRET)
    decide_each(cast, request, {})
    with pytest.raises(JobFailedError, match="Page 1 holds a word"):
        packed(cast, request)


@given(st.text(max_size=40), st.integers(1, 5))
def test_every_line_is_an_area_within_the_file_or_refused(text: str, pages: int) -> None:
    with suppress(AreaError):
        for area in areas_of(text, pages=pages):
            assert 1 <= area.page <= pages
            left, top, right, bottom = area.box or (0, 0, 100, 100)
            assert 0 <= left < right <= 100
            assert 0 <= top < bottom <= 100


@example([(1, 0, 0, 1, 1)])
@given(st.lists(st.tuples(*(st.integers(lowest, 120) for lowest in (1, 0, 0, 0, 0))), max_size=3))
def test_what_is_written_is_what_goes(lines: list[tuple[int, ...]]) -> None:
    good = [line for line in lines if line[0] <= 9 and line[1] < line[3] <= 100 and line[2] < line[4] <= 100]
    text = "\n".join(f"{page}: {box}" for page, *box in lines).replace("[", "").replace("]", "")
    if good == lines:
        assert [(area.page, *(area.box or ())) for area in areas_of(text, pages=9)] == lines
    else:
        with pytest.raises(AreaError):
            areas_of(text, pages=9)


def test_nobody_checks_what_they_decided_themselves(cast: Cast) -> None:
    request = gathered(cast)
    item = Item.objects.filter(request=request, guarded=False).select_related("request")[0]
    with identity(cast.data_protection.pk):
        decide(by=cast.data_protection, item=item, seen_version=1, decision=RELEASE)
        assert agree(by=cast.data_protection, request=request, seen=as_read(request)) == 0
        with pytest.raises(NotNowError, match="Someone else"):
            send_back(by=cast.data_protection, item=item, seen_version=2)
        with pytest.raises(JobFailedError, match="not decided yet"):
            build_package(request.pk, by_id=cast.data_protection.pk)


def test_the_second_person_agrees_to_what_they_read_and_to_files_one_by_one(cast: Cast) -> None:
    store_made(
        by=cast.owner,
        name="letter.pdf",
        content=two_pages((1, 1, 9, 9)),
        purpose=FILES,
        belongs=Belongs(cast.person.pk),
    )
    request = gathered(cast)
    items = Item.objects.filter(request=request, verdict="open").select_related("request").order_by("number")
    row, file = items.filter(file__isnull=True)[0], items.get(file__isnull=False)
    with identity(cast.data_protection.pk):
        for item in (row, file):
            decide(by=cast.data_protection, item=item, seen_version=1, decision=RELEASE)
    client = Client()
    client.force_login(second_person(cast))
    address = reverse("access_requests:agree", args=[request.pk])
    shown = client.get(reverse("access_requests:items", args=[request.pk]), {"show": "check"}).content.decode()
    assert f'value="{row.pk}:2"' in shown
    assert f'value="{file.pk}' not in shown
    with identity(cast.data_protection.pk):
        decide(by=cast.data_protection, item=row, seen_version=2, decision=withheld())
    client.post(address, {"item": [f"{row.pk}:2", f"{file.pk}:2", str(row.pk), "x:2", f"{row.pk}:{'9' * 5000}"]})
    one = reverse("access_requests:check", args=[request.pk, row.pk])
    for answer in ("agree", "back"):
        stale = client.post(one, {"answer": answer, "version": "2"}, follow=True).content.decode()
        assert "It changed after you opened it" in stale
    assert 'name="version" value="3"' in stale
    assert not Item.objects.filter(pk__in=(row.pk, file.pk), checked_by__isnull=False).exists()
    client.post(address, {"item": f"{row.pk}:3"})
    client.post(reverse("access_requests:check", args=[request.pk, file.pk]), {"answer": "agree", "version": "2"})
    assert Item.objects.filter(pk__in=(row.pk, file.pk), checked_by=second_person(cast).pk).count() == 2


def test_items_that_call_for_a_second_look_are_not_released_by_the_dozen(cast: Cast) -> None:
    request = gathered(cast)
    with identity(cast.data_protection.pk):
        Item.objects.filter(request=request).update(guarded=True, verdict="open", kind="Thing")
        assert release_of_kind(by=cast.data_protection, request=request, kind="Thing") == 0


@pytest.mark.parametrize(
    ("model", "guarded", "withheld"),
    [
        (Person, False, False),
        (Contact, True, False),
        (Account, True, False),
        (Judgement, True, False),
        (FamilyMember, True, False),
        (Basis, True, True),
    ],
)
def test_only_what_tells_of_the_asker_alone_goes_out_by_the_dozen(
    model: type[Record], guarded: bool, withheld: bool
) -> None:
    """An account that a partner gave, or the facts on which May I? rested, would tell what was said in confidence."""
    found = _found(model(), (Part("x", "X", "y"),), own=False)
    assert (found.guarded, found.withheld) == (guarded, withheld)


@pytest.mark.parametrize("line", [TimelineEntry, Card, ToDo])
def test_a_line_about_a_relative_calls_for_a_second_look(line: type[Record]) -> None:
    """That she was pointed to advice on their relationship is a line that whoever sees agreements may read."""
    for member, guarded in ((uuid4(), True), (None, False)):
        row = line(right="SEE_AGREEMENTS", family_member=member)
        assert _found(row, (Part("x", "X", "y"),), own=False).guarded is guarded


def test_a_protected_source_is_never_released_whole(cast: Cast) -> None:
    request = gathered(cast)
    item = Item.objects.filter(request=request).select_related("request")[0]
    whole = Decision(Verdict.RELEASE, About.ASKER, Provider.OTHER, source_protected=True)
    with identity(cast.data_protection.pk), pytest.raises(VerdictError, match="source is protected"):
        decide(by=cast.data_protection, item=item, seen_version=1, decision=whole)


def test_given_out_once_then_erased_with_what_was_copied(cast: Cast) -> None:
    request = gathered(cast)
    decide_each(cast, request, {})
    packed(cast, request)
    with identity(cast.data_protection.pk):
        by = cast.data_protection
        with pytest.raises(NotNowError, match="open"):
            erase_package(by=by, request=request)
        release(by=by, request=request, seen_version=request.version, on=request.received_on, released_to="To him")
        erase_package(by=by, request=request)
    request.refresh_from_db()
    assert (request.state, request.package) == (State.RELEASED, None)
    assert not Item.objects.filter(request=request).exists()


def test_a_decision_after_the_package_calls_for_a_new_one(cast: Cast) -> None:
    request = gathered(cast)
    decide_each(cast, request, {})
    packed(cast, request)
    item = Item.objects.filter(request=request, verdict="release").select_related("request")[0]
    with identity(cast.data_protection.pk):
        decide(by=cast.data_protection, item=item, seen_version=item.version, decision=withheld())
    other = second_person(cast)
    with identity(other.pk):
        agree(by=other, request=request, seen=as_read(request))
    with identity(cast.data_protection.pk), pytest.raises(NotNowError, match="Make it again"):
        release(
            by=cast.data_protection,
            request=request,
            seen_version=request.version,
            on=request.received_on,
            released_to="To him",
        )
