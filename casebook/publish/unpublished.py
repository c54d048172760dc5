"""Why something was not published."""


class Unpublished(Exception):  # noqa: N818 - it says what happened
    """A reason of the message catalogue, with what fills it; what was published before is as it was."""

    def __init__(self, rule: str, **values: str) -> None:
        super().__init__(rule, values)
        self.rule, self.values = rule, values
