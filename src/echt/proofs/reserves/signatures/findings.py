"""What a check of a signature can find, in words."""

from dataclasses import dataclass
from enum import StrEnum


class Control(StrEnum):
    """What is known of who controls an address; the value is stored and published, so it is never renamed."""

    PROVEN = "proven"
    OWNERS = "owners"
    FAILED = "failed"
    MISSING = "missing"
    UNCHECKED = "unchecked"


class Why(StrEnum):
    """The reason for a finding, as `subject.matter`; the value is stored and published, so it is never renamed."""

    SIGNATURE_NONE = "signature.none"
    SIGNATURE_FORM = "signature.form"
    SIGNATURE_OTHER = "signature.other"
    SIGNATURE_HIGH_S = "signature.high_s"
    SIGNATURE_HEADER = "signature.header"
    SIGNATURE_FLAG = "signature.flag"
    SIGNATURE_MANY = "signature.many"
    SIGNATURE_TRANSACTION = "signature.transaction"
    SIGNATURE_CURVE = "signature.curve"
    SIGNATURE_FUNDS = "signature.funds"
    ADDRESS_FORM = "address.form"
    ADDRESS_KIND = "address.kind"
    KEY_MISSING = "key.missing"
    KEY_FORM = "key.form"
    KEY_WEAK = "key.weak"
    KEY_OTHER = "key.other"
    SCRIPT_MISSING = "script.missing"
    SCRIPT_FORM = "script.form"
    SCRIPT_OTHER = "script.other"
    SCRIPT_KIND = "script.kind"
    SCRIPT_FEW = "script.few"
    OWNERS_FEW = "owners.few"
    OWNERS_CLAIMED = "owners.claimed"
    NETWORK_UNKNOWN = "network.unknown"
    CLAIM_LONG = "claim.long"


