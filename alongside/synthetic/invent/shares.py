"""The shares that an invented caseload is drawn from, each with where it comes from.

Rounded. "OMSQ" is Offender management statistics quarterly (239,015 people under supervision on 31 March 2024); "OER"
the Offender equalities report; "census" that of 2021; "review" the commissioned review of parenting and relationship
support for families (R032, R034, R247). Where nothing is published, the comment says "plausible": those figures make
pages look right and say nothing about anyone. Change a share here and the next caseload follows it.
"""

from typing import NamedTuple

from alongside.synthetic.invent.chance import Weighted


class Ages(NamedTuple):
    """An age band, both ends included."""

    youngest: int
    oldest: int


# OER: about one in ten people on probation is a woman.
WOMEN = 0.11
# OMSQ and OER: most are in their thirties; one in twenty is under 21.
AGES = Weighted(
    {
        Ages(18, 20): 5.0,
        Ages(21, 24): 10.0,
        Ages(25, 29): 16.0,
        Ages(30, 39): 35.0,
        Ages(40, 49): 20.0,
        Ages(50, 59): 10.0,
        Ages(60, 69): 3.2,
        Ages(70, 84): 0.8,
    }
)

# OER for the broad groups (of those who said: White 82 in 100, Black 7, Asian 6, Mixed 4, other 1), census for the
# parts of each. Gypsy, Traveller and Roma people are thought to be under-counted; the share here is what is recorded.
HERITAGE_PER_THOUSAND = {
    "british": 737.0,
    "irish": 12.0,
    "traveller": 11.0,
    "roma": 6.0,
    "polish": 17.0,
    "romanian": 15.0,
    "baltic": 7.0,
    "albanian": 8.0,
    "bulgarian": 3.0,
    "ukrainian": 2.0,
    "lusophone": 5.0,
    "hispanic": 2.0,
    "italian": 2.0,
    "turkish": 4.0,
    "persian": 3.0,
    "kurdish": 3.0,
    "arab": 5.0,
    "afghan": 3.0,
    "punjabi": 9.0,
    "gujarati": 4.0,
    "pakistani": 27.0,
    "bangladeshi": 9.0,
    "tamil": 2.5,
    "nepali": 0.8,
    "filipino": 0.7,
    "vietnamese": 2.0,
    "chinese": 1.5,
    "caribbean": 30.0,
    "nigerian": 11.0,
    "ghanaian": 5.0,
    "zimbabwean": 3.0,
    "congolese": 3.0,
    "sierra_leonean": 2.0,
    "somali": 8.0,
    "eritrean": 3.0,
    "mixed_caribbean": 23.0,
    "mixed_african": 5.0,
    "mixed_asian": 6.0,
    "mixed_other": 5.0,
}
# Which names someone of a mixed heritage, or of a part of Wales, may bear: (given name, family name).
NAMED_LIKE = {
    "mixed_caribbean": ("british", "caribbean"),
    "mixed_african": ("british", "nigerian"),
    "mixed_asian": ("british", "pakistani"),
    "mixed_other": ("british", "lusophone"),
}
ETHNICITY = {
    "british": "W1",
    "welsh": "W1",
    "irish": "W2",
    "traveller": "W3",
    "roma": "W4",
    "polish": "W9",
    "romanian": "W9",
    "baltic": "W9",
    "albanian": "W9",
    "bulgarian": "W9",
    "ukrainian": "W9",
    "lusophone": "W9",
    "hispanic": "W9",
    "italian": "W9",
    "turkish": "W9",
    "persian": "O9",
    "kurdish": "O9",
    "arab": "O1",
    "afghan": "A9",
    "punjabi": "A1",
    "gujarati": "A1",
    "pakistani": "A2",
    "bangladeshi": "A3",
    "tamil": "A9",
    "nepali": "A9",
    "filipino": "A9",
    "vietnamese": "A9",
    "chinese": "A4",
    "caribbean": "B1",
    "nigerian": "B2",
    "ghanaian": "B2",
    "zimbabwean": "B2",
    "congolese": "B2",
    "sierra_leonean": "B2",
    "somali": "B2",
    "eritrean": "B2",
    "mixed_caribbean": "M1",
    "mixed_african": "M2",
    "mixed_asian": "M3",
    "mixed_other": "M9",
}
ETHNICITY_NOT_ASKED = 0.06  # plausible
ETHNICITY_NOT_SAID = 0.02  # plausible

