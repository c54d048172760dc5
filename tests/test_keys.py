"""Which keys a model takes where, in which order files have them, and what they are the ids of."""

import pytest
from pydantic import BaseModel

from casebook.keys import Loc, fields_at, house_order, models_in, refers_at
from casebook.model.case import Actor, Case, Formula, Observation, Part, Place, Tombstone
from casebook.model.evidence import Passage


@pytest.mark.parametrize(
    ("model", "ends"),
    [
        (Formula, ("slogan", "decoded", "source", "locator", "as_stated", "parts", "note")),
        (Observation, ("each", "source", "locator", "as_stated", "note")),
        (Actor, ("inferred", "source", "locator", "as_stated", "note")),
        (Case, ("honours", "milestones", "audits", "review")),
        (Tombstone, ("moved", "split", "withdrawn")),
    ],
)
def test_files_say_a_noun_itself_then_its_evidence_then_its_parts(
    model: type[BaseModel], ends: tuple[str, ...]
) -> None:
    """No key is lost, and the note comes last."""
    order = house_order(model)
    assert order[-len(ends) :] == ends
    assert sorted(order) == sorted(model.model_fields)


@pytest.mark.parametrize(
    ("loc", "kind"),
    [
        (("parent",), "cases"),
        (("related",), "cases"),
        (("sources", 0, "source"), "sources"),
        (("level", "term"), "levels"),
        (("place", "village", "source"), "sources"),
        (("observations", 3, "indicator"), "indicators"),
        (("observations", 0, "unit"), "units"),
        (("formulas", 0, "parts", 1, "source"), "sources"),
        (("observations", 0, "value"), None),
        (("place", "village"), None),
        (("name",), None),
        (("name", "x"), None),
        (("nothing",), None),
    ],
)
def test_a_key_knows_what_it_is_the_id_of(loc: Loc, kind: str | None) -> None:
    """Inside lists, mappings and values that may be absent, too."""
    assert refers_at(Case, loc) == kind


def test_keys_are_found_at_any_depth() -> None:
    assert fields_at(Case, ("formulas", 2, "parts", 0)) == tuple(Part.model_fields)
    assert fields_at(Case, ("place", "village")) == tuple(Place.model_fields)
    assert fields_at(Case, ("name",)) == fields_at(Case, ("related", 0)) == ()
    models = list(models_in(Case))
    assert models[0] is Case and {Part, Place, Actor, Passage} <= set(models)
