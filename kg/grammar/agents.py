"""Lists of agents: who is named, one by one, with what the list says only once handed on to each.

各街道办事处、乡镇人民政府 names 各街道办事处 and 各乡镇人民政府; 区科技局、财政局 names 区科技局 and 区财政局;
民政、财政等部门 names 民政部门 and 财政部门.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.grammar.matches import any_of
from kg.grammar.organisations import SUFFIX
from kg.lexicon import words

__all__ = ["Agent", "is_agent", "is_class", "split_agents"]

_OPEN, _CLOSE = "（《“〔【", "）》”〕】"
_GENERIC = re.compile(
    "单位|部门|机构|企业|个人|组织|人员|院校|学校|团体|公司|地区|群众|群体|领导|干部|负责人|同志|园区|街道"
)
_CLASS_TAIL = re.compile(
    r"等?(?:\d{1,3}|[一二三四五六七八九十]{1,3})?(?:个|家)?(?:相关|有关|市级|区级|县级|省级|责任|成员|主管|牵头|主要)*(?P<noun>部门|单位|机构|企业|公司|部委|地区)"
    r"(?:（单位）|（部门）|和单位|及单位|和部门)?(?:分管负责人|主要负责人|负责人)?$"
)
_CLASS_ENDS = ("部门", "单位", "机构", "企业", "公司", "部委", "地区", "（单位）", "（部门）", "负责人")
_HOLDER = re.compile(r"(?:的)?(?:主要|分管|相关|有关|具体)?(?:负责人|领导|负责同志|责任人|领导同志)$")
_SUFFIX = re.compile(rf"(?:{SUFFIX})(?:[（〔][^（）〔〕]{{1,14}}[）〕])*$")
_NOUNS = (
    "部门 单位 机构 企业 公司 中心 设施 服务站 站点 互助点 养老点 专员 人员 负责人 领导 责任人 联络员 经营者 运营方 运营商 申请人 领导小组 工作组 小组 专班 指挥部 联席会议 委员会 "
    "理事会 协会 学会 商会 组织 团体 银行 学校 高校 医院 院校 园区 基地 街道 乡镇 镇街 乡街 社区 村 镇 乡 县 区 市 州 省 政府 当事人 业主 市民 居民 农户 群众 学生 家长 教师 医师 居委 "
    "村委 工委 党委 党组 支部 支队 大队 总队 公安 法院 检察院 气象台 海关 铁塔 电网 供销社 团委 妇联 残联 科协 工会 工商联 红十字会 主席 书记 主任 局长 秘书长 副区长 副县长 "
    "副市长 区长 县长 市长 镇长 组长 指挥长 总指挥 队长 所长 院长 校长 行长 经理 科长 处长 委员 成员 专家 管理员 护理员 养护员 巡查员 网格员 河长 路长 林长 田长 湖长 楼长 志愿者 企业家 创业家 "
    "学者 科学家 带头人 经纪人 承包人 所有人 使用人 责任主体 实施主体 主体"
)
_NOUN = re.compile(rf"{any_of(_NOUNS.split())}(?:[（〔][^（）〔〕]{{1,14}}[）〕])?$")
_LASTS = frozenset(word[-1] for word in (*words("organisations"), *_NOUNS.split())) | set("人导志）〕")
"""The last characters of what ``_SUFFIX``, ``_NOUN`` and ``_HOLDER`` match."""
_NO_AGENT = re.compile(
    r"[。；：？！]|\d{4}年|.(?:负责(?!人|同志)|根据|按照|要求|通过|提供|关于|特别是|为了|包括|位于|用于)"
)
_OPENS_NO_AGENT = re.compile(
    r"(?:全区|全市|全县|全省|我区|我市|我县|我省|各地|各级)$|(?:希望|号召|的|并|并且|同时|但|因|为|对|将|把|从|以|与|和|及|或|其中|按|按照|根据|通过|结合|依托|围绕|坚持|加强|推进|推动|支持|鼓励|引导|加大|加快|建立|完善|落实|强化"
    r"|实施|开展|组织|制定|确保|做好|提高|提升|使用(?!单位|者|人|方)|利用|运用|采用|采取|借助|发挥|如|若|凡|在|于|经|由|向|到|是|有(?!关)|新建|改建|扩建|要|应|须|需|可|能|会|不|未|没有|进一步|切实|积极|认真|严格|继续"
    r"|深入|全面|充分|及时|定期|每|第|均|都|也|还|又|再|已|就|现|特|此|该项|原则上|一律|必要|特别|尤其|重点|主要(?!领导|负责))"
)
_ENDS_NO_AGENT = re.compile(
    r"(?:[的地得]|工作|任务|措施|方案|材料|意见|办法|规定|制度|计划|规划|资金|项目|活动|(?<!联席)会议|信息|文件|服务|(?:[举承主协督开兴创筹代经申补催严]|(?<!督)(?<!巡)查)办|条件|标准|内容|情况|问题|目标)$"
)
"""Of one character or two."""


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent in a list: where its own words stand, and its name with what is handed on to it."""

    start: int
    end: int
    name: str


