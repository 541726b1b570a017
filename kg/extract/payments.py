"""Who pays whom, for each of what, and for what: read from the words around an amount of money."""

from __future__ import annotations

import re

from kg.extract.frames import Frame
from kg.grammar.amounts import Amount
from kg.grammar.clauses import clause_at
from kg.grammar.matches import last_match
from kg.grammar.subjects import subject

__all__ = ["payee_of", "payer_of", "per_of", "purpose_of"]

_GIVES = "给予|承担|补助|补贴|奖励|奖补|一次性|安排|负担|支付|拨付|列支|从|按|资助|出资|审核|直接|统筹|核发|兑付|兑现|发放|分别|每|足额|予以|解决|分担|配套|补足"
_BY = re.compile(rf"由(?P<payer>[^，。；由]{{2,40}}?)(?={_GIVES})")
_TREASURY = re.compile(
    r"(?:^|(?<=[\d—]年)|[，；。：由从予])(?P<payer>[\u4e00-\u9fff、（）]{0,12}?(?:财政(?:部门|局|厅)?|[省市州县区]级(?:财政)?预算)|(?:[市区省县镇乡州地](?:（[^（）]{1,4}）)?[、和])+[市区省县镇乡州地](?:（[^（）]{1,4}）)?(?:[两三]级)?)"
    r"(?=每|按|共|资金|可|下达|单列|设立|安排|给予|承担|补助|补贴|奖励|一次性|统筹|[一二三四五]年|采取|将|对|[投拨予负出配预设列支]|\d)"
)
_SOURCE = re.compile(
    r"(?:其中|申请|争取)*(?P<payer>上级|中央|省级?|市级?|州级?|县区|县级?|区级?|乡镇|镇乡|企业|社会资本|群众)(?P<treasury>财政)?(?:补助|配套|自筹|投资|投入|出资|资金)*"
)
_LEVELS = re.compile(
    r"(?P<payer>(?:中央|省级?|市级?|州级?|县级?|区级?|上级)(?:[和、与](?:中央|省级?|市级?|州级?|县级?|区级?))*)(?:财政)?(?:补助|专项|配套|奖补)资金"
)
_BEARER = re.compile(
    r"^(?:其中|由|且|并)?(?P<payer>(?!按|参照|根据|提供)[^，。；由对将]{2,30}?)(?:自筹|出资|承担|负担|占(?!比)|投入|(?<=）)每人)"
)
_POOL = re.compile(r"^(?:其中)?将?(?P<payer>[^，。；]{2,30}?)(?:用于[^，。；]{2,40}的?比例[^，。；]*)?$")
_SPENDS = re.compile(r"购买|采购|给予|补助|奖励|安排|投入|支付|出资|承担|拨付")
_ASKS = re.compile("申请|申报|享受|获得?|领取|接受")
_LEADING_DATE = re.compile(r"(?:到|至)?(?:\d{4}年)?(?:计划|拟)?")
_CHARGED = re.compile(r"，由(?P<payee>[^，。；]{2,20})向(?P<payer>[^，。；]{2,20})收取")
_LATER = re.compile(
    r"(?:^|[，；（）])[^，。；]{0,12}?由(?P<payer>[^，。；由向]{2,30}?)(?=给予|承担|补助|支付|拨付|列支|从|发放|足额|审核|直接|统筹|解决|安排|负担|负责(?=筹|落实|解决|支付|拨付|承担|统筹|安排|保障)|筹措|兑)"
)

