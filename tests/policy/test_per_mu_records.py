"""Records of the per-mu evaluation: what is wrong with one stops the start and says where."""

from __future__ import annotations

from typing import Any

import pytest

from cockpit.errors import RecordError
from cockpit.policy.per_mu_design import read_per_mu
from cockpit.policy.register import load
from tests.policy.altering import altered


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("item/tax_per_mu/numerator", "tax_revenu_yuan", "did you mean 'tax_revenue_yuan'"),
        ("item/tax_per_mu/denominator", "lamd", "did you mean 'land'"),
        ("item/tax_per_mu/unit", "yuan_per_muu", "did you mean 'yuan_per_mu'"),
        ("item/tax_per_mu/weight", 0, "must be above 0"),
        ("item/tax_per_mu/wieght", 30, "did you mean 'weight'"),
        ("item/tax_per_mu/is_required", False, "no item is required"),
        ("item/tax_per_mu/source_zh", "", "needs source_zh"),
        ("parameter/cap", None, "'cap' is missing"),
        ("parameter/class_a/value", 70, "class shares must rise"),
        ("parameter/tax_floor/origin", "policy", "clause and quote"),
        ("land/default", "residential", "one of those offered"),
        ("land/offered", ["in_use", "in_uze"], "did you mean 'in_use'"),
        ("published/huangyan_2022/bases/rd_intensity", None, "must name every item"),
        ("parameters", {}, "did you mean 'parameter'"),
    ],
)
def test_a_bad_record_is_told(path: str, value: Any, told: str) -> None:
    with pytest.raises(RecordError, match=told) as error:
        read_per_mu(altered("per_mu.toml", path, value), load().indicators)
    assert "per_mu.toml" in str(error.value)


def test_the_weights_make_a_hundred() -> None:
    assert sum(item.weight for item in load().per_mu.items.values()) == 100
