"""By when, during when and how often something must be done, and who must do it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.frames import PAST, Frame
from kg.extract.groups import full_name
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.extract.targets import numbers_to_reach
from kg.extract.task_tables import task_deadlines
from kg.extract.tasks import about, after_marks, event_of, part_of, task_of
from kg.extract.terms import term_deadlines
from kg.grammar.amounts import TIME_UNITS, Amount, find_amounts
from kg.grammar.bodies import group_led
from kg.grammar.periods import Time
from kg.grammar.subjects import Subject, subject, without_modals
from kg.model import Deadline, Span

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
        "deadline.until",
        "What is said to go on up to a date is a deadline with that end.",
        "阶段性降低失业保险费率政策继续执行至2022年4月30日。",
        "阶段性降低失业保险费率政策继续执行。",
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
_COVERED = re.compile(
    r"(?:实现|达到|做到|推进)?[^，。；]{0,30}全覆盖(?![\u4e00-\u9fff]{0,2}(?:检查|排查|核查|督|走访|监管|巡查|摸排))"
)
_ONCE = frozenset(("次", "轮", "场", "期", "批次"))
_NO_RHYTHM = re.compile(
    r"[^，。；]{0,8}?(?:安排|给予|投入|列支|拨付|统筹)[^，。；]{0,16}(?:资金|经费|资助|补助|补贴|奖励)|[。；元均人百级]|[^，。；]{0,6}?(?:[\d.,]{1,20}(?:万|亿)?元)|新增|增长|递增|平均|人均|以来|不(?:少于|低于|超过)"
)
_OFTENER = re.compile(
    r"(?:至少|不少于|不低于|不超过)[^，。；]{0,12}[一二两三四五六七八九十]+(?:次|场|个|期)|[二两三四五六七八九十](?:次|场)"
)


def deadlines(scope: Scope) -> Iterator[Deadline]:
    """The deadlines that a document sets: one for each agent, and for each date of a list."""
    yield from task_deadlines(scope)
    terms = list(term_deadlines(scope))
    yield from terms
    taken = [span for deadline in terms for span in deadline.evidence.spans]
    for frame in scope.frames:
        phase = frame.phase if frame.phase in frame.times else None
        if phase:
            yield from _phase(scope, frame, phase)
        if frame.phase and "全覆盖" in frame.chars:
            yield from _covered(scope, frame, frame.phase)
        if not frame.times:
            continue
        amounts = find_amounts(frame.chars)
        due = any(time.kind in ("due", "within", "date") for time in frame.times)
        reached = (
            frozenset(amount.start for amount in numbers_to_reach(frame, False)) if due and amounts else frozenset()
        )
        carried: Subject | None = None
        sentence, yearly = (-1, -1), False
        for time in frame.times:
            if time == phase or (taken and _inside(frame, time, taken)):
                continue
            here = frame.sentence(time.start)
            if here != sentence:
                carried, sentence, yearly = _carried(frame, here[0]) or carried, here, False
            if (yearly and time.kind == "due" and not _YEAR.match(frame.chars, time.start)) or (
                time.kind == "due"
                and frame.chars.startswith("次年", time.start)
                and not _YEAR.search(frame.chars, here[0], time.start)
            ):
                time = _each_year(time)
            yearly = yearly or (time.kind == "every" and "FREQ=YEARLY;BYMONTH" in time.values[0]["every"])
            yield from _timed(scope, frame, time, amounts, reached, carried)


def _each_year(time: Time) -> Time:
    """The time in each year (每年4月30日前申请，5月底前完成初审)."""
    rules = []
    for value in time.values:
        _, *rest = map(int, value["on"].split("-"))
        rules.append(
            ";".join(
                ["FREQ=YEARLY", *(f"{name}={n}" for name, n in zip(("BYMONTH", "BYMONTHDAY"), rest, strict=False))]
            )
        )
    return replace(time, kind="every", values=tuple({"every": rule} for rule in rules))


def _inside(frame: Frame, time: Time, taken: list[Span]) -> bool:
    """Whether a time stands in one of the stretches taken."""
    place = frame.text.spans(time.start, time.end)[0].start
    return any(span.start <= place < span.end for span in taken)


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
    alone = _only_sentence(frame, at, done_end)
    if alone and not actor:
        actor = subject(chars, *alone)
        said = chars[actor.end if actor else alone[0] : alone[1]].removeprefix("要")
        task = f"{task if alone[0] > at else name}：{said}" if len(said) <= 120 else task
        end = alone[1] if actor else end
    for agent in actor or (None,):
        yield scope.fact(
            Deadline,
            "deadline.phase",
            frame.text,
            (start, end),
            passage=frame.passage,
            agent=agent,
            task=task,
            **time.values[0],
        )


def _only_sentence(frame: Frame, first: int, end: int) -> tuple[int, int] | None:
    """Start and end of the one sentence that says what is done in a phase; None where there are more, or other times.

    It is the first itself, or that behind a first of a few words, which is the title (：动员部署。各镇乡制定方案。).
    """
    chars = frame.chars
    start, stop = first, end
    if end - first <= 10 and end + 1 < len(chars):
        start, stop = end + 1, frame.sentence(end + 1)[1]
    timed = any(time.start >= start for time in frame.times)
    return (start, stop) if start < stop and not timed and not chars[stop:].strip("。； ") else None


def _covered(scope: Scope, frame: Frame, phase: Time) -> Iterator[Deadline]:
    """全覆盖 under a phase is a deadline at the phase's end."""
    value = phase.values[0]
    by = value.get("end") or value.get("on")
    for match in _COVERED.finditer(frame.chars) if by else ():
        start, end = frame.clause(match.start())
        if start >= frame.heading_end and not any(start <= time.start < end for time in frame.times):
            yield scope.fact(
                Deadline,
                "deadline.horizon",
                frame.text,
                (start, end),
                passage=frame.passage,
                on=by,
                task=frame.chars[start:end],
            )


