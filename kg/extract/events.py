"""What was done to or by a named party: reprimands, awards, audits, bodies set up, changed and dissolved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kg.anatomy import Passage
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.grammar.agents import is_class, split_agents
from kg.grammar.dates import find_dates
from kg.grammar.names import NAME, is_name
from kg.grammar.organisations import is_organisation
from kg.grammar.posts import TITLE
from kg.grammar.sentences import sentences
from kg.model import Event
from kg.text import Text

__all__ = ["RULES", "events"]

RULES = (
    Rule(
        "event.reprimand",
        "对A、B予以通报批评 reprimands, 予以通报表扬 praises, each of those named.",
        "经区政府研究，决定对区水利局、区教委等2个单位予以通报批评。",
        "对工作不力的单位和个人予以通报批评。",
    ),
    Rule(
        "event.award",
        "授予A、B“…”称号 honours each of those named; 对A予以表彰 and 给A记功 too.",
        "区政府决定授予区水文站、谭水生“抗洪抢险先进集体”称号。",
        "对获得“优秀河长”称号的单位给予奖励。",
    ),
    Rule(
        "event.punishment",
        "给予A记过处分 and 对A处以罚款 punish those named.",
        "经研究，给予区水利局副局长谭水生记过处分，对沧屏宏达化工有限公司处以罚款20万元。",
        "违反本规定的，对单位处以罚款5万元。",
    ),
    Rule(
        "event.deed",
        "A dated sentence on somebody honoured in the same document tells the deed.",
        "2021年4月3日，村民谭水生不顾个人安危跳入河中，救出落水儿童2人。区政府决定授予谭水生“见义勇为先进个人”称号。",
        "2021年4月3日，全区干部群众奋力抢险。区政府决定授予区水文站“抗洪抢险先进集体”称号。",
    ),
    Rule(
        "event.inspection",
        "对A进行了审计, 考核, 约谈 and the like tells of an inspection that took place.",
        "2021年3月1日至20日，区审计局对我区2020年度水利资金使用情况进行了专项审计。",
        "区审计局每2年对补助资金使用情况开展一次专项审计。",
    ),
    Rule(
        "event.grade",
        "A、B考核等次为良好 says how those named were assessed.",
        "枫渡镇人民政府、区水利局考核等次为良好。",
        "考核等次为良好的单位不予奖励。",
    ),
    Rule(
        "event.founding",
        "成立, 组建, 设立 or 建立 before the name of a body sets it up.",
        "成立青汀区防汛抗旱工作领导小组，由分管副区长任组长。",
        "鼓励各镇成立志愿服务队，各单位要成立相应工作专班。",
    ),
    Rule(
        "event.change",
        "调整X成员 changes who sits in a body; X更名为Y renames it.",
        "区政府决定调整青汀区防汛抗旱工作领导小组成员。",
        "领导小组成员因工作变动需调整的，由所在单位自行替补。",
    ),
    Rule(
        "event.dissolution",
        "撤销X dissolves a body, at once or when its work is done.",
        "区政府决定撤销青汀区旧城改造指挥部，其职责由区住房城乡建委承担。",
        "上述许可被撤销的，应当重新申请。",
    ),
)

_CUE = re.compile(
    r"通报(?:批评|表扬)|授予|追授|表彰|表扬|嘉奖|记.{1,2}等功|命名|(?:行|展|施|出)了|约谈|考核|成立|组建|设立|建立|调整|撤销|更名|不再保留|处分|警告|记大?过|罚款|诫勉|撤职|解散"
)


@dataclass(slots=True)
class _Context:
    """What a document's sentences share: who decides, when, and which bodies were named so far."""

    scope: Scope
    own: bool
    """Whether the notice itself speaks, and not the plan behind it."""
    issuer: str | None
    agent: str | None
    """Who decides, in the words of the text; else the issuer."""
    matter: str
    """What the title says the document is about."""
    honoured: set[str] = field(default_factory=set)
    assessor: str | None = None
    passage: Passage | None = None

    @property
    def date(self) -> str | None:
        return self.scope.document.date if self.own else None


@dataclass(frozen=True, slots=True)
class _Found:
    rule: str
    type: str
    start: int
    end: int
    agent: str | None = None
    patient: str | None = None
    what: str | None = None
    date: str | None = None


_Reader = Callable[[_Context, str, int, int], Iterator[_Found]]


