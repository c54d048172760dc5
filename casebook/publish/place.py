"""The place of a site: its folder, what may stand beside it, and how to put right what a killed run left."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from casebook.publish.lock import Waiting, locked
from casebook.publish.manifest import SHOWN, foreign, is_ours, remove, seal_of
from casebook.publish.unpublished import Unpublished


@dataclass(frozen=True, slots=True)
class Place:
    """A site's folder, absolute, and its siblings."""

    out: Path

    @property
    def lock(self) -> Path:
        """Held while anything here is written."""
        return self._beside("lock")

    @property
    def new(self) -> Path:
        """Being built."""
        return self._beside("new")

    @property
    def aside(self) -> Path:
        """The old site while its place is empty."""
        return self._beside("aside")

    @property
    def previous(self) -> Path:
        """What rollback brings back."""
        return self._beside("previous")

    def ready(self, digest: str) -> Path:
        """Sealed with `digest`, about to be published; or what a site with that digest has replaced."""
        return self._beside(f"ready-{digest}")

    def left(self) -> list[Path]:
        """Folders that a killed run left between sealing and keeping."""
        start = self._beside("ready-").name
        return sorted(path for path in self.out.parent.iterdir() if path.name.startswith(start))

    def _beside(self, what: str) -> Path:
        return self.out.with_name(f".{self.out.name}.{what}")


def place_of(out: Path, root: Path) -> Place:
    """The place `out`, of which no folder that lies in the project (`root`) is a link. Raises `Unpublished`.

    Whoever may change the project's files would choose where we write; links above it are the machine's own.
    """
    place = Place(Path(os.path.abspath(out)))
    for path in (place.out, *place.out.parents):
        if path.is_symlink() and (path == place.out or path.parent.resolve().is_relative_to(root)):
            raise Unpublished("output-linked", path=str(path))
    return place


@contextmanager
def opened(place: Place, waiting: Waiting) -> Iterator[Place]:
    """The place, locked and in order, if all that stands there is ours. Raises `Unpublished` and `OSError`."""
    if not place.out.parent.is_dir():
        raise Unpublished("output-missing", path=str(place.out))
    with locked(place.lock, waiting):
        for path in (place.out, place.new, place.aside, place.previous, *place.left()):
            if os.path.lexists(path) and not is_ours(path):
                raise Unpublished("output-not-ours", path=str(path))
        for path in (place.out, place.previous):
            if path.exists() and (strange := foreign(path)):
                raise Unpublished("output-holds-foreign", path=str(path), files=", ".join(strange[:SHOWN]))
        recover(place)
        yield place


def recover(place: Place) -> None:
    """Put right whatever state a run was in when it ended; nothing to do after a good one but to keep the old site."""
    if place.aside.exists():
        if place.out.exists():
            _keep(place, place.aside)
        else:
            place.aside.rename(place.out)
    for ready in place.left():
        if ready == place.ready(seal_of(ready)):
            remove(ready)  # never published
        else:
            _keep(place, ready)  # the one that was replaced
    if place.new.exists():
        remove(place.new)


def _keep(place: Place, replaced: Path) -> None:
    if place.previous.exists():
        remove(place.previous)
    replaced.rename(place.previous)
