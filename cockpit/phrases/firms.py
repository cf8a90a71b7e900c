"""The firm table as people take it away."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

PHRASES: Final[dict[str, Text]] = {
    "firms.id": Text("企业编号", "Firm id"),
    "firms.name": Text("企业名称", "Firm name"),
    "firms.town_code": Text("小镇编码", "Town code"),
    "firms.town": Text("小镇", "Town"),
    "firms.chain": Text("产业链", "Industry chain"),
    "firms.node_id": Text("环节编号", "Node id"),
    "firms.node": Text("环节", "Node name"),
    "firms.listed": Text("上市", "Listed"),
    "firms.carrier": Text("孵化载体", "Incubation carrier"),
    "firms.revenue": Text("营业收入", "Operating revenue"),
    "firms.tax": Text("税收", "Tax revenue"),
    "firms.staff": Text("从业人员", "Staff"),
    "firms.yuan": Text("元", "yuan"),
    "firms.people": Text("人", "people"),
    "firms.yes": Text("是", "yes"),
    "firms.no": Text("否", "no"),
    "firms.search": Text("企业搜索", "Firm search"),
}
