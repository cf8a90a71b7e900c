"""A fault in vitality.toml stops the start and says where; what is cited stands in the register."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cockpit.errors import RecordError
from cockpit.policy.register import FOLDER, load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "policy"
    shutil.copytree(FOLDER, copy)
    return copy


@pytest.mark.many
@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('column = "tax_revenue_yuan"', 'column = "tax_revenu_yuan"', ("[item.tax_per_mu]", "did you mean")),
        ('denominator = "staff_count"', 'denominator = "staf_count"', ("[item.patents_per_job] denominator",)),
        ('parent = "industry"', 'parent = "industri"', ("[item.specialty_output_share] parent", "'industry'")),
        ('only = ["tourism"]', 'only = ["turism"]', ("[item.visitor_density] only", "'tourism'")),
        ('population = ["named"', 'population = ["nmed"', ("[index] population", "'named'")),
        ('aggregation = "geometric"', 'aggregation = "geometri"', ("[index] aggregation", "'geometric'")),
        ("weight = 22", "weight = -22", ("[industry] weight",)),
        ("[group.industry]", "[groop.industry]", ("unknown section", "'group'")),
        ('source = "fgw_2021_1383"', 'source = "fgw_2021"', ("[item.rd_intensity] source", "did you mean")),
        ('quote = "绿化覆盖率原则上不低于30%"\n', "", ("[green_cover]", "needs clause and quote")),
    ],
)
def test_a_bad_record_stops_the_start_and_says_where(
    folder: Path, before: str, after: str, told: tuple[str, ...]
) -> None:
    path = folder / "vitality.toml"
    text = path.read_text(encoding="utf-8")
    assert before in text, f"{before!r} is gone from vitality.toml; mend the test"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        load(folder)
    for words in ("vitality.toml", *told):
        assert words in str(caught.value)


def test_the_quoted_minimum_is_the_one_of_the_rules() -> None:
    register = load()
    item, rule = register.vitality.items["green_cover"], register.rule("green_cover_minimum")
    assert (item.clause, item.quote, item.low) == (rule.clause, rule.quote, rule.value)


def test_dimensions_weigh_a_hundred_and_items_too() -> None:
    design = load().vitality
    assert sum(group.weight for group in design.dimensions.values()) == 100
    for name in set(design.dimensions) - {"function"}:
        assert sum(design.items[item].weight for item in design.parts_of(name)) == 100, name
    # Two items for all, half as much again for the towns that have visitors.
    assert [design.items[item].weight for item in design.parts_of("function")] == [50, 50, 50]
