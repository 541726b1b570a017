"""By when, during when and how often something must be done, and who must do it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.frames import PAST, Frame, frames
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.extract.targets import numbers_to_reach
from kg.grammar.amounts import Amount, find_amounts
from kg.grammar.periods import Time
from kg.grammar.subjects import Subject, subject, without_modals
from kg.model import Deadline

__all__ = ["RULES", "deadlines"]

RULES = (
    Rule(
        "deadline.due",
        "A date with 前, 内 or 底 says by when something is done.",
        "区民政局应当于2021年6月30日前完成摸底排查。",
        "《青山市2021年9月前重点工作清单》已经印发。",
    ),
    Rule(
        "deadline.every",
        "每 with a stretch of time says how often something is done; with a count of times it is a target.",
        "各责任单位每月25日前向区水利局报送工作进度。",
        "各镇乡每年开展演练不少于2次。",
    ),
    Rule(
        "deadline.within",
        "A stretch of time with 内 is a time limit that runs from an event.",
        "区林业局应当自受理之日起20个工作日内作出决定。",
        "近3年内没有发生食品安全事故。",
    ),
    Rule(
        "deadline.phase",
        "The name of a phase with a time in brackets is a deadline of the phase.",
        "（一）筹备阶段（2021年6月—8月）。完成人口核查。",
        "（一）夯实基础。完成《行动计划（2021年6月—8月）》。",
    ),
    Rule(
        "deadline.span",
        "From a date to a date something is done.",
        "2021年6月1日至9月30日，各镇乡人民政府实行24小时值班。",
        "2020年6月1日至9月30日，各镇乡人民政府实行了24小时值班。",
    ),
    Rule(
        "deadline.horizon",
        "到 a year, without a number, something is reached.",
        "到2025年，全区所有村（社区）实现养老服务设施全覆盖。",
        "到2025年，养老服务设施运营率达到90%以上。",
    ),
    Rule(
        "deadline.date",
        "A date to come, without 前, is when something is done.",
        "2021年12月，由区统计局委托第三方开展满意度调查。",
        "2021年1月，区统计局委托第三方开展了满意度调查。",
    ),
    Rule(
        "deadline.validity",
        "有效期 says how long a document is in force.",
        "本办法自2021年5月20日起施行，有效期至2026年5月19日。",
        "本办法自2021年5月20日起施行。",
    ),
)

_FORCE = re.compile(r"(?:之日)?起?(?:开始)?(?:正式)?(?:施行|执行|实施|生效)(?![\u4e00-\u9fff]{2})")
_COVERED = re.compile(r"(?:实现|达到|做到|推进)?[^，。；]{0,30}全覆盖")
_ONCE = frozenset(("次", "轮", "场", "期", "批次"))
_NO_RHYTHM = re.compile(r"[^，。；]{0,6}?(?:[\d.,]+(?:万|亿)?元)|新增|增长|递增|平均|人均|以来|不(?:少于|低于|超过)")


def deadlines(scope: Scope) -> Iterator[Deadline]:
    """The deadlines that a document sets: one for each agent, and for each date of a list."""
    told = scope.document.date
    for frame in frames(scope):
        phase = frame.phase if frame.passage.opens or not frame.passage.heading else None
        if phase and phase in frame.times:
            yield from _phase(scope, frame, phase)
        if frame.phase and "全覆盖" in frame.chars:
            yield from _covered(scope, frame, frame.phase)
        if not frame.times:
            continue
        amounts = find_amounts(frame.chars)
        carried: Subject | None = None
        sentence = (-1, -1)
        for time in frame.times:
            if time == phase:
                continue
            here = frame.sentence(time.start)
            if here != sentence:
                carried = _carried(frame, here[0]) or carried if sentence != (-1, -1) else _carried(frame, here[0])
                sentence = here
            yield from _timed(scope, frame, time, amounts, carried, told)


def _phase(scope: Scope, frame: Frame, time: Time) -> Iterator[Deadline]:
    """A phase: its name, and what is done in it."""
    chars = frame.chars
    start = frame.sentence(time.start)[0]
    name = chars[start : time.start].rstrip("（").strip("，：")
    end = chars.find("）", time.end) + 1 or time.end
    at = end
    while at < len(chars) and chars[at] in "。：，":
        at += 1
    done_end = frame.sentence(at)[1] if at < len(chars) else at
    done = chars[at:done_end]
    actor = subject(chars, at, done_end) if done.startswith("由") else None
    task = f"{name}：{done}" if done and len(done) <= 120 else name
    for agent in actor or (None,):
        yield scope.fact(
            Deadline, "deadline.phase", frame.text, (start, end), passage=frame.passage, agent=agent, task=task,
            **time.values[0],
        )


def _covered(scope: Scope, frame: Frame, phase: Time) -> Iterator[Deadline]:
    """全覆盖 under a phase is a deadline at the phase's end."""
    value = phase.values[0]
    by = value.get("end") or value.get("on")
    for match in _COVERED.finditer(frame.chars) if by else ():
        start, end = frame.clause(match.start())
        if start >= frame.heading_end and not any(start <= time.start < end for time in frame.times):
            yield scope.fact(
                Deadline, "deadline.horizon", frame.text, (start, end), passage=frame.passage, on=by,
                task=frame.chars[start:end],
            )


