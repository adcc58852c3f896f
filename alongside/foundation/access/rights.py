"""What staff may do. A right is never given to a person: it is held through a role."""

from enum import StrEnum


class Right(StrEnum):
    """One thing that someone may do. The words finish the sentence "may …"."""

    SEE_CASE = "see a case"
    SEE_IDENTITY = "see who someone is and when they come, and no more"
    SEE_SENSITIVE = "see ethnicity, disability and other sensitive details"
    SEE_JUSTICE_HISTORY = "see a family's justice history"
    EDIT_CASE = "change what is recorded about a person on probation"
    EDIT_FAMILY = "add, change and end family members"
    SEE_FAMILY = "see family members"
    SEE_TEAM = "see a team's caseload"
    SEARCH = "search for people on probation"
    ALLOCATE = "allocate cases and arrange cover"
    APPROVE = "approve what someone else has prepared"
    MANAGE_LIMITED_ACCESS = "set exclusions and restrictions"
    REVIEW_MATCHES = "decide on possible matches between family members and people under supervision"
    SEE_REFUSED_LOOKS = "see who was refused a case"
    READ_TRAIL = "read and export the trail of a case or a user"
    ERASE = "erase records that are due, and place legal holds"
    RECTIFY = "correct records at the request of the person they are about"
    IMPORT_CASELOAD = "bring in a caseload from the system of record"
    MANAGE_STAFF = "manage accounts, teams and posts"
    MANAGE_CONTENT = "edit governed wording"
    APPROVE_CONTENT = "approve governed wording"
    MANAGE_REFERENCE = "manage coded lists, school terms and retention rules"
    SEE_COVERAGE = "see how much has been asked, as counts"
