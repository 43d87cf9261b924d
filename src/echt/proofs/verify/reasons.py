"""Why a proof is refused, unreadable, or no more than consistent: the one table of all codes.

English and German stand side by side. The browser's verifier has the same sentences, and a test compares both.

A code is never renamed: programs read it. Words in braces are filled in. No sentence says "verified" but the one that
belongs to that verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Union

from echt.proofs.verify.report import Reason

SENTENCES: Mapping[str, tuple[str, str]] = {
    # The file on the disk.
    "file.missing": (
        "There is no file {name}. Check the name and the folder.",
        "Es gibt keine Datei {name}. Prüfen Sie Namen und Ordner.",
    ),
    "file.folder": (
        "{name} is a folder. Name the proof file that lies in it.",
        "{name} ist ein Ordner. Nennen Sie die Nachweisdatei, die darin liegt.",
    ),
    "file.forbidden": (
        "You may not read {name}. Ask whoever owns the file, or download it again.",
        "Sie dürfen {name} nicht lesen. Fragen Sie, wem die Datei gehört, oder laden Sie sie noch einmal herunter.",
    ),
    "file.unreadable": (
        "{name} cannot be read: {problem}. Download it again.",
        "{name} lässt sich nicht lesen: {problem}. Laden Sie die Datei noch einmal herunter.",
    ),
    # Step 1: strict form.
    "form.size": (
        (
            "The file is larger than 64 MiB or has more parts than any proof file. It is something else, or it was "
            "damaged."
        ),
        (
            "Die Datei ist größer als 64 MiB oder hat mehr Teile als jede Nachweisdatei. Sie ist etwas anderes oder "
            "beschädigt."
        ),
    ),
    "form.encoding": (
        "The file is not text in UTF-8. It is something else, or a program changed it while saving.",
        "Die Datei ist kein Text in UTF-8. Sie ist etwas anderes, oder ein Programm hat sie beim Speichern verändert.",
    ),
    "form.json": (
        "The file is not JSON as a proof file has it: {what}. Download it again.",
        "Die Datei ist kein JSON, wie es in einer Nachweisdatei steht: {what}. Laden Sie sie noch einmal herunter.",
    ),
    "form.duplicate_key": (
        "The name {name} stands twice in one object, so two readers could see two different files.",
        "Der Name {name} steht zweimal in einem Objekt; zwei Leser könnten also zwei verschiedene Dateien sehen.",
    ),
    "form.format": (
        "This is neither a proof file of the format echt/1 nor one of another format that is known here.",
        "Das ist weder eine Nachweisdatei im Format echt/1 noch eine in einem anderen Format, das hier bekannt ist.",
    ),
    "form.unknown_field": (
        "The file has a field that does not belong there: {where}.",
        "Die Datei hat ein Feld, das dort nicht hingehört: {where}.",
    ),
    "form.missing_field": (
        "The file lacks a field: {where}. Download it again.",
        "In der Datei fehlt ein Feld: {where}. Laden Sie sie noch einmal herunter.",
    ),
    "form.type": (
        "{where} is not of the kind that it must be: {kind}.",
        "{where} ist nicht von der Art, die dort stehen muss: {kind}.",
    ),
    "form.number": (
        "{where} is not a whole number from 0 to below 2^127, written as plain digits without leading zeros.",
        "{where} ist keine ganze Zahl von 0 bis unter 2^127, geschrieben mit bloßen Ziffern ohne führende Nullen.",
    ),
    "form.hex": (
        "{where} is not 64 hexadecimal digits in lower case.",
        "{where} besteht nicht aus 64 hexadezimalen Ziffern in Kleinschreibung.",
    ),
    "form.account": (
        "The account number has {size} bytes; it must have 1 to 64.",
        "Die Kontonummer hat {size} Byte; es müssen 1 bis 64 sein.",
    ),
    "form.statement": (
        "The statement in the file is not in form: {what}.",
        "Die Erklärung in der Datei hat nicht die richtige Form: {what}.",
    ),
    "form.config": (
        "The configuration in the statement is not in form: {what}.",
        "Die Konfiguration in der Erklärung hat nicht die richtige Form: {what}.",
    ),
    "form.pieces": (
        "The file has {count} pieces, but by the statement every balance has {needed}.",
        "Die Datei hat {count} Teile, nach der Erklärung hat aber jedes Guthaben {needed}.",
    ),
    "form.index": (
        "{where} is not a place in the tree: it must be a whole number from 0 to below 2^{height}.",
        "{where} ist kein Platz im Baum: Es muss eine ganze Zahl von 0 bis unter 2^{height} sein.",
    ),
    "form.columns": (
        "{where} has {count} amounts, but the statement has {needed} columns.",
        "{where} hat {count} Beträge, die Erklärung hat aber {needed} Spalten.",
    ),
    "form.path_length": (
        "{where} has {count} entries, but a path from leaf to root has {needed} here.",
        "{where} hat {count} Einträge, ein Pfad vom Blatt zur Wurzel hat hier aber {needed}.",
    ),
    "form.log": (
        "The part about the log is not in form: {what}.",
        "Der Teil über das Log hat nicht die richtige Form: {what}.",
    ),
    # What the person brought.
    "given.root": (
        "The root that you gave is not 64 hexadecimal digits. Copy it again, whole.",
        (
            "Die Wurzel, die Sie angegeben haben, besteht nicht aus 64 hexadezimalen Ziffern. Kopieren Sie sie noch "
            "einmal ganz."
        ),
    ),
    "given.operator_key": (
        "The operator key that you gave cannot be read: it must look like NAME+12345678+BASE64. Copy it again, whole.",
        (
            "Den Schlüssel des Betreibers, den Sie angegeben haben, kann man nicht lesen: Er muss aussehen wie "
            "NAME+12345678+BASE64. Kopieren Sie ihn noch einmal ganz."
        ),
    ),
    "given.statement": (
        "The statement that you gave is not in form: {what}. Download it again.",
        (
            "Die Erklärung, die Sie angegeben haben, hat nicht die richtige Form: {what}. Laden Sie sie noch einmal "
            "herunter."
        ),
    ),
    "given.checkpoint": (
        "The older checkpoint that you gave is not in form: {what}.",
        "Der ältere Checkpoint, den Sie angegeben haben, hat nicht die richtige Form: {what}.",
    ),
    "given.log": (
        "The log folder that you gave cannot be read: {what}. Fetch the log again from where it is published.",
        (
            "Den Log-Ordner, den Sie angegeben haben, kann man nicht lesen: {what}. Laden Sie das Log noch einmal von "
            "dort, wo es veröffentlicht ist."
        ),
    ),
    # Step 2: statement.
    "statement.other": (
        (
            "The statement in the file is not the one that you gave. You may have been shown something else than the "
            "public, or they belong to different snapshots."
        ),
        (
            "Die Erklärung in der Datei ist nicht die, die Sie angegeben haben. Vielleicht wurde Ihnen etwas anderes "
            "gezeigt als der Öffentlichkeit, oder beide gehören zu verschiedenen Stichtagen."
        ),
    ),
    "statement.root": (
        (
            "The root in the file is not the one that you typed in. You may have been shown something else than the "
            "public, or they belong to different snapshots."
        ),
        (
            "Die Wurzel in der Datei ist nicht die, die Sie eingegeben haben. Vielleicht wurde Ihnen etwas anderes "
            "gezeigt als der Öffentlichkeit, oder beide gehören zu verschiedenen Stichtagen."
        ),
    ),
    "statement.unsigned": (
        "The statement is not signed with the operator key that you gave.",
        "Die Erklärung ist nicht mit dem Schlüssel des Betreibers unterschrieben, den Sie angegeben haben.",
    ),
    "statement.signature": (
        "The statement has a signature in the name of the operator's key, but the signature is false.",
        "Die Erklärung hat eine Unterschrift im Namen des Schlüssels des Betreibers, aber die Unterschrift ist falsch.",
    ),
    "statement.own_word": (
        (
            "The file is consistent, but you have only the operator's own word: compare it with a statement from "
            "another source, signed with the operator's key, or with a root published where all can see it."
        ),
        (
            "Die Datei ist in sich stimmig, aber Sie haben nur das Wort des Betreibers: Vergleichen Sie sie mit einer "
            "Erklärung aus anderer Quelle, unterschrieben mit dem Schlüssel des Betreibers, oder mit einer Wurzel, die "
            "öffentlich für alle zu sehen ist."
        ),
    ),
    # Step 3: identity.
    "identity.account": (
        "The file belongs to another account number than yours.",
        "Die Datei gehört zu einer anderen Kontonummer als Ihrer.",
    ),
    "identity.bucket": (
        (
            "Piece {piece} does not stand where its account number and key belong: it was made for somebody else, or "
            "changed."
        ),
        (
            "Teil {piece} steht nicht dort, wo er nach Kontonummer und Schlüssel hingehört: Er wurde für jemand "
            "anderen gemacht oder verändert."
        ),
    ),
    # Step 4: paths.
    "path.sum": (
        (
            "Piece {piece}: at level {level} a sum reaches 2^127. No true sum is that large; such numbers hide what is "
            "missing."
        ),
        (
            "Teil {piece}: Auf Ebene {level} erreicht eine Summe 2^127. Keine wahre Summe ist so groß; solche Zahlen "
            "verdecken, was fehlt."
        ),
    ),
    "path.root": (
        (
            "Piece {piece}: the path does not lead to the root of the statement. An amount or a hash was changed, or "
            "your balance is not in what the operator committed to."
        ),
        (
            "Teil {piece}: Der Pfad führt nicht zur Wurzel der Erklärung. Ein Betrag oder ein Hash wurde verändert, "
            "oder Ihr Guthaben ist nicht in dem enthalten, worauf sich der Betreiber festgelegt hat."
        ),
    ),
    # Step 5: totals.
    "totals.differ": (
        "{column}: the statement says that customers are owed {stated}, but the tree adds up to {summed}.",
        "{column}: Nach der Erklärung steht den Kunden {stated} zu, der Baum ergibt aber zusammen {summed}.",
    ),
    # Step 6: log.
    "log.key": (
        "{which} is not signed with the operator key that you gave.",
        "{which} ist nicht mit dem Schlüssel des Betreibers unterschrieben, den Sie angegeben haben.",
    ),
    "log.signature": (
        "{which} has a signature in the name of the operator's key, but the signature is false.",
        "{which} hat eine Unterschrift im Namen des Schlüssels des Betreibers, aber die Unterschrift ist falsch.",
    ),
    "log.inclusion": (
        "The statement is not in the log at the place that the file names.",
        "Die Erklärung steht nicht im Log an der Stelle, die die Datei nennt.",
    ),
    "log.older": (
        "The older checkpoint that you gave does not come before the one in the file: {what}.",
        "Der ältere Checkpoint, den Sie angegeben haben, liegt nicht vor dem in der Datei: {what}.",
    ),
    "log.consistency": (
        (
            "The log was rewritten since the older checkpoint that you gave: its old entries are not all still there, "
            "unchanged."
        ),
        (
            "Das Log wurde seit dem älteren Checkpoint, den Sie angegeben haben, umgeschrieben: Nicht alle alten "
            "Einträge stehen noch unverändert darin."
        ),
    ),
    # Remarks; they never change the verdict.
    "note.no_log": (
        "The file does not name a log. So it cannot show that everybody was given the same statement.",
        "Die Datei nennt kein Log. Sie kann also nicht zeigen, dass alle dieselbe Erklärung bekommen haben.",
    ),
    "note.root_typed": (
        "verified against the root that you typed in",
        "bestätigt gegen die Wurzel, die Sie eingegeben haben",
    ),
    "note.not_signed_checked": (
        "No signature was checked, since no operator key was given.",
        "Es wurde keine Unterschrift geprüft, denn es wurde kein Schlüssel des Betreibers angegeben.",
    ),
    "note.no_consistency": (
        (
            "Whether the log still contains everything from the older checkpoint was not checked: that needs the log "
            "itself (--log FOLDER)."
        ),
        (
            "Ob das Log noch alles aus dem älteren Checkpoint enthält, wurde nicht geprüft: Dazu braucht es das Log "
            "selbst (--log ORDNER)."
        ),
    ),
}

Word = Union[str, int, tuple[str, str]]
"""What is filled in; two texts are the English and the German one."""


def reason(code: str, **words: Word) -> Reason:
    """The reason with this code, its words filled in."""
    english, german = SENTENCES[code]
    return Reason(code, english.format(**_words_in(0, words)), german.format(**_words_in(1, words)))


def clause(of: Reason) -> tuple[str, str]:
    """A reason's sentence, to be filled into another."""
    return of.text.rstrip("."), of.text_de.rstrip(".")


def _words_in(language: int, words: Mapping[str, Word]) -> dict[str, str]:
    return {name: word[language] if isinstance(word, tuple) else str(word) for name, word in words.items()}


class Unreadable(Exception):
    """Something is not in form; the reason says what and where."""

    def __init__(self, code: str, **words: Word) -> None:
        self.reason = reason(code, **words)
        self.words = words
        super().__init__(self.reason.text)
