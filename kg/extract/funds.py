"""Sums of money and shares of money: who pays whom, how much, for each of what, and for what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.extract.frames import Frame, frames
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.grammar.amounts import Amount, find_amounts, find_ratios
from kg.grammar.subjects import subject
from kg.model import Fund

__all__ = ["RULES", "funds", "is_condition", "is_fund_share"]

RULES = (
    Rule(
        "fund.sum",
        "A sum in yuan is a fund, but where it only says which party or project is meant.",
        "对新认定的龙头企业，由区财政一次性奖励20万元。",
        "支持年销售收入不超过2000万元的企业。",
    ),
    Rule(
        "fund.share",
        "A percentage is a fund where it is a share of money that somebody pays, gets or uses.",
        "改造资金由区财政承担30%。",
        "城乡养老服务设施覆盖率达到90%。",
    ),
    Rule(
        "fund.ratio",
        "A ratio by which parties share a cost is one share for each.",
        "维修费用由区财政、镇乡财政按7:3分担。",
        "农村与城市的床位比为7:3。",
    ),
)

_CONDITION = re.compile(
    r"(?:收入|营收|产值|销售额|营业额|注册资本|净资产|资产总额|总资产|利润|利税|纳税额?|贷款额|授信|估值|市值|投资强度|成交额|交易额|单笔|规模)"
    r"[^，。；]{0,14}$"
)
_MONEY = re.compile(
    r"补助|补贴|资助|奖励|奖补|贴息|资金|经费|费|投资|投入|造价|出资|自筹|配套|公益金|利息|融资额|贷款|拨款|拨付|罚款|税|租金|预算|工资|价款|总价|奖金|基金|财政|薪酬|保证金|成本|保险金|收益|支出|款"
)
_PAID = re.compile(
    r"给予|补助|补贴|资助|奖励|承担|分担|负担|支付|用于|自筹|出资|配套|安排|列支|提取|扣减|扣除|返还|返补|减免|减征|贴息|核定|申请|拨付|计提|让利|支持|缴纳|兑现|补足|筹集|奖补|发放|下达|预付|预拨|补偿|报销"
    r"|投入|占(?!比)|(?:不超过|不高于)[^，。；]{0,16}(?:额|费|资金|投资)|核减|收取|征收"
)
_RATE = re.compile(
    r"(?:率|占比|比重|满意度|增长|增速|增幅|增加|提高|提升|下降|降低|减少|覆盖面|GDP|同比|水平|规模|面积|人口|人员|企业|用户|数量)"
    r"(?:年均|均|稳定)?(?:保持|维持|控制)?(?:在|到|至|达到?|为|不低于|不少于|不超过|超过|高于|低于|不小于|约|目标|应|应当|要|力争|比例)*$"
)
_PER = re.compile(
    r"(?P<per>(?:(?:每|单个?(?!位))(?![次日月年]?(?:组织|评选|开展))[\u4e00-\u9fff“”]{1,16}?)+?)"
    r"(?=补助|补贴|给予|奖励|奖补|资助|最高|最低|不超过|不低于|不少于|不多于|累计|年?补[助贴]额|补偿|年补|总额|一次性|由|按|可|的|应|报酬|安排|承担|处以?|收取|统筹|储备|$|，|\d|不|合计|共|支付|发放|免费|提供|投入|床位)"
)
_VERB = re.compile(r"给予|补助|补贴|资助|奖励|奖补|支付|发放|拨付|安排|配套|支持|补偿|承担|出资|自筹|投入|列支|处(?=\d|以)")
_BY = re.compile(
    r"由(?P<payer>[^，。；由]{2,40}?)(?=给予|承担|补助|补贴|奖励|奖补|一次性|安排|负担|支付|拨付|列支|从|按|资助|出资|审核|直接|统筹|核发|兑付|兑现|发放|分别|每|足额|予以|解决|分担|配套|补足)"
)
_TREASURY = re.compile(
    r"(?:^|[，；。：由从])(?P<payer>[\u4e00-\u9fff、]{0,12}?财政(?:部门|局|厅)?|(?:[市区省县镇乡]、)+[市区省县镇乡](?:[两三]级)?)"
    r"(?=每|按|安排|给予|承担|补助|补贴|奖励|一次性|统筹|[一二三四五]年|采取|将|对|[投拨予负出配预设列支]|\d)"
)
_TO = re.compile(
    r"对(?P<payee>[^，。；]{2,70}?)(?=，|的，|，?由[^，]{2,20}财政|(?:一次性|分别|最高)?(?:给予|补助|补贴|奖励|奖补|资助|予以)|按照?|每[\u4e00-\u9fff]{1,4}(?:补|奖|给)|处|，)"
)
_GIVEN = re.compile(
    r"(?:给予|支付给|奖励给|发放给|补助给|兑付给|兑现给|拨付[至到给]|奖励|补助|补贴|资助)(?P<payee>(?!人民币|资金|经费|标准|金额|额|总额)[^，。；、\d]{2,30}?)"
    r"(?=每|最高|一次性|\d|各\d|不超过|不低于|，|。|；|$|人民币|总额|累计)"
)
_CASE = re.compile(r"(?P<payee>[^，。；]{4,70}?)(?:的|，)$")
_FOR = re.compile(r"用于(?P<purpose>[^。；，（]{2,60})")
_TAIL = re.compile(r"(?:（[^）]{1,12}）)?(?:的|、)?(?P<purpose>[^，。；、（\d]{0,40}?(?:补助|补贴|资金|支持|奖励|扶持|资助|罚款|贷款|奖补|经费|费|奖金|投资|补偿|配套)(?:支持|资金|比例)?)")
_POOL = re.compile(r"(?:将|其中)?(?P<payer>[^，。；]{2,30}?(?:资金|公益金|基金|经费|财政|自筹|出资|投资|企业|居民|[者人司府会社]))(?:自筹|出资|承担|负担|占|筹集|用于[^，。；]{2,24}比例|投入|配套)*(?:总额|部分|的)?$")
_CLEAN = re.compile(
    r"^(?:其中|同时|并|且|另|对|按照?|以上|最高|各|再|原则上|力争|确保|计划)+|(?:给予|不低于|不少于|不超过|不高于|最高|最低|达到?|约|超过?|突破|按照?|为|人民币|共计|合计|总计|计划|实现|分别|各|一次性|原则上|累计|至少|应当?|年度?|提供|在|标准|处|的)+$"
)


def funds(scope: Scope) -> Iterator[Fund]:
    """The sums and the shares of money that a document names."""
    for frame in frames(scope):
        chars = frame.chars
        if not _HINT.search(chars):
            continue
        for start, end, shares in find_ratios(chars):
            yield from _ratio(scope, frame, start, end, shares)
        for amount in find_amounts(chars):
            if amount.is_money:
                if not is_condition(frame, amount):
                    yield _fund(scope, frame, amount, "fund.sum")
            elif amount.is_share and is_fund_share(frame, amount):
                yield _fund(scope, frame, amount, "fund.share")


_HINT = re.compile(r"元|圆|%|‰|百分之|\d[:：比]\d")


def is_condition(frame: Frame, amount: Amount) -> bool:
    """Whether a sum only says which party or project is meant (年销售收入不超过2000万元的企业)."""
    chars = frame.chars
    start, end = frame.clause(amount.start)
    before, behind = chars[start : amount.word], chars[amount.end : end]
    if not amount.stated or not _CONDITION.search(before) or _VERB.search(before[-12:]):
        return False
    if re.match(r"(?:、[^，。；]{2,20})?(?:的|软件|企业)", behind) or re.search(r"的[^，。；]{2,}", behind):
        return True
    return chars[end : end + 2] in ("，且", "，并") and bool(re.match(r"[^。；]{2,30}元[^，。；]{0,16}的", chars[end + 1 :]))


def is_fund_share(frame: Frame, amount: Amount) -> bool:
    """Whether a percentage is a share of money that somebody pays, gets or uses."""
    chars = frame.chars
    start, end = frame.clause(amount.start)
    before, clause = chars[start : amount.start], chars[start:end]
    if _RATE.search(before) or re.match(r"的?(?:增长|速度|增速|以上的?(?:企业|人|村|乡|户|文化馆|学校))", chars[amount.end : end]):
        return False
    if not _PAID.search(clause):
        return False
    first = frame.sentence(amount.start)[0]
    return bool(_MONEY.search(clause) or _MONEY.search(chars[max(first, start - 60) : start]))


def _fund(scope: Scope, frame: Frame, amount: Amount, rule: str) -> Fund:
    chars = frame.chars
    start, end = frame.clause(amount.start)
    first, last = frame.sentence(amount.start)
    inner_start, inner_end = _item(chars, amount, start, end)
    if amount.is_money:
        values: dict[str, Decimal] = {"amount": amount.value}
    else:
        values = {"share": amount.value / (100 if amount.unit == "%" else 1000)}
    quote_start, quote_end = start, end
    if end - start > 120:
        quote_start, quote_end = inner_start, inner_end
    payee = _payee(chars, first, start, amount, end)
    return scope.fact(
        Fund,
        rule,
        frame.text,
        (quote_start, quote_end),
        passage=frame.passage,
        comparator=amount.comparator,
        per=_per(chars, start, amount),
        payer=_payer(chars, first, start, amount, last),
        payee=payee,
        purpose=_purpose(frame, first, start, amount, end, payee),
        **values,
    )


def _item(chars: str, amount: Amount, start: int, end: int) -> tuple[int, int]:
    """The item of an enumeration around an amount, inside its clause."""
    left = max(chars.rfind("、", start, amount.word) + 1, start)
    right = chars.find("、", amount.end, end)
    return left, right if right > 0 else end


def _per(chars: str, start: int, amount: Amount) -> str | None:
    """For each of what the sum is."""
    if amount.per:
        return "每" + amount.per.replace("/", "每").replace("·", "每")
    before = chars[start : amount.start]
    found = None
    for found in _PER.finditer(before):
        pass
    if found:
        return re.sub(r"(?:补贴|补助|年)?额?$", "", found["per"]) if found["per"].endswith("额") else found["per"]
    if re.search(r"(?:^|[，、\u4e00-\u9fff])各(?:奖励?|补助?|给予)?(?:人民币)?$", before):
        return "各"
    if "人均" in before:
        return "人均每年" if "年" in before else "人均"
    return None


def _payer(chars: str, first: int, start: int, amount: Amount, last: int) -> str | None:
    """Who pays: behind 由, a treasury, the pool that the share is of, or who acts."""
    near, whole = chars[start : amount.start], chars[first : amount.start]
    if found := _last(_BY, near):
        return found["payer"]
    if found := _last(_TREASURY, near):
        return found["payer"]
    if amount.is_share and (found := _POOL.search(near)):
        return re.sub(r"^(?:其中|将)|(?:自筹|出资|承担|负担|占)$", "", found["payer"]) or None
    behind = chars[amount.end : last]
    if found := re.search(_BY.pattern, behind.split("。")[0]):
        return found["payer"]
    if found := _last(_BY, whole) or _last(_TREASURY, whole):
        return found["payer"]
    if found := re.match(r"(?P<payer>[^，。；、]{2,24}?)(?:出资|自筹|承担|负担|投入|奖励|决定)", near):
        return found["payer"].removeprefix("其中")
    if found := re.search(r"(?:^|，)(?P<payer>[^，。；]{0,10}(?:政府|委员会))决定", whole):
        return found["payer"]
    acts = subject(chars, start, amount.start) or subject(chars, first, min(amount.start, first + 80))
    return "、".join(acts) if acts and _SPENDS.search(chars, acts.end, amount.start) else None


_SPENDS = re.compile(r"购买|采购|给予|补助|奖励|安排|投入|支付|出资|承担|拨付")


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):
        pass
    return found


def _payee(chars: str, first: int, start: int, amount: Amount, end: int) -> str | None:
    """Who is paid: behind 对 or 给予, or the party whose case the clause before puts."""
    near, whole = chars[start : amount.start], chars[first : amount.start]
    behind = chars[amount.end : end]
    for pattern, text in ((_TO, near), (_GIVEN, near)):
        if (found := _last(pattern, text)) and not re.match(r"最高|不|一次性|资金|适当|单个|每个学科", found["payee"]):
            return re.sub(r"的$", "", found["payee"])
    if found := re.match(r"[^，。；]{0,8}?(?:补助|补贴|奖励|资助|给予)(?P<payee>[^，。；\d]{2,20}(?:企业|单位|机构|个人|人员|组织|户|者|人))(?:补贴|补助)?", behind):
        return found["payee"]
    for pattern in (_TO, _GIVEN):
        if found := _last(pattern, whole):
            name = re.sub(r"的$", "", found["payee"])
            if not re.match(r"最高|不|一次性|资金|适当|单个", name):
                return name
    if found := re.search(r"(?:^|[，；。])([^，。；]{3,60})的，[^。；]*$", whole):
        return found[1]
    if found := re.search(r"支付给([^，。；]{2,20})|拨付(?:到|至|给)([^，。；]{2,20})|兑付给([^，。；]{2,20})", chars[amount.end : amount.end + 60]):
        return found[1] or found[2] or found[3]
    if found := re.match(r"授予(?P<payee>[^“”\"，。]{2,60}?)(?:同志)?[“\"]", whole) or re.search(r"授予(?P<payee>[^“”\"，。]{2,60}?)(?:同志)?[“\"]", whole):
        return found["payee"]
    return None


def _purpose(frame: Frame, first: int, start: int, amount: Amount, end: int, payee: str | None) -> str | None:
    """What the money is for."""
    chars = frame.chars
    sentence_end = frame.sentence(amount.start)[1]
    if found := _FOR.search(chars, amount.end, sentence_end):
        return found["purpose"]
    tail = _TAIL.match(chars, amount.end, end)
    before = chars[start : amount.word]
    comma = max(before.rfind("、"), -1)
    head = before[comma + 1 :] if comma >= 0 and len(before) - comma > 4 else before
    head = _CLEAN.sub("", re.sub(r"^(?:到|至)?\d{4}年(?:底)?", "", head))
    head = re.sub(r"(?:每|单个?)[\u4e00-\u9fff]{1,10}$", "", head)
    if tail and tail["purpose"]:
        words = tail["purpose"]
        return words if len(words) > 4 or not payee else f"{payee}{words}"
    if payee and head.startswith("对"):
        head = head[1:].lstrip("，")
    if len(head) >= 4:
        return head
    earlier = chars[first:start].rstrip("，").split("，")[-1] if start > first else ""
    earlier = re.sub(r"^(?:其中|对)|的$", "", earlier)
    if payee and _VERB.search(before):
        return payee + (_VERB.findall(before)[-1] if payee else "")
    if len(earlier) >= 4:
        return earlier
    heading = frame.passage.heading
    return (heading.words if heading else "") or head or None


def _ratio(scope: Scope, frame: Frame, start: int, end: int, shares: tuple[Decimal, ...]) -> Iterator[Fund]:
    """The shares of a ratio, each with the party that stands at its place."""
    chars = frame.chars
    first, last = frame.clause(start)
    near = chars[first:start]
    if not (_MONEY.search(near) or _MONEY.search(chars[max(0, first - 60) : first])):
        return
    parties = re.search(r"由(?P<list>[^，。；]{2,60}?)(?:按照?|以)?$", near)
    names = re.split("[、和与]", parties["list"]) if parties else []
    purpose = near[: parties.start()] if parties else None
    for i, share in enumerate(shares):
        payer = names[i] if len(names) == len(shares) else None
        yield scope.fact(
            Fund, "fund.ratio", frame.text, (first, last), passage=frame.passage, share=share, payer=payer,
            purpose=purpose,
        )
