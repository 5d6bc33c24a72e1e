"""What is wrong with the parameters of a binding: their names, values and who may override them."""

from collections.abc import Iterator

from compliance.packs.keys import OVERRIDE_BY_LEVEL, SETTING, STANDARD
from compliance.rules import RULES
from compliance.rules.overrides import Direction
from compliance.rules.parameters import NotAValue, Parameter, ParameterKind, read_money
from tenancy.toml.keys import Fault, faults_of_choice, faults_of_table
from tenancy.toml.lines import Path

_EXAMPLES = {
    ParameterKind.SHARE: '从 "0/1" 到 "1/1" 的分数，例如 "1/2"',
    ParameterKind.COUNT: "不带引号的非负整数，例如 30",
    ParameterKind.FLAG: "true 或 false",
    ParameterKind.PRICE: '按施行日期排列的标准，例如 [{ from = 2023-04-07, yuan = "120000.00" }]',
}


def faults_of_parameters(given: object, rule_id: str, path: Path) -> Iterator[Fault]:
    """Everything that is wrong with what a binding gives its rule."""
    parameters = {parameter.name: parameter for parameter in RULES[rule_id].parameters}
    if given is None and parameters:
        remedy = f"补上 [bindings.parameters]，写明 {'、'.join(parameters)}。"
        yield Fault(path, "缺少“parameters”。", remedy)
    if not isinstance(given, dict):
        return
    path = (*path, "parameters")
    for name in given.keys() - parameters.keys():
        known = f"改正或删去；可用 {'、'.join(parameters)}。" if parameters else "删去它。"
        yield Fault((*path, name), f"规则 {rule_id} 没有参数“{name}”。", known)
    for name, parameter in parameters.items():
        if name in given:
            yield from _faults_of_setting(given[name], parameter, (*path, name))
        else:
            remedy = f"补上 {name} = {{ value = …, override = … }}；值为{_example(parameter)}。"
            yield Fault(path, f"规则 {rule_id} 缺少参数“{name}”。", remedy)


def _faults_of_setting(setting: object, parameter: Parameter, path: Path) -> Iterator[Fault]:
    if not isinstance(setting, dict):
        remedy = f"写成 {parameter.name} = {{ value = …, override = … }}。"
        yield Fault(path, f"参数“{parameter.name}”应写明值和可否调整。", remedy)
        return
    yield from faults_of_table(setting, SETTING, path)
    if "value" in setting:
        yield from _faults_of_value(setting["value"], parameter, (*path, "value"))
    match setting.get("override"):
        case str(word):
            yield from _faults_of_direction(word, parameter, (*path, "override"))
        case dict(words):
            yield from _faults_by_level(words, parameter, (*path, "override"))


def _faults_of_value(value: object, parameter: Parameter, path: Path) -> Iterator[Fault]:
    try:
        parameter.read(value)
    except NotAValue:
        found = list(_faults_of_price(value, path)) if _is_price(parameter, value) else []
        message = f"参数“{parameter.name}”的值不对。"
        yield from found or [Fault(path, message, f"写成{_example(parameter)}。")]


def _is_price(parameter: Parameter, value: object) -> bool:
    return parameter.kind is ParameterKind.PRICE and isinstance(value, list)


def _faults_of_price(standards: object, path: Path) -> Iterator[Fault]:
    """What is wrong with each dated standard, and days that two of them share."""
    entries = standards if isinstance(standards, list) else []
    days = []
    for index, entry in enumerate(entries):
        where = (*path, index)
        if isinstance(entry, dict):
            yield from faults_of_table(entry, STANDARD, where)
            yield from _faults_of_amount(entry.get("yuan"), where)
            days.append(entry.get("from"))
    for day in sorted({str(day) for day in days if day and days.count(day) > 1}):
        yield Fault(path, f"施行日期 {day} 写了两个标准。", "同一天只留一个标准。")


def _faults_of_amount(amount: object, path: Path) -> Iterator[Fault]:
    try:
        if isinstance(amount, str) and amount:
            read_money(amount)
    except NotAValue:
        remedy = '写成大于 0、最多两位小数的数字，不加逗号，例如 yuan = "120000.00"。'
        yield Fault((*path, "yuan"), f"金额“{amount}”不对。", remedy)


def _faults_by_level(words: dict[str, object], parameter: Parameter, path: Path) -> Iterator[Fault]:
    yield from faults_of_table(words, OVERRIDE_BY_LEVEL, path)
    for level, word in words.items():
        if isinstance(word, str) and level in OVERRIDE_BY_LEVEL:
            yield from _faults_of_direction(word, parameter, (*path, level))


def _faults_of_direction(word: str, parameter: Parameter, path: Path) -> Iterator[Fault]:
    yield from faults_of_choice(word, Direction, path)
    if word in (Direction.UP, Direction.DOWN) and not parameter.kind.is_ordered:
        message = f"参数“{parameter.name}”没有高低，不能只许调高或调低。"
        yield Fault(path, message, "改为 any 或 none。")


def _example(parameter: Parameter) -> str:
    known = ", ".join(f'"{choice}"' for choice in sorted(parameter.choices))
    return _EXAMPLES.get(parameter.kind, f"列表，从 [{known}] 中选一个或几个")