def _carried(frame: Frame, place: int) -> Subject | None:
    """Who acts in the sentence before a place, for a sentence that names nobody."""
    chars = frame.chars
    least = max(1, place - 2400)  # so that many times in one long passage do not each read all that stands before
    while place > least:
        first, end = frame.sentence(place - 2)
        if first >= place:
            return None
        founded = re.match(
            r"(?:成立|组建|设立)([^，。；]{4,40}(?:领导小组|工作组|专班|指挥部|联席会议))(?=，|$)", chars[first:end]
        )
        if founded:
            return Subject.of((founded[1],), first, first)
        clause_end = frame.clause(first)[1]
        found = subject(chars, first, clause_end)
        if found:
            return found
        place = first
    return None


def _timed(
    scope: Scope,
    frame: Frame,
    time: Time,
    amounts: tuple[Amount, ...],
    reached: frozenset[int],
    carried: Subject | None,
) -> Iterator[Deadline]:
    """The deadlines that one time in a passage sets; ``reached`` are the places of its targets."""
    chars = frame.chars
    first, last = frame.sentence(time.start)
    start, end = frame.clause(time.start)
    if time.kind == "validity":
        yield _validity(scope, frame, time, first)
        return
    if (
        time.kind == "horizon"
        and _UNTIL.search(chars[start : time.start])
        and re.match("止?(?:[，。；（]|$)", chars[time.end :])
    ):
        value = {"end": time.values[0]["on"]}
        task = chars[start : time.start]
        yield scope.fact(
            Deadline, "deadline.until", frame.text, (start, time.end), passage=frame.passage, task=task, **value
        )
        return
    if not _sets_a_deadline(frame, time, amounts, first, last, start, end):
        return
    actor = _actor(frame, time, first, start, last, carried)
    if (
        time.kind in ("due", "date")
        and not (actor and start <= actor.start)
        and reached
        and _is_target(frame, time, reached, last)
    ):
        return
    after = event_of(chars, first, start, time.start, actor) if time.kind == "within" else None
    if time.kind == "within" and not after and reached and _is_target(frame, time, reached, last):
        return
    task, quote_end = task_of(frame, time, actor, start, last)
    named = False
    if not task and time.kind == "span":
        label = _LABEL.search(chars, first, time.start) or _LABEL.match(f"{frame.heading_above(time.start)}：")
        named, task = label is not None, label["what"] if label else ""
    if not task and time.kind != "every":
        return
    quote_start = actor.start if actor and first <= actor.start < start and time.start - actor.start <= 160 else start
    if (
        start == time.start
        and quote_end - time.end <= 8
        and first < start
        and time.kind == "every"
        and task[-1:] in ("次", "轮")
    ):
        # 从五个方面进行考评，每年考评一次: what is done stands in the clause before.
        before = frame.clause(start - 2)[0]
        if not (actor and before <= actor.start < start):
            quote_start = min(quote_start, before)
            task = f"{chars[quote_start : start - 1]}，{task}"
    if 0 < len(task) <= 7 and not actor and not named:
        task = about(frame, first, start) + task
    agents = [_resolved(scope, name) for name in (*actor, *_partners(frame, actor, start))] if actor else [None]
    for i, value in enumerate(time.values):
        for agent in agents:
            yield scope.fact(
                Deadline,
                _RULE_OF.get(time.kind, f"deadline.{time.kind}"),
                frame.text,
                (quote_start, quote_end),
                passage=frame.passage,
                agent=agent,
                task=part_of(task, i, len(time.values)) or None,
                after=after,
                **value,
            )


