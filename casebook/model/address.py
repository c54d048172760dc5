"""Addresses on the web: http or https, to a host that everybody can reach by its name, in plain ASCII.

No number is a name: an IP address, however it is written (127.1, 0x7f000001, [::1]), is refused by its form, and so
are names that only one machine or one office knows.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

MOST = 2000
ADDRESS_PATTERN = (
    r"^https?://[a-z0-9.-]+(:[1-9][0-9]{0,4})?([/?#]([A-Za-z0-9._~:/?#@!$&'()*+,;=\[\]-]|%[0-9A-Fa-f]{2})*)?$"
)
_ADDRESS = re.compile(ADDRESS_PATTERN, re.ASCII)
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{1,58}}[a-z0-9])", re.ASCII)
_CONTROL = re.compile("%(?:[01][0-9A-F]|7F)", re.IGNORECASE)
# A name that spells an address (127.0.0.1.nip.io) leads to it.
_SPELLED = re.compile(r"(?:^|[.-])(?:(?:[0-9]{1,3}[.-]){3}[0-9]{1,3}(?:[.-]|$)|[0-9a-f]{8}\.(?:nip|sslip)\.io$)")
# RFC 6761 and 6762, and what routers and offices use in their stead.
_PRIVATE = frozenset(
    "localhost local internal intranet private corp lan home localdomain invalid test onion arpa".split()
)


def address_fault(text: str) -> str | None:
    """The rule that refuses `text` as an address, or `None`."""
    if len(text) > MOST or not _ADDRESS.match(text) or text.endswith("\n") or _CONTROL.search(text):
        return "not-an-address"
    host, _, port = re.split("[/?#]", text.partition("://")[2])[0].partition(":")
    if not _HOST.fullmatch(host) or _SPELLED.search(host) or host.rpartition(".")[2] in _PRIVATE or len(host) > 253:
        return "address-not-public"
    return "not-an-address" if port and int(port) > 65535 else None


def _public(text: str) -> str:
    if fault := address_fault(text):
        raise PydanticCustomError(fault, "no public address")
    return text


Address = Annotated[str, StringConstraints(min_length=1), AfterValidator(_public)]