_TO = re.compile(
    r"对于?(?P<payee>[^，。；]{2,160}?)(?=，|由[^，]{2,20}财政|(?:一次性|分别|最高|各)?(?:给予|补助|补贴|奖励|奖补|资助|予以)|按照?|每[\u4e00-\u9fff]{1,4}(?:补|奖|给)|处以?\d|可|$)"
)
_GIVEN = re.compile(
    r"(?:给予|支付给|奖励给|发放给|补助给|兑付给|兑现给|拨付[至到给]|奖励|补助|补贴|资助)(?P<payee>[^，。；\d]{2,40}?)"
    r"(?=每|最高|一次性|\d|各|不超过|不低于|，|。|；|$|人民币|总额|累计)"
)
_NO_PARTY = re.compile(
    r"^(?:最高|不|一次性|资金|适当|单个|人民币|标准|金额|单位?$|按|额|总额|每[^，]{0,2}$)|[“”]|(?:报酬|票价|价格|比例|额度|以上|日常养护|补助|补贴|资金|支持|经费|费|奖励|扶持|奖补|标准|额|金额|投资|的|建设|工作)$"
)
_BEHIND = re.compile(
    r"[^，。；]{0,14}?(?:补助|补贴|奖励|资助|给予|支付给|拨付[到至给]|兑付给)(?P<payee>[^，。；\d]{2,24}?)(?:补贴|补助|奖励)?(?=$|[，。；（])"
)
_PAID_OUT = re.compile(r"(?:支付给|兑付给|发放给|拨付[到至给])(?P<payee>[^，。；\d]{2,24})")
_WAGE = re.compile(r"(?P<payee>[^，。；]{2,20}?)(?:的)?(?:报酬|工资|薪酬|年?人均增收|展位费)")
_CASE = re.compile(r"(?:^|[，；。])(?P<payee>[^，。；]{3,70})的，[^。；]*$")
_PASSED = re.compile("(?:经)?(?:验收|评估|考核|检查)(?:合格|达标|通过)$")
_DEED = re.compile("达到|超过|发行|新增|每")
"""发行债券的, 达到1万人次以上的: what must be done or be so, and nobody who is paid."""
_PARTY = re.compile(
    r"(?:企业|公司|机构|单位|部门|主体|组织|团队|人才|对象|户|合作社|农场|家庭|中心|设施|高校|院校|学校|学科|医院|协会|(?<![茶果菜竹])园|基地|平台|孵化器|实验室|空间|工厂|车间|站|所|院|馆|点|村|社区|街道|[镇乡县区市]"
    r"|劳动力|群众|[农居村牧渔]民|毕业生|学生|学员|教师|职工|员工|[老]?人|者|员|师|方|商|店|民宿|项目|产品|品牌|食堂|政府|办事处|[局委]|共同体|联合体|工程|双方)(?:（[^（）]*）)?$"
)
"""What the words for somebody who is paid end in."""
_NAMED = re.compile(
    r"(?:^|[，；。：])(?P<payee>(?!扶持|支持|鼓励|推进|推动|加强|加大|建设|发展|按|参照|除|由|并|对)[^，。；：]{2,60})，(?=(?:再|分别|一次性|给予|按|奖励|补助|补贴|资助|每|最高)[^。；]*$)"
)
"""新认定的龙头企业，奖励20万元."""
_BORNE = re.compile(
    r"(?:^|[，；。：])(?P<payee>[^，。；：、由]{1,14}?(?:[县市区镇乡村州户]|企业|学校))(?=由[^，。；]{1,20}?财政)[^。；]*$"
)
"""脱贫县由省财政承担70%: who else would have to bear it."""
_DOES = re.compile(
    r"(?:^|[，；。：])(?P<payee>(?!对|除|按)[^，。；：的]{0,14}(?:企业|机构|单位|个人|主体|农户|合作社|高校|院校|团队|项目))"
    r"(?=首次|新[认获建]|当年|年度|在|通过|获|被|引进|参加|开展|建设|实施|购|租|投资|取得|完成|入选|达到|迁|上市|牵头|承担)[^。；]*$"
)
"""企业首次认定为高新技术企业的，奖励20万元."""
_FIRM = re.compile(
    r"对(?P<payee>[^，。；]{0,24}?(?:企业|机构|个体工商户|合作社|农户|院校)(?:（[^（）]*）)?)(?=\d{4}年|当年|新增|应?缴|应付|上年|年度|购|用)"
)
"""对规上企业2022年新增贷款…: the party ends where its time or its deed begins."""
_AWARDED = re.compile(r"(?:授予|表彰|对)(?P<payee>[^“”\"，。]{2,90}?)(?:同志)?[“\"]")

