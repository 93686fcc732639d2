"""The demo's SM2 keys, beside its certificate authority: one a person, made at first use."""

from collections.abc import Collection
from functools import cached_property
from pathlib import Path

from filelock import BaseFileLock, FileLock

from core.contracts.signing.people import Person
from core.contracts.signing.private_files import keep, private_folder, stem_of
from core.contracts.signing.sm2 import Sm2Key


class DemoSm2Keys:
    """Whoever has a key here is a known signer."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._public: dict[str, bytes] = {}  # a public key takes a tenth of a second to work out

    @cached_property
    def _lock(self) -> BaseFileLock:
        """Made with its folder when a key is first asked for."""
        return FileLock(private_folder(self._folder) / "lock")

    def key_of(self, person: Person) -> Sm2Key:
        """Always the same one."""
        path = self._folder / f"{stem_of(person)}.sm2"
        with self._lock:
            if not path.exists():
                keep(path, Sm2Key.new().secret.hex().encode())
            return Sm2Key(bytes.fromhex(path.read_text()))

    def known(self) -> Collection[bytes]:
        """The public keys of all, which verifiers trust."""
        secrets = {path.read_text() for path in self._folder.glob("*.sm2")}
        for secret in secrets - self._public.keys():
            self._public[secret] = Sm2Key(bytes.fromhex(secret)).public_key()
        return {self._public[secret] for secret in secrets}