def events(scope: Scope) -> Iterator[Event]:
    """The events that a document tells of, one line a patient, each once."""
    context = _context(scope)
    seen: set[tuple[str, str]] = set()
    texts: list[tuple[Text, Passage]] = [(p.paragraph.text, p) for p in scope.passages]
    hits: list[tuple[Text, Passage, _Found]] = []
    for text, passage in texts:
        if not _CUE.search(text.chars):
            continue
        context.passage = passage
        for start, end in sentences(text.chars):
            for cue, reader in _READERS:
                if cue.search(text.chars, start, end):
                    hits.extend((text, passage, found) for found in reader(context, text.chars, start, end))
    hits = _once_a_passage(hits)
    hits.extend(_headed(context, {found.patient for _, _, found in hits if found.rule == "event.founding"}))
    if context.honoured:
        hits.extend(_deeds(context, texts))
    for text, passage, found in hits:
        key = (found.type, _flat(found.patient or found.what or ""))
        if key in seen:
            continue
        seen.add(key)
        yield _fact(scope, text, passage, found)
    if context.own and scope.document.title and not hits:
        for found in _from_title(context, scope.document.title.chars):
            yield _fact(scope, scope.document.title, None, found)


def _once_a_passage(hits: list[tuple[Text, Passage, _Found]]) -> list[tuple[Text, Passage, _Found]]:
    """The hits without a body that a heading names and its text, right behind, names once more in other words."""
    kept: list[tuple[Text, Passage, _Found]] = []
    for hit in hits:
        text, _, found = hit
        if kept and kept[-1][0] is text and kept[-1][2].rule == found.rule == "event.founding":
            short, long = sorted((kept[-1][2].patient or "", found.patient or ""), key=len)
            letters = iter(long)
            if short[-2:] == long[-2:] and all(letter in letters for letter in short):
                kept.pop()
        kept.append(hit)
    return kept


def _fact(scope: Scope, text: Text, passage: Passage | None, found: _Found) -> Event:
    return scope.fact(
        Event,
        found.rule,
        text,
        (found.start, found.end),
        passage=passage,
        type=found.type,
        agent=found.agent,
        patient=found.patient,
        what=found.what,
        date=found.date,
    )