_PER = re.compile(
    r"(?P<per>(?:(?:每|单个?(?!位))[\u4e00-\u9fff“”]{1,16}?){1,3}?)"
    r"(?=补助|补贴|给予|奖励|奖补|资助|最高|最低|不超过|不低于|不少于|不多于|累计|年?补[助贴]额|补偿|年补|总额|一次性|由|按|可|的|应"
    r"|报酬|工作经费|奖金|安排|承担|处以?|收取|统筹|储备|$|，|\d|不|合计|共|支付|发放|免费|提供|投入|床位)"
)


_STEP = re.compile(
    r"(?:^|(?<=[，；。：]))(?P<per>每(?:新增|增加|带动|吸纳|引进|培训|培育|建成|新建|招收|完成|超过?|举办|开行|成功)[^，。；]{1,24})，$"
)
_MORE = re.compile("(?:再|另|额外|可|按|一次性)*(?:给予|补助|奖励|补贴|奖补|资助)")
"""每吸纳1名学徒，再补助500元: what each step is stands in the clause before."""


def per_of(chars: str, start: int, amount: Amount) -> str | None:
    """For each of what the sum is: 每… before it in its clause, or what stands behind a stroke."""
    if amount.per:
        return "每" + re.sub("[/·]", "每", amount.per)
    if (step := _STEP.search(chars, max(0, start - 40), start)) and _MORE.match(chars, start):
        return step["per"]
    before = chars[start : amount.start]
    if found := last_match(_PER, before):
        return found["per"]
    if re.search(r"各(?:奖励|奖|补助|补|给予)?(?:人民币)?$", before):
        return "各"
    if "亩均" in before:
        return "每亩"
    if "人均" in before:
        return "人均每年" if "年" in before else "人均"
    return None


def payer_of(chars: str, first: int, start: int, amount: Amount, last: int) -> str | None:
    """Who pays: behind 由, a treasury, who bears the share, the pool that it is taken from, or who acts."""
    near, whole = chars[start : amount.start], chars[first : amount.start]
    item = near[near.rfind("、") + 1 :] if re.search(r"[\d%元]、", near) else near
    fined = re.search(r"对(?P<payer>[^，。；]{2,30})处以?$", near) or (
        re.match(r"[^。；]{0,12}罚款", chars[amount.end : last])
        and re.search(r"对(?P<payer>[^，。；\d]{2,30}?)处", whole)
    )
    if fined:
        return str(fined["payer"])
    named = chars[start : amount.word]
    if found := _SOURCE.fullmatch(item) or _SOURCE.fullmatch(named[named.rfind("、") + 1 :] if item != near else named):
        return found["payer"] + (found["treasury"] or "")
    if found := last_match(_BY, item) or last_match(_TREASURY, item):
        return str(found["payer"])
    if (found := _BEARER.search(item)) and not re.search(r"(?:报酬|[票房地]?价|费|额|价格|标准)$", found["payer"]):
        return str(found["payer"])
    if (amount.is_share and re.match(r"[^，。；]{0,6}用于", chars[amount.end : last])) or re.search("用于.*比例", item):
        found = _POOL.search(chars[start : amount.word])
        return re.sub("^将|用于.*$", "", found["payer"]) if found else None
    rest = chars[amount.end : last]
    if re.match("。(?:补助|上述|以上|所需|该|奖补|奖励|补贴)?(?:资金|费用|经费|款项)", chars[last : last + 10]):
        rest += "，" + chars[last + 1 : last + 60]
    if found := _CHARGED.search(rest) or _LATER.search(rest):
        return str(found["payer"])
    if found := last_match(_BY, whole) or last_match(_TREASURY, whole):
        return str(found["payer"])
    if found := re.search(r"(?:^|，)(?P<payer>[^，。；]{0,10}(?:政府|委员会))决定", whole):
        return str(found["payer"])
    if found := _LEVELS.match(whole):
        return str(found["payer"])
    for at in (start, first):
        skipped = _LEADING_DATE.match(chars, at)
        acts = subject(chars, skipped.end() if skipped else at, min(amount.start, at + 80))
        spent = _SPENDS.search(chars, acts.end, clause_at(chars, amount.start)[1]) if acts else None
        if acts and spent and not _ASKS.search(chars, acts.end, spent.start()):
            return "、".join(acts)
    return None