def _partners(frame: Frame, actor: Subject, start: int) -> tuple[str, ...]:
    """Those with whom somebody acts (X会同Y于每年3月底前…)."""
    for at in (actor.end, start):
        if frame.chars.startswith("会同", at):
            return subject(frame.chars, at + 2, frame.clause(at)[1]) or ()
    return ()


_LABEL = re.compile(r"(?P<what>[\u4e00-\u9fff]{2,8}(?:时间|期限|期))(?:：|为)$")
"""整治时间：3月1日至5月31日."""
_UNTIL = re.compile(r"延续|延长|执行|实施|保留|继续|免[收征缴]|缓缴|开放|有效")
_RULE_OF = {"open": "deadline.date"}


def _sets_a_deadline(
    frame: Frame, time: Time, amounts: tuple[Amount, ...], first: int, last: int, start: int, end: int
) -> bool:
    """Whether a time says when something must be done, and not when it was, or from when a document is in force."""
    chars = frame.chars
    dated = time.kind in ("date", "due", "span", "open", "horizon")
    if dated and (not _to_come(frame, time) or (time.kind != "due" and _FORCE.match(chars, time.end))):
        return False
    if time.kind != "due" and PAST.search(chars, first, last) and not _ORDERED.search(chars, first, last):
        return False
    if dated and _COULD.search(chars[start : time.start]):
        return False
    if time.kind == "every":
        return chars.startswith("全年为", time.start) or _is_rhythm(chars, time, start, end, amounts)
    if time.kind == "within":
        return not _NO_LIMIT.search(chars[start : time.start]) and not _NO_LIMIT_BEHIND.match(chars, time.end, last)
    if time.kind in ("horizon", "date"):
        return _is_aim(frame, time, last, start, amounts)
    if time.kind == "open":
        if any(other.kind == "every" and time.end <= other.start < last for other in frame.times):
            return False  # 自4月起，每月3日前报送
        since = chars[start : time.start] in ("自", "从") and chars[time.end - 1 : time.end + 1] == "起，"
        return since or (start == time.start and chars[time.end - 1] == "后")
    if time.kind == "span":
        return not re.match("年?度", chars[time.end : time.end + 2]) and not _GIVES.match(chars, time.end, last)
    return not (chars[time.end - 1] == "内" and chars[time.end : time.end + 1] in ("设", "容"))


_GIVES = re.compile(
    r"(?:期间)?，?[^，。；]{0,16}(?:安排|列支|投入|统筹|筹集|设立|给予|补助|奖励)[^，。；]{0,30}\d(?:[万千百亿]*)元"
)
"""What is paid over years (2021年至2023年，区财政每年安排资金200万元) is a sum, and not due."""
_COULD = re.compile(r"(?:能够?|可以|有望)(?:在|于)?$")
_ORDERED = re.compile(r"限(?=\d)|应当?|须|必须|要(?!求)")
_NO_LIMIT = re.compile(
    r"(?:近|过去|前|最近|连续|每|第|此|的|(?:压缩|缩短|控制|压减|减少|缩减|限制)[到至在]|不超过|不少于)$"
)
_NO_LIMIT_BEHIND = re.compile(
    r"[的部外容]|，?(?:累计|连续)?(?:发生|出现|受到)|，?(?:不得|不再|不予|禁止|停止|取消|暂停)|未[^，。；]*的(?=，)"
)


