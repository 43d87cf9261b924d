"""Tables of identification. Personal data are sealed under the applicant's own key, faces under a key of their own."""

from echt.identity.models.cases import Case, Picture, StoredCheck, WrongState
from echt.identity.models.decisions import Decision, Note
from echt.identity.models.faces import Challenge, Consent
from echt.identity.models.levels import LevelGrant
from echt.identity.models.screening import ScreeningEntry, ScreeningHit, ScreeningList, ScreeningToken
from echt.identity.uploads.models import Upload, UploadPart

__all__ = [
    "Case",
    "Challenge",
    "Consent",
    "Decision",
    "LevelGrant",
    "Note",
    "Picture",
    "ScreeningEntry",
    "ScreeningHit",
    "ScreeningList",
    "ScreeningToken",
    "StoredCheck",
    "Upload",
    "UploadPart",
    "WrongState",
]