def _flat(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


# --- who decides -------------------------------------------------------------------------------------------

_DECIDES = re.compile(r"(?:^|[，。；：])(?:现|特|兹)?(?P<agent>[\u4e00-\u9fff]{2,24}?)(?:研究)?(?:作出|做出)?决定(?!书|的|了|性)")
_AFTER_STUDY = re.compile(
    r"经(?P<agent>[\u4e00-\u9fff]{2,16}?)(?:第?\d+次?|第[一二三四五六七八九十]+次)?(?:党组|常务|常委会|全体|办公)?(?:会议|会)?(?:研究|审议|讨论|批准)"
    r"(?:同意|通过)?(?:，现|，)?决定"
)
_MATTER = re.compile(r"关于(?:印发|表彰|授予|给予|对)?(?P<matter>.{2,80}?)(?:的)?(?:决定|通知|通报|通告|公告|意见|批复|命令|令)(?:（[^（）]*）)?$")


def _context(scope: Scope) -> _Context:
    own = scope.annex is None
    issuer = scope.issuer
    agent = issuer
    if own:
        for passage in scope.passages:
            chars = passage.paragraph.chars
            if "决定" not in chars:
                continue
            match = _DECIDES.search(chars)
            if match and is_organisation(match["agent"]) and not match["agent"].startswith("经"):
                agent = match["agent"]
                break
            match = _AFTER_STUDY.search(chars)
            if match:
                same = issuer is not None and issuer[-2:] == match["agent"][-2:] and is_organisation(match["agent"])
                agent = match["agent"] if same else issuer
                break
    match = _MATTER.search(scope.title)
    return _Context(scope, own, issuer, agent, match["matter"] if match else "")


# --- lists of parties --------------------------------------------------------------------------------------

_AND_SO_ON = re.compile(r"等(?:\d+|[一二三四五六七八九十百]+|几|多)?(?:个|家|名|位|人|户)?[^、，。；]{0,16}$")
_BRACKET = re.compile(r"[（〔](?!集团|有限)[^（）〔〕]*[）〕]")


def _parties(listed: str) -> list[str]:
    """The people and organisations of a list by name; nothing where one of them is a mere class."""
    bare = _BRACKET.sub("", listed).strip("，、：: ")
    bare = _AND_SO_ON.sub("", bare)
    names = [re.sub(r"(?:等)?同志$", "", agent.name.strip()) for agent in split_agents(bare)]
    if any(not _is_party(name) for name in names):
        return []
    holders = [_OFFICE_AND_NAME.fullmatch(name) for name in names]
    return [holder["name"] if holder and not is_organisation(name) else name for name, holder in zip(names, holders, strict=True)]


_OFFICE_AND_NAME = re.compile(rf"[\u4e00-\u9fff]{{0,30}}(?:{TITLE})(?P<name>{NAME})")


def _is_party(name: str) -> bool:
    if is_name(name) and len(name) <= 3 or "·" in name and is_name(name):
        return True
    if _OFFICE_AND_NAME.fullmatch(name):
        return True
    if is_class(name) or re.search(r"[的了对在]|^(?:以下|下列|上述|先进|优秀|被|全体|广大|每)|\d个", name):
        return False
    return is_organisation(name) or bool(re.fullmatch(r"[\u4e00-\u9fff（）·]{2,24}(?:村|社区|学校|小学|中学|企业|厂|店|队|组|班|家庭|户|镇|乡|街道|区|县)", name))


_REPRIMAND = re.compile(
    r"(?:对|给予|将)(?P<list>[^。；]{2,600}?)(?:在[\u4e00-\u9fff]{2,12}?范围内|在全[区市县省州])?(?:进行|予以|给予|作出)?"
    r"(?:全[区市县省州])?(?P<type>通报(?:批评|表扬))"
)
_BLAMED = re.compile(
    r"(?P<list>[^。；：]{2,400}?)(?:因|由于|在)(?P<why>[^。；]{2,80}?)，(?:现|特|经研究，)*(?:决定)?(?:予以|给予|进行)(?:全[区市县省州])?"
    r"(?P<type>通报(?:批评|表扬))"
)


def _reprimands(context: _Context, chars: str, start: int, end: int) -> Iterator[_Found]:
    """对A、B、C等25个单位予以通报批评."""
    if not context.own:
        return
    for match in _REPRIMAND.finditer(chars, start, end):
        what, begin, parties = context.matter or None, match.start("list"), _parties(match["list"])
        # 对存在问题的A、B: what stands before the last 的 that leaves a list of names is the reason.
        for cut in [m.end() for m in re.finditer("的", match["list"])] if not parties else ():
            parties = _parties(match["list"][cut:])
            if parties:
                what, begin = _why(match["list"][: cut - 1]), begin + cut
                break
        for party in parties:
            yield _Found("event.reprimand", match["type"], begin, match.end(), context.agent, party, what, context.date)
    match = None if _REPRIMAND.search(chars, start, end) else _BLAMED.match(chars, start, end)
    parties = _parties(match["list"]) if match else []
    for party in parties if match else ():
        yield _Found(
            "event.reprimand", match["type"], start, match.end(), context.agent, party, match["why"], context.date
        )


def _why(text: str) -> str:
    """What somebody is blamed or praised for, out of the clause before the names."""
    return re.sub(r"^(?:在|因|对|将)|(?:中|时)$", "", text)


_GRADE = re.compile(
    r"(?P<list>[^。；：]{2,300}?)(?:，)?(?:\d{4}年度?)?(?P<what>(?:年度|综合|工作|年终|目标)*(?:考核|考评|评议|评估|测评)(?:等次|等级|结果|结论)?(?:被)?(?:评定|确定)?为"
    r"[“\"]?(?P<grade>优秀|良好|较好|合格|称职|基本合格|基本称职|一般|较差|差|不合格|不称职|达标|不达标|[一二三]等|[A-D]级)[”\"]?)(?:等次|等级)?"
    r"(?P<behind>，(?:现)?(?:予以|给予|进行)(?P<praise>通报(?:表扬|批评)|表彰))?(?!的)"
)


def _grades(context: _Context, chars: str, start: int, end: int) -> Iterator[_Found]:
    """A、B考核等次为优秀，予以通报表扬."""
    if not context.own:
        return
    match = _GRADE.search(chars, start, end)
    if not match:
        return
    number = re.match(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、]", match["list"])
    begin = match.start() + (number.end() if number else 0)
    parties = _parties(chars[begin : match.end("list")])
    if not parties:
        parties = _leading(chars[begin : match.end("list")])
    for party in parties:
        praise = match["praise"]
        yield _Found(
            "event.grade",
            praise or "考核",
            begin,
            match.end(),
            context.agent if praise else context.assessor or context.agent,
            party,
            match["what"],
            context.date if praise else None,
        )


_VERB = re.compile(r"(?<=[府局委办处院会司心校站队部])(?=[\u4e00-\u9fff]{2,})")


def _leading(clause: str) -> list[str]:
    """The one organisation that a clause begins with (梨沟乡人民政府巡河不实)."""
    for match in _VERB.finditer(clause, 3, 30):
        name = clause[: match.start()]
        if is_organisation(name) and not is_class(name) and name.endswith(("政府", "办事处", "局", "委", "公司", "中心", "院", "学校")):
            return [name]
    return []


# --- awards ------------------------------------------------------------------------------------------------

_AWARD = re.compile(
    r"追?授予?(?P<list>[^。；“\"]{2,800}?)[“\"](?P<title>[^。；”\"]{2,40})[”\"](?P<noun>(?:荣誉)?称号|奖章|奖|荣誉)?"
    r"|追?授予?(?P<list2>[^。；“\"]{2,200}?(?:同志|个人|单位|集体))(?P<title2>[\u4e00-\u9fff]{4,30}?)(?P<noun2>(?:荣誉)?称号)"
    r"|(?:命名|认定|确定)(?P<list3>[^。；“\"]{2,400}?)为(?:全?[省市区县州])?[“\"](?P<title3>[^。；”\"]{2,40})[”\"]"
)
_PRAISE = re.compile(
    r"(?:对|给予)(?P<list>[^。；]{2,600}?)(?:进行|予以|给予)(?:通报)?(?P<type>表彰|嘉奖)|给(?:予)?(?P<list2>[^。；，]{2,200}?)(?P<merit>记[一二三]等功)"
)
_PUNISH = re.compile(
    r"(?:给予|对)(?P<list>[^。；，]{2,120}?)(?:处以|作出|予以|给予)?(?:党内|政务|行政)?(?P<what>(?:严重)?警告|记大过|记过|降级|撤职|开除(?:公职|党籍)?|罚款[\d.]+万?元|诫勉谈话|诫勉)(?:的?(?:处分|处罚))?(?=[。；，]|$)"
)
_AWARDING = re.compile("表彰|授予|命名|嘉奖|奖励|记功|表扬|认定|决定")


def _awards(context: _Context, chars: str, start: int, end: int) -> Iterator[_Found]:
    """授予A、B“…”称号; 对A予以表彰; 给A记三等功."""
    if not context.own or not _AWARDING.search(context.scope.title) and "决定" not in chars:
        return
    for match in _AWARD.finditer(chars, start, end):
        listed = match["list"] or match["list2"] or match["list3"]
        title = match["title"] or match["title2"] or match["title3"]
        noun = match["noun"] or match["noun2"] or ""
        what = f"{'命名为' if match['list3'] else '授予'}{title}{noun}"
        yield from _honours(context, match, listed, what)
    for match in _PRAISE.finditer(chars, start, end):
        yield from _honours(context, match, match["list"] or match["list2"], match["merit"])


def _honours(context: _Context, match: re.Match[str], listed: str, what: str | None) -> Iterator[_Found]:
    for party in _parties(listed.rsplit("的", 1)[-1] if "的" in listed and "、" not in listed.rsplit("的", 1)[0] else listed):
        if is_name(party) and not is_organisation(party):
            context.honoured.add(party)
        yield _Found("event.award", "表彰", match.start(), match.end(), context.agent, party, what, context.date)


def _punishments(context: _Context, chars: str, start: int, end: int) -> Iterator[_Found]:
    """给予X记过处分; 对Y处以罚款20万元."""
    if not context.own or _NOT_DONE.search(chars, start, end):
        return
    for match in _PUNISH.finditer(chars, start, end):
        kind = "处罚" if "罚款" in match["what"] else "处分"
        for party in _parties(match["list"]):
            yield _Found("event.punishment", kind, match.start(), match.end(), context.agent, party, match["what"], context.date)


_DEED = re.compile("挺身而出|不顾|见义勇为|奋不顾身|救|抢|扑灭|制止|抓获|转移|搏斗|追回|捐")


def _deeds(context: _Context, texts: list[tuple[Text, Passage]]) -> Iterator[tuple[Text, Passage, _Found]]:
    """What somebody honoured here did, where a dated sentence tells it."""
    names = re.compile("|".join(sorted(map(re.escape, context.honoured))))
    for text, passage in texts:
        for start, end in sentences(text.chars):
            name = names.search(text.chars, start, end)
            if not name or not _DEED.search(text.chars, name.end(), end) or "授予" in text.chars[start:end]:
                continue
            days = [day for day in find_dates(text.chars[: name.start()], context.scope.year) if day.start >= start]
            if not days:
                continue
            brave = "见义勇为" in context.scope.title + text.chars[start:end]
            what = text.chars[name.end() : end].strip("，")
            found = _Found("event.deed", "见义勇为" if brave else "抢险救援", start, end, name[0], None, what, days[-1].iso)
            yield text, passage, found
            context.honoured.discard(name[0])
            return


# --- inspections -------------------------------------------------------------------------------------------

_DONE = re.compile(
    r"(?:，|^|依法|组织|组|分别|共同)?对(?P<object>[^。；，]{2,90}?)(?:进行|开展|实施|组织|作|做)了(?P<how>[\u4e00-\u9fff]{0,10}?"
    r"(?P<type>审计|考核|约谈|检查|督查|督导|调查|评估|验收|稽查|巡察|巡视|核查|抽查|考评|测评))|(?P<talk>约谈)了(?P<whom>[^。；，]{2,40})"
)
_CUT = re.compile(r"根据|依据|按照|依照|依法|组织|联合|会同|对|约谈|抽调|派出|委托|自\d|从\d|于\d|牵头|开展")
_QUOTED = re.compile(r"《[^《》]*》|（[^（）]*）")
_PERSON = re.compile(rf"(?P<org>[\u4e00-\u9fff]*?)(?:{TITLE})(?P<name>{NAME})(?:同志)?")


def _inspections(context: _Context, chars: str, start: int, end: int) -> Iterator[_Found]:
    """2019年10月16日—12月19日，市审计局…对…进行了专项审计."""
    match = _DONE.search(chars, start, end)
    if not match:
        return
    agent = _subject(chars[start : match.start()])
    if agent is None:
        return
    kind = match["type"] or match["talk"]
    if kind == "考核":
        context.assessor = agent
    target = match["object"] or match["whom"]
    what = match["how"]
    parties = _parties(target)
    home = re.match(r"(?:对)?(?:我|本|全)(?P<level>[省市区县州旗])(?:的)?", target)
    owned = re.match(r"(?P<org>[\u4e00-\u9fff]{2,24}?(?:局|委|政府|公司|中心|院|办事处|集团|银行|学校))(?:的)?(?=\d{4}年|[\u4e00-\u9fff]{2,}(?:情况|问题|工作|项目|资金|责任))", target)
    if home and context.scope.home:
        parties = [_short(context.scope.home, home["level"])]
        what = target[home.end() :] + match["how"] if match["how"] else None
    elif not parties and owned and is_organisation(owned["org"]):
        parties = [owned["org"]]
        what = target[owned.end() :] + (match["how"] or "")
    elif not parties and re.search(r"(?:主要|分管)?负责(?:人|同志)$", target):
        parties = [target]
    elif not parties and kind in ("考核", "考评") and re.search(r"\d+[个家]", target):
        parties = [target]
    for party in parties:
        yield _Found("event.inspection", kind, start, match.end(), agent, party, what, _when(context, chars[start : match.start()]))


def _short(home: str, level: str) -> str:
    """The last place in a chain of places (沧屏市青川区 for 区: 青川区)."""
    parts = re.findall(r"[\u4e00-\u9fff]+?(?:自治区|自治州|自治县|[省市区县州旗镇乡])(?![\u4e00-\u9fff]?$)|[\u4e00-\u9fff]+", home)
    return next((part for part in reversed(parts) if part.endswith(level)), home)


def _subject(before: str) -> str | None:
    """Who acts, in the words before 对: an organisation or a person."""
    bare = _QUOTED.sub("", before)
    for day in reversed(find_dates(bare, "2000")):
        bare = bare[: day.start] + "，" + bare[day.end :]
    for clause in re.split(r"[，、：]|——|[—～至到](?=，|$)", bare):
        clause = clause.strip("，—-～至到起间以来期 ")
        cut = _CUT.search(clause)
        name = clause[: cut.start()] if cut else clause
        if is_organisation(name) and not is_class(name):
            return name
        person = _PERSON.fullmatch(name)
        if person:
            return person["name"]
    return None


def _when(context: _Context, text: str) -> str | None:
    """The date in the text, or the period from one to the next."""
    days = find_dates(_QUOTED.sub(lambda m: "　" * len(m[0]), text), context.scope.year)
    days = [day for day in days if len(day.iso) >= 7]
    if len(days) >= 2 and re.fullmatch(r" ?(?:—|至|到|-|～)+ ?", text[days[0].end : days[1].start]):
        return f"{days[0].iso}/{days[1].iso}"
    return days[0].iso if days else None


# --- bodies ------------------------------------------------------------------------------------------------

_COORDINATING = (
    "领导小组|协调小组|工作小组|推进小组|专项小组|攻关小组|小组|工作组|专家组|督导组|专班|指挥部|委员会|联席会议|理事会|顾问团|专家团|服务团|智库|服务站|工作站|联络站"
    "|专家库|评审组|协调组|督查组|管理委员会|议事协调机构"
)
_BODY = re.compile(
    rf"(?:{_COORDINATING}|办公室|中心|突击队|工作队|服务队|救援队|抢险队|联盟|协会|学会|基金会|研究院|研究所|研究会|促进会|管理局|工作局|公司)(?:（[^（）]{{2,20}}）)?$"
)
_COORDINATES = re.compile(rf"(?:{_COORDINATING})(?:（[^（）]{{2,20}}）)?$")
_GENERAL = re.compile(
    rf"(?:(?:相应|相关|有关|专门|临时|组织|工作|专项(?!工作)|联合|本级|本单位|本部门|本地区|各级|各类|多个|若干|议事协调|[一二三四五六七八九十\d]+个)(?:的)?)*(?:工作)?(?:领导)?(?:{_COORDINATING}|办公室|中心|公司|协会|机构)"
)
_FOUND = re.compile(r"(?P<verb>组建成立|成立|组建|设立|建立健全|建立)(?P<list>[^，。；：]{3,120})")
_COMPOSED = re.compile(rf"(?:由|以)[^。；：]{{2,160}}?的(?P<name>[^，。；：、的]{{2,50}}?(?:{_COORDINATING}|中心|队))(?=[，。；]|$)")
_NOT_DONE = re.compile(r"鼓励|支持|引导|推动|吸引|探索|允许|申请|督促|要求|指导|应当?|必须|须|可以|可|拟|要|不得|自行|确需|禁止|每个|各[\u4e00-\u9fff]|争取|力争|未|若|如")
_BODY_LIST = re.compile(r"[、和及与]|以及")


def _foundings(context: _Context, chars: str, start: int, end: int) -> Iterator[_Found]:
    """成立X领导小组; 建立X联席会议制度; 决定成立A、B等3个机构."""
    for match in _FOUND.finditer(chars, start, end):
        clause = max(chars.rfind(mark, start, match.start()) for mark in "，：、（") + 1
        before = chars[max(clause, start) : match.start()]
        if _NOT_DONE.search(re.sub(r"^.*决定", "", before)) or re.match(r"以来|后|之|于|大会|会议|的", match["list"]):
            continue
        decided = context.own and ("决定" in before or bool(re.search(r"成立|组建|设立|建立", context.scope.title)))
        composed = _COMPOSED.match(chars, match.start("list"), end)
        listed, stop = (composed["name"], composed.end()) if composed else (match["list"], match.end("list"))
        for name in _bodies(context, listed, weak=match["verb"].startswith(("设立", "建立"))):
            yield _Found(
                "event.founding",
                "成立",
                match.start(),
                stop,
                context.agent if decided else _founder(before),
                name,
                f"{match['verb'][:2]}{name}",
                context.date if decided else None,
            )


def _founder(before: str) -> str | None:
    name = re.sub(r"(?:负责|牵头|研究|共同|联合|组织)$", "", before)
    cut = re.match(r"由", name)
    name = name[cut.end() :] if cut else name
    return name if is_organisation(name) and not re.search("或|依托|通过|结合|单独|聘请|邀请", name) else None


def _bodies(context: _Context, listed: str, *, weak: bool) -> Iterator[str]:
    """The bodies that a list names in full; 领导小组 alone is taken for the one that the document names."""
    if "的" in listed:
        listed = listed[listed.rindex("的") + 1 :]
    listed = re.sub(r"（(?:以下|下称|以下统称)?(?:简称|下称)[^（）]*）", "", listed)
    listed = re.sub(r"等(?:\d+|[一二三四五六七八九十]+)?个?[\u4e00-\u9fff]{0,10}$|(?:会商)?(?:工作)?(?:制度|机制)$", "", listed)
    pieces = re.split("[、]", listed)
    if len(pieces) == 1 and not _is_body(listed, weak=weak) or re.search(r"(?:机制|制度)[和及与]", listed):
        pieces = _BODY_LIST.split(listed)
    for piece in pieces:
        name = piece.strip("“”\"一个支全 ") if piece[:1] in "“\"一" else piece.strip("“”\" ")
        name = re.sub(r"^(?:了|市级|区级|县级|省级)?(?:统一)?(?=[\u4e00-\u9fff]{4})", "", name) if name.startswith("了") else name
        if _is_body(name, weak=weak):
            yield name
        elif _GENERAL.fullmatch(name) and "联席会议" in name:
            full = _full_name(context, "联席会议")
            if full:
                yield full


def _is_body(name: str, *, weak: bool) -> bool:
    end = (_COORDINATES if weak else _BODY).search(name)
    return bool(
        end
        and 4 <= len(name) <= 50
        and not _GENERAL.fullmatch(name)
        and not re.search(r"[，。；：《》]|^(?:由|以|对|在|健全|完善)|关于|负责|牵头", name)
        and (name.count("“") == name.count("”"))
    )


def _full_name(context: _Context, end: str) -> str | None:
    """The name that a document has for its one body of a kind, where it names it in full somewhere else."""
    pattern = re.compile(rf"(?<![\u4e00-\u9fff])(?:由|提请|报|经)?(?P<name>[省市区县州][\u4e00-\u9fff]{{2,16}}?{end})")
    every = Counter(
        match["name"] for passage in context.scope.passages for match in pattern.finditer(passage.paragraph.chars)
    )
    named = [name for name, _ in every.most_common(1)]
    return named[0] if named else None


def _headed(context: _Context, known: set[str | None]) -> Iterator[tuple[Text, Passage, _Found]]:
    """The bodies that a notice founds one under each heading (关于成立…等机构的通知)."""
    title = context.scope.title
    if not context.own or not re.search(r"(?:成立|设立|组建|建立).*(?:等|相关|有关|机构|部分|若干|一批|[二三四五六七八九十\d]个)", title):
        return
    for passage in context.scope.passages:
        heading = passage.heading
        if heading and passage.opens and heading.parent is None and _is_body(heading.words, weak=False):
            name = heading.words
            if name not in known:
                text = heading.text
                yield text, passage, _Found("event.founding", "成立", 0, len(text), context.agent, name, f"成立{name}", context.date)


_CHANGE = re.compile(
    r"(?:对)(?P<body>[^，。；：]{4,50}?)(?P<what>(?:组成)?(?:人员|成员)(?:单位)?(?:名单)?|组成)?(?:进行|作|做)(?:了)?(?:出)?(?:如下|相应|适当|部分)?(?:的)?调整"
    r"|调整(?:了|充实|完善)?(?P<body2>[^，。；：]{4,50}?)(?P<what2>(?:组成)?(?:人员|成员)(?:单位)?(?:名单)?|组成|组成人员)?(?=如下|，|；|。|的通知|$)"
    r"|(?P<body3>[^，。；：]{4,50}?)(?P<what3>(?:组成)?(?:人员|成员)(?:单位)?(?:名单)?|组成)(?:已|需|作|做)?(?:如下)?调整(?:如下)"
)
_RENAME = re.compile(r"(?:将)?[“\"]?(?P<old>[\u4e00-\u9fff（）]{4,40}?)[”\"]?(?:正式)?更名为[“\"]?(?P<new>[\u4e00-\u9fff（）]{4,40})")


def _changes(context: _Context, chars: str, start: int, end: int) -> Iterator[_Found]:
    """调整X领导小组成员; 对X组成人员进行调整; X更名为Y."""
    if not context.own:
        return
    for match in _CHANGE.finditer(chars, start, end):
        group = next(n for n in ("", "2", "3") if match[f"body{n}"])
        body = re.sub(r"^.*?(?:决定|将|对|关于|部分)(?=[\u4e00-\u9fff]{4})", "", match[f"body{group}"])
        if _is_body(body, weak=False):
            what = match[f"what{group}"]
            yield _Found("event.change", "调整", match.start(), match.end(), context.agent, body, what, context.date)
    for match in _RENAME.finditer(chars, start, end):
        old = re.sub(r"^.*?(?:决定|同意|将|原)(?=[\u4e00-\u9fff]{4})", "", match["old"])
        if is_organisation(old):
            yield _Found(
                "event.change", "更名", match.start(), match.end(), context.agent, old, f"更名为{match['new']}", context.date
            )


_DISSOLVE = re.compile(
    r"(?:撤销|不再保留)(?P<list>[^，。；：]{4,200})"
    r"|(?P<when>[^，。；：]{2,40}?(?:完成|结束|期满)(?:之)?后，)?(?P<list2>[^，。；：]{2,60}?)(?:即|将|同时)?(?P<how>自动|自行|予以|同时)(?:撤销|解散)"
)


def _dissolutions(context: _Context, chars: str, start: int, end: int) -> Iterator[_Found]:
    """撤销X指挥部; 工作完成后，工作组及工作组办公室自动撤销."""
    match = _DISSOLVE.search(chars, start, end)
    if not match:
        return
    if match["list"]:
        if not context.own or _NOT_DONE.search(chars[start : match.start()].rpartition("决定")[2]):
            return
        for name in re.split("[、和]", re.sub(r"等\d+个.*$", "", match["list"])):
            if _is_body(name, weak=False) or is_organisation(name) and len(name) > 5 and not is_class(name):
                yield _Found("event.dissolution", "撤销", match.start(), match.end(), context.agent, name, None, context.date)
        return
    for part in re.split("[、和及]|以及", match["list2"]):
        name = _resolved(context, re.sub("^(?:原|其|该)", "", part))
        if name and context.own and not match["when"] and match["how"] in ("予以", "同时"):
            yield _Found("event.dissolution", "撤销", match.start(), match.end(), context.agent, name, None, context.date)
        elif name:
            what = (match["when"] or "").replace("，", "") + "自动撤销"
            yield _Found("event.dissolution", "撤销", match.start(), match.end(), None, name, what, None)


def _resolved(context: _Context, words: str) -> str | None:
    """The full name of what is called 工作组 or 领导小组办公室 under the heading, or in the document, that names it."""
    office = "办公室" if words.endswith("办公室") and words != "办公室" else ""
    short = words.removesuffix(office) if office else words
    if _is_body(short, weak=False):
        return words
    chain = context.passage.heading.chain() if context.passage and context.passage.heading else []
    for name in [*(heading.words for heading in chain), *re.findall(r"(?:成立|调整)(.+?)(?:成员)?的(?:通知|决定)", context.scope.title)]:
        if _is_body(name, weak=False) and name.endswith(short):
            return name + office
    return None


def _from_title(context: _Context, title: str) -> Iterator[_Found]:
    """What the title alone says: 关于成立X的通知, 关于调整X成员的通知."""
    match = re.search(r"关于(?P<verb>成立|组建|设立|调整|撤销)(?P<body>.+?)(?P<what>(?:组成)?(?:人员|成员)(?:名单)?)?的(?:通知|决定|批复)$", title)
    if not match or not _is_body(match["body"], weak=False):
        return
    verb = match["verb"] if match["verb"] in ("调整", "撤销") else "成立"
    rule = {"成立": "event.founding", "调整": "event.change", "撤销": "event.dissolution"}[verb]
    what = match["what"] if verb == "调整" else f"{verb}{match['body']}"
    yield _Found(rule, verb, match.start("verb"), match.end(), context.agent, match["body"], what, context.date)


_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (re.compile("通报(?:批评|表扬)"), _reprimands),
    (re.compile("考核|考评|评议|评估|测评"), _grades),
    (re.compile("授予|追授|表彰|嘉奖|等功|命名|认定"), _awards),
    (re.compile("警告|记大?过|降级|撤职|开除|罚款|诫勉"), _punishments),
    (re.compile("(?:行|展|施|织|作|做|谈)了"), _inspections),
    (re.compile("成立|组建|设立|建立"), _foundings),
    (re.compile("调整|更名"), _changes),
    (re.compile("撤销|不再保留|解散"), _dissolutions),
)
