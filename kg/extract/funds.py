"""Sums of money and shares of money: who pays whom, how much, for each of what, and for what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kg.extract.frames import NARRATIVE, Frame
from kg.extract.payments import payee_of, payer_of, per_of, purpose_of
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.extract.tiers import tier_of, tier_party
from kg.grammar.amounts import Amount, find_amounts, find_ratios
from kg.grammar.matches import last_match
from kg.grammar.subjects import subject
from kg.model import Fund

__all__ = ["RULES", "funds", "is_condition", "is_fund_share", "is_qualifier"]

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
    r"(?:率|强度|占比|比重|满意度|增长|增速|增幅|增加|提高|提升|下降|降低|减少|覆盖面|GDP|同比|水平|规模|面积|人口|人员|企业|用户|数量)"
    r"(?:年均|均|稳定)?(?:保持|维持|控制)?(?>在|到|至|达到?|为|不低于|不少于|不超过|超过|高于|低于|不小于|约|目标|应当?|要|力争|比例)*+$"
)
_VERB = re.compile(
    r"给予|补助|补贴|资助|奖励|奖补|支付|发放|拨付|安排|配套|支持|补偿|承担|出资|自筹|投入|列支|处(?=\d|以)"
)


def funds(scope: Scope) -> Iterator[Fund]:
    """The sums and the shares of money that a document names."""
    narrative = not scope.annex and NARRATIVE.search(scope.notice_title) is not None
    for frame in (*scope.frames, *scope.cells):
        chars = frame.chars
        before: Fund | None = None
        ended = 0
        if not _HINT.search(chars):
            continue
        for start, _, shares in find_ratios(chars):
            yield from _ratio(scope, frame, start, shares)
        for amount in find_amounts(chars):
            if narrative and _PROGRESS.search(chars, *frame.sentence(amount.start)):
                continue
            if amount.is_money and not is_qualifier(frame, amount) and not is_condition(frame, amount):
                rule = "fund.sum"
            elif amount.is_share and is_fund_share(frame, amount):
                rule = "fund.share"
            else:
                continue
            fund = _fund(scope, frame, amount, rule)
            if (
                before
                and not fund.payee
                and "。" not in chars[ended : amount.start]
                and _LIMITS.search(chars, frame.clause(amount.start)[0], amount.start)
            ):
                fund = replace(fund, payee=before.payee)  # …，单个企业最高不超过50万元
            before, ended = fund, amount.end
            yield fund


_PROGRESS = re.compile(r"完成投资|占(?:年度|全年)?(?:计划|任务|预算)的?(?=\d)|同比(?:增长|下降)")
"""What a circular (通报) tells of how far things are."""
_LIMITS = re.compile("单个|单家|每[家个户]|同一|其中|最高|年度|累计|不超过")
_HINT = re.compile(r"元|圆|%|‰|百分之|\d[:：比]\d")


_QUALIFIES = re.compile(
    r"的?(?:企业|项目|园区|集群|产品|品牌|平台|农户|合作社|村|镇|县)(?:总?数|数量)?(?:达到?|超过|突破|实现|新增|增加|不少于|力争)"
)


def is_qualifier(frame: Frame, amount: Amount) -> bool:
    """Whether an amount says which things are counted (产值过100亿元的企业达3家)."""
    return _QUALIFIES.match(frame.chars, amount.end) is not None


def is_condition(frame: Frame, amount: Amount) -> bool:
    """Whether an amount only says which party or project is meant (年销售收入不超过2000万元的企业)."""
    chars = frame.chars
    start, end = frame.clause(amount.start)
    before, behind = chars[start : amount.word], chars[amount.end : end]
    named = _NAMING.fullmatch(behind)
    if (
        named
        and (amount.is_money or amount.stated)
        and not _GOVERNS.search(before)
        and not _GIVEN.match(named["noun"])
        and _GIVES.search(chars, amount.end + named.start("noun"), frame.sentence(amount.start)[1])
    ):
        return True
    if amount.is_share:
        return False
    if amount.stated and re.match("[且并]", before) and re.match(r"的[^，。；]{2,}", behind):
        return bool(
            re.search(
                r"(?:额|收入|资产|产值|营收|资本)[^，。；]{0,24}[\d.]+[万亿]?元[^，。；]{0,4}$",
                chars[max(0, start - 50) : start - 1],
            )
        )
    named = _CONDITION.search(before)
    if not amount.stated or not named or _VERB.search(named[0]):
        return False
    if re.match(r"(?:、[^，。；]{2,20})?(?:的|软件|企业)", behind) or re.search(r"的[^，。；]{2,}", behind):
        return True
    return chars[end : end + 2] in ("，且", "，并") and bool(
        re.match(r"[^。；]{2,30}元[^，。；]{0,16}的", chars[end + 1 :])
    )


_NAMING = re.compile(r"[^，。；]{0,60}?的(?P<noun>[^，。；的]{0,40})")
"""What stands behind an amount that names a party or a project: …的企业, or …的 alone."""
_GIVEN = re.compile(
    r"(?:一次性)?(?:奖|补|资助|标准|贴息|扶持|支持|比例|额度|价格|费|价|金|款|贷|税|部分)|[\u4e00-\u9fff]{0,8}(?:资金|基金|经费|补[贴助]|奖励|奖金|贷款|费用|债券)"
)
_GOVERNS = re.compile(
    r"(?:给予|奖励|补助|补贴|资助|奖补|安排|拨付|发放|支付|列支|设立|处以?|支持(?=\d)|投入(?=\d))[^，。；]{0,12}$|按[^，。；]{0,12}$"
)
_GIVES = re.compile(r"给予|奖励|补助|补贴|资助|奖补|贴息|予以|享受|减免|返还|支持|扶持|按\d|按照")


def is_fund_share(frame: Frame, amount: Amount) -> bool:
    """Whether a percentage is a share of money that somebody pays, gets or uses."""
    chars = frame.chars
    start, end = frame.clause(amount.start)
    before, clause = chars[start : amount.start], chars[start:end]
    if _SHARED.search(before):
        return True
    if _RATE.search(before) or re.match(
        r"的?(?:增长|速度|增速|以上的?(?:企业|人|村|乡|户|文化馆|学校))", chars[amount.end : end]
    ):
        return False
    if not _PAID.search(clause) or is_condition(frame, amount):
        return False
    first = frame.sentence(amount.start)[0]
    return bool(_MONEY.search(clause) or _MONEY.search(chars[max(first, start - 60) : start]))


_SHARED = re.compile(
    r"(?:支付|报销|补偿|资助|补助|补贴|贴息|返还|承担|分担|负担|出资|配套|奖补|给付)比例(?:为|达到?|提高[到至]|不低于|不高于|不超过|最高|统一为|按|调整为)*$"
)
"""报销比例70%: of what share the cost is borne."""


def _fund(scope: Scope, frame: Frame, amount: Amount, rule: str) -> Fund:
    chars = frame.chars
    start, end = frame.clause(amount.start)
    first, last = frame.sentence(amount.start)
    if amount.is_money:
        values: dict[str, Decimal] = {"amount": amount.value}
    else:
        values = {"share": amount.value / (100 if amount.unit == "%" else 1000)}
    payer = payer_of(chars, first, start, amount, last)
    payee = payee_of(chars, first, start, amount, end)
    if payee and (tier := tier_of(chars, amount)):
        payee = tier_party(payee, *tier)
    return scope.fact(
        Fund,
        rule,
        frame.text,
        (start, end) if end - start <= 120 else _item(chars, amount, start, end),
        passage=frame.passage,
        comparator=amount.comparator,
        per=per_of(chars, start, amount),
        payer=payer,
        payee=payee,
        purpose=purpose_of(frame, first, start, amount, end, payer),
        **values,
    )


def _item(chars: str, amount: Amount, start: int, end: int) -> tuple[int, int]:
    """The item of an enumeration around an amount, inside its clause."""
    left = max(chars.rfind("、", start, amount.word) + 1, start)
    right = chars.find("、", amount.end, end)
    return left, right if right > 0 else end


_NEEDED = re.compile("(?:所需|上述|以上|补助|补贴|奖补|奖励)(?:资金|经费|费用)")
_GIVEN_AS = re.compile(
    r"(?:给予|发放|享受|支付|落实)(?:一次性)?(?P<purpose>[\u4e00-\u9fff]{1,10}?(?:补贴|补助|奖励|奖补|津贴|救助|资助)金?)"
)
"""…给予运费补助，所需资金由: what it is needed for stands before."""


def _ratio(scope: Scope, frame: Frame, start: int, shares: tuple[Decimal, ...]) -> Iterator[Fund]:
    """The shares of a ratio, each with the party that stands at its place."""
    chars = frame.chars
    first, last = frame.clause(start)
    near = chars[first:start]
    if not (_MONEY.search(near) or _MONEY.search(chars[max(0, first - 60) : first])):
        return
    parties = re.search(r"由(?P<list>[^，。；]{2,60}?)(?:按照?|以)?$", near) or re.match(
        r"(?P<list>(?:[^，。；、]{1,8}、)+[^，。；、]{1,3}?)(?:两级|三级|级)?(?:补助|配套)?(?:资金|财政)?按照?$", near
    )
    actor = None if parties else subject(chars, first, start)
    names = re.split("[、和与]", re.sub("[两三]级财政$", "", parties["list"])) if parties else []
    if parties and re.search("[两三]级财政$", parties["list"]):
        names = [f"{name}级财政" for name in names]
    purpose = near[: parties.start()] if parties else None
    if not purpose and (before := chars[frame.sentence(start)[0] : first].rstrip("，")):
        purpose = re.sub(r"(?:不低于|不少于|不超过|约)?[\d.]+[万亿]?元.*", "", before.rsplit("，", 1)[-1]) or None
    if purpose and _NEEDED.fullmatch(purpose):
        given = last_match(_GIVEN_AS, chars[frame.sentence(start)[0] : first])
        purpose = given["purpose"] if given else purpose
    for i, share in enumerate(shares):
        payer = names[i] if len(names) == len(shares) else "、".join(actor) if actor else None
        yield scope.fact(
            Fund,
            "fund.ratio",
            frame.text,
            (first, last),
            passage=frame.passage,
            share=share,
            payer=payer,
            purpose=purpose,
        )
