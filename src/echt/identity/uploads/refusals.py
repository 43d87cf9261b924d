"""Refused uploads, in sentences that say what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from echt.identity.uploads.reasons import Reason, Unfit

__all__ = ["SENTENCES", "Reason", "Unfit", "UploadRefused"]

SENTENCES: dict[Reason, Promise] = {
    Reason.EMPTY: _("The file is empty. Choose the picture again, or take a new photo."),
    Reason.TOO_BIG: _(
        "The file is larger than 10 MB. Take a photo with the usual settings of your camera, and send that."
    ),
    Reason.WRONG_TYPE: _(
        "We cannot use this kind of file. Send a photo as JPEG, PNG, WebP or HEIC; if you have a PDF or a scan, save "
        "it as one of these."
    ),
    Reason.NOT_A_PICTURE: _("This file is not a picture. Choose a photo in JPEG, PNG, WebP or HEIC."),
    Reason.DAMAGED: _("The picture is damaged and cannot be opened. Take a new photo, or choose the original file."),
    Reason.TOO_MANY_PIXELS: _(
        "The picture has more than 40 megapixels. Choose a lower resolution in your camera, and take it again."
    ),
    Reason.TOO_SMALL: _("The picture is too small to show anything. Send the original photo, not its preview."),
    Reason.ANIMATED: _("The picture moves. Send a single photo instead."),
    Reason.TOO_DEMANDING: _(
        "It takes too long to open this picture. Take a new photo with your camera, and send that."
    ),
    Reason.INFECTED: _(
        "Our virus scanner found something harmful in this file. Take a new photo of the document, and do not send "
        "this file to anybody."
    ),
    Reason.BUSY: _(
        "We cannot open your picture right now. Wait a minute, then send it again; you need not change anything."
    ),
    Reason.LOST: _("The transfer was not completed in time. Send the picture again."),
    Reason.TOO_MANY: _("You have several pictures under way. Wait until they have arrived, then send this one."),
}


class UploadRefused(Exception):
    """The upload will not do; nothing of it was kept."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def sentence(self) -> str:
        """What the person reads, in their language."""
        return str(SENTENCES[self.reason])