def _carried(frame: Frame, place: int) -> Subject | None:
    """Who acts in the sentence before a place, for a sentence that names nobody."""
    chars = frame.chars
    while place > 1:
        first, end = frame.sentence(place - 2)
        if first >= place:
            return None
        founded = re.match(r"(?:成立|组建|设立)([^，。；]{4,40}(?:领导小组|工作组|专班|指挥部|联席会议))(?=，|$)", chars[first:end])
        if founded:
            return Subject.of((founded[1],), first, first)
        clause_end = frame.clause(first)[1]
        found = subject(chars, first, clause_end)
        if found:
            return found
        place = first
    return None


def _timed(
    scope: Scope, frame: Frame, time: Time, amounts: list[Amount], carried: Subject | None, told: str | None
) -> Iterator[Deadline]:
    """The deadlines that one time in a passage sets."""
    chars = frame.chars
    first, last = frame.sentence(time.start)
    start, end = frame.clause(time.start)
    whole, clause = chars[first:last], chars[start:end]
    values = time.values
    rule = f"deadline.{time.kind}"
    if time.kind == "validity":
        yield from _validity(scope, frame, time, first)
        return
    if time.kind in ("date", "due", "span", "open", "horizon") and not _to_come(frame, time, told):
        return
    if time.kind in ("date", "open", "span") and _FORCE.match(chars, time.end):
        return
    if PAST.search(whole) and time.kind != "due" and not re.search(r"应当?|须|必须|要(?!求)", whole):
        return
    if time.kind == "every" and chars.startswith("全年为", time.start):
        pass
    elif time.kind == "every":
        if not _is_rhythm(chars, time, clause, start, end, amounts):
            return
    elif time.kind == "within":
        if re.search(r"(?:近|过去|前|最近|连续|每|第|此|的|(?:压缩|缩短|控制|压减|减少|缩减|限制)[到至在]|不超过|不少于)$", chars[start : time.start]) or re.match(r"的|部|外|容", chars[time.end : time.end + 1]):
            return
    elif time.kind in ("horizon", "date"):
        if not _is_aim(frame, time, first, last, start, end, amounts):
            return
    elif time.kind == "open":
        if not re.search(r"后$", chars[time.start : time.end]) or start != time.start:
            return
    elif time.kind == "due" and chars[time.end - 1] == "内" and re.match("设|容", chars[time.end : time.end + 1]):
        return
    if time.kind in ("due", "date") and any(len(v.get("on", "")) == 4 for v in values) and time.kind == "date" and start != time.start:
        return
    if time.kind == "span" and re.match(r"年?度|期间的|[^，。；）]{0,12}（", chars[time.end : time.end + 14]) and not chars[time.end : time.end + 1] == "，":
        if re.match(r"年?度", chars[time.end : time.end + 2]):
            return
    actor = _actor(frame, time, first, start, end, last, carried)
    if time.kind == "due" and not actor and _is_target(frame, time, last):
        return
    task, quote_end = _task(frame, time, actor, start, end, last)
    if not task and time.kind != "every":
        return
    quote_start = min(start, actor.start) if actor and first <= actor.start < start else start
    if quote_start < start and time.start - quote_start > 160:
        quote_start = start
    if start == time.start and quote_end - time.end <= 8 and first < start and time.kind == "every":
        # 从五个方面进行考评，每年考评一次: what is done stands in the clause before.
        quote_start = min(quote_start, frame.clause(start - 2)[0])
        task = f"{chars[quote_start : start - 1]}，{task}"
    after = _after(chars, first, start, time.start, actor) if time.kind == "within" else None
    agents = [_resolved(scope, name) for name in actor] if actor else [None]
    for i, value in enumerate(values):
        for agent in agents:
            yield scope.fact(
                Deadline,
                rule if any(rule == known.name for known in RULES) else "deadline.date",
                frame.text,
                (quote_start, quote_end),
                passage=frame.passage,
                agent=agent,
                task=_share_of(task, i, len(values)) or None,
                after=after,
                **value,
            )


