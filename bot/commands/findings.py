"""What ``qudao doctor`` says: a line for each thing that it looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what was found, and how to mend it where it is wrong; ``mend`` empty means well.

    ``is_warning``: the desk works all the same.
    """

    what: str
    found: str
    mend: str = ""
    is_warning: bool = False

    @property
    def is_wrong(self) -> bool:
        """Whether something has to be done."""
        return bool(self.mend) and not self.is_warning

    def __str__(self) -> str:
        mark = "!!" if self.is_wrong else "??" if self.mend else "ok"
        line = f"{mark}  {self.what:<12}{self.found}"
        return f"{line}; {self.mend}" if self.mend else line
