"""Coordinating bodies (议事协调机构): leading groups, joint meetings, headquarters, task forces and their offices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

__all__ = [
    "BODY",
    "body_in_title",
    "body_names",
    "group_led",
    "groups_listed",
    "is_body",
    "is_group",
    "is_office",
    "usual_name",
]

BODY = (
    r"(?:领导小组|领导组|协调小组|推进小组|工作小组|专项小组|指导小组|工作组|专项组|工作专班|专班|联席会议|指挥部|协调机制|委员会|理事会|专家组|专家委员会"
    r"|督导组|督查组|评审组|评审委员会|协调会议|协调组|推进组|考核组|验收组|督察组|编委会|组委会|筹委会|执委会|顾问团|服务团|指挥所|指挥中心|筹备组|筹备工作组|攻坚组)"
)
"""What the name of a body ends in."""
_TITLE = re.compile(
    rf"(?:成立|设立|组建|建立|调整|充实|更新|撤销|重新组建)(?P<body>[^。；，]{{2,70}}?{BODY})(?:及其|和|部分|成员|组成|人员|领导|等|的|名单|$)"
)
_LIST_OF = re.compile(rf"(?P<body>[^，。；：关]{{2,60}}?{BODY})(?:组成)?(?:成员|人员|组成人员)?(?:名单|名册|一览表)")
_FOUNDED = re.compile(
    rf"(?:成立|设立|组建|建立|调整)(?:了|由[^。；]{{2,120}}?(?:任|为|组成)[^，。；]{{0,8}}的)?(?P<body>(?:(?!成立|设立|组建|建立)[^，。；、：]){{0,50}}?{BODY}(?:和[\u4e00-\u9fff]{{0,8}}{BODY})?)(?:制度)?"
)


def is_body(name: str) -> bool:
    """Whether the name is that of a coordinating body."""
    return bool(re.search(rf"(?:{BODY})(?:（[^（）]+）)?$", name)) and not re.search(
        r"(?:村民委员会|居民委员会|[改建育生务济]委员会|常务委员会|纪律检查委员会)$", name
    )


_OFFICE = re.compile(
    r"(?:发展和?改革|卫生健康|民族(?:宗教)?(?:事务)?|资产监督管理|住房和?城乡建设|城乡建设|城市管理(?:执法)?|经济和信息化|科学技术|教育|计划生育|交通|商务"
    r"|[区园]管理)委员会$"
)


def is_office(name: str) -> bool:
    """Whether a name in 委员会 is that of an office of the government (发展和改革委员会, 开发区管理委员会), not of a coordinating body."""
    return _OFFICE.search(name) is not None


_GROUP = re.compile(
    r"(?!各|工作组|专项组|工作小组|工作专班|领导小组|领导组|人员|成立|组建|设立|明确|关于|建立|健全)[\u4e00-\u9fff（）“”·]{2,18}?(?<![重改分编词班机])(?:组|专班|小组)(?:（[^（）]{2,40}）)?"
)


def is_group(words: str) -> bool:
    """Whether a heading is the name of a group below a body (综合协调组, 资金保障专班)."""
    return _GROUP.fullmatch(words) is not None


_COUNT = re.compile(r"等?(?:\d+|[一二三四五六七八九十]+)个?(?:专项|专业)?(?:工作)?(?:小组|组|专班|机构)$")


def groups_listed(words: str) -> list[str]:
    """The groups that a list names and nothing else (综合协调组、宣传报道组和资金保障组; A组、B组2个工作组)."""
    listed = _COUNT.sub("", words)
    pieces = listed.split("、")
    for mark in ("和", "及", "以及"):
        halves = pieces[-1].split(mark)
        if len(halves) == 2 and all(map(is_group, halves)):
            pieces[-1:] = halves
    return pieces if len(pieces) > 1 and all(map(is_group, pieces)) else []


_LED = re.compile(
    r"(?P<group>[^，。；：由]{2,16}(?:组|专班|工作队))由[^，。；]{2,60}?(?:牵头|负责|任组长|组成|参加)(?:负责|组建)?"
)


def group_led(clause: str) -> str | None:
    """The group that a clause says is led by somebody (医疗救治组由区卫健委负责): what follows is said of it."""
    match = _LED.fullmatch(clause) if "由" in clause and re.search("组|专班|队", clause) else None
    return match["group"] if match and is_group(match["group"]) else None


def body_in_title(title: str) -> str | None:
    """The body that a notice sets up or adjusts, as its title names it."""
    match = _TITLE.search(title) or _LIST_OF.fullmatch(title)
    return match["body"] if match else None


def body_names(text: str) -> list[tuple[int, int]]:
    """Where bodies are set up in a text (成立…领导小组): start and end of their names."""
    if "立" not in text and "组建" not in text and "调整" not in text:
        return []
    return [match.span("body") for match in _FOUNDED.finditer(text)]


def _named(noun: str, text: str) -> Iterator[re.Match[str]]:
    """Where up to fourteen characters stand before a noun in a text; the noun is looked for first."""
    pattern = re.compile(rf"(?<![和及])([\u4e00-\u9fff]{{3,14}}){noun}")
    at = 0
    while (place := text.find(noun, at)) >= 0 and (match := pattern.search(text, max(at, place - 14))):
        yield match
        at = match.end()


@lru_cache(maxsize=64)
def usual_name(name: str, text: str) -> str:
    """The name that a text uses most for a body, where it is set up under a winding one (…机制和联席会议制度)."""
    noun = re.search(rf"{BODY}$", name)
    if not noun or not re.search(r"制度|机制|和|及", name[: noun.start()]):
        return name
    counts: dict[str, int] = {}
    for match in _named(noun[0], text):
        for start in range(len(match[1]) - 2):
            candidate = match[1][start:]
            counts[candidate] = counts.get(candidate, 0) + 1
    usual = [stem for stem, n in counts.items() if n >= 3 and stem[0] not in "由经向对报在将各到于与和及的"]
    return max(usual, key=len) + noun[0] if usual else name
