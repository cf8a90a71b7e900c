"""The map page."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

PHRASES: Final[dict[str, Text]] = {
    "map.notice": Text(
        "示意图，不作为划界依据；底图来源：天地图行政区划可视化数据。",
        "Schematic map, not for delimitation; base: Tianditu visualisation data of administrative divisions.",
    ),
    # map page
    "map.title": Text("一图", "Map"),
    "map.measure": Text("着色指标", "Colour by"),
    "map.reading": Text("看什么", "Show"),
    "map.reading_ratio": Text("比率", "Ratio"),
    "map.reading_sum": Text("总量", "Total"),
    "map.reading_growth": Text("增速", "Growth"),
    "map.size": Text("圆面积", "Circle area"),
    "map.colour_of": Text("圆按", "Circles by"),
    "map.area": Text("区域", "Areas"),
    "map.area_prefecture": Text("设区市", "Prefectures"),
    "map.area_county": Text("县（市、区）", "Counties"),
    "map.level_prefecture": Text("设区市", "Prefecture"),
    "map.level_county": Text("县", "County"),
    "map.layers": Text("图层", "Layers"),
    "map.more": Text("图层与画法", "Layers, drawing"),
    "map.layer_areas": Text("区域着色", "Area colour"),
    "map.layer_towns": Text("小镇", "Towns"),
    "map.layer_labels": Text("地名", "Names"),
    "map.pick": Text("选一个小镇或县", "Pick a town or county"),
    "map.renderer": Text("显示方式", "Drawing"),
    "map.renderer_plain": Text("地图", "Map"),
    "map.renderer_deck": Text("三维引擎", "WebGL"),
    "map.renderer_table": Text("表", "Table"),
    "map.no_webgl": Text(
        "本机浏览器不支持 WebGL，已改用普通地图。", "This browser has no WebGL; the ordinary map is shown instead."
    ),
    "map.by_class": Text("类型", "Class"),
    "map.by_status": Text("清单状态", "List status"),
    "map.count": Text("小镇数", "Number of towns"),
    "map.count_known": Text("已知小镇数（名单不完整）", "Known towns (list incomplete)"),
    "map.same_size": Text("同样大小", "All the same"),
    "map.no_figures": Text(
        "所选期间没有各小镇数据，只显示位置。", "The period holds no figures by town; positions only."
    ),
    "map.no_value": Text("暂无数据", "No data"),
    "map.uncertain": Text("误差约 {km} 公里", "within about {km} km"),
    "map.position": Text("位置", "Position"),
    "map.ranking": Text("由高到低", "high to low"),
    "map.high_to_low": Text("{unit}，由高到低", "{unit}, high to low"),
    "map.whole": Text("全省", "Province"),
    "map.selected": Text("所选小镇", "Selected towns"),
    "map.finding": Text("{label}：{first} {high}，{last} {low}", "{label}: {first} {high}, {last} {low}"),
    "map.times": Text("，前者是后者的 {times} 倍", ", {times} times as much"),
    "map.growth": Text("相同小镇较上年", "Same towns, y/y"),
    "map.growth_of": Text("{label}（相同小镇）增速", "{label}, growth of same towns"),
    "map.points": Text("{value} 个百分点", "{value} pts"),
    "map.reported": Text("已报", "Reported"),
    "map.reported_towns": Text("个小镇已报", "towns reported"),
    "map.of_towns": Text("{known}/{all} 个小镇", "{known} of {all} towns"),
    "map.rank_of": Text("{all} 个中第 {rank}", "No. {rank} of {all}"),
    "map.rank_short": Text("{label}，第 {rank}", "{label}, no. {rank}"),
    "map.best": Text("最高 {name}", "Highest: {name}"),
    "map.kind_simulated": Text("模拟", "simulated"),
    "map.kind_published": Text("公开数据", "published"),
    "map.click_area": Text("点按选中，双击只看此地", "Click to choose, double click to filter"),
    "map.click_town": Text("点按看小镇", "Click for the town"),
    "map.circle_area": Text("圆面积为{label}，{unit}", "Circle area: {label}, {unit}"),
    "map.not_reported": Text("未报", "Not reported"),
    "map.bare": Text("所选范围内无小镇", "No town of the selection here"),
    "map.note_ratio": Text(
        "{label}为各区域{above}之和除以{below}之和，不取各小镇平均。",
        "{label} is the area's sum of {above} over its sum of {below}, no mean of towns.",
    ),
    "map.note_growth": Text("增速只比两年都报送的小镇。", "Growth compares towns that reported both years."),
    "map.note_bare": Text("斜线：无所选小镇。", "Hatched: no selected town."),
    "map.note_mute": Text("点纹：有小镇，暂无数据。", "Dotted: towns, but no figure."),
    "map.note_parted": Text(
        "重叠的圆已移开，最多 {px} 像素，指到时显示原位。",
        "Overlapping circles are moved by {px} px at most; pointing shows the true place.",
    ),
    "map.chosen": Text("选中：{name}", "Chosen: {name}"),
    "map.only": Text("只看{name}", "Only {name}"),
    "map.clear": Text("清除", "Clear"),
    "map.counties_of": Text("有小镇的县（市、区） {count} 个", "Counties with towns: {count}"),
    "map.towns_first": Text("小镇前 {count} 名", "First {count} towns"),
    "map.towns_all": Text("小镇 {count} 个", "Towns: {count}"),
    "map.nothing": Text(
        "点选地图或左侧排行查看一个市、县或小镇。", "Click the map or the ranking to see an area or a town."
    ),
    "map.zoom_in": Text("放大", "Zoom in"),
    "map.zoom_out": Text("缩小", "Zoom out"),
    "map.keys": Text(
        "方向键移动，回车选中，再按回车只看此地，+ − 缩放，0 复原",
        "Arrows walk, Enter chooses, Enter again filters, + − zoom, 0 resets",
    ),
    "map.alt": Text(
        "浙江地图：{count} 个小镇，按{measure}着色", "Map of Zhejiang: {count} towns, coloured by {measure}"
    ),
    "map.unplaced": Text("{count} 个小镇没有坐标，未上图。", "Not drawn for want of coordinates: {count}."),
}