# OMSQ: court orders a little under half, before release nearly three in ten, after release the rest.
ORDERS = Weighted(
    {
        "CO": 27.0,
        "SSO": 18.5,
        "CUST": 27.0,
        "LIC_STD": 17.5,
        "PSS": 2.0,
        "LIC_HDC": 2.0,
        "LIC_EDS": 2.2,
        "LIC_SOPC": 0.3,
        "LIC_LIFE": 2.3,
        "LIC_IPP": 0.8,
        "YDL": 0.2,
        "YRO": 0.2,
    }
)
# Likelihood that a court order carries the requirement: OMSQ for the commonest, plausible for the rest.
REQUIREMENTS = {
    "RAR": 0.60,
    "UPW": 0.42,
    "PROG": 0.14,
    "CURFEW": 0.15,
    "DRR": 0.06,
    "ATR": 0.05,
    "AAMR": 0.05,
    "MHTR": 0.04,
    "PROHIB": 0.03,
    "EXCL": 0.03,
    "EM_TRAIL": 0.02,
    "RESID": 0.01,
}

# Review: 54% have children under 18 and two thirds of women are mothers; 19% of men of 18 to 20 are fathers. The rest
# is spread over the ages so that these hold.
FATHERS = {18: 0.19, 21: 0.38, 25: 0.53, 30: 0.66, 40: 0.60, 50: 0.34, 60: 0.08, 70: 0.01}
MOTHERS = {18: 0.36, 21: 0.58, 25: 0.76, 30: 0.85, 40: 0.68, 50: 0.27, 60: 0.02, 70: 0.0}
CHILDREN = Weighted({1: 38.0, 2: 33.0, 3: 18.0, 4: 7.0, 5: 3.0, 6: 1.0})  # plausible
PARENT_ASKED = 0.80  # plausible: a service that prompts until asked
PARENT_NOT_SAID = 0.05  # plausible
CARERS = 0.12  # plausible; census: about one adult in eleven gives unpaid care
EXPECTING = 0.035  # plausible, under 45
IN_CARE_AS_CHILD = 0.25  # review: 27% of those in custody
RELATIVE_CONVICTED = 0.35  # review: over a third have someone else convicted in their family (R034)
CONTACT_LOST_IN_CUSTODY = 0.45  # review: 45% lose contact with their family (R247)
NOBODY_NAMED_YET = 0.09  # plausible: new cases, and people who name nobody

# OER gives no single figure; inspection reports put disability between a third and a half of caseloads.
DISABILITY = Weighted(
    {
        "": 22.0,
        "NONE": 43.0,
        "MENTAL": 14.0,
        "LDIFF": 6.0,
        "ADHD": 4.0,
        "LEARN": 2.5,
        "AUTISM": 2.0,
        "MOBILITY": 2.0,
        "LONGTERM": 1.8,
        "BRAIN": 0.6,
        "HEARING": 0.6,
        "SIGHT": 0.3,
        "SPEECH": 0.2,
        "OTHER": 0.5,
        "REF": 0.5,
    }
)
# Plausible: likelihood that the need is known.
NEEDS = {
    "READALOUD": 0.085,
    "TEXT": 0.06,
    "EASYREAD": 0.045,
    "TIME": 0.045,
    "PHONE": 0.035,
    "NOLETTER": 0.03,
    "QUIET": 0.02,
    "LARGE": 0.008,
    "ADVOCATE": 0.008,
    "LOOP": 0.006,
    "SYMBOLS": 0.003,
    "BSL": 0.002,
}
LANGUAGE_NOT_ASKED = 0.28  # plausible, of those who speak English
INTERPRETER = 0.6  # plausible, of those who would rather speak neither English nor Welsh

# Plausible, after inspection reports: serious harm mostly medium; domestic abuse known of about three in ten.
SERIOUS_HARM = Weighted({"RLRH": 22.0, "RMRH": 53.0, "RHRH": 18.0, "": 7.0})
REGISTRATIONS = {
    "DAPERP": 0.28,
    "RCCO": 0.13,
    "MAPP": 0.09,
    "SELFHARM": 0.13,
    "RVAD": 0.04,
    "RCPR": 0.04,
    "WEAP": 0.03,
    "STALK": 0.02,
    "STAFF": 0.02,
    "STRG": 0.01,
}
WOMEN_SUFFERING_ABUSE = 0.34
MEN_SUFFERING_ABUSE = 0.03
ALERTS = {"RDV": 0.10, "RSP": 0.02, "SC": 0.03, "RCC": 0.03, "CPRC": 0.02, "OHCO": 0.05, "ONCR": 0.03, "VI": 0.02}
LICENCE_CONDITIONS = {
    "RESIDE": 0.85,
    "NOCONTACT_NAMED": 0.22,
    "EXCL_AREA": 0.16,
    "TELL_INTIMATE": 0.10,
    "NOUNSUP_CHILD": 0.06,
    "NOASSOC_NAMED": 0.05,
    "TELL_CHILD": 0.05,
    "NOLIVE_CHILD": 0.02,
}
CHECKED = 0.93  # plausible: each safety matter was looked up in the system of record
EXCLUDED = 0.005  # plausible: about one case in a hundred has limited access
RESTRICTED = 0.004
UNCONFIRMED = 0.008
ALSO_SUPERVISED = 0.004  # plausible: a relative who is under supervision too

WOMEN_ON_STAFF = 0.73  # HMPPS workforce statistics: about three in four
