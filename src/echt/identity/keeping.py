"""Keeping pictures of a case, and letting them go.

1. Of an item there is one current picture; another takes its place.
2. A picture that was never submitted is deleted with its file when another takes its place; one that a decision may
   rest on stays until its time is over (`retention`).
"""

from collections.abc import Collection
from uuid import UUID

from echt import clock
from echt.identity.items import Item
from echt.identity.models import Case, Challenge, Picture
from echt.vault import files


def replace(case: Case, item: Item) -> None:
    """Nothing of this item is current any more; the caller holds the case's lock."""
    current = case.pictures.filter(item=item.value, replaced_at=None).select_related("file")
    for picture in current.order_by("position", "pk"):
        picture.replaced_at = clock.now()
        picture.save(update_fields=["replaced_at"])
        if picture.attempt == case.gathering:
            let_go(picture)


def let_go(kept: Picture | Challenge) -> bool:
    """Delete the file of a picture, or the frames of a challenge as they came. Whether there was one."""
    file = kept.file
    if file is None:
        return False
    kept.file = None
    kept.save(update_fields=["file"])
    files.erase(file)
    return True


def forget_faces(applicant: UUID, *, cases: Collection[UUID] | None = None) -> int:
    """Delete files and findings about somebody's face, of all their cases or of these. Returns how many files.

    The caller holds their locks, and destroys the key once nothing is left.
    """
    pictures = Picture.objects.filter(applicant=applicant, item=Item.FACE.value)
    answered = Challenge.objects.filter(applicant=applicant)
    if cases is not None:
        pictures, answered = pictures.filter(case__in=cases), answered.filter(case__in=cases)
    kept: list[Picture | Challenge] = [
        *pictures.exclude(file=None).select_related("file").order_by("pk"),
        *answered.exclude(file=None).select_related("file").order_by("pk"),
    ]
    answered.update(findings=None, camera=None)
    return sum(let_go(each) for each in kept)
