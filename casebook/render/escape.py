"""Text that lands in Markdown or HTML: a numeric entity for every ASCII punctuation mark.

No text then can open a tag, a link, a table cell or a heading, in either language. It is the default for everything a
template prints (`finalize`); only `Markup`, which our own functions make, passes as it is.
"""

import re
import string

from markupsafe import Markup

_PUNCTUATION = re.compile("[" + re.escape(string.punctuation) + "]")
_SPACE = re.compile(r"\s+")


def plain(text: object) -> Markup:
    """`text` as text wherever it lands: one line, every ASCII punctuation mark an entity."""
    one_line = _SPACE.sub(" ", str(text))
    return Markup(_PUNCTUATION.sub(lambda mark: f"&#{ord(mark.group())};", one_line))


def finalize(value: object) -> object:
    """Jinja's last word on every printed value."""
    if value is None:
        raise ValueError("a template printed a value that is not there")
    return value if isinstance(value, Markup) else plain(value)
