"""Numbers that must be reached or kept: what is counted, how much of it, by when, and by whom."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter

from kg.extract.frames import NARRATIVE, PAST, Frame
from kg.extract.funds import is_condition, is_fund_share, is_qualifier
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.extract.terms import item_terms
from kg.grammar.amounts import TIME_UNITS, Amount, find_amounts
from kg.grammar.matches import last_match
from kg.grammar.periods import Time
from kg.grammar.subjects import Subject, subject, without_modals
from kg.model import Target

__all__ = ["RULES", "targets"]

RULES = (
    Rule(
        "target.bound",
        "A number with 不低于, 至少, 以上 and the like must be kept.",
        "服务站建筑面积原则上不低于300平方米。",
        "审计发现4个方面的问题。",
    ),
    Rule(
        "target.reach",
        "A number behind 达到, 保持, 突破 and the like must be reached.",
        "到2025年，农村公路列养率达到100%。",
        "截至2020年底，农村公路列养率达到95%。",
    ),
    Rule(
        "target.make",
        "A number of things that are built, founded, trained … is planned.",
        "新建标准化养殖场6个、改造8个。",
        "抽查学校31所，查出问题17个。",
    ),
    Rule(
        "target.each",
        "一乡镇一中心 and the like want one facility for each place.",
        "按照“一乡镇一中心，一村一站”的要求规划建设。",
        "坚持一村一品、一企一策。",
    ),
    Rule(
        "target.sum",
        "A sum of money that must be reached or that conditions name is a target.",
        "到2025年，茶叶综合产值达到25亿元。",
        "对龙头企业一次性奖励20万元。",
    ),
)

_ONE_EACH = re.compile(
    r"一(?P<place>(?:乡镇|镇街|[乡镇村县区校园]|街道|社区)(?:（[^（）]{1,4}）)?)一(?P<facility>(?:中心|学校|[站点馆园室院场])(?:（[^（）]{1,4}）)?)(?![\u4e00-\u9fff])"
)
_REACH = re.compile(
    r"(?:达到?|突破|提升[到至]|提高[到至]|增加[到至]|增长[到至]?|下降[到至]?|降低[到至]?|降[到至]|减少[到至]?|稳定在|保持在?|控制在|压缩[到至]|缩短[到至]|压减[到至]?|扩大[到至]|发展[到至]|提升|提高"
    r"|实现|维持在?|扩展[到至]|延长[到至]|新增|递增|增速为?|率为?|占比为?|比例为?|比重为?|覆盖)(?:约|近|人民币|年均|左右)?$"
)
_MAKE = re.compile(
    r"建设|新建|建成|改建|扩建|改造|打造|培育|培训|培养|引进|新增|完成|实施|组建|开展|举办|安排|资助|扶持|设置|设立|配备|配置|布局|布设|储备|购置|开通|增开|发展|选派|招聘|聘用|聘请|招募|确立|确定"
    r"|创建|落实|帮扶|形成|制定|推广|推出|招引|种植|评选|选树|吸引|续建|安装|惠及|提供|选取|遴选|选择|建立|解决|申报|争取|救助|慰问|组织|接待|转化|孵化|修建|修复|整治|治理|创新|新开|新改建|加固|绿化|补植|造林|承办|征集|编制|选拔|轮训|招录|招收|录用|流转|复垦|收储|配套|保障|淘汰|关停|取缔|发放|认定|入库|入选|扩大|拓展|盘活|拆除|清理|消除|更新|升级|建档|签约|落地|投产|开工|竣工|实现|招生|硬化|亮化|铺设|架设|敷设|疏浚|栽植|投放|购买|增设|引育|集聚|聚集|配建|拟|出栏|供应|累计|包联|包保|结对"
)
_KIND = re.compile(
    r"(?:方面|重点领域|大类|环节|阶段|步骤|层次|部分|原则|大问题|问题|部门|责任部门|责任单位|成员单位|议事|关键|维度|层面|要素|专题|统一|有关|相关|结合|到位|转变|坚持|优先|个工作组|工作组|专项(?:行动|小组)|专班|单位(?:考核|予以|被|为|$)|章|条款|附件|批次(?:的)?专项)"
)
_KIND_LAST = re.compile(rf"{_KIND.pattern}$")
_ALLOCATED = re.compile(
    r"补助|补贴|奖|资助|罚|(?<!消)费(?!额)|出资|报酬|工资|安排|票价|支付|承担|资金|经费|处(?=\d)|违约|赔偿|保证金|押金|租金|贴息|扣"
)
_SUM = re.compile(
    r"达到?|突破|超|完成投资|购买|销售|增收|投资|产值|规模|收入|消费额|总额|贷款|营收|销售额|交易额|价值|价格|余额|利润|税收|GDP|生产总值|采购|帮助|融资|募集|招商|到位|引资|增加值"
)
_STATIC = re.compile(r"(?:为|是|有|共|约|共有|设|下设|辖|现有|分为|包括|涉及|合计|总计)$")
_OFTEN = re.compile(
    r"每(?:年|季度?|月|周|日|天|学期|半年|学年|旬|\d+(?:个月|年)|两年|[一二两三]个月)|全年|一年|年均?|人均"
)


def targets(scope: Scope) -> Iterator[Target]:
    """The numbers that a document wants to see reached or kept."""
    narrative = not scope.annex and NARRATIVE.search(scope.notice_title) is not None
    terms = item_terms(scope.passages, scope.dated)
    for frame in (*scope.frames, *scope.cells):
        if terms and not frame.phase and (term := terms.get(id(frame.passage.heading))):
            frame = replace(frame, phase=term)
        for amount, rule in numbers_to_reach(frame, narrative).items():
            yield _target(scope, frame, amount, rule)
        for match in _ONE_EACH.finditer(frame.chars) if not narrative else ():
            yield scope.fact(
                Target,
                "target.each",
                frame.text,
                match.span(),
                passage=frame.passage,
                subject=f"每个{match['place']}的{match['facility']}",
                value=Decimal(1),
                unit="个",
            )


def numbers_to_reach(frame: Frame, narrative: bool) -> dict[Amount, str]:
    """The amounts of a passage that are targets, each with its rule; a narrative tells more than it orders."""
    found: dict[Amount, str] = {}
    last: Amount | None = None
    for amount in find_amounts(frame.chars):
        if rule := _rule(frame, amount, last, narrative):
            found[amount] = rule
            last = amount
    return found


def _rule(frame: Frame, amount: Amount, before_it: Amount | None, narrative: bool) -> str | None:
    """The rule by which an amount is a target, or None."""
    chars = frame.chars
    start, end = frame.clause(amount.start)
    first, last = frame.sentence(amount.start)
    before, behind = chars[start : amount.start], chars[amount.end : end]
    sentence = chars[first:last]
    firm = amount.stated and amount.comparator in (">=", "<=")
    ordered = firm or re.search(r"应当?|须|必须|力争|确保|保持|到20\d\d年", chars[first : amount.start]) is not None
    told = PAST.search(sentence) is not None
    if (told and narrative) or ((told or narrative) and not ordered) or _is_over(frame, amount, first):
        return None
    if _PER_STEP.search(before):
        return None
    if amount.unit == "倍" and "罚" in behind + before:
        return None
    if not amount.unit and not amount.stated:
        return "target.reach" if _REACH.search(before[-12:]) and not told else None  # 利用系数提高到0.6
    if amount.unit == "岁" and amount.comparator == "<=" and re.match("(?:青年|科技|干部|教师)", behind):
        return None  # whom it is about
    if amount.value == 1 and not amount.stated and amount.unit in ("次", "轮") and _OFTEN.search(before):
        return None  # 每季度开展1次 is a rhythm
    if amount.unit in TIME_UNITS:
        return _length_of_time(chars, amount, before, behind)
    if is_qualifier(frame, amount):
        return None  # 产值过100亿元的企业达3家 counts enterprises
    if behind.endswith("的") and _COMPETENT.match(chars, end):
        return None  # 面积超过5公顷的，由县林业局审批 says when somebody acts
    if amount.is_share:
        if is_fund_share(frame, amount):
            return None
        if amount.stated or _REACH.search(before[-12:]) or _SHARE_OF.match(behind):
            return None if told and narrative else "target.bound" if firm else "target.reach"
        return None
    if amount.is_money:
        if is_condition(frame, amount):
            return "target.sum"
        near = chars[max(start if end - start > 12 else first, amount.start - 30) : amount.start] + behind
        if _ALLOCATED.search(near) and not re.search(r"不低于[^，]*贷款|贷款$", before):
            return None
        if (firm and amount.comparator == ">=") or (re.search(r"价格|收入|销售额|产值", before) and amount.stated):
            return "target.sum"
        if _SUM.search(before) and (
            _REACH.search(before[-8:]) or re.search(r"计划|力争|完成|目标", before) or amount.comparator == ">"
        ):
            return "target.sum"
        return "target.sum" if amount.comparator == ">" and not told else None
    if amount.stated:
        return _bound(amount, before, behind, narrative)
    if narrative:
        return None
    if _REACH.search(before[-12:]):
        return "target.reach"
    return _made(frame, amount, before_it, start, before, behind)


_COMPETENT = re.compile(
    r"，由(?![^，。；]*(?:奖|补|资助|拨付|支付))[^，。；]{2,30}(?:组织|负责|审批|批准|审核|审查|启动|指挥|处置|处理|调查|决定|备案|牵头)"
)
_PER_STEP = re.compile(r"每(?:超过?|达到?|满|(?:新)?(?:增加?|引进|培育|建|招|吸纳|完成|开行|举办))[^，、]{0,6}$")
"""每超1列, 每引进1家: the step by which something is paid."""


def _is_over(frame: Frame, amount: Amount, first: int) -> bool:
    """Whether the time before an amount in its sentence is over on the day of the document."""
    before = [
        time
        for time in frame.times
        if first <= time.start and time.end <= amount.start and not _is_baseline(frame.chars, time)
    ]
    if not before or not frame.told or before[-1].kind not in ("date", "horizon", "span", "due"):
        return False
    value = before[-1].values[-1]
    by = value.get("end") or value.get("on") or ""
    return by[: len(frame.told)] < frame.told[: len(by)]


def _is_baseline(chars: str, time: Time) -> bool:
    """Whether a time is that which a change is measured from (较2020年提高10个百分点)."""
    return chars[time.start - 1 : time.start] in tuple("较比")


def _length_of_time(chars: str, amount: Amount, before: str, behind: str) -> str | None:
    """A length of time is a target only with a bound (3年以上, 不少于7日); with 内 or 前 it is a time limit."""
    if re.match("内(?!容|设|部)|$", behind) and re.search(r"(?:压缩|缩短|控制|压减|缩减)[到至在为]$", before):
        return "target.reach"
    if not amount.stated or amount.comparator not in (">=", "<=", "<"):
        return None
    if re.match(r"内|前|后|徒刑|有期", behind):
        return None
    if re.search(r"以内|之内", chars[amount.start : amount.end]):
        return "target.reach" if re.search(r"(?:压缩|缩短|控制|压减|减少|缩减)[到至在]$", before) else None
    return "target.bound"


def _bound(amount: Amount, before: str, behind: str, narrative: bool) -> str | None:
    if amount.comparator in (">=", "<="):
        if re.match(r"部门|单位|地方|(?:的)?(?:部门|单位)", behind) and amount.value <= 3:
            return None
        return "target.bound"
    if amount.comparator == "~":
        made = _MAKE.search(before) or _REACH.search(before[-12:]) or "运营" in before
        return "target.bound" if made else None
    return None if narrative else "target.reach"


def _made(frame: Frame, amount: Amount, before_it: Amount | None, start: int, before: str, behind: str) -> str | None:
    """A number of things that a verb of making governs, or that stands in a list with such a number."""
    chars = frame.chars
    if start < frame.heading_end and frame.passage.heading and frame.passage.heading.style in ("han", "chapter"):
        return None
    if _listed(chars, amount, before_it) or _FINISHED.fullmatch(behind):
        return "target.make"
    if re.search(r"(?<![许认])可(?!持续|靠|视|行|再生|循环|比|复制|推广)|^从", before) or (
        "从" in before and behind.endswith("中")
    ):
        return None
    if re.match(r"直径|高|宽|范围|以外|左右|级", behind):
        return None
    noun = re.match(r"[^，。；、（）]{0,14}", behind)
    if _KIND.match(noun[0] if noun else ""):
        return None
    if not behind and _KIND_LAST.search(before):
        return None
    if verb := last_match(_MAKE, before):
        between = before[verb.end() :]
        if re.match(r"了|过|的", between) or (re.search(r"[在对向由第]", between) and not between.endswith("等")):
            return None
        if re.fullmatch(r"(?:任务|项目|工程|内容|目标)(?:[和及与、])", between):
            return None  # of 9项建设任务和7项重点工程 the second is no more made than the first
        if _STATIC.search(between) or re.search(r"\d", between):
            return None
        if verb[0] in ("完成", "开展", "实施", "推进") and re.match(r"[\u4e00-\u9fff]{2,14}的[\u4e00-\u9fff]", behind):
            return None  # of 完成18座水库的设施安装 the number only says whose
        return "target.make"
    if re.search(r"(?:^|，)为$", before) and re.match(
        r"[\u4e00-\u9fff]{2,10}(?:落实|安装|配备|提供|建设|发放|办理|免费)", behind
    ):
        return "target.make"
    return None


_FINISHED = re.compile(
    r"[^，。；、（）]{2,28}?(?:全面|全部|如期)(?:建成|完成|投用|开工|竣工|达标|完工)(?:投用|使用|运营)?"
)
_SHARE_OF = re.compile(r"(?:以上)?的[^，。；、]{2,14}?(?:建成|实现|达到|完成|具备|纳入|建立|拥有|覆盖)")


def _listed(chars: str, amount: Amount, before_it: Amount | None) -> bool:
    """Whether an amount goes on with a list whose item before is a target (资深专员11人、金牌专员15人)."""
    if before_it is None:
        return False
    between = chars[before_it.end : amount.start]
    if len(between) <= 60 and re.fullmatch(r"[^，。；：、\d]{0,24}[、和及][^，。；：、\d]{0,24}", between):
        return True
    if (
        between[:1] == "，"
        and re.search(r"其中[^，。；\d]{1,24}$", chars[max(0, before_it.start - 80) : before_it.start]) is not None
    ):
        return re.fullmatch(r"，[^，。；：、\d]{1,16}", between) is not None and before_it.unit == amount.unit
    return bool(re.fullmatch(r"[^。；\d]{0,16}[，。]?其中[：，]?[^，。；：、\d]{1,24}", between))


def _target(scope: Scope, frame: Frame, amount: Amount, rule: str) -> Target:
    chars = frame.chars
    start, end = frame.clause(amount.start)
    first, last = frame.sentence(amount.start)
    left, right = start, end
    amounts = find_amounts(chars)
    near = amounts[bisect_left(amounts, start, key=_start_of) : bisect_left(amounts, end, key=_start_of)]
    counted = amount
    for other in reversed(near):
        if chars[other.end : counted.start] == "、":
            counted = other  # 首次突破1000万元、2000万元: one noun for all
    same = [other for other in near if other.start != counted.start]
    if same:
        comma = chars.rfind("、", start, counted.start)
        if any(other.start < counted.start for other in same) and comma >= 0:
            left = comma + 1
        stop = chars.find("、", counted.end, end)
        if stop >= 0 and any(other.start > counted.end for other in same):
            right = stop
    actor = _actor(frame, first, start, amount.start)
    return scope.fact(
        Target,
        rule,
        frame.text,
        (start if end - start <= 60 else left, max(right, amount.end)),
        passage=frame.passage,
        subject=_subject(frame, counted, first, start, left, right, actor),
        value=amount.value,
        comparator="<=" if amount.unit in TIME_UNITS and chars.startswith("内", amount.end) else amount.comparator,
        unit=f"{amount.unit}/{amount.per}"
        if amount.per and amount.unit and not amount.is_money
        else amount.unit or _unit_of(chars[max(0, amount.start - 120) : amount.start]),
        by=_by(scope, frame, amount, first, last),
        agent="、".join(actor) if actor else None,
    )


_start_of = attrgetter("start")


def _unit_of(before: str) -> str | None:
    """The unit of a bare number, by the noun before it (年服务人次达到5000以上)."""
    noun = last_match(_COUNTED, before)
    return _UNITS.get(noun[0], noun[0]) if noun else None


_COUNTED = re.compile(r"人次|人数|户数|次数|床位|面积|数量")
_UNITS = {"人数": "人", "户数": "户", "次数": "次", "数量": "个", "床位": "张"}


def _actor(frame: Frame, first: int, start: int, place: int) -> Subject | None:
    """Who must reach the number, where the sentence begins with an agent that acts."""
    chars = frame.chars
    if found := subject(chars, start, place):
        return found
    best = None
    for at, stop in frame.clauses(first, start):
        best = subject(chars, at, stop) or best
    return best


_LEAD = re.compile(
    r"^(?:(?:力争|确保)?(?:到|至|在)?(?:\d{4}年|年(?=[底末内前]))(?:底|末|内|前)?|\d{1,2}月底前|其中|同时|并且?|且|力争|确保|原则上|应当?|要|须|必须|一般|对|按照?|有(?!条件|关)|应|以及|和|，)+"
)
_MEANS = re.compile(r"^(?:使用|利用|运用)[^，]{1,16}?(?:资金|经费)(?:组织)?(?=[\u4e00-\u9fff]{2})")
_TRAIL = re.compile(
    r"(?>应当?|要|须|必须|一般|原则上|可|将|力争|确保|达到?|保持在?|稳定在|控制在|突破|提升[到至]|提高[到至]|实现|为|约|超过?|年均|在|(?<!人)均|总数的?|首次|不)++$"
)


def _subject(frame: Frame, amount: Amount, first: int, start: int, left: int, right: int, actor: Subject | None) -> str:
    """What is counted: the words around the number, without the number, its comparator, its date and its agent."""
    chars = frame.chars
    word = max(amount.word, left)
    comparator_end = word
    if amount.word < amount.start and amount.word >= left:
        shown = re.match(
            r"(?:原则上|应当?)?(?:不(?:得|应)?(?:低于|少于|小于|超过|高于|大于|多于|短于)|至少|最少|最低|起码|至多|最多|最高|上限|超过|超|突破|高于|大于|多于|逾|低于|少于|未满|不足|约为|大约|约|近)+",
            chars[amount.word : amount.start],
        )
        comparator_end = amount.word + shown.end() if shown else amount.start
    before = chars[left:word] + chars[comparator_end : amount.start]
    behind = re.split(r"（|(?<=.)、|标准|方可|和[\"“]", chars[amount.end : right])[0]
    if (
        left > start
        and not amount.is_share
        and not _MAKE.search(before)
        and (verb := last_match(_MAKE, chars[start:left]))
    ):
        before = verb[0] + before  # one verb governs the whole list
    before = _TRAIL.sub("", _MEANS.sub("", _LEAD.sub("", before)))
    if actor and before.startswith(actor[0]) and len(actor) == 1 and not amount.is_share:
        rest = without_modals(before[len(actor[0]) :])
        before = rest if len(rest + behind) >= 6 else before
    behind = re.sub(r"^(?:的|余|多|内(?!容))", "", behind)
    words = before + behind
    if (
        len(words) < 3
        or re.fullmatch(r"(?:每[\u4e00-\u9fff]|一年|全年|人均)?[\u4e00-\u9fff]{0,3}", words)
        or re.match(r"每个(?!\w{3})|每年?不|每年$", words)
    ):
        words = _about(frame, first, start) + words
    return (
        words.strip("，：的“ ") or (frame.passage.heading.words if frame.passage.heading else "") or chars[left:right]
    )


def _about(frame: Frame, first: int, start: int) -> str:
    """What a number without a noun of its own is about: the clause before without a number, else the heading."""
    for clause in reversed(frame.chars[first:start].rstrip("，：").split("，")):
        if clause and not re.search(r"\d", clause):
            return re.sub(r"的$", "", _LEAD.sub("", clause))
    words = frame.heading_above(start)
    fits = 2 <= len(words) <= 16 and "，" not in words and not words.endswith(_VAGUE)
    return words if fits else ""


_VAGUE = ("目标", "要求", "任务", "措施", "阶段", "条件", "标准", "职责", "总则", "保障")


def _end_of(time: Time) -> str | None:
    return time.values[-1].get("on") or time.values[-1].get("end")


def _by(scope: Scope, frame: Frame, amount: Amount, first: int, last: int) -> str | None:
    """By when: the date before the number in its sentence, one behind it, the phase's end, the goals' year, the title's."""
    here = [
        time
        for time in frame.times
        if first <= time.start < last
        and time.kind in ("due", "horizon", "date", "span")
        and not _is_baseline(frame.chars, time)
    ]
    for time in reversed(here):
        follows = frame.chars[time.end : time.end + 1]
        if time.end <= amount.start and (time.kind != "date" or re.match(r"，|(?![度的])[\u4e00-\u9fff]", follows)):
            return _end_of(time)
    if frame.year and frame.chars.startswith(("全年", "今年", "本年"), frame.clause(amount.start)[0]):
        return frame.year
    if _OFTEN.search(frame.chars, *frame.clause(amount.start)):
        return None
    for time in here:
        if time.start >= amount.end and time.kind == "due":
            return _end_of(time)
    if frame.phase and (by := _end_of(frame.phase)):
        return by
    if frame.goal:
        return _end_of(frame.goal)
    title = re.match(r"(?:[^\d]{0,40})((?:19|20)\d{2})年(?!度?[—\-至])", scope.title) if scope.title else None
    return title[1] if title and title[1] == frame.year else None