def payee_of(chars: str, first: int, start: int, amount: Amount, end: int) -> str | None:
    """Who is paid: behind 对 or 给予, behind the sum, or the party whose case a clause before puts."""
    near, whole = chars[start : amount.start], chars[first : amount.start]
    behind = chars[amount.end : end]
    if re.match(r"[^，]{0,8}罚款", behind) or re.search(r"处$", near):
        return None
    for pattern, text in (
        (_GIVEN, near),
        (_BEHIND, behind),
        (_TO, near),
        (_WAGE, near),
        (_GIVEN, whole),
        (_TO, whole),
        (_NAMED, whole),
        (_BORNE, whole),
    ):
        found = pattern.match(text) if pattern is _BEHIND else last_match(pattern, text)
        if found and not _NO_PARTY.search(found["payee"]) and (pattern is _WAGE or _PARTY.search(found["payee"])):
            return re.sub(r"^由[^，]{2,12}(?=给予)|^对于?|^每[个家户名](?=..)|(?:的再?|各)$", "", found["payee"])
    if found := last_match(_FIRM, whole):
        return str(found["payee"])
    if found := _CHARGED.match(chars, end):
        return str(found["payee"])
    if found := _PAID_OUT.search(chars, amount.end, min(len(chars), amount.end + 60)):
        return str(found["payee"])
    if (found := _DOES.search(whole)) and not _NO_PARTY.search(found["payee"]):
        return str(found["payee"])
    if found := _CASE.search(whole):
        case = _PASSED.sub("", re.sub("^对于?", "", found["payee"]))
        return None if _DEED.match(case) else case
    if found := _AWARDED.search(whole):
        return re.sub(r"（[^（）]*）", "", found["payee"])
    return None


_FOR = re.compile(r"用于(?P<purpose>[^。；，（]{2,60})")
_EDGES = re.compile(
    r"^(?:其中|同时|并|且|另|内|以上|最高|各|再|原则上|力争|确保|计划|标准为|年|的|，|、|（)+"
    r"|(?:给予|不低于|不少于|不超过|不高于|最高|最低|达到?|约|超过?|突破|按照?|为|人民币|共计|合计|总计|计划|实现|分别|各|累计|至少|应当?|提供|在|处|的|，|（|占|以内)+$"
)
_AMOUNT = re.compile(
    r"(?:不低于|不少于|不超过|最高|达到?|约|超过|至少)?[\d.]+(?:万|亿)?(?:元|%|‰)(?:以[上下])?(?:（[^（）]*）)?"
)


def purpose_of(frame: Frame, first: int, start: int, amount: Amount, end: int, payer: str | None) -> str | None:
    """What the money is for: the clause or what it is about, under the words of the heading where these say more."""
    said = _purpose(frame, first, start, amount, end, payer)
    paid = last_match(_PAID_AS, frame.chars, start, end)
    if said and paid and not _PAID_AS.search(said):
        said = f"{said}，{paid[0]}"
    words = frame.heading_above(start)
    if not said or not 4 <= len(words) <= 24 or words in said or _VAGUE.search(words):
        return said or words or None
    return f"{words}：{said}" if said[:4] not in words else words


_PAID_AS = re.compile("(?:一次性)?(?:奖励|补助|补贴|资助|贴息|奖补|奖金)")
_NO_TOPIC = re.compile(r"(?:安排|投入|合计|累计|共计|下达|[一二三四五]年|[、，])+")
_VAGUE = re.compile(r"(?:标准|要求|任务|措施|条件|保障|范围|对象|方式|程序|附则|总则|奖补|政策|内容|事项|资金|管理)$")
"""What a heading ends in that says nothing of what is paid for."""