@cache
def _marks(marks: str) -> re.Pattern[str]:
    return re.compile(f"[{_OPEN}{_CLOSE}{marks}]")


def _pieces(text: str, marks: str) -> list[tuple[int, int]]:
    """The pieces of the text between the marks, brackets held together."""
    found, depth, start = [], 0, 0
    for match in _marks(marks).finditer(text):
        if match[0] in _OPEN:
            depth += 1
        elif match[0] in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0:
            found.append((start, match.start()))
            start = match.end()
    found.append((start, len(text)))
    pieces = [(a, b) for a, b in found if text[a:b].strip()]
    return pieces if text.count("各") < 2 else [part for a, b in pieces for part in _each(text, a, b)]


def _each(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A piece parted before each 各 (各部门各乡镇)."""
    if text.count("各", start, end) < 2 or not (match := _EVERY.match(text, start, end)):
        return [(start, end)]
    return [(start, match.end()), *_each(text, match.end(), end)]


_AND = re.compile(r"以及|和|及|与|会同|联合(?![会社体国])")


def _split_and(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A piece parted at 和, 及, 与 where both sides are agents of their own (not 发展和改革委, 部门和单位)."""
    for match in _AND.finditer(text, start, end):
        left, right = text[start : match.start()], text[match.end() : end]
        if not (is_agent(left) and is_agent(right)) or _GENERIC.fullmatch(right):
            continue
        if text.count("（", 0, match.start()) == text.count("）", 0, match.start()):
            return [(start, match.start()), *_split_and(text, match.end(), end)]
    return [(start, end)]


_LEVEL = re.compile(r"(?:原)?(?:区|市|县|省|州|旗|镇|国家|自治区|自治县)(?=[\u4e00-\u9fff]{2,})")
_PLAIN = re.compile(
    r"(?!.*(?:监管|银保监|银监|证监|外汇|海关|海事)分局$|.{0,2}[区市县省]委$|.*(?:新区|园区|开发区|自贸区|示范区|高新区)|各|有关|相关|其他|其它|[\u4e00-\u9fff]{1,8}?(?:[省市县区镇州盟旗]|(?<!城)乡|街道)(?![\u4e00-\u9fff]{0,2}$))[\u4e00-\u9fff（）]{2,14}(?:局|委|办|厅)$"
    r"|(?:总工会|团委|妇联|残联|科协|文联|侨联|工商联|红十字会|供销社|供销联社)$"
)
_NO_LEVEL = (
    "区域",
    "市场",
    "县域",
    "省际",
    "市政",
    "区县",
    "县级市",
    "市县",
    "县市",
    "县乡",
    "镇村",
    "镇乡",
    "镇街",
    "区块",
    "市州",
    "县区",
)
_ASIDE = re.compile(r"（(?:详?见|以下|下同|名单|排名)[^（）]*）")
_SEAT_OF_PLACES = re.compile(r"(?<=[省市州县区镇乡）])(?:人民政府|政府|党委和政府|管委会)$")
_PLACE_ALONE = re.compile(r"各(?:省|设区市|市|州|县|区|镇|乡)(?:（[^（）]*）)?")
"""各市（州）、县（市、区）人民政府: what the places share is said behind the last."""
_AMONG = re.compile(r"等[省市州县区]?[级直]?(?:有关|相关)?(?:部门|单位)(?:[和及以、，]|以及)+(?=[各\u4e00-\u9fff]{3})")
"""A、B等省有关部门和C: the class sums up those before it."""
_EVERY = re.compile(r"各[\u4e00-\u9fff（）]{2,8}?(?=各[\u4e00-\u9fff])")
_SHARED = re.compile(
    r"(?:乡镇|镇乡|街道|村|社区|镇|乡|县|区|市|部门|单位|园区|开发区|功能区|企业|学校|中小学|行业|成员|级|直属|科室|责任|金融机构)"
)


_CONCERNED = re.compile(r"所?(?:涉及|属)的")


_OF_LEVELS = re.compile(
    r"(?P<places>(?:[省市州县区旗镇乡村]|乡镇|镇街|街道|社区|[市县]（[^（）]{1,8}）)(?:、(?:[省市州县区旗镇乡村]|乡镇|镇街|街道|社区|苏木镇|[乡县]（[^（）]{1,8}）)){1,3})"
    r"[两三四]级(?P<body>[\u4e00-\u9fff]{2,16})"
)
"""市、县两级应急部门: each level has one."""


def split_agents(text: str, marks: str = "、，；") -> list[Agent]:
    """The agents of a list, in order, each with its full name. The text is the list and nothing else."""
    text = _ASIDE.sub(lambda aside: " " * len(aside[0]), text.rstrip("。 ")).rstrip()
    if concerned := _CONCERNED.match(text):
        text = " " * concerned.end() + text[concerned.end() :]
    if levels := _OF_LEVELS.fullmatch(text):
        names = (place + levels["body"] for place in levels["places"].split("、"))
        return [Agent(0, len(text), name) for name in names if len(name) > 2]
    text = _AMONG.sub(lambda tail: "、" + " " * (len(tail[0]) - 1), text)
    split = [_split_and(text, a, b) for a, b in _pieces(text, marks)]
    pieces = [part for parts in split for part in parts]
    if not pieces:
        return []
    if len(pieces) == 1 and "等" not in text:  # nothing is handed on
        ((start, end),) = pieces
        name = text[start:end].strip()
        return [Agent(text.index(name, start), end, name.strip('“”"'))] if len(name) > 1 else []
    joined = {parts[n][0] for parts in split for n in range(1, len(parts))}
    tail = _CLASS_TAIL.search(text) if text.endswith(_CLASS_ENDS) else None
    found: list[Agent] = []
    seat = _SEAT_OF_PLACES.search(text) if len(pieces) > 1 else None
    level, every = "", False
    shared_province = sum(text.startswith("省", a) for a, _ in pieces) == 1
    bare_tail = _bare_tail(text, pieces, tail)
    for n, (start, end) in enumerate(pieces):
        name = text[start:end].strip()
        own = name
        start = text.index(name, start) if name else start
        last = n == len(pieces) - 1
        if last and tail and "等" in name:
            cut = name.rfind("等")
            own = name = name[:cut]
            end = start + cut
        elif last and name.endswith("等"):
            own = name = name[:-1]
            end -= 1
        if bare_tail and not (bare_tail.endswith("政府") and own[-1] not in "镇乡" and _SUFFIX.search(own)):
            name = (name[: -len(bare_tail)] if name.endswith(bare_tail) else name) + bare_tail
        if seat and not last and _PLACE_ALONE.fullmatch(own):
            name = own + seat[0]
        head = _LEVEL.match(own)
        if head and not own.startswith(_NO_LEVEL):
            level, every = head[0], False
        elif own.startswith("各"):
            level, every = "", True
        elif found and own in ("单位", "部门", "企业", "机构") and (shared := re.match("相关|有关", found[-1].name)):
            name = shared[0] + name
        elif every and found and start not in joined and _SHARED.match(own) and len(own) <= 14:
            name = "各" + name
        elif (
            level not in ("", "国家", "" if shared_province else "省")
            and (_PLAIN.fullmatch(own) or (bare_tail and not bare_tail.endswith("政府")))
            and not every
        ):
            name = level + name  # 厅 says by itself that it is a province's, where 省 is said of others one by one
        else:
            every = False
            if level and not _PLAIN.fullmatch(own):
                level = ""
        if bare_tail and found and not own.startswith("各") and found[0].name.startswith("各级"):
            name = "各级" + name
        if found and (beside := _BESIDE.fullmatch(name)):
            name = _of_same_place(found[-1].name, beside)
        if len(name) >= 2:
            found.append(Agent(start, end, name.strip('“”"')))
    return found


_BESIDE = re.compile(r"(?P<level>[省市县区旗州镇乡]?)(?P<seat>(?:人民)?政府|管委会|办事处)")
_PARTY_OF = re.compile(r"(?P<place>[\u4e00-\u9fff（）、]{2,}?)(?:党委|党工委|(?<=[省市县区旗州])委)")


def _of_same_place(before: str, beside: re.Match[str]) -> str:
    """The government of the place whose party committee stands before it (石门县委、县政府; 各镇党委、政府)."""
    party = _PARTY_OF.fullmatch(before)
    if party and (not beside["level"] or party["place"].endswith(beside["level"])):
        return party["place"] + beside["seat"]
    return beside[0]


def _bare_tail(text: str, pieces: list[tuple[int, int]], tail: re.Match[str] | None) -> str:
    """What a list of bare stems shares (民政、财政等部门; 东山、西山区政府); nothing where its members are whole names."""
    if len(pieces) < 2:
        return ""
    if not tail:
        heads = [text[a:b] for a, b in pieces[:-1]]
        if (township := re.search(r"(?<=[镇乡])(?:人民)?政府$", text)) and any(head[-1] in "镇乡" for head in heads):
            return township[0]
        place = re.search(r"[区县市](?:人民)?政府$", text)
        short = all(len(head) <= 4 and not _SUFFIX.search(head) and head[-1] not in "区县市镇乡" for head in heads)
        return place[0] if place and short else ""
    heads = [text[a:b] for a, b in pieces[:-1]]
    bare = sum(not _SUFFIX.search(head) for head in heads)
    alike = "等" in tail[0] or not any(is_agent(head) for head in heads)
    return tail["noun"] if alike and bare * 2 > len(heads) else ""


@lru_cache(maxsize=4096)
def is_agent(text: str) -> bool:
    """Whether the text can be the name of one that acts: an organisation, a class of them, an office-holder."""
    return (
        2 <= len(text) <= 34
        and text[-1] in _LASTS
        and text.count("（") == text.count("）")
        and not _ENDS_NO_AGENT.search(text, len(text) - 2)
        and not _OPENS_NO_AGENT.match(text)
        and not _NO_AGENT.search(text)
        and bool(_SUFFIX.search(text) or _NOUN.search(text) or _HOLDER.search(text))
    )


_ANY = re.compile(
    r"(?:所在(?:地|村|社区|街道|乡镇|镇乡)?的?|辖区内?)?"
    r"(?:(?:乡镇|镇乡)(?:人民政府|政府|卫生院)?|乡镇街道|镇街|街道(?:办事处|办)?"
    r"|(?:村民|居民)(?:委员会|小组)|(?:村|社区)?居委会?|村委会?|村（居）委会|村（居）民委员会|中小学校?)(?:（街道）)?"
)
"""A name without a proper name in it, of which there is one in every place of its kind."""


def is_class(name: str) -> bool:
    """Whether a name stands for a class of agencies, not for one (各乡镇人民政府, 有关单位, 民政部门, 街道办事处)."""
    return bool(
        _ANY.fullmatch(name)
        or re.match(r"各|有关|相关|其他|其它|所有|全体|全区|全市|全县|全省", name)
        or re.search(r"(?:部门|单位|企业|机构)$", name)
    )
