"""What a channel hands in, before anything is stored."""

from bot.incoming import told_apart
from tools.context import Attachment


def sent(*names: str) -> list[Attachment]:
    return [Attachment(name, f"sha of {place}", "application/pdf", 1) for place, name in enumerate(names)]


def test_files_of_a_message_that_are_called_alike_get_names_of_their_own() -> None:
    files = sent("合同.pdf", "合同.pdf", "contract", "合同 (2).pdf", "contract", "folder/a.pdf", "folder/a.pdf")
    apart = told_apart(files)
    names = [
        "合同.pdf",
        "合同 (2).pdf",
        "contract",
        "合同 (2) (2).pdf",
        "contract (2)",
        "folder/a.pdf",
        "folder/a (2).pdf",
    ]
    assert [one.name for one in apart] == names
    assert [one.sha256 for one in apart] == [one.sha256 for one in files]


def test_files_with_names_of_their_own_stay_as_they_are() -> None:
    files = sent("a.pdf", "b.pdf")
    assert list(told_apart(files)) == files
    assert told_apart([]) == ()
