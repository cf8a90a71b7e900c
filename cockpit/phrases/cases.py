"""The page of cases."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

PHRASES: Final[dict[str, Text]] = {
    "cases.title": Text("最佳实践", "Best practice"),
    "cases.lead": Text(
        "已发布 {published} 个，待审核 {waiting} 个", "{published} published, {waiting} waiting for review"
    ),
    "cases.none": Text(
        "所选小镇没有已发布的案例。案例由提名单位随“要素·发展改革部门”表报送，由另一人审核发布。",
        "No case of these towns is published. Cases are handed in with the sheet of the development and reform office, "
        "and published by somebody else after review.",
    ),
    "cases.nominate": Text("提名案例", "Nominate a case"),
    "cases.review": Text("去审核", "Review"),
    "cases.figure": Text("数值", "Figure"),
    "cases.before": Text("{name} {period}", "{name}, {period}"),
    "cases.peers": Text("同类小镇中位{growth}", "median town of the class {growth}"),
    "cases.peers_none": Text("同类小镇太少，不给中位", "too few towns of the class for a median"),
    "cases.broken": Text(
        "{day}四至调整，单位面积数前后不可比，不给增幅",
        "boundary changed on {day}: figures per area do not compare, no growth is told",
    ),
    "cases.course": Text(
        "{name}，{year}年＝100；实线本镇，虚线同类中位", "{name}, {year} = 100; solid the town, dashed its class"
    ),
    "cases.not_proof": Text("只说明前后变化，不说明由做法引起", "What the figure did; not that the measure did it"),
    "cases.done": Text("做法", "What was done"),
    "cases.since": Text("{day}起实施", "since {day}"),
    "cases.others": Text("同期其他数值", "Other figures of the same years"),
    "cases.learners": Text("谁适合学", "Who could learn"),
    "cases.learners_lead": Text("同类小镇中，同期{name}增长最少的", "Towns of the class that grew least in {name}"),
    "cases.followers": Text("已推广：{names}", "Followed by: {names}"),
    "cases.followed": Text("推广 {count} 个小镇", "{count} follow"),
    "cases.no_followers": Text("尚未推广", "Not followed yet"),
    "cases.town_own": Text("本镇", "Its own"),
    "cases.town_followed": Text("已学", "Follows"),
    "cases.awaits": Text("评选办法", "Rules"),
    "cases.column_field": Text("领域", "Field"),
    "cases.column_before": Text("前期", "Before"),
    "cases.column_after": Text("后期", "After"),
}
