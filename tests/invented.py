"""A reading made by hand: facts of every kind, from a district that does not exist, without any extractor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from typing import Any

from kg.identity import identify, lines, profiles
from kg.model import FACT_KINDS, Entity, EntityType, Evidence, Fact, Reading, Section, Source, Span
from kg.rdf import BASE, derived, meta, quads
from kg.standing import told
from kg.store import Store
from kg.whole import whole

NOTICE = "栖云府发〔2031〕7号"
PLAN = "栖云区湿地修复实施方案"
ISSUE = "issue"
GROUP = "栖云区湿地修复领导小组"

LINES: list[dict[str, Any]] = [
    {
        "doc": ISSUE,
        "kind": "issue",
        "title": "栖云区人民政府公报",
        "number": "2031年第2期",
        "total_number": "总第9期",
        "date": "2031-04",
        "supervisor": "栖云区人民政府",
        "sponsor": "栖云区人民政府办公室",
        "publisher": "公报编辑部",
        "quote": "2031年第2期(总第9期)",
    },
    {
        "doc": NOTICE,
        "kind": "document",
        "title": "栖云区人民政府关于印发湿地修复实施方案的通知",
        "number": NOTICE,
        "issuer": ["栖云区人民政府", "栖云区水务局"],
        "type": "通知",
        "date": "2031-03-09",
        "effective": "2031-04-01",
        "addressees": ["各乡镇人民政府", "区政府各部门", "有关单位"],
        "public": True,
        "quote": "栖云区人民政府关于印发湿地修复实施方案的通知",
    },
    {
        "doc": NOTICE,
        "kind": "document",
        "title": PLAN,
        "type": "方案",
        "part_of": NOTICE,
        "quote": "栖云区湿地修复实施方案",
    },
    {
        "doc": NOTICE,
        "kind": "post",
        "person": "岑望舒",
        "org": "区水务局",
        "title": "局长",
        "note": "挂职",
        "quote": "岑望舒区水务局局长(挂职)",
    },
    {"doc": NOTICE, "kind": "post", "person": "闻一苇", "quote": "闻一苇"},
    {
        "doc": NOTICE,
        "kind": "appointment",
        "person": "闻一苇",
        "action": "任",
        "org": "区财政局",
        "title": "副局长",
        "note": "试用期一年",
        "date": "2031-03-01",
        "quote": "任命闻一苇为区财政局副局长(试用期一年)",
    },
    {
        "doc": NOTICE,
        "kind": "appointment",
        "person": "岑望舒",
        "action": "免",
        "org": "区财政局",
        "title": "副局长",
        "quote": "免去岑望舒的区财政局副局长职务",
    },
    {
        "doc": NOTICE,
        "kind": "member",
        "group": GROUP,
        "member": "岑望舒",
        "role": "组长",
        "quote": "组长:岑望舒",
    },
    {"doc": NOTICE, "kind": "member", "group": GROUP, "member": "区财政局分管负责人", "quote": "区财政局分管负责人"},
    {"doc": NOTICE, "kind": "seat", "group": GROUP, "org": "区水务局", "quote": "领导小组办公室设在区水务局"},
    {"doc": NOTICE, "kind": "stand_in", "a": "岑望舒", "b": "闻一苇", "quote": "岑望舒—闻一苇"},
    {
        "doc": NOTICE,
        "kind": "duty",
        "agent": "区水务局",
        "matter": "落实退塘还湿",
        "role": "牵头",
        "under": "主要任务",
        "quote": "牵头单位:区水务局",
    },
    {
        "doc": NOTICE,
        "kind": "duty",
        "agent": "区财政局",
        "matter": "落实退塘还湿",
        "role": "配合",
        "quote": "配合单位:区财政局",
    },
    {"doc": NOTICE, "kind": "duty", "agent": "起草部门", "matter": "公开征求意见", "quote": "起草部门应当公开征求意见"},
    {
        "doc": NOTICE,
        "kind": "norm",
        "agent": "区财政局",
        "modality": "不得",
        "matter": "截留补助资金",
        "quote": "区财政局不得截留补助资金",
    },
    {
        "doc": ISSUE,
        "kind": "contact",
        "person": "闻一苇",
        "org": "公报编辑部",
        "phone": "000-0007",
        "address": "栖云区听鹤路1号",
        "postcode": "000000",
        "website": "http://qiyun.example",
        "quote": "听鹤路1号 电话:000-0007",
    },
    {
        "doc": NOTICE,
        "kind": "fund",
        "amount": 12500000,
        "comparator": ">=",
        "per": "每个乡镇",
        "payer": "区财政局",
        "payee": "区水务局",
        "purpose": "湿地修复",
        "quote": "每个乡镇不低于1250万元",
    },
    {"doc": NOTICE, "kind": "fund", "amount": 0.5, "comparator": "=", "quote": "每张0.5元"},
    {"doc": NOTICE, "kind": "fund", "share": 0.8, "comparator": "~", "quote": "约80%"},
    {
        "doc": NOTICE,
        "kind": "deadline",
        "on": "2031",
        "agent": "区水务局",
        "task": "完成一期",
        "quote": "2031年完成一期",
    },
    {"doc": NOTICE, "kind": "deadline", "on": "2031-06", "task": "完成二期", "quote": "6月底前完成二期"},
    {"doc": NOTICE, "kind": "deadline", "start": "2031-05-01", "end": "2031-09-30", "quote": "5月1日至9月30日"},
    {"doc": NOTICE, "kind": "deadline", "every": "FREQ=MONTHLY;BYMONTHDAY=25", "quote": "每月25日前报送"},
    {"doc": NOTICE, "kind": "deadline", "within": "P20BD", "after": "收到申请", "quote": "收到申请20个工作日内"},
    {"doc": NOTICE, "kind": "deadline", "within": "P6M", "after": "印发之日", "quote": "自印发之日起6个月内"},
    {
        "doc": NOTICE,
        "kind": "target",
        "subject": "湿地保护率",
        "value": 62.5,
        "comparator": ">=",
        "unit": "%",
        "by": "2033",
        "agent": "区水务局",
        "quote": "到2033年湿地保护率达到62.5%以上",
    },
    {"doc": NOTICE, "kind": "target", "subject": "巡护员", "value": 0, "comparator": "<", "quote": "不得有巡护员缺岗"},
    {
        "doc": NOTICE,
        "kind": "cites",
        "title": "湿地保护办法",
        "number": "栖云府发〔2029〕1号",
        "relation": "根据",
        "quote": "根据《湿地保护办法》(栖云府发〔2029〕1号)",
    },
    {"doc": NOTICE, "kind": "cites", "title": "无名之法", "quote": "《无名之法》"},
    {"doc": ISSUE, "kind": "cites", "number": NOTICE, "relation": "目录", "quote": "目录:栖云府发〔2031〕7号"},
    {
        "doc": NOTICE,
        "kind": "event",
        "type": "表彰",
        "agent": "区政府",
        "patient": "区水务局",
        "what": "先进集体",
        "date": "2031-03-09",
        "quote": "区政府决定表彰区水务局",
    },
    {"doc": NOTICE, "kind": "event", "type": "审计", "date": "2030-10-16/2030-12-19", "quote": "进行了审计"},
    {"doc": NOTICE, "kind": "part", "org": "区湿地管护站", "of": "区水务局", "quote": "区水务局所属区湿地管护站"},
]
"""Facts in the form of the gold files, each kind with all its fields and with few."""

_AGENCIES = {
    "栖云区人民政府": ("栖云区人民政府", None),
    "区政府": ("栖云区人民政府", None),
    "栖云区人民政府办公室": ("栖云区人民政府办公室", "栖云区人民政府"),
    "栖云区水务局": ("栖云区水务局", "栖云区人民政府"),
    "区水务局": ("栖云区水务局", "栖云区人民政府"),
    "区财政局": ("栖云区财政局", "栖云区人民政府"),
    "区湿地管护站": ("栖云区湿地管护站", "栖云区水务局"),
    "公报编辑部": ("栖云区人民政府公报编辑部", None),
}


def parties() -> dict[str, Entity]:
    """Whom the words name; 起草部门 and 有关单位 are left unknown."""
    found = {}
    for words, (label, parent) in _AGENCIES.items():
        names = tuple(sorted({w for w, (known, _) in _AGENCIES.items() if known == label}))
        above = f"agency/栖云区/{parent}" if parent else None
        reason = "去掉地名并写成全称后相同" if len(names) > 1 else ""
        key, place = f"agency/栖云区/{label}", "division/远山市栖云区"
        found[words] = Entity(EntityType.AGENCY, key, label, names, "栖云区", above, reason, place)
    for words in ("各乡镇人民政府", "区政府各部门"):
        found[words] = Entity(EntityType.AGENCY_GROUP, f"agencies/栖云区/{words}", words, (words,), "栖云区")
    for words in ("岑望舒", "闻一苇"):
        found[words] = Entity(EntityType.OFFICIAL, f"person/栖云区/{words}", words, (words,), "栖云区")
    found[GROUP] = Entity(EntityType.BODY, f"body/栖云区/{GROUP}", GROUP, (GROUP,), "栖云区")
    holder = "区财政局分管负责人"
    found[holder] = Entity(EntityType.OFFICE_HOLDER, f"holder/栖云区/{holder}", holder, (holder,), "栖云区")
    return found


def places() -> dict[str, Entity]:
    """Where the agencies belong."""
    city = Entity(EntityType.DIVISION, "division/远山市", "远山市", ("远山市",), code="990100")
    names = ("栖云区", "远山市栖云区")
    district = Entity(
        EntityType.DIVISION, f"division/{names[1]}", names[1], names, parent=city.key, reason="文中提到“远山市”"
    )
    return {city.key: city, district.key: district}


def documents() -> dict[str, Entity]:
    """The documents, by key, number and title; 无名之法 is left unknown."""
    issue = Entity(EntityType.GAZETTE_ISSUE, "issue/栖云区人民政府公报/2031年第2期", "栖云区人民政府公报2031年第2期")
    title = "栖云区人民政府关于印发湿地修复实施方案的通知"
    notice = Entity(EntityType.DOCUMENT, f"document/{NOTICE}", title)
    plan = Entity(EntityType.DOCUMENT, f"document/栖云区/{PLAN}", PLAN)
    cited = Entity(EntityType.DOCUMENT, "document/栖云府发〔2029〕1号", "湿地保护办法")
    return {
        ISSUE: issue,
        NOTICE: notice,
        title: notice,
        PLAN: plan,
        "栖云府发〔2029〕1号": cited,
        "湿地保护办法": cited,
    }


def fact_of(line: Mapping[str, Any], spans: tuple[Span, ...], text: str, section: str = "") -> Fact:
    """The fact that a gold-like line says, with its evidence."""
    fields = {key: value for key, value in line.items() if key not in ("kind", "quote")}
    for name, value in fields.items():
        if isinstance(value, list):
            fields[name] = tuple(value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            fields[name] = Decimal(str(value))
    return FACT_KINDS[line["kind"]](evidence=Evidence(spans, text), rule="by_hand", section=section, **fields)


def reading(
    lines: Iterable[Mapping[str, Any]] = LINES,
    *,
    name: str = "栖云公报.txt",
    known: Mapping[str, Entity] | None = None,
    papers: Mapping[str, Entity] | None = None,
    between: str = "\n某页\n",
) -> Reading:
    """A reading of the lines: its text is their quotes, one a line; a bar in a quote parts it into two spans."""
    text, facts = "一、总则\n（一）任务\n", []
    sections = tuple(
        Section(doc=NOTICE, path=path, number=number, heading=heading, span=Span(*span))
        for path, number, heading, span in (("一", "一", "总则", (0, 4)), ("一.（一）", "（一）", "任务", (5, 10)))
    )
    for line in lines:
        spans = []
        for piece in line["quote"].split("|"):
            spans.append(Span(len(text), len(text) + len(piece)))
            text += f"{piece}{between}"
        words = "".join(text[span.start : span.end] for span in spans)
        section = "一.（一）" if line["kind"] == "duty" else ""
        facts.append(fact_of({**line, "quote": ""}, tuple(spans), words, section))
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Reading(
        source=Source(name, digest, "utf-8", text),
        facts=tuple(facts),
        sections=sections,
        parties=parties() if known is None else known,
        documents=documents() if papers is None else papers,
        leftovers=(),
        places=places(),
    )


def notice(number: int, day: str, *lines: Mapping[str, Any], **head: Any) -> list[dict[str, Any]]:
    """A document of the district, by its number and its day: its own line, and those given; quotes are made up."""
    doc = f"栖云府人〔2031〕{number}号"
    own = {"kind": "document", "title": f"第{number}号通知", "number": doc, "issuer": ["栖云区人民政府"], **head}
    told = ({**own, "date": day} if day else own, *lines)
    return [{"doc": doc, "quote": f"{doc}第{n}行", **line} for n, line in enumerate(told)]


def change(person: str, action: str, title: str = "局长", org: str = "区财政局", **more: Any) -> dict[str, Any]:
    """Somebody is appointed to a post, or removed from one."""
    return {"kind": "appointment", "person": person, "action": action, "org": org, "title": title, **more}


def store_of(*readings: Reading) -> Store:
    """A store of all that a build makes of some readings."""
    store = Store.of([*meta("1"), *(line for read in readings for line in (*quads(read), *derived(read)))])
    who = sorted(set(lines(identify(profiles(store), BASE), BASE)))
    store.add((f"{line}\n".encode() for line in who), "who is who")
    for graph, block in whole(told(store), BASE).items():
        store.add(BytesIO(block), graph)
    return store
