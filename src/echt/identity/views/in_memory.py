"""Files of a form stay in memory: no picture of a document lies on the disk in clear, not even for a moment."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from echt.identity.uploads.kinds import MOST_BYTES

MOST_OF_A_FORM = MOST_BYTES + 64 * 1024
"""With the form's other fields around the file."""


class InMemory(MemoryFileUploadHandler):
    """Takes every form up to its limit; of a larger one no file is kept at all."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Whether the form is small enough; what it says of its length is all that is known yet."""
        super().handle_raw_input(*args, **kwargs)
        self.activated = args[2] <= MOST_OF_A_FORM

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Kept, or dropped where the form is too large."""
        if self.activated:
            return super().receive_data_chunk(raw_data, start)
        return None


def is_too_big(request: HttpRequest) -> bool:
    """Whether the form's files were dropped."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > MOST_OF_A_FORM


def keeps_files_in_memory(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view whose files never touch the disk. Stands before whatever reads the form, the CSRF check too."""

    @wraps(view)
    def keeping(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        request.upload_handlers = [InMemory(request)]
        return view(request, *args, **kwargs)

    return keeping