SENTENCES: dict[Why, tuple[str, str]] = {
    Why.SIGNATURE_NONE: (
        "There is no signature.",
        "Es gibt keine Signatur.",
    ),
    Why.SIGNATURE_FORM: (
        "The signature cannot be read: its length or its alphabet is not that of this network.",
        "Die Signatur lässt sich nicht lesen: Länge oder Alphabet passen nicht zu diesem Netz.",
    ),
    Why.SIGNATURE_OTHER: (
        "The signature is not by the key of this address, or not over this message.",
        "Die Signatur ist nicht vom Schlüssel dieser Adresse oder nicht über diese Nachricht.",
    ),
    Why.SIGNATURE_HIGH_S: (
        "The signature has the high one of its two possible values s, which this scheme forbids.",
        "Die Signatur hat den hohen ihrer beiden möglichen Werte s, den dieses Verfahren verbietet.",
    ),
    Why.SIGNATURE_HEADER: (
        "The first byte of the signature names another kind of address than this one.",
        "Das erste Byte der Signatur nennt eine andere Art von Adresse als diese.",
    ),
    Why.SIGNATURE_FLAG: (
        "The signature does not cover the whole of the message's transaction (SIGHASH_ALL).",
        "Die Signatur deckt nicht die ganze Transaktion der Nachricht ab (SIGHASH_ALL).",
    ),
    Why.SIGNATURE_MANY: (
        "There are more signatures than this address can use.",
        "Es gibt mehr Signaturen, als diese Adresse brauchen kann.",
    ),
    Why.SIGNATURE_TRANSACTION: (
        "The signed transaction is not the one that BIP-322 makes from this address and message.",
        "Die signierte Transaktion ist nicht die, die BIP-322 aus dieser Adresse und Nachricht macht.",
    ),
    Why.SIGNATURE_CURVE: (
        "The signature is of a kind that we cannot check (Sr25519).",
        "Die Signatur ist von einer Art, die wir nicht prüfen können (Sr25519).",
    ),
    Why.SIGNATURE_FUNDS: (
        "A BIP-322 proof of funds can only be checked by a node that knows the unspent outputs.",
        "Einen BIP-322-Nachweis über Guthaben kann nur ein Knoten prüfen, der die offenen Ausgänge kennt.",
    ),
    Why.ADDRESS_FORM: (
        "This is not an address of this network, or it has a typing error.",
        "Das ist keine Adresse dieses Netzes, oder sie enthält einen Tippfehler.",
    ),
    Why.ADDRESS_KIND: (
        "Signatures for this kind of address cannot be checked here.",
        "Signaturen für diese Art von Adresse lassen sich hier nicht prüfen.",
    ),
    Why.KEY_MISSING: (
        "The public key is missing; the address alone does not tell it.",
        "Der öffentliche Schlüssel fehlt; aus der Adresse allein geht er nicht hervor.",
    ),
    Why.KEY_FORM: (
        "The public key cannot be read: it is 64 hexadecimal digits.",
        "Der öffentliche Schlüssel lässt sich nicht lesen: Er hat 64 hexadezimale Ziffern.",
    ),
    Why.KEY_WEAK: (
        "Under this public key anybody can sign anything (small order), so it proves nothing.",
        "Unter diesem öffentlichen Schlüssel kann jeder alles signieren (kleine Ordnung); er beweist nichts.",
    ),
    Why.KEY_OTHER: (
        "The public key does not belong to this address.",
        "Der öffentliche Schlüssel gehört nicht zu dieser Adresse.",
    ),
    Why.SCRIPT_MISSING: (
        "The script is missing; the address is the hash of one.",
        "Das Skript fehlt; die Adresse ist der Hash eines Skripts.",
    ),
    Why.SCRIPT_FORM: (
        "The script cannot be read: it is hexadecimal.",
        "Das Skript lässt sich nicht lesen: Es ist hexadezimal.",
    ),
    Why.SCRIPT_OTHER: (
        "The script does not belong to this address.",
        "Das Skript gehört nicht zu dieser Adresse.",
    ),
    Why.SCRIPT_KIND: (
        "The script is not a plain m-of-n one, and we check no other.",
        "Das Skript ist kein einfaches m-aus-n, und andere prüfen wir nicht.",
    ),
    Why.SCRIPT_FEW: (
        "Fewer different keys have signed than the script asks for.",
        "Es haben weniger verschiedene Schlüssel signiert, als das Skript verlangt.",
    ),
    Why.OWNERS_FEW: (
        "Not every owner that the list names has signed this message.",
        "Nicht jeder Eigentümer, den die Liste nennt, hat diese Nachricht signiert.",
    ),
    Why.OWNERS_CLAIMED: (
        "The named owners have signed; that they own this address, only the chain can tell.",
        "Die genannten Eigentümer haben signiert; ob ihnen die Adresse gehört, sagt nur die Chain.",
    ),
    Why.NETWORK_UNKNOWN: (
        "Signatures of this network cannot be checked here.",
        "Signaturen dieses Netzes lassen sich hier nicht prüfen.",
    ),
    Why.CLAIM_LONG: (
        "A part of this entry is longer than any that is genuine.",
        "Ein Teil dieses Eintrags ist länger als jeder echte.",
    ),
}
"""English, German."""


@dataclass(frozen=True)
class Finding:
    """What the signatures of one address show. `scheme` names how it was signed, where that was found out."""

    control: Control
    scheme: str | None = None
    why: Why | None = None

    @property
    def text(self) -> str:
        return SENTENCES[self.why][0] if self.why else f"Signed by the key of this address ({self.scheme})."

    @property
    def text_de(self) -> str:
        return SENTENCES[self.why][1] if self.why else f"Vom Schlüssel dieser Adresse signiert ({self.scheme})."


class Unproven(Exception):
    """Nothing is shown, and this is why; caught by `check`."""

    def __init__(self, why: Why, control: Control = Control.FAILED) -> None:
        super().__init__(SENTENCES[why][0])
        self.why = why
        self.control = control


def proven(scheme: str) -> Finding:
    return Finding(Control.PROVEN, scheme)


def owned(scheme: str) -> Finding:
    """The named owners signed (rule 7)."""
    return Finding(Control.OWNERS, scheme, Why.OWNERS_CLAIMED)
