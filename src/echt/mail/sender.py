"""Who a message comes from: one address for each stream."""

from dataclasses import dataclass
from email.headerregistry import Address

from echt.mail.kinds import Stream
from echt.mail.settings import mail_settings
from echt.ui.settings import brand_settings

LOCAL_PARTS = {Stream.SECURITY: "security", Stream.TRANSACTIONAL: "service", Stream.NEWS: "news"}


@dataclass(frozen=True)
class Sender:
    """A display name and a mail address."""

    name: str
    address: str

    def for_header(self) -> Address:
        return Address(display_name=self.name, addr_spec=self.address)


def sender_of(stream: Stream) -> Sender:
    return Sender(brand_settings().name, f"{LOCAL_PARTS[stream]}@{mail_settings().domain}")
