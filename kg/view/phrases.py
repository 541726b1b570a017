"""The formal values of a fact as a reader would say them: dates, rhythms and limits, sums and shares."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

__all__ = ["day_in_words", "money", "number", "target", "when"]

_EVERY = {"DAILY": "日", "WEEKLY": "周", "MONTHLY": "月", "YEARLY": "年"}
_SPAN = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)(B?D))?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_COMPARED = {"=": "", ">=": "不少于", "<=": "不超过", "<": "低于", ">": "超过", "~": "约"}


def when(fact: Mapping[str, Any]) -> str:
    """When something is due: ``2020-06-15``, ``2020-01 至 2020-03``, ``每月25日``, ``自受理之日起20个工作日内``."""
    said = []
    if fact.get("on"):
        said.append(str(fact["on"]))
    if fact.get("start") or fact.get("end"):
        said.append(f"{fact.get('start') or ''} 至 {fact.get('end') or ''}".strip())
    if fact.get("every"):
        said.append(_rhythm(str(fact["every"])))
    if fact.get("within"):
        after = f"自{fact['after']}起" if fact.get("after") else ""
        said.append(after + _limit(str(fact["within"])))
    return "，".join(said)


def day_in_words(date: str) -> str:
    """A date of ISO 8601, as precise as it is: ``2020年``, ``2020年6月``, ``2020年6月15日``; anything else as it stands."""
    parts = date.split("-")
    if not all(part.isdecimal() for part in parts) or len(parts) > 3:
        return date
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))


def number(fact: Mapping[str, Any]) -> str:
    """What a target asks for: ``不少于300户``, ``100%``."""
    compared = _COMPARED.get(str(fact.get("comparator") or "="), "")
    return f"{compared}{_short(Decimal(str(fact['value'])))}{fact.get('unit') or ''}"


def target(fact: Mapping[str, Any]) -> str:
    """A target with its subject and its date: ``建设停车位不少于300个（2021年）``."""
    by = f"（{day_in_words(str(fact['by']))}）" if fact.get("by") else ""
    return f"{fact['subject']}{number(fact)}{by}"


def _rhythm(rule: str) -> str:
    """A recurrence rule (RFC 5545, 3.3.10) in words; one with parts that are not known here stays as it is."""
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    unit = _EVERY.get(parts.pop("FREQ", ""))
    if unit is None:
        return rule
    step = parts.pop("INTERVAL", "1")
    measure = "个" if unit == "月" else ""
    said = f"每{unit}" if step == "1" else f"每{step}{measure}{unit}"
    month, day, until = parts.pop("BYMONTH", ""), parts.pop("BYMONTHDAY", ""), parts.pop("UNTIL", "")
    said += f"{month.replace(',', '、')}月" if month else ""
    said += ("最后一日" if day == "-1" else f"{day.replace(',', '、')}日") if day else ""
    if until:
        said += f"，至{until[:4]}-{until[4:6]}-{until[6:8]}" if len(until) >= 8 else f"，至{until}"
    return rule if parts else said


def _limit(duration: str) -> str:
    """A duration (ISO 8601, and BD for working days) in words."""
    found = _SPAN.fullmatch(duration)
    if not found or not any(found.groups()):
        return duration
    years, months, weeks, days, kind, hours, minutes = found.groups()
    units = [(years, "年"), (months, "个月"), (weeks, "周"), (days, "个工作日" if kind == "BD" else "日")]
    units += [(hours, "小时"), (minutes, "分钟")]
    return "".join(f"{number}{unit}" for number, unit in units if number) + "内"


def money(fact: Mapping[str, Any]) -> str:
    """A sum or a share: ``每人不少于1.5万元``, ``80%``."""
    if fact.get("amount") is not None:
        said = _yuan(Decimal(str(fact["amount"])))
    elif fact.get("share") is not None:
        said = f"{_short(Decimal(str(fact['share'])) * 100)}%"
    else:
        return ""
    return f"{fact.get('per') or ''}{_COMPARED.get(str(fact.get('comparator') or '='), '')}{said}"


def _yuan(amount: Decimal) -> str:
    for size, unit in ((Decimal(10**8), "亿元"), (Decimal(10**4), "万元")):
        if abs(amount) >= size:
            return _short(amount / size) + unit
    return _short(amount) + "元"


def _short(number: Decimal) -> str:
    """All digits that say something, and no more."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