def _validity(scope: Scope, frame: Frame, time: Time, first: int) -> Deadline:
    before = frame.chars[first : time.start]
    named = re.search(r"本[^自，。]{1,8}(?=自|有效期|的)", before)
    runs_from = re.search(r"自([^，。；]{1,24}?日)起", before) if "within" in time.values[0] else None
    return scope.fact(
        Deadline,
        "deadline.validity",
        frame.text,
        (time.start, time.end),
        passage=frame.passage,
        after=runs_from[1] if runs_from else None,
        task=(named[0] if named else "") + "有效期",
        **time.values[0],
    )


def _to_come(frame: Frame, time: Time) -> bool:
    """Whether a time is not over on the day of the document.

    A day without a year, told behind a year that is over, is of that year.
    """
    told = frame.told
    if not told:
        return bool(frame.year) or time.kind not in ("date", "span", "open")
    if time.kind in ("date", "span") and not _YEAR.match(frame.chars, time.start):
        before = [other for other in frame.times if other.end <= time.start and _YEAR.match(frame.chars, other.start)]
        value = before[-1].values[-1] if before else {}
        if "" < (value.get("on") or value.get("end") or "")[:4] < told[:4]:
            return False
    value = time.values[-1]
    last = value.get("end") or value.get("on") or value.get("start") or ""
    return time.kind == "open" or last[: len(told)] >= told[: len(last)]


_YEAR = re.compile(r"\d{4}年")


def _is_rhythm(chars: str, time: Time, start: int, end: int, amounts: tuple[Amount, ...]) -> bool:
    """Whether 每… tells how often something is done, and is not what a count or a sum is measured by."""
    if re.search(r"每[\u4e00-\u9fff]{1,4}$|连续[\d两三四五]年$|[一二三四五六七八九十\d]次$", chars[start : time.start]):
        return False
    if _NO_RHYTHM.match(chars, time.end, end) or _OFTENER.search(chars, start, end):
        return False
    for amount in amounts:
        if time.end <= amount.start < end and (amount.stated or amount.unit not in TIME_UNITS):
            once = amount.value == 1 and not amount.stated and amount.unit in _ONCE
            if not once:
                return False
    return end - time.end >= 2 or chars[end : end + 1] == "，"


def _is_aim(frame: Frame, time: Time, last: int, start: int, amounts: tuple[Amount, ...]) -> bool:
    """Whether 到 a year, or on a date to come, something without a number is reached or done."""
    chars = frame.chars
    before = chars[start : time.start]
    if re.search(r"[（《“〔\d—\-]$|关于$|自$|从$|截至?$|[\u4e00-\u9fff]{5}$", before) and not re.search(
        r"[于在]$", before
    ):
        return False
    if re.match(r"[度（）》”、—\-至到的起初]|年度|以来|计划", chars[time.end : time.end + 2]):
        return False
    if _MET.match(chars, time.end, last):
        return False
    rest = chars[time.end : last].lstrip("，")
    if time.kind == "date" and len(time.values[0]["on"]) > 4:
        return len(rest) >= 4 and (start == time.start or bool(re.search(r"[于在]$|^(?:计划|预计|拟)", before)))
    if time.kind == "date" and not (
        start == time.start and (chars[time.end : time.end + 1] == "，" or _AIM.match(rest))
    ):
        return False
    aim = rest.split("，")[0]
    if any(time.end <= amount.start < last for amount in amounts):
        return "全覆盖" in aim
    if time.kind == "date" and re.fullmatch(r"(?:全面|全部|基本)(?:完成|建成|实现|竣工)", aim):
        return True
    return len(rest) >= 8 and (
        time.kind == "horizon" or bool(re.search(r"全覆盖|全部|完成|建成|实现", aim) or _AIM.match(rest))
    )


