"""What a user adds is held against the form of facts: their kinds, their fields, and what these may hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from decimal import Decimal, InvalidOperation

from kg.model import ADDABLE, FACT_KINDS, Addition, Fact
from kg.rdf.ontology import labels
from kg.rdf.terms import NS, last_day
from kg.rdf.vocabulary import FIELDS, MODALITY_KINDS, Form

__all__ = ["CHOICES", "Unfit", "addition", "fields_of"]

_SHARED = frozenset(each.name for each in fields(Fact))
_CJK = re.compile(r"[\u3400-\u9fff]")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "comparator": ("=", ">=", "<=", "<", ">", "~"),
    "modality": tuple(MODALITY_KINDS),
}
"""What these fields may be, and nothing else."""
_FORMS: Mapping[str, tuple[re.Pattern[str], str, str]] = {
    "every": (
        re.compile(r"FREQ=(?:HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)(?:;[A-Z]{3,10}=[-+0-9A-Z,]+)*", re.ASCII),
        "a rule of RFC 5545, such as FREQ=MONTHLY;BYMONTHDAY=25",
        "RFC 5545 的重复规则，如 FREQ=MONTHLY;BYMONTHDAY=25",
    ),
    "within": (
        re.compile(r"P(?:\d+BD|\d+W|(?=\d)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T\d+H)?|T\d+H)", re.ASCII),
        "a duration of ISO 8601, such as P20D, or P20BD for working days",
        "ISO 8601 的时长，如 P20D；工作日写作 P20BD",
    ),
    "postcode": (re.compile(r"\d{6}", re.ASCII), "six digits", "六位数字"),
}
_ANY: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "post": (("org", "title"),),
    "appointment": (("org", "title"),),
    "contact": (("person", "org"), ("phone", "address", "postcode", "website")),
    "fund": (("amount", "share"),),
    "deadline": (("on", "start", "end", "every", "within"),),
    "cites": (("title", "number"),),
}
"""Of which fields a kind must have one at least."""


class Unfit(ValueError):  # noqa: N818  # it is said of a value
    """What is wrong with a value, in English and in Chinese, and the field that it is about (may be empty)."""

    def __init__(self, field: str, en: str, zh: str) -> None:
        super().__init__(en)
        self.field = field
        self.zh = zh


def fields_of(kind: str) -> Mapping[str, bool]:
    """The fields of a kind in the order of the format, and whether each must be there."""
    own = {each.name: each for each in fields(FACT_KINDS[kind]) if each.name not in _SHARED}
    return {name: own[name].default is MISSING for name in own}


def addition(said: Mapping[str, str], quote: str, nth: str = "") -> Addition:
    """The fact that is said by ``kind`` and fields, read in the quote. Raises Unfit for what is not as it must be."""
    kind = said.get("kind", "")
    if kind not in ADDABLE:
        raise Unfit(
            "kind", f"'kind' must be one of {', '.join(ADDABLE)}, got {kind!r}", f"类别须为可补充的一类，现为“{kind}”"
        )
    own = fields_of(kind)
    for name in said:
        if name != "kind" and name not in own:
            raise Unfit(name, f"a {kind} has the fields {', '.join(own)}; got {name!r}", f"此类陈述没有“{name}”一项")
    values = {name: _value(kind, name, said[name]) for name in own if said.get(name, "").strip()}
    for name, must in own.items():
        if must and name not in values:
            raise Unfit(name, f"a {kind} must have {name!r}", f"此类陈述须写明“{_zh(kind, name)}”")
    for some in _ANY.get(kind, ()):
        if not any(name in values for name in some):
            raise Unfit(
                some[0],
                f"a {kind} must have one of {', '.join(some)}",
                f"须至少写明其一：{'、'.join(_zh(kind, name) for name in some)}",
            )
    _agree(kind, values)
    words = "".join(quote.split())
    if not re.search(r"\w", words):
        raise Unfit("quote", "'quote' must be words of the source, as printed", "须引用来源中的原文")
    if nth and not (nth.isascii() and nth.isdecimal() and 0 < int(nth) < 10**6):
        raise Unfit("nth", f"'nth' must be a whole number above 0, got {nth!r}", f"“第几处”须为正整数，现为“{nth}”")
    return Addition(kind, tuple(values.items()), words, int(nth or 0))


def _zh(kind: str, name: str) -> str:
    """What a field is called in Chinese."""
    return labels().get(NS + FIELDS[kind][name].words, {}).get("zh", name)


def _value(kind: str, name: str, text: str) -> str | Decimal:
    """A value in its form. Raises Unfit."""
    text = "".join(text.split()) if _CJK.search(text) else " ".join(text.split())
    form = FIELDS[kind][name].form
    if form is Form.NUMBER:
        return _number(kind, name, text)
    if form is Form.DATE and not all(map(last_day, text.split("/", 1) if name == "date" else [text])):
        raise Unfit(
            name,
            f"{name!r} must be a date of ISO 8601, such as 2021-06-30, 2021-06 or 2021, got {text!r}",
            f"“{_zh(kind, name)}”须为日期，如 2021-06-30、2021-06 或 2021，现为“{text}”",
        )
    if (choices := CHOICES.get(name)) and text not in choices:
        listed = " ".join(choices)
        raise Unfit(
            name,
            f"{name!r} must be one of {listed}, got {text!r}",
            f"“{_zh(kind, name)}”须为 {listed} 之一，现为“{text}”",
        )
    if (special := _FORMS.get(name)) and not special[0].fullmatch(text):
        raise Unfit(
            name, f"{name!r} must be {special[1]}, got {text!r}", f"“{_zh(kind, name)}”须为{special[2]}，现为“{text}”"
        )
    if name == "action" and "免" in text and text != "免":
        raise Unfit(name, f"'action' must be 任 or 免, got {text!r}", f"“任或免”须为“任”或“免”，现为“{text}”")
    return text


def _number(kind: str, name: str, text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    highest = Decimal(1 if name == "share" else 10**18)
    if not number.is_finite() or abs(number) > highest or number.as_tuple().exponent < -12:  # type: ignore[operator]
        what, zh = (
            ("from 0 to 1", "0 至 1 的数") if name == "share" else ("without unit, such as 500000", "数，不带单位")
        )
        raise Unfit(
            name, f"{name!r} must be a number {what}, got {text!r}", f"“{_zh(kind, name)}”须为{zh}，现为“{text}”"
        )
    if number < 0 and name != "value":
        raise Unfit(name, f"{name!r} must be 0 or more, got {text!r}", f"“{_zh(kind, name)}”不得为负，现为“{text}”")
    return number


def _agree(kind: str, values: Mapping[str, object]) -> None:
    """Raises Unfit where fields do not go together."""
    check = _AGREE.get(kind)
    if check and (wrong := check(values)):
        raise Unfit(*wrong)


_Wrong = tuple[str, str, str] | None


def _fund(values: Mapping[str, object]) -> _Wrong:
    both = "amount" in values and "share" in values
    return ("share", "a fund must have an amount or a share, and not both", "金额与比例只能写一项") if both else None


def _deadline(values: Mapping[str, object]) -> _Wrong:
    kinds = [name for name in ("on", "every", "within") if name in values]
    if "start" in values or "end" in values:
        kinds.append("start")
    if len(kinds) > 1:
        said = "a deadline is one of: 'on'; 'start' and 'end'; 'every'; 'within'"
        return kinds[-1], f"{said}; got {', '.join(kinds)}", "日期、起止、周期、期限只能写其一"
    start, end = (last_day(str(values.get(name, ""))) for name in ("start", "end"))
    if start and end and end < start:
        return "end", "'end' must not be before 'start'", "止期不得早于起期"
    return None


def _stand_in(values: Mapping[str, object]) -> _Wrong:
    same = values["a"] == values["b"]
    return ("b", "'a' and 'b' must be two people", "A角与B角须为两人") if same else None


_AGREE: Mapping[str, Callable[[Mapping[str, object]], _Wrong]] = {
    "fund": _fund,
    "deadline": _deadline,
    "stand_in": _stand_in,
}