def _purpose(frame: Frame, first: int, start: int, amount: Amount, end: int, payer: str | None) -> str | None:
    """What the money is for: the clause without sum, payer and measure; where that says little, with what it is about."""
    chars = frame.chars
    if found := _FOR.search(chars, amount.end, frame.sentence(amount.start)[1]):
        return found["purpose"]
    if chars.startswith("其中", first) and (total := _TOTAL.search(chars, 0, first)):
        return total["purpose"]
    left, right = start, end
    listed = re.match(r".*(?:元|%)(?:（[^（）]*）)?、", chars[start : amount.word])
    if listed:
        left = start + listed.end()
    if following := re.search(r"、(?=[^，。；]*\d[^，。；]*(?:元|%))", chars[amount.end : end]):
        right = amount.end + following.start()
    words = _bare(chars[left : amount.word], payer)
    behind = _AMOUNT.sub("", re.sub(r"^（[^（）]*）|^(?:的|、)|由.*$", "", chars[amount.end : right]))
    said = _EDGES.sub("", words + behind)
    if _SHARED_BY.fullmatch(said):
        shared = _TO_SHARE.search(chars, 0, left)
        return shared["purpose"] if shared else _topic(frame, first, left, payer)
    if len(said) >= 10 and not _MERE.match(said):
        return said[:60]
    topic = _topic(frame, first, left, payer)
    if topic and said and said not in topic:
        return f"{topic}（{said}）" if re.fullmatch(r"\d{4}年|[\u4e00-\u9fff]道", said) else f"{topic}，{said}"
    return topic or said or None


_TOTAL = re.compile(r"(?:^|。)(?P<purpose>[^，。；\d]{2,24}?(?:投资|资金|经费))(?:约|为|共|达)*[\d.]+[万亿]*元。$")
"""规划总投资2亿元。其中，…: what the parts are parts of."""
_SHARED_BY = re.compile(r"(?:[^，。；：、]{0,14}(?:[县市区镇乡村州户]|企业|学校))?(?:承担|负担)")
_TO_SHARE = re.compile(r"(?:^|[。：])(?P<purpose>[^，。；：]{2,20}(?:资金|经费|费用))，[^。]*$")
"""改造资金，脱贫县由…；其他县由…: what is shared."""
_MERE = re.compile("按|参照|给予|补助|补贴|奖励|一次性|另|每|提供|标准|投入")
"""How a clause begins that says how much is paid, not what for."""


def _bare(words: str, payer: str | None) -> str:
    """Words without other sums, without who pays, and without 每….

    The pool that a share is taken from stays where nothing else is said.
    """
    words = _AMOUNT.sub("", words)
    words = _BY.sub("", words)
    if payer and payer in words:
        words = words.replace(payer, "", 1)
    words = _PER.sub("", words)
    words = re.sub(
        r"(?:按照?)?的?标准(?=给予|补助|发放|$)|对(?=补助|给予|奖励|补贴|的|$)|的(?=给予|提供|申请|对)", "", words
    )
    words = re.sub(r"（[^（）]*）|\d{4}年(?=.)", "", words) if len(words) > 5 else words
    words = re.sub(r"(?:首次)?(?:突破|超过|达到?|超)?、+(?=的|，|$)", "", words)  # where a list of sums stood
    return _EDGES.sub("", words)


def _topic(frame: Frame, first: int, left: int, payer: str | None) -> str | None:
    """What the sentence is about: the nearest clause before that says something, else the heading."""
    chars = frame.chars
    clauses = re.split("[，：]", chars[first:left])
    clauses.reverse()
    for clause in sorted(clauses, key=lambda clause: not re.match(r"对|为|.*的$", clause)):
        if re.match("按|参照|具体|除|最高|给予|其中|标准", clause):
            continue
        said = re.sub(r"^对于?", "", _bare(re.sub(r"的$", "", clause), payer))
        if len(said) >= 5 and not _NO_TOPIC.fullmatch(said):
            return said[:60]
    return frame.heading_above(left) or None