def _is_target(frame: Frame, time: Time, last: int) -> bool:
    """Whether what is due is a number to be reached: then it is a target with a date, and no deadline besides."""
    at = time.end + (frame.chars[time.end : time.end + 1] == "，")
    stop = frame.clause(at)[1] if at < last else last
    return any(at <= amount.start < stop for amount in numbers_to_reach(frame, False))


def _validity(scope: Scope, frame: Frame, time: Time, first: int) -> Iterator[Deadline]:
    chars = frame.chars
    value = time.values[0]
    named = re.search(r"本(?:通知|通告|办法|意见|方案|政策|规定|细则|决定|批复|公告|措施|规程|实施[^自，]{0,6}|[^自，。]{0,8})(?=自|有效期|的)", chars[first : time.start])
    after = None
    if "within" in value:
        from_day = re.search(r"自([^，。；]{1,24}?)起", chars[first : time.start])
        after = from_day[1] if from_day else None
        if after and not after.endswith("日"):
            after = None
    yield scope.fact(
        Deadline, "deadline.validity", frame.text, (time.start, time.end), passage=frame.passage, after=after,
        task=(named[0] if named else "") + "有效期", **value,
    )


def _to_come(frame: Frame, time: Time, told: str | None) -> bool:
    """Whether a time is not over on the day of the document.

    A day without a year, told behind a year that is over, is of that year.
    """
    value = time.values[-1]
    if not told and not frame.year and time.kind in ("date", "span", "open"):
        return False
    if told and time.kind in ("date", "span") and not re.match(r"\d{4}", frame.chars[time.start : time.start + 4]):
        before = [t for t in frame.times if t.end <= time.start and re.match(r"\d{4}年", frame.chars[t.start : t.end])]
        year = (before[-1].values[-1].get("on") or before[-1].values[-1].get("end") or "")[:4] if before else ""
        if year and year < told[:4]:
            return False
    last = value.get("end") or value.get("on") or value.get("start") or ""
    return not told or time.kind == "open" or last[: len(told)] >= told[: len(last)]


def _is_rhythm(chars: str, time: Time, clause: str, start: int, end: int, amounts: list[Amount]) -> bool:
    """Whether 每… tells how often something is done, and is not what a count or a sum is measured by."""
    before = chars[start : time.start]
    if re.search(r"每[\u4e00-\u9fff]{1,4}$|[一二三四五六七八九十\d]次$", before) or not re.match(r"[^。；]", chars[time.end : time.end + 1]):
        return False
    if re.match(r"度|元|均|人|百|级", chars[time.end : time.end + 1]) or _NO_RHYTHM.match(chars, time.end, end):
        return False
    for amount in amounts:
        if start <= amount.start < end and amount.start >= time.end:
            once = amount.value == 1 and not amount.stated and amount.unit in _ONCE
            if not once and not (amount.unit in ("小时", "分钟", "秒", "年", "天", "日") and not amount.stated):
                return False
    if re.search(r"(?:至少|不少于|不低于|不超过)[^，。；]{0,12}[一二两三四五六七八九十]+(?:次|场|个|期)|[二两三四五六七八九十](?:次|场)", clause):
        return False
    return len(chars[time.end : end].strip("，")) >= 2 or chars[end : end + 1] == "，"


