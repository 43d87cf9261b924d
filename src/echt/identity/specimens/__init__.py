"""Specimens: documents of persons who do not exist, drawn by us, for the demo, tests and measurements.

    person = next(people(7))
    card = document(DocumentKind.ID_CARD, person, issued_on=date(2024, 5, 2))
    draw(card, Side.BACK).save("back.png")

Every side says that it is a specimen. Needs Pillow alone.
"""

from echt.identity.specimens.document import Document, document
from echt.identity.specimens.drawing import draw
from echt.identity.specimens.faces import Face, Pose, face
from echt.identity.specimens.persons import Person, people
from echt.identity.specimens.portrait import portrait

__all__ = ["Document", "Face", "Person", "Pose", "document", "draw", "face", "people", "portrait"]
