"""How long a post is given for: probation, secondment and terms of office, as the note of an appointment says."""

from __future__ import annotations

import re
from datetime import date

from dateutil.relativedelta import relativedelta

from kg.grammar.numbers import CHINESE, value

__all__ = ["ends"]

_FOR = re.compile(
    rf"(?P<what>试用期|聘期|任期|挂职)[^，。；半\d{CHINESE}]{{0,4}}(?P<half>半年|)(?P<n>\d{{1,2}}|[{CHINESE}]{{1,3}})?(?P<unit>年|个月)?"
)


def ends(note: str, begin: str) -> tuple[str, date] | None:
    """Of a note (试用期一年, 挂职两年, 聘期3年) and the day a post began: what is given for a time, and the day it ends.

    That is the corresponding day of the last month (Civil Code, art. 202). None where the note gives no length of
    time, or the beginning is no day.
    """
    match = _FOR.search(note)
    if not match or not (match["half"] or (match["n"] and match["unit"])):
        return None
    try:
        day = date.fromisoformat(begin)
        months = 6 if match["half"] else int(value(match["n"])) * (12 if match["unit"] == "年" else 1)
    except ValueError:
        return None
    return match["what"], day + relativedelta(months=months)
