"""The same request, sent again, is done once and answered the same.

1. The row of the key is written first, in the transaction of the action: a twin waits at the unique index until the
   first one is done, and then finds its answer. If the first one failed, or its process died, the twin does it.
2. The same key with another request is refused, and nothing happens.
3. A refusal is an answer like any other. A fault of ours is none: nothing is kept, and the next try does it.
4. What a refusal had written is undone before its answer is kept; what an action answers without raising stays.
5. Answers are kept for `answer_days`. Behind them the ledger knows its own keys for ever.
"""

import hashlib
import re
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from echt.api.failures import expected
from echt.api.keys import key_of
from echt.api.models import StoredAnswer
from echt.api.problems import Code, Problem

FORM = re.compile(r"[\x21-\x7e]{1,255}")
REPLAYED = "Idempotency-Replayed"


def once(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer of the action, or the kept one.

    Raises:
        Problem: the key is missing, or belongs to another request.
    """
    asked = StoredAnswer(api_key=key_of(request), key=told_key(request), digest=_digest(request))
    with transaction.atomic():
        StoredAnswer.objects.bulk_create([asked], ignore_conflicts=True)
        kept = StoredAnswer.objects.get(api_key=asked.api_key, key=asked.key)
        if kept.pk != asked.pk:
            return _again(kept, asked)
        answer = _done(act)
        told = {"status": answer.status_code, "kind": answer["Content-Type"], "body": answer.content.decode()}
        StoredAnswer.objects.filter(pk=asked.pk).update(**told)
        return answer


def told_key(request: HttpRequest) -> str:
    """The key that the request names.

    Raises:
        Problem: it names none.
    """
    told = request.headers.get("Idempotency-Key", "")
    if not FORM.fullmatch(told):
        raise Problem(Code.IDEMPOTENCY_KEY_MISSING)
    return told


def ledger_key(request: HttpRequest, place: int = 0) -> str:
    """The movement's own key in the ledger; `place`: in a batch."""
    told = f"{key_of(request).pk}\0{told_key(request)}\0{place}"
    return f"api:{hashlib.sha256(told.encode()).hexdigest()}"


def mark_replayed(answer: HttpResponse) -> HttpResponse:
    answer.headers[REPLAYED] = "true"
    return answer


def _done(act: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        with transaction.atomic():
            return act()
    except Exception as error:
        problem = expected(error)
        if problem is None:
            raise
        return problem.response()


def _again(kept: StoredAnswer, asked: StoredAnswer) -> HttpResponse:
    if kept.digest != asked.digest:
        raise Problem(Code.KEY_REUSED)
    return mark_replayed(HttpResponse(kept.body, content_type=kept.kind, status=kept.status))


def _digest(request: HttpRequest) -> str:
    head = f"{request.method} {request.path_info}\n"
    return hashlib.sha256(head.encode() + request.body).hexdigest()
