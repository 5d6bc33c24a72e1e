"""A template small enough to be read in a test."""

SMALL = """\
id = "small"
version = "1"
title = "小月报"
since = "2026-01"
source = "测试"
hours = "hours"

[[sections]]
code = "service"
title = "专业服务"

[[sections.indicators]]
code = "opening"
name = "期初在办"
unit = "个"
note = "上月末在办。"
kind = "whole"
source = "last_month:closing"
over_time = "last"

[[sections.indicators]]
code = "balance"
name = "在办变化"
unit = "个"
note = "期末减期初。"
kind = "whole"
formula = "closing - opening"

[[sections.indicators]]
code = "opened"
name = "新开"
unit = "个"
note = "本月接案。"
kind = "whole"
source = "casework.opened"

[[sections.indicators]]
code = "closed"
name = "结案"
unit = "个"
note = "本月结案。"
kind = "whole"

[[sections.indicators]]
code = "closing"
name = "期末在办"
unit = "个"
note = "自动计算。"
kind = "whole"
formula = "opening + opened - closed"
over_time = "last"

[[sections.indicators]]
code = "hours"
name = "工时"
unit = "小时"
note = "直接服务。"
kind = "decimal"
target = "procurement.min_hours"

[[sections.indicators]]
code = "share"
name = "人均"
unit = "小时"
note = "工时除以新开。"
kind = "decimal"
formula = "hours / opened"

[[sections.indicators]]
code = "plan"
name = "计划"
unit = ""
note = "下月安排。"
kind = "text"
required = true

[[checks]]
code = "closed-within"
rule = "REP-02"
severity = "hard"
must = "closed <= opening + opened"
message = "结案数过大。"

[[checks]]
code = "changed"
severity = "soft"
when = "prev(this) > 0"
must = "abs(this - prev(this)) * 2 <= prev(this)"
message = "{this}变化超过一半。"
each = ["opened", "hours"]
"""
