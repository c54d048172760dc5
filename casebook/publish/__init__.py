"""Publishing: readers see the old site or the new one, whole, whatever happens in between.

A site is built into a folder beside the published one, sealed with a manifest and put in its place in one step of
the file system. The one that was there is kept for `rollback`. Beside a site `site` may stand, all ours:

    .site.lock          one build at a time; holds the number of its process
    .site.new           being built
    .site.ready-…       built and sealed; after the exchange, for a moment, the one that was replaced
    .site.aside         only where a file system cannot exchange: the old site between two renames
    .site.previous      what rollback brings back

Only `.site.previous` outlives a run. What a killed run left is put right by the next one, from the names alone.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from casebook.publish.exchange import swap, sync
from casebook.publish.lock import Waiting
from casebook.publish.manifest import MARKER, differences, must_be_whole, seal, seal_of
from casebook.publish.place import opened, place_of, recover
from casebook.publish.unpublished import Unpublished
from casebook.publish.zipped import write_zip

__all__ = ["MARKER", "Unpublished", "pack", "publish", "rollback"]


def publish(build: Callable[[Path], None], out: Path, root: Path, waiting: Waiting) -> None:
    """Run `build` into a new folder and put it in the place of `out`; if anything is raised, `out` is as it was.

    A build that gives what is published already changes nothing, so that the previous version stays another one.
    Raises `Unpublished`, `OSError` and whatever `build` raises. `root` is the project's folder, see `place_of`.
    """
    at = place_of(out, root)
    at.out.parent.mkdir(parents=True, exist_ok=True)
    with opened(at, waiting) as place:
        try:
            place.new.mkdir()
            (place.new / MARKER).touch()  # from now on a killed run leaves what is known to be ours
            build(place.new)
            digest = seal(place.new)
            if digest == seal_of(place.out) and not differences(place.out):
                return
            ready = place.ready(digest)
            place.new.rename(ready)
            if (place.out / MARKER).exists():
                swap(ready, place.out, place.aside)
            else:
                if place.out.exists():
                    place.out.rmdir()  # an empty folder that somebody made for us
                ready.rename(place.out)
            sync(place.out.parent)
        finally:
            recover(place)


def rollback(out: Path, root: Path, waiting: Waiting) -> None:
    """Exchange `out` and the previous version; twice is as if nothing had been done. Raises as `publish` does."""
    with opened(place_of(out, root), waiting) as place:
        if not place.previous.exists():
            raise Unpublished("nothing-to-roll-back", path=str(out))
        must_be_whole(place.previous)
        if place.out.exists():
            swap(place.previous, place.out, place.aside)
        else:
            place.previous.rename(place.out)
        sync(place.out.parent)


def pack(out: Path, root: Path, target: Path, day: date, waiting: Waiting) -> None:
    """Write what is published as one zip, `target`, whole or not at all; `day` dates the files in it."""
    with opened(place_of(out, root), waiting) as place:
        if not place.out.exists():
            raise Unpublished("output-missing", path=str(out))
        must_be_whole(place.out)
        write_zip(place.out, target, day)
