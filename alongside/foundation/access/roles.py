"""The roles of a probation service, in code: what each may do, and how far it reaches (R001-R016)."""

from dataclasses import dataclass
from enum import StrEnum

from alongside.foundation.access.rights import Right


class Reach(StrEnum):
    """Which cases a role's rights cover."""

    TEAM = "team"  # cases of the teams in the post's unit, and own cases wherever they sit
    GIVEN = "given"  # only cases given one by one, for a purpose and a time
    OFFICE = "office"  # people expected at the post's office: who and when, never why
    NONE = "none"  # no named cases


class RoleCode(StrEnum):
    """Names of the roles as posts store them."""

    PRACTITIONER = "practitioner"
    SENIOR = "senior"
    HEAD = "head"
    QUALITY = "quality"
    FACILITATOR = "facilitator"
    UNPAID_WORK = "unpaid_work"
    FAMILY_WORKER = "family_worker"
    ABUSE_ADVISER = "abuse_adviser"
    VICTIM_LIAISON = "victim_liaison"
    ENGAGEMENT_WORKER = "engagement_worker"
    PSYCHOLOGIST = "psychologist"
    INSPECTOR = "inspector"
    COMMISSIONER = "commissioner"
    PROVIDER = "provider"
    RESETTLEMENT = "resettlement"
    RECEPTION = "reception"
    DATA_PROTECTION = "data_protection"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    ADMINISTRATOR = "administrator"
    CONTENT_EDITOR = "content_editor"
    POLICY_ADMINISTRATOR = "policy_administrator"


@dataclass(frozen=True)
class Role:
    """What a post lets its holder do. `source` is the requirement that it answers."""

    code: RoleCode
    label: str
    description: str
    reach: Reach
    rights: frozenset[Right]
    source: str
    volunteers_allowed: bool = False


_PRACTICE = frozenset(
    {
        Right.SEE_CASE,
        Right.SEE_IDENTITY,
        Right.SEE_SENSITIVE,
        Right.SEE_JUSTICE_HISTORY,
        Right.EDIT_CASE,
        Right.EDIT_FAMILY,
        Right.SEE_FAMILY,
        Right.SEE_TEAM,
        Right.SEARCH,
        Right.SEE_SAFETY,
        Right.EDIT_SAFETY,
        Right.SEE_PERMISSIONS,
        Right.EDIT_PERMISSIONS,
        Right.RECORD_PROTECTED,
        Right.SEE_PROTECTED,
        Right.REFER_TO_ADVISER,
        Right.SEE_SUITABILITY,
        Right.SEE_CONDITIONS,
        Right.JUDGE_SUITABILITY,
        Right.ASK_MAY_I,
        Right.SEE_GOALS,
        Right.EDIT_GOALS,
        Right.SEE_AGREEMENTS,
        Right.EDIT_AGREEMENTS,
        Right.SEE_CONTACTS,
        Right.LOG_CONTACTS,
        Right.SEND_MESSAGES,
        Right.RECEIVE_CONCERNS,
        Right.TRIAGE_CONCERNS,
        Right.ANSWER_QUESTIONS,
    }
)
_READ_A_CASE = frozenset({Right.SEE_CASE, Right.SEE_IDENTITY, Right.SEE_FAMILY})
_READ_A_SAMPLE = _READ_A_CASE | {
    Right.SEE_SAFETY,
    Right.SEE_PERMISSIONS,
    Right.SEE_SUITABILITY,
    Right.SEE_CONDITIONS,
    Right.SEE_GOALS,
    Right.SEE_AGREEMENTS,
    Right.SEE_CONTACTS,
}


