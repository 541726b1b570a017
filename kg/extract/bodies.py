"""Bodies set up, changed and dissolved (领导小组, 工作组, 指挥部, 联席会议 and the like)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kg.anatomy import Passage
from kg.extract.occurrences import NOT_DONE, Context, Found
from kg.grammar.agents import is_class
from kg.grammar.organisations import is_organisation
from kg.text import Text

__all__ = ["changes", "dissolutions", "foundings", "from_title", "headed"]

_COORDINATING = (
    "领导小组|领导组|协调小组|工作小组|推进小组|专项小组|攻关小组|小组|工作组|专家组|督导组|筹备组|攻坚组|专班|指挥部|指挥所|筹委会|执委会|组委会|委员会|联席会议|理事会|顾问团|专家团|服务团|智库|服务站|工作站|联络站"
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
_COMPOSED = re.compile(
    rf"(?:由|以)[^。；：]{{2,160}}?的(?P<name>[^，。；：、的]{{2,50}}?(?:{_COORDINATING}|中心|队))(?=[，。；]|$)"
)
_BODY_LIST = re.compile(r"[、和及与]|以及")
_REFORM = re.compile(r"不再保留|职责(?:整体)?(?:划入|划转|整合|并入)")
"""What says that a sentence reforms agencies: what it founds is one."""


_INSTITUTION = re.compile(
    r"(?P<org>[\u4e00-\u9fff（）]{4,40}?)，(?:加挂[^，。；]{4,40}牌子，)?(?:为|是|隶属|作为|机构规格|挂靠|核定)(?=[^。]{0,60}(?:单位|部门|机构|编制|规格|级|管理|领导))"
)
"""What an office for the establishment of agencies (编办) founds: 设立X，为Y所属事业单位."""


def foundings(context: Context, chars: str, start: int, end: int) -> Iterator[Found]:
    """成立X领导小组; 建立X联席会议制度; 决定成立A、B等3个机构."""
    for match in _FOUND.finditer(chars, start, end):
        clause = max(chars.rfind(mark, start, match.start()) for mark in "，：、（") + 1
        before = chars[max(clause, start) : match.start()]
        if NOT_DONE.search(re.sub(r"^.*决定", "", before)) or re.match(r"以来|后|之|于|大会|会议|的", match["list"]):
            continue
        institution = _INSTITUTION.match(chars, match.start("list"), end)
        if institution and is_organisation(institution["org"]) and context.own:
            yield Found(
                "event.founding",
                "成立",
                match.start(),
                institution.end("org"),
                context.agent,
                institution["org"],
                f"{match['verb'][:2]}{institution['org']}",
                context.date,
            )
            continue
        agency = [match["list"]] if _REFORM.search(chars, start, end) and is_organisation(match["list"]) else None
        named = re.search(r"成立|组建|设立|建立", context.scope.title)
        decided = context.own and bool("决定" in before or named or agency)
        composed = _COMPOSED.match(chars, match.start("list"), end)
        listed, stop = (composed["name"], composed.end()) if composed else (match["list"], match.end("list"))
        for name in agency or _bodies(context, listed, weak=match["verb"].startswith(("设立", "建立"))):
            yield Found(
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
    name = name.removeprefix("由")
    return name if is_organisation(name) and not re.search("或|依托|通过|结合|单独|聘请|邀请", name) else None


def _bodies(context: Context, listed: str, *, weak: bool) -> Iterator[str]:
    """The bodies that a list names in full; 领导小组 alone is taken for the one that the document names."""
    if "的" in listed:
        listed = listed[listed.rindex("的") + 1 :]
    listed = re.sub(r"（(?:以下|下称|以下统称)?(?:简称|下称)[^（）]*）", "", listed)
    listed = re.sub(
        r"等(?:\d+|[一二三四五六七八九十]+)?个?[\u4e00-\u9fff]{0,10}$|(?:会商)?(?:工作)?(?:制度|机制)$", "", listed
    )
    pieces = re.split("[、]", listed)
    if (len(pieces) == 1 and not _is_body(listed, weak=weak)) or re.search(r"(?:机制|制度)[和及与]", listed):
        pieces = _BODY_LIST.split(listed)
    for piece in pieces:
        name = piece.strip('“”"一个支全 ') if piece[:1] in '“"一' else piece.strip('“”" ')
        name = (
            re.sub(r"^(?:了|市级|区级|县级|省级)?(?:统一)?(?=[\u4e00-\u9fff]{4})", "", name)
            if name.startswith("了")
            else name
        )
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


def _full_name(context: Context, end: str) -> str | None:
    """The name that a document has for its one body of a kind, where it names it in full somewhere else."""
    pattern = re.compile(rf"(?<![\u4e00-\u9fff])(?:由|提请|报|经)?(?P<name>[省市区县州][\u4e00-\u9fff]{{2,16}}?{end})")
    every = Counter(
        match["name"] for passage in context.scope.passages for match in pattern.finditer(passage.paragraph.chars)
    )
    named = [name for name, _ in every.most_common(1)]
    return named[0] if named else None


def headed(context: Context, known: set[str | None]) -> Iterator[tuple[Text, Passage, Found]]:
    """The bodies that a notice founds one under each heading (关于成立…等机构的通知)."""
    title = context.scope.title
    if not context.own or not re.search(
        r"(?:成立|设立|组建|建立).*(?:等|相关|有关|机构|部分|若干|一批|[二三四五六七八九十\d]个)", title
    ):
        return
    for passage in context.scope.passages:
        heading = passage.heading
        if heading and passage.opens and heading.parent is None and _is_body(heading.words, weak=False):
            name = heading.words
            if name not in known:
                text = heading.text
                yield (
                    text,
                    passage,
                    Found("event.founding", "成立", 0, len(text), context.agent, name, f"成立{name}", context.date),
                )


_CHANGE = re.compile(
    r"(?:对)(?P<body>[^，。；：]{4,50}?)(?P<what>(?:部分)?(?:组成)?(?:人员|成员)(?:单位)?(?:名单)?|组成)?(?:进行|作|做)(?:了)?(?:出)?(?:如下|相应|适当|部分)?(?:的)?调整"
    r"|调整(?:了|充实|完善)?(?![至到为])(?P<body2>[^，。；：]{4,50}?)(?P<what2>(?:组成)?(?:人员|成员)(?:单位)?(?:名单)?|组成|组成人员)?(?=如下|，|；|。|的通知|$)"
    r"|(?P<body3>[^，。；：]{4,50}?)(?P<what3>(?:组成)?(?:人员|成员)(?:单位)?(?:名单)?|组成)(?:已|需|作|做)?(?:如下)?调整(?:如下)"
)
_DIVIDED = re.compile(
    r"[对将](?P<who>[^，。；：]{2,24}?)(?:的)?(?P<what>工作分工|分工)(?:进行|作|做)?(?:了|出)?(?:如下|相应|适当|部分)?(?:的)?调整"
)
_MOVED = re.compile(
    rf"(?:将|把|^|(?<=[，、]))(?P<body>[^，。；：、]{{2,40}}?(?:{_COORDINATING})办公室)(?P<what>(?:由|从)[^，。；：]{{2,30}}?(?:调整|变更|划转|转移|移交)(?:设)?(?:至|到|在|为)[^，。；：]{{2,30}}?)(?=[，。；]|$)"
)
_TRANSFERRED = re.compile(
    r"(?:将|把|^|(?<=[，、：；]))(?P<body>[\u4e00-\u9fff（）]{4,40}?)(?P<what>(?:由|从)[^，。；：]{2,30}?(?:划转|划归|调整|转隶|移交)(?:至|到|为|给)?[^，。；：]{2,30}?(?:管理|领导|所属))(?=[，。；]|$)"
)
"""An agency that goes from one to another: X由Y划转至Z管理."""
_RENAME = re.compile(
    r"(?:将)?[“\"]?(?P<old>[\u4e00-\u9fff（）]{4,40}?)[”\"]?(?:正式)?更名为[“\"]?(?P<new>[\u4e00-\u9fff（）]{4,40})"
)


def changes(context: Context, chars: str, start: int, end: int) -> Iterator[Found]:
    """调整X领导小组成员; 对X组成人员进行调整; X更名为Y."""
    if not context.own:
        return

    def changed(stretch: tuple[int, int], body: str, what: str) -> Found:
        return Found("event.change", "调整", *stretch, context.agent, body, what, context.date)

    for match in _CHANGE.finditer(chars, start, end):
        if chars.count("《", start, match.start()) > chars.count("》", start, match.start()):
            continue  # the title of another document
        group = next(n for n in ("", "2", "3") if match[f"body{n}"])
        body = re.sub(r"（(?:以下|下称)[^（）]*）", "", match[f"body{group}"])
        body = re.sub(r"^.*?(?:决定|将|对|关于|部分)(?=[\u4e00-\u9fff]{4})", "", body)
        several = body.split("、")
        for name in several if all(_is_body(one, weak=False) for one in several) else [body]:
            if _is_body(name, weak=False):
                yield changed(match.span(), name, match[f"what{group}"])
    for match in _DIVIDED.finditer(chars, start, end):
        yield changed(match.span(), match["who"], match["what"])
    for match in _MOVED.finditer(chars, start, end) if "办公室" in chars else ():
        yield changed((match.start("body"), match.end()), match["body"], match["what"])
    for match in _TRANSFERRED.finditer(chars, start, end) if re.search("划|转|移交", chars[start:end]) else ():
        name = re.sub(r"^.*?(?:决定|同意|将)(?=[\u4e00-\u9fff]{4})", "", match["body"])
        if is_organisation(name) and not is_class(name):
            yield changed((match.start("body"), match.end()), name, match["what"])
    for match in _RENAME.finditer(chars, start, end):
        old = re.sub(r"^.*?(?:决定|同意|将|原)(?=[\u4e00-\u9fff]{4})", "", match["old"])
        if is_organisation(old):
            yield Found(
                "event.change",
                "更名",
                match.start(),
                match.end(),
                context.agent,
                old,
                f"更名为{match['new']}",
                context.date,
            )


_DISSOLVE = re.compile(
    r"(?:撤销|不再保留)(?P<list>[^，。；：]{4,200})"
    r"|(?P<when>[^，。；：]{2,40}?(?:完成|结束|期满)(?:之)?后，)?(?P<list2>[^，。；：]{2,60}?)(?:即|将|同时)?(?P<how>自动|自行|予以|同时)(?:撤销|解散)"
)
_TEMPORARY = re.compile(
    r"(?P<body>[^，。；：]{2,40}?)(?:不作为|不列入|不纳入|为)[^，。；：]{2,30}，"
    r"(?P<when>[^，。；：]{2,40}?(?:完成|结束|期满)后)(?:自动|自行|予以)(?:撤销|解散)"
)
"""A body that says what it is not before it says when it ends."""


def dissolutions(context: Context, chars: str, start: int, end: int) -> Iterator[Found]:
    """撤销X指挥部; 工作完成后，工作组及工作组办公室自动撤销."""
    temporary = _TEMPORARY.match(chars, start, end)
    if temporary and (name := _resolved(context, temporary["body"])):
        what = f"{temporary['when']}自动撤销"
        yield Found("event.dissolution", "撤销", start, temporary.end(), None, name, what, None)
        return
    match = _DISSOLVE.search(chars, start, end)
    if not match:
        return
    if match["list"]:
        if not context.own or NOT_DONE.search(chars[start : match.start()].rpartition("决定")[2]):
            return
        for name in re.split("[、和]", re.sub(r"等\d+个.*$", "", match["list"])):
            firm = chars.startswith("不再保留", match.start()) or len(name) > 5
            if _is_body(name, weak=False) or (is_organisation(name) and firm and not is_class(name)):
                yield Found(
                    "event.dissolution", "撤销", match.start(), match.end(), context.agent, name, None, context.date
                )
        return
    for part in re.split("[、和及]|以及", match["list2"]):
        name = _resolved(context, re.sub("^(?:原|其|该)", "", part))
        if name and context.own and not match["when"] and match["how"] in ("予以", "同时"):
            yield Found(
                "event.dissolution", "撤销", match.start(), match.end(), context.agent, name, None, context.date
            )
        elif name:
            what = (match["when"] or "").replace("，", "") + "自动撤销"
            yield Found("event.dissolution", "撤销", match.start(), match.end(), None, name, what, None)


def _resolved(context: Context, words: str) -> str | None:
    """The full name of what is called 工作组 or 领导小组办公室 under the heading, or in the document, that names it."""
    office = "办公室" if words.endswith("办公室") and words != "办公室" else ""
    short = words.removesuffix(office) if office else words
    if _is_body(short, weak=False):
        return words
    chain = context.passage.heading.chain() if context.passage and context.passage.heading else []
    titled = re.search(r"(?:成立|调整)(?P<name>.+?)(?:成员)?的(?:通知|决定)", context.scope.title)
    for name in [*(heading.words for heading in chain), *([titled["name"]] if titled else [])]:
        if _is_body(name, weak=False) and name.endswith(short):
            return name + office
    return None


def from_title(context: Context, title: str) -> Iterator[Found]:
    """What the title alone says: 关于成立X的通知, 关于调整X成员的通知."""
    match = re.search(
        r"关于(?P<verb>成立|组建|设立|调整|撤销)(?P<body>.+?)(?P<what>(?:组成)?(?:人员|成员)(?:名单)?)?的(?:通知|决定|批复)$",
        title,
    )
    if not match or not _is_body(match["body"], weak=False):
        return
    verb = match["verb"] if match["verb"] in ("调整", "撤销") else "成立"
    rule = {"成立": "event.founding", "调整": "event.change", "撤销": "event.dissolution"}[verb]
    what = match["what"] if verb == "调整" else f"{verb}{match['body']}"
    yield Found(rule, verb, match.start("verb"), match.end(), context.agent, match["body"], what, context.date)
