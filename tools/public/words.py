"""Words of the sources -> words of the data; a word that is not here stops the build.

Imports nothing of the project.
"""

from __future__ import annotations

from typing import Final

# Province series: what the source calls it -> register id, or a descriptive id for context figures.
INDICATORS: Final[dict[str, str]] = {
    "总产出": "total_output_yuan",
    "税收收入": "tax_revenue_yuan",
    "有效投资(不含商品住宅和商业综合体)": "effective_investment_yuan",
    "有效投资(不含住宅和商业综合体)": "effective_investment_yuan",
    "固定资产投资": "fixed_asset_investment_yuan",
    "特色产业投资": "specialty_investment_yuan",
    "特色产业投资占比": "specialty_investment_share",
    "高新技术企业数": "high_tech_firm_count",
    "集聚企业数": "firm_count",
    "就业总人数": "staff_count",
    "省级以上研发机构": "rd_institute_count",
    "旅游接待人次": "visitor_count",
    "亩均税收": "tax_per_mu_yuan",
    "亩均产出": "output_per_mu_yuan",
    "命名小镇数": "named_town_count",
    "创建小镇数": "creating_town_count",
    "培育小镇数": "cultivating_town_count",
    "淘汰小镇数": "removed_town_count",
    "本批命名数": "named_in_batch_count",
    "创建小镇-高端装备制造类": "creating_equipment_town_count",
    "创建小镇-旅游类": "creating_tourism_town_count",
    "创建小镇-数字经济类": "creating_digital_economy_town_count",
    "总产出超百亿元小镇数": "towns_with_output_over_10bn_count",
    "税收超10亿元小镇数": "towns_with_tax_over_1bn_count",
    "创业团队数": "startup_team_count",
    "新入驻企业": "new_firm_count",
    "营业收入(规上限上企业)": "larger_firm_revenue_yuan",
    "民间投资比重": "private_investment_share",
    "建设总面积": "construction_area_km2",
    "占全省建设用地比重": "province_construction_land_share",
    "占全省总产出比重": "province_output_share",
    "占全省税收比重": "province_tax_share",
    "占全省规上工业营收比重": "province_larger_industry_revenue_share",
    "创业创新平台": "startup_platform_count",
    "专利拥有量": "patent_count",
    "国家或行业标准": "standard_count",
}
SCOPES: Final[dict[str, str]] = {
    "特色小镇": "province",
    "2022年底": "province",
    "2021年以来累计": "province",
    "省级小镇": "provincial_list",
    "省级创建小镇": "creating_list",
    "37个首批创建小镇": "first_batch",
    "命名+创建小镇, 2017年底": "named_and_creating",
    "命名+创建小镇": "named_and_creating",
    "四批115个": "four_batches",
    "当批": "batch",
}
# 累计 and 在册 say how a count is made, not of what: the indicator tells.
COUNT_SCOPES: Final = {"命名小镇数": "named", "创建小镇数": "creating_list", "培育小镇数": "provincial_list"}
LIKE_THE_TARGET: Final = {"total_output_yuan", "tax_revenue_yuan", "effective_investment_yuan", "high_tech_firm_count"}

RELIABILITY: Final[dict[str, str]] = {
    "published": "published",
    "prefecture total": "published",
    "whole township, not the town": "published",
    "whole industry, not the town": "published",
    "conflicts with 281": "published",
    "secondary": "secondary",
    "plan": "plan",
    "derived": "derived",
    "estimate at publication": "estimate",
    "weak source": "weak",
    "machine-reworded source": "weak",
}
# Town facts that are a register indicator. 投资 (all investment), 产值, 主营业务收入 and the firm counts of single
# trades are something else and stay facts.
RETURNS: Final = {"税收": "tax_revenue_yuan", "有效投资": "effective_investment_yuan", "游客": "visitor_count"}

BATCH_MONTHS: Final = {"1": "2015-06", "2": "2016-01", "3": "2017-08"}  # as stated for the towns of the batch
GRADES: Final = {"优秀": "excellent", "良好": "good", "合格": "qualified", "警告": "warning"}
# Results of a year and prefecture -> the source that gives them; the collection names none for the other grades.
ASSESSMENT_SOURCES: Final = {(2017, "331100"): "s39", (2020, "330100"): "s29"}
STAGES: Final = {"上游": "upstream", "中游": "midstream", "下游": "downstream"}
