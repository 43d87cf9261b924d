"""The sentences that the formats of other exchanges share, English and German side by side.

`hashes.*` say why hashes do not chain, `numbers.*` what is wrong with numbers, and `format.*` why a format does not
prove what it is said to prove, even where its hashes chain and its numbers are sane.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from echt.proofs.verify.report import Reason

Words = tuple[str, str]
"""The same in English and German; inside a sentence, German in the nominative."""

OWN_LEAF: Words = ("your own leaf", "Ihr eigenes Blatt")
ROOT: Words = ("the root", "die Wurzel")


class ForeignSentence(NamedTuple):
    """A sentence in both languages; words in braces are filled in."""

    english: str
    german: str


FOREIGN_REASONS: Mapping[str, ForeignSentence] = {
    "form.foreign": ForeignSentence(
        "The file looks like {format}, but this part is missing or is not what that format has there: {where}. "
        "Use the file exactly as the exchange gave it to you.",
        "Die Datei sieht nach {format} aus, aber dieser Teil fehlt oder ist nicht, was dort stehen muss: {where}. "
        "Nehmen Sie die Datei genau so, wie die Börse sie Ihnen gegeben hat.",
    ),
    "form.second_file": ForeignSentence(
        "This file can only be checked together with a second one: {what}. Give it with --statement.",
        "Diese Datei lässt sich nur zusammen mit einer zweiten prüfen: {what}. Geben Sie sie mit --statement an.",
    ),
    "hashes.leaf": ForeignSentence(
        "Your own leaf does not have the hash that follows from your balances. A balance, your number or the hash "
        "was changed.",
        "Ihr eigenes Blatt hat nicht den Hash, der sich aus Ihren Guthaben ergibt. Ein Guthaben, Ihre Nummer oder "
        "der Hash wurde geändert.",
    ),
    "hashes.broken": ForeignSentence(
        "The hashes do not chain: computed up to the root they give {computed}, but the file says {stated}.",
        "Die Hashes hängen nicht zusammen: bis zur Wurzel gerechnet ergeben sie {computed}, in der Datei steht "
        "aber {stated}.",
    ),
    "hashes.level": ForeignSentence(
        "The nodes do not stand one above the other: {where} has level {stated} and must have {computed}.",
        "Die Knoten stehen nicht übereinander: {where} hat die Ebene {stated} und muss {computed} haben.",
    ),
    "hashes.side": ForeignSentence(
        "A node and its neighbour both stand on the same side: {where}.",
        "Ein Knoten und sein Nachbar stehen beide auf derselben Seite: {where}.",
    ),
    "hashes.padding": ForeignSentence(
        "A free place must be filled with a copy of its neighbour's hash, but {where} has another hash.",
        "Ein freier Platz muss mit einer Kopie des Nachbar-Hashes gefüllt sein, aber {where} hat einen anderen Hash.",
    ),
    "hashes.node": ForeignSentence(
        "The hashes do not chain: for {where}, its children give {computed}, but the list says {stated}.",
        "Die Hashes hängen nicht zusammen: {where} müsste nach seinen Kindern {computed} haben, in der Liste "
        "steht {stated}.",
    ),
    "hashes.twice": ForeignSentence(
        "One hash stands for two leaves with different amounts: {where} is the second.",
        "Ein Hash steht für zwei Blätter mit verschiedenen Beträgen: {where} ist das zweite.",
    ),
    "hashes.absent": ForeignSentence(
        "Your leaf {hash} does not stand in the list with the amounts that your file gives it, so the total does "
        "not include them.",
        "Ihr Blatt {hash} steht nicht mit den Beträgen in der Liste, die Ihre Datei nennt; die Summe enthält sie "
        "also nicht.",
    ),
    "numbers.node": ForeignSentence(
        "Sums do not agree: {where} shows {stated} {asset}, but its children add up to {computed}.",
        "Summen stimmen nicht: {where} zeigt {stated} {asset}, seine Kinder ergeben zusammen aber {computed}.",
    ),
    "numbers.split": ForeignSentence(
        "Your leaves hold {computed} {asset} together, but your whole balance is given as {stated}.",
        "Ihre Blätter enthalten zusammen {computed} {asset}, als Ihr ganzes Guthaben ist aber {stated} angegeben.",
    ),
    "numbers.negative": ForeignSentence(
        "An amount below zero: {where} holds {amount} {asset}. Nobody is owed less than nothing; such a number "
        "makes the total smaller than what customers are owed.",
        "Ein Betrag unter null: {where} enthält {amount} {asset}. Niemandem schuldet man weniger als nichts; eine "
        "solche Zahl macht die Summe kleiner, als was den Kunden zusteht.",
    ),
    "numbers.total": ForeignSentence(
        "The root says {stated} {asset}, but the nodes of the path add up to {computed}. The total that is shown "
        "is not the one that was hashed.",
        "An der Wurzel stehen {stated} {asset}, die Knoten des Pfades ergeben zusammen aber {computed}. Die "
        "gezeigte Summe ist nicht die, über die der Hash gebildet wurde.",
    ),
    "numbers.padding": ForeignSentence(
        "A node that only fills a free place must hold nothing, but {where} holds {amount} {asset}.",
        "Ein Knoten, der nur einen freien Platz füllt, darf nichts enthalten, aber {where} enthält {amount} {asset}.",
    ),
    "format.sum_only": ForeignSentence(
        "A parent commits to the sum of its children and not to each child's sums. So the exchange can show every "
        "customer a path that adds up, while the total is too low: nobody can tell whether a neighbour's balance "
        "is the true one.",
        "Ein Elternknoten legt nur die Summe seiner Kinder fest und nicht die Beträge eines jeden Kindes. So kann "
        "die Börse jeder Person einen stimmigen Pfad zeigen, obwohl die Gesamtsumme zu niedrig ist: Ob der Betrag "
        "des Nachbarn stimmt, kann niemand erkennen.",
    ),
    "format.list_not_committed": ForeignSentence(
        "The root does not fix the list: a leaf's hash shows its amounts only to its owner, and a parent commits to "
        "the sum of its children alone. So other customers can have been given another list with the same root. "
        "Compare the fingerprint of the whole list with what others have.",
        "Die Wurzel legt die Liste nicht fest: Der Hash eines Blattes zeigt seine Beträge nur denen, denen es "
        "gehört, und ein Elternknoten legt nur die Summe seiner Kinder fest. Andere können also eine andere Liste "
        "mit derselben Wurzel bekommen haben. Vergleichen Sie den Fingerabdruck der ganzen Liste mit dem der anderen.",
    ),
    "format.own_leaves_unknown": ForeignSentence(
        "Only the list was looked at, and not whether your balance is in it. Give your own file too.",
        "Nur die Liste wurde geprüft und nicht, ob Ihr Guthaben darin ist. Geben Sie auch Ihre eigene Datei an.",
    ),
    "format.not_counted": ForeignSentence(
        "Amounts of {asset} stand in the file, but are neither hashed nor summed.",
        "Beträge in {asset} stehen in der Datei, gehen aber weder in Hashes noch in Summen ein.",
    ),
    "format.truncated_hash": ForeignSentence(
        "Hashes are cut to {bits} bits. Two leaves with the same hash can be found with about 2^{work} attempts, "
        "so one hash can stand for two customers.",
        "Hashes sind auf {bits} Bit gekürzt. Zwei Blätter mit demselben Hash findet man mit etwa 2^{work} "
        "Versuchen; ein Hash kann also für zwei Personen stehen.",
    ),
    "format.root_from_file": ForeignSentence(
        "The root is taken from your own file. Other customers may have been given another root; compare it with "
        "one that was published where all can see it.",
        "Die Wurzel kommt aus Ihrer eigenen Datei. Andere können eine andere bekommen haben; vergleichen Sie sie "
        "mit einer, die öffentlich für alle zu sehen ist.",
    ),
    "format.not_bound": ForeignSentence(
        "Your leaf is not bound to you: nothing in its hash is computed from something that only belongs to you, "
        "so the same leaf can be shown to several customers with equal balances.",
        "Ihr Blatt ist nicht an Sie gebunden: Nichts in seinem Hash wird aus etwas berechnet, das nur Ihnen "
        "gehört. Dasselbe Blatt kann mehreren Personen mit gleichem Guthaben gezeigt werden.",
    ),
    "format.opaque_user": ForeignSentence(
        "Your leaf names you only by {field}, a value that the exchange chose. Nothing shows that it was not "
        "given to other customers with the same balances too.",
        "Ihr Blatt nennt Sie nur über {field}, einen Wert, den die Börse gewählt hat. Nichts zeigt, dass ihn "
        "nicht auch andere mit denselben Guthaben bekommen haben.",
    ),
    "format.names_not_hashed": ForeignSentence(
        "The names of the assets are not hashed, only amounts in an agreed order. Which amount belongs to which "
        "asset is the word of the exchange.",
        "In die Hashes gehen nicht die Namen der Währungen ein, nur Beträge in vereinbarter Reihenfolge. Welcher "
        "Betrag zu welcher Währung gehört, steht im Belieben der Börse.",
    ),
    "format.negative_allowed": ForeignSentence(
        "The exchange's own tool does not refuse amounts below zero, with which a total can be made smaller. This "
        "file was searched for them here.",
        "Das Werkzeug der Börse weist Beträge unter null nicht ab, mit denen sich eine Summe verkleinern lässt. "
        "Diese Datei wurde hier daraufhin durchgesehen.",
    ),
    "format.total_unchecked": ForeignSentence(
        "The exchange's own tool does not compare the total at the root with the sum of the path. It was compared "
        "here.",
        "Das Werkzeug der Börse vergleicht die Summe an der Wurzel nicht mit der des Pfades. Hier wurde sie "
        "verglichen.",
    ),
    "format.salt_leaked": ForeignSentence(
        "The file contains your neighbour's secret value, and the neighbour's file yours: it protects neither of you.",
        "Die Datei enthält den geheimen Wert Ihres Nachbarn, und seine Datei Ihren: Er schützt keinen von beiden.",
    ),
    "format.no_salt": ForeignSentence(
        "Leaves contain no secret value. Whoever sees your leaf and your balances can find your account number by "
        "trying.",
        "Blätter enthalten keinen geheimen Wert. Wer Ihr Blatt und Ihre Guthaben sieht, findet Ihre Kontonummer "
        "durch Ausprobieren.",
    ),
    "format.neighbour_shown": ForeignSentence(
        "The file shows the exact balances of one other customer, and that customer's file shows yours.",
        "Die Datei zeigt die genauen Guthaben einer anderen Person, und deren Datei zeigt Ihre.",
    ),
    "format.padding_copy": ForeignSentence(
        "A free place is filled with a copy of its neighbour's hash, so one hash stands for two nodes with "
        "different amounts.",
        "Ein freier Platz wird mit einer Kopie des Nachbar-Hashes gefüllt; ein Hash steht also für zwei Knoten "
        "mit verschiedenen Beträgen.",
    ),
    "format.ambiguous": ForeignSentence(
        "Amounts are joined without anything between them before they are hashed, so the same hash fits different "
        "amounts.",
        "Beträge werden vor dem Hashen ohne Trennung aneinandergehängt; derselbe Hash passt also zu verschiedenen "
        "Beträgen.",
    ),
}


def neighbour(level: int) -> Words:
    """The neighbour that the path has on a level, counted as the file counts."""
    return (f"the neighbour on level {level}", f"der Nachbar auf Ebene {level}")


def foreign_reason(code: str, **values: Words | str | int) -> Reason:
    """The reason with this code; `values` fill its sentence, those with two languages each in its own."""
    sentence = FOREIGN_REASONS[code]
    english, german = (each.format(**_in_language(number, values)) for number, each in enumerate(sentence))
    return Reason(code, english, german)


def _in_language(number: int, values: Mapping[str, Words | str | int]) -> dict[str, str]:
    return {name: value[number] if isinstance(value, tuple) else str(value) for name, value in values.items()}