def _is_aim(frame: Frame, time: Time, first: int, last: int, start: int, end: int, amounts: list[Amount]) -> bool:
    """Whether 到 a year, or a date to come, something without a number is reached or done."""
    chars = frame.chars
    year_only = len(time.values[0]["on"]) == 4 or time.kind == "horizon"
    before = chars[start : time.start]
    if re.search(r"[（《“〔\d—\-]$|关于$|自$|从$|截至?$|[\u4e00-\u9fff]{5}$", before) and not re.search(r"于$|在$", before):
        return False
    if re.match(r"年?度|[（）》”、—\-至到]|的|以来|起|计划|初", chars[time.end : time.end + 2]):
        return False
    rest = chars[time.end : last].lstrip("，")
    if time.kind == "date" and not year_only:
        return len(rest) >= 4 and (start == time.start or bool(re.search(r"(?:于|在)$|^(?:计划|预计|拟)", before)))
    if year_only and time.kind == "date" and not (start == time.start and chars[time.end : time.end + 1] == "，"):
        return False
    counted = [a for a in amounts if time.end <= a.start < last]
    covered = re.search(r"全覆盖", rest)
    if counted:
        return bool(covered and covered.end() + time.end <= last and _clause_has(rest, counted, time.end))
    if len(rest) < 8:
        return False
    return time.kind == "horizon" or bool(re.search(r"全覆盖|全部|完成|建成|实现", rest.split("，")[0]))


def _clause_has(rest: str, counted: list[Amount], offset: int) -> bool:
    """Whether the first clause is the one of 全覆盖, so that it is a deadline whatever numbers follow."""
    clause = rest.split("，")[0]
    return "全覆盖" in clause


def _actor(
    frame: Frame, time: Time, first: int, start: int, end: int, last: int, carried: Subject | None
) -> Subject | None:
    """Who must act: before the time in its clause, behind it, in the clauses before, or in the sentence before."""
    chars = frame.chars
    if found := subject(chars, start, time.start):
        return found
    before = chars[start : time.start]
    bare = without_modals(re.sub(r"(?:自|从|在|于|对|将|经)?[^，。；]*?(?:之日起|后|起)?$", "", before) if re.match(r"自|在|从|于|对", before) else before)
    at = time.end
    while at < last and chars[at] in "，起止）":
        at += 1
    stop = frame.clause(at)[1] if at < last else at
    if found := _behind(chars, at, stop):
        return found
    if len(bare) > 1 and not re.match(r"并|且|同时|坚持|其中|应当|还应|特殊|定期|力争|确保", bare):
        if time.kind == "every" or not re.search(r"的$", before):
            inner = re.search(r"由([^，。；]{2,40})$", without_modals(before))
            if inner and (found := subject(chars, start + inner.start(), time.start)):
                return found
            return None
    if time.kind in ("horizon",):
        return None
    return _earlier(frame, first, start) or (carried if not bare or len(bare) <= 3 or first == start else None)


def _behind(chars: str, start: int, stop: int) -> Subject | None:
    """The agents behind a time: 由X…, or X要…."""
    given = re.match(r"由|[^，。；]{2,60}?(?:(?<![重主需必])要|应(?![急用对届])当?|须|负责|实行|可)", chars[start:stop])
    if given and (found := subject(chars, start, stop)):
        return found
    return None


_ASIDE = re.compile(r"其他|其它")


def _earlier(frame: Frame, first: int, start: int) -> Subject | None:
    """The agents of the clauses before, in the same sentence; those 由 names go before the others."""
    chars, at, best = frame.chars, first, None
    while at < start:
        end = min(frame.clause(at)[1], start)
        if not _ASIDE.match(chars, at):
            best = subject(chars, at, end) or best
        at = end + 1
    return best