ROLES: dict[RoleCode, Role] = {
    role.code: role
    for role in (
        Role(
            RoleCode.PRACTITIONER,
            "Probation practitioner",
            "Supervises people on probation: probation officer or probation services officer.",
            Reach.TEAM,
            _PRACTICE,
            "R001",
        ),
        Role(
            RoleCode.RESETTLEMENT,
            "Resettlement practitioner",
            "Works with people in prison towards release, and with the homes they return to.",
            Reach.TEAM,
            _PRACTICE,
            "R239-R247",
        ),
        Role(
            RoleCode.SENIOR,
            "Senior probation officer",
            "Leads a team: approves, allocates, and sees the team's cases; never approves their own work.",
            Reach.TEAM,
            _PRACTICE
            | {
                Right.APPROVE,
                Right.ALLOCATE,
                Right.MANAGE_LIMITED_ACCESS,
                Right.SEE_REFUSED_LOOKS,
                Right.SEE_COVERAGE,
                Right.SET_NAMED_FLAGS,
                Right.UNMASK_ADDRESS,
            },
            "R002",
        ),
        Role(
            RoleCode.HEAD,
            "Head of service",
            "Answers for a delivery unit, region or service: counts and coverage, and limited access.",
            Reach.NONE,
            frozenset({Right.SEE_COVERAGE, Right.APPROVE_POLICY}),
            "R112, R338",
        ),
        Role(
            RoleCode.QUALITY,
            "Quality development officer",
            "Reads a sample of cases for as long as the sample runs.",
            Reach.GIVEN,
            _READ_A_SAMPLE,
            "R003",
        ),
        Role(
            RoleCode.FACILITATOR,
            "Programme facilitator",
            "Runs programmes, and sees the family side of the people on them.",
            Reach.GIVEN,
            _READ_A_CASE | {Right.SEE_CONDITIONS, Right.SEE_GOALS},
            "R004",
        ),
        Role(
            RoleCode.UNPAID_WORK,
            "Unpaid work supervisor",
            "Sees who comes to a project and whom to call about a cancellation.",
            Reach.GIVEN,
            frozenset({Right.SEE_IDENTITY}),
            "R004",
        ),
        Role(
            RoleCode.FAMILY_WORKER,
            "Family support worker",
            "Works with families by referral: the family record and what was agreed to be shared.",
            Reach.GIVEN,
            frozenset(
                {
                    Right.SEE_IDENTITY,
                    Right.SEE_FAMILY,
                    Right.EDIT_FAMILY,
                    Right.SEE_PERMISSIONS,
                    Right.SEE_CONDITIONS,
                    Right.ASK_MAY_I,
                    Right.SEE_GOALS,
                    Right.SEE_AGREEMENTS,
                    Right.RECEIVE_CONCERNS,
                    Right.ANSWER_QUESTIONS,
                }
            ),
            "R006, R007",
            volunteers_allowed=True,
        ),
        Role(
            RoleCode.ABUSE_ADVISER,
            "Domestic abuse safety adviser",
            "Keeps a walled workspace; elsewhere only that a referral was acknowledged.",
            Reach.GIVEN,
            _READ_A_CASE | {Right.SEE_SAFETY, Right.SET_NAMED_FLAGS, Right.KEEP_ADVOCACY},
            "R008",
        ),
        Role(
            RoleCode.VICTIM_LIAISON,
            "Victim liaison officer",
            "Keeps the victim's side; sees nothing of the caseload.",
            Reach.NONE,
            frozenset({Right.RESOLVE_CLASHES}),
            "B4.7",
        ),
        Role(
            RoleCode.ENGAGEMENT_WORKER,
            "Engagement worker",
            "Has been on probation; walks beside someone who is. No risk or family details.",
            Reach.GIVEN,
            frozenset({Right.SEE_IDENTITY}),
            "R009",
            volunteers_allowed=True,
        ),
        Role(
            RoleCode.PSYCHOLOGIST,
            "Psychologist",
            "Consults on a case when asked.",
            Reach.GIVEN,
            _READ_A_CASE,
            "R010",
        ),
        Role(
            RoleCode.INSPECTOR,
            "Inspector",
            "Reads a sample of cases within set dates; every look is logged.",
            Reach.GIVEN,
            _READ_A_SAMPLE,
            "R011",
        ),
        Role(
            RoleCode.COMMISSIONER,
            "Commissioner",
            "Sees need and coverage as counts; never a named case.",
            Reach.NONE,
            frozenset({Right.SEE_COVERAGE}),
            "R012",
        ),
        Role(
            RoleCode.PROVIDER,
            "Provider",
            "Delivers a commissioned service to people referred to it.",
            Reach.NONE,
            frozenset(),
            "R013",
        ),
        Role(
            RoleCode.RECEPTION,
            "Reception",
            "Welcomes people: who is expected, when, and what to do; never why.",
            Reach.OFFICE,
            frozenset({Right.SEE_IDENTITY, Right.RECEIVE_CONCERNS, Right.ANSWER_QUESTIONS}),
            "R016",
        ),
        Role(
            RoleCode.DATA_PROTECTION,
            "Data protection officer",
            "Reads trails, places holds, erases what is due and corrects records on request.",
            Reach.NONE,
            frozenset(
                {
                    Right.READ_TRAIL,
                    Right.ERASE,
                    Right.RECTIFY,
                    Right.SEE_REFUSED_LOOKS,
                    Right.SEE_COVERAGE,
                    Right.ANSWER_ACCESS_REQUESTS,
                }
            ),
            "R075, B4.1",
        ),
        Role(
            RoleCode.SAFEGUARDING_LEAD,
            "Safeguarding lead",
            "Decides what a possible match means, and manages limited access.",
            Reach.TEAM,
            _PRACTICE
            | {
                Right.REVIEW_MATCHES,
                Right.MANAGE_LIMITED_ACCESS,
                Right.SEE_REFUSED_LOOKS,
                Right.APPROVE,
                Right.SET_NAMED_FLAGS,
                Right.UNMASK_ADDRESS,
            },
            "R101",
        ),
        Role(
            RoleCode.ADMINISTRATOR,
            "Administrator",
            "Manages accounts and teams, and brings in the caseload; sees no case.",
            Reach.NONE,
            frozenset({Right.MANAGE_STAFF, Right.IMPORT_CASELOAD, Right.MANAGE_REFERENCE}),
            "R322",
        ),
        Role(
            RoleCode.CONTENT_EDITOR,
            "Content editor",
            "Keeps the wording that families and people on probation read.",
            Reach.NONE,
            frozenset({Right.MANAGE_CONTENT, Right.APPROVE_CONTENT}),
            "R187",
        ),
        Role(
            RoleCode.POLICY_ADMINISTRATOR,
            "Policy administrator",
            "Drafts changes to what the service permits, tries them, and sees what would change as counts.",
            Reach.NONE,
            frozenset({Right.DRAFT_POLICY, Right.SEE_COVERAGE}),
            "R041, R151",
        ),
    )
}