_MET = re.compile(r"(?:上午|下午|晚上?)?，[^。；]*(?:主持召开|组织召开|(?<!将)在[^。；，]{2,24}召开)")
"""What minutes tell of the meeting itself."""
_AIM = re.compile(
    r"(?:力争)?(?:基本|有效|全面|初步|普遍|全部|显著|率先)(?:[^，。；]{0,2}?)(?:实现|建成|完成|形成|建立|消除|遏制|达到|改善)|形成|建成"
)


def _is_target(frame: Frame, time: Time, reached: frozenset[int], last: int) -> bool:
    """Whether what is due is a number to be reached: then it is a target with a date, and no deadline besides."""
    at = time.end + (frame.chars[time.end : time.end + 1] == "，")
    stop = frame.clause(at)[1] if at < last else last
    return any(place in reached for place in range(at, stop))


def _actor(frame: Frame, time: Time, first: int, start: int, last: int, carried: Subject | None) -> Subject | None:
    """Who must act: before the time in its clause, behind it, in the clauses before, or in the sentence before."""
    chars = frame.chars
    if found := subject(chars, start, time.start):
        return found
    at = after_marks(chars, time.end, last)
    stop = frame.clause(at)[1] if at < last else at
    achieved = time.kind == "horizon" or len(time.values[0].get("on", "")) == 4
    if (not achieved or chars.startswith("由", at)) and (found := _behind(chars, at, stop)):
        return found
    before = chars[start : time.start]
    if re.match(r"[自在从于对]", before):
        before = _EVENT.sub("", before)
    bare = without_modals(before)
    if bare in ("各地", "各地区"):
        return Subject.of((bare,), start, start + len(bare))
    if (owner := _OWNER.match(bare)) and (found := subject(chars, start, start + owner.end("agent"))):
        return found  # 各单位的方案于5月底前报送
    if (
        len(bare) > 1
        and not _NO_SUBJECT.match(bare)
        and not _SEASON.fullmatch(bare)
        and (time.kind == "every" or not before.endswith("的"))
    ):
        # Something else stands where the agent would: 印章于4月30日前交, 监测数据每10分钟上传.
        inner = re.search(r"由([^，。；]{2,40})$", bare)
        return subject(chars, start + inner.start(), time.start) if inner else None
    if achieved:
        return None
    return _earlier(frame, first, start) or (carried if len(bare) <= 3 or first == start else None)


_OWNER = re.compile(
    r"(?P<agent>(?:各|有关|相关|责任|牵头)[^，。；的]{1,16}(?:单位|部门|政府|办事处|局|委|机构|企业))的[^，。；]{2,20}"
)
_EVENT = re.compile(r"(?:自|从|在|于|对|将|经)?[^，。；]*?(?:之日起|后|起)?$")
_SEASON = re.compile(r"(?:主?汛期?|[\u4e00-\u9fff]{2,10}(?:期|期间|季节?))[内前]?")
_NO_SUBJECT = re.compile(r"并|且|同时|坚持|其中|应当|还应|特殊|定期|力争|确保")


def _behind(chars: str, start: int, stop: int) -> Subject | None:
    """The agents behind a time, with what they do: 由X…, X要…."""
    found = subject(chars, start, stop)
    return found if found and found.end < stop else None


_ASIDE = re.compile(r"其他|其它")


def _earlier(frame: Frame, first: int, start: int) -> Subject | None:
    """The agents of the clauses before, in the same sentence; those 由 names go before the others."""
    best = None
    for at, end in frame.clauses(first, start):
        if group := group_led(frame.chars[at:end]):
            return Subject.of((group,), at, at + len(group))
        if not _ASIDE.match(frame.chars, at):
            best = subject(frame.chars, at, end) or best
    return best


def _resolved(scope: Scope, name: str) -> str:
    """The agent's name in full; 你局 is the one addressee of the document."""
    to = scope.document.addressees
    if re.match(r"你(?:[局委办厅区县市镇]|单位|公司)$", name) and to and "、" not in to.chars and "，" not in to.chars:
        return to.chars.rstrip("：")
    return full_name(scope, name)