def _task(frame: Frame, time: Time, actor: Subject | None, start: int, end: int, last: int) -> tuple[str, int]:
    """What must be done, and where the words for it end."""
    chars = frame.chars
    if chars.startswith("全年为", time.start):
        behind = frame.sentence(min(time.end + 1, len(chars) - 1))
        return chars[slice(*behind)] if behind[0] > last else chars[time.start : time.end], time.end
    at = time.end
    while at < last and chars[at] in "，止）":
        at += 1
    stop = min(frame.clause(at)[1] if at < last else at, last)
    following = [other.start for other in frame.times if other.start > time.end]
    while stop < last and chars[stop] == "，" and stop - at < 90:
        further = frame.clause(stop + 1)[1]
        if any(stop < other < further for other in following) or re.match(r"区|市|县|各|由|对|一次", chars[stop + 1 : stop + 2]) or chars.endswith("一次", at, stop) or further - at > 160:
            break
        stop = further
    if time.kind == "horizon":
        stop = last
    head_end = actor.start if actor and start <= actor.start < time.start else time.start
    head = without_modals(chars[start:head_end])
    head = re.sub(r"(?:自|从|在|于)[^，。；]*?(?:之日起|后|起)$|^(?:并|同时|且|坚持|其中)", "", head)
    body_start = actor.end if actor and at <= actor.start < stop else at
    body = re.sub(r"^(?:起|，|止)+", "", chars[body_start:stop])
    body = re.sub(r"^(?:要|应当|应|须|负责|分别(?=在))", "", body)
    body = body if time.kind != "every" else re.sub(r"^(?:度)", "", body)
    if actor and head and head in "".join(actor):
        head = ""
    return (head if 1 < len(head) <= 60 else "") + re.split(r"（(?:责任|牵头|联系)|（[^（）]*(?:牵头|配合|负责)", body)[0], stop


def _after(chars: str, first: int, start: int, place: int, actor: Subject | None) -> str | None:
    """The event that a time limit runs from."""
    own = chars[actor.end if actor and start <= actor.end <= place else start : place]
    own = re.sub(r"^(?:应当?|要|须|必须|可)+", "", own)
    patterns = (r"(?:自|从|于|在)([^，。；]{2,60}?之日)起?(?:的)?$", r"(?:自|从|在|于)?([^，。；]{2,60}?)(?:以后|之后|后|起)(?:的)?$")
    for pattern in patterns:
        if found := re.search(pattern, own):
            return without_modals(found[1]) or found[1]
    before = chars[first:start].rstrip("，")
    for clause in reversed(re.split("，", before)):
        if found := re.search(r"^(?:自|从|在)?(.{2,60}?)(?:后|之后|以后)$", clause):
            return found[1]
        if found := re.search(r"^(?:自|从)?(.{2,60}?之日)起?$", clause):
            return found[1]
        if found := re.search(r"^(.{2,60})的$", clause):
            return found[1]
    return None


_HALVES = re.compile(r"(?P<a>上半年|半年|季度|年中|月度|第一季度)(?:工作)?[和及、与](?P<b>下半年|年度|全年|年终|年)")


def _share_of(task: str, i: int, count: int) -> str:
    """The task of one date of a list: of 分别报送半年和年度总结 the first is 报送半年总结."""
    if count < 2:
        return task
    task = task.removeprefix("前")
    match = _HALVES.search(task)
    if count == 2 and match:
        task = task[: match.start()] + match["ab"[i]] + task[match.end() :]
    return task.removeprefix("分别")


def _resolved(scope: Scope, name: str) -> str:
    """The agent's name; 你局 is the one addressee of the document."""
    to = scope.document.addressees
    if re.match(r"你(?:[局委办厅区县市镇]|单位|公司)$", name) and to and "、" not in to.chars and "，" not in to.chars:
        return to.chars.rstrip("：")
    return name
