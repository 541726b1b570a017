"""How to reach somebody: names, telephone numbers and addresses as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.anatomy import Anatomy, Passage
from kg.anatomy.tables import tables
from kg.extract.documents import labelled
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.grammar.names import NAME, is_name
from kg.grammar.organisations import is_organisation
from kg.model import Contact
from kg.text import Text

__all__ = ["RULES", "contacts", "imprint"]

RULES = (
    Rule(
        "contact.labelled",
        "联系人, 电话, 地址, 邮编, 网址 with a value behind them; the organisation is that before the label, the one "
        "that the sentence reports to, or the one that it is about.",
        "各镇乡每月25日前向区水利局报送进度（联系人：丁晓，联系电话：55503316）。",
        "各单位要确定一名联系人，并公布联系电话。",
    ),
    Rule(
        "contact.imprint",
        "The imprint of an issue says how its editors are reached, and at which address their government's site is.",
        "北川省人民政府公报\n\n2021年第4期（总第31期）\n\n编辑出版：北川省人民政府公报室\n\n电话：55501602\n\n"
        "北川省人民政府关于做好春耕工作的通知\n\n各市人民政府：\n\n现就有关事项通知如下。\n\n北川省人民政府\n\n2021年2月3日",
        "北川省人民政府关于做好春耕工作的通知\n\n各市人民政府：\n\n现就有关事项通知如下。\n\n北川省人民政府\n\n2021年2月3日",
    ),
)

_PHONE = r"0\d{2,3}[-—]\d{7,8}(?:[-—转]\d{1,5})?|(?:（?0\d{2,3}）?[-— ]?)?[2-9]\d{6,7}(?:[-—转]\d{1,5})?|1[3-9]\d{9}|[48]00[-—]?\d{3,4}[-—]?\d{3,4}|1\d{4}(?!\d)|9\d{4}(?!\d)"
_URL = r"(?:https?://|www\.)[A-Za-z0-9./\-?=&%#~:_]+[A-Za-z0-9/]|(?:[A-Za-z0-9\-]+\.)+(?:gov|com|cn|org|net)(?:\.cn)?[A-Za-z0-9/.\-_]*"
_KIND = r"联系|咨询|值班|监督|举报|投诉|服务|办公(?!室)|(?<![\u4e00-\u9fff])办公室|抢修|报名|受理|报修|应急|救援|固定|报警|政策|业务|技术|24小时|\d{1,2}小时|热线"
_ITEM = re.compile(
    rf"(?P<person>联系人(?:及(?:联系)?(?:电话|方式))?|联络人|联络员|联系人员)(?:：| )(?P<who>[^：，。；（）]{{2,30}}?(?:（[\u4e00-\u9fff]{{2,20}}）)?)(?=[，。；）（ ]|(?:联系)?电话|\d|$)"
    rf"|(?P<phone>(?:{_KIND}|[、/和及与]){{0,6}}(?:电话(?:号码)?|热线|手机(?:号码)?|联系方式))(?:为|是)?：?(?:(?P<unit>[\u4e00-\u9fff]{{3,24}})[，： ]?)?(?P<number>(?:{_PHONE})(?:[、，/；或](?:{_PHONE}))*)"
    rf"|(?P<dialled>请?(?:拨打|致电)(?:电话)?：?)(?P<dial>(?=[\d—\-（）]{{7}})(?:{_PHONE})(?:[、，/；或](?:{_PHONE}))*)"
    r"|(?P<sent>(?:请|可)?(?:邮寄|寄送|寄)[至到]：?)(?P<whereto>[^，。；：（）]{2,20}\d+号[^，。；：（）]{0,40})"
    rf"|(?P<address>(?:联系|通讯|通信|邮寄|办公|单位|受理|报名)?地址)：(?P<place>[^，。；：（）]{{4,60}}(?:（[^（）]{{2,20}}）)?)"
    r"|(?P<postcode>邮编|邮政编码)：?(?P<code>\d{6})(?!\d)"
    rf"|(?P<website>网址|网站|官网|门户网站|官方网站)(?:（|：|为)+(?P<url>{_URL})"
)
_CUE = re.compile("联系|联络|电话|热线|手机|拨打|致电|寄[至送到]|地址|邮编|邮政编码|网址|网站|官网")
_BARE_PHONE = re.compile(rf"[，、：（ ]*(?P<number>(?:{_PHONE}))(?!\d)")
_OWNER = re.compile(r"(?:^|[，。；：、（）])(?P<org>[\u4e00-\u9fff·]{2,30})$")
_REPORTS_TO = re.compile(
    r"(?:向|报送?至?|送至?|(?<!提)(?<![县区市省])交至|反馈至?|提交至?|报经|发送至|寄送?至?|联系|与|至)(?P<org>[\u4e00-\u9fff（）]{2,24}?)"
    r"(?=报送|报告|反馈|备案|提交|提出|申请|汇总|审核|，|。|；|（|联系|咨询|办理|举报|投诉|反映|$)"
)
_SUBJECT = re.compile(
    r"(?:^|[。；])(?:[^，。；]{0,24}，)?(?:由)?(?P<org>[\u4e00-\u9fff]{2,24}?)(?=设在|设立|负责|开设|设置|公布|牵头|受理|承担|应当|开通|组织|统筹|汇总|为)"
)


@dataclass(slots=True)
class _Block:
    """What is said of one contact, so far."""

    passage: Passage | None
    org: str | None = None
    person: str | None = None
    told: bool = False
    """Whether a sentence tells where to write or to call, and no label does."""
    values: dict[str, str] = field(default_factory=dict)
    pieces: list[Text] = field(default_factory=list)


def contacts(scope: Scope) -> Iterator[Contact]:
    """The contacts that a document gives, each once."""
    yield from _tabled(scope)
    seen: set[tuple[str, ...]] = set()
    for block in _blocks(scope):
        numbers = re.split("[、，/；或]", block.values.get("phone", ""))
        people = [name for name in re.split("[、和]", block.person or "") if name]
        each = len(people) > 1 and len(people) == len(numbers)  # two people and two numbers: one for each
        for i, person in enumerate(people or [""]):
            values = {**block.values, "phone": numbers[i]} if each else block.values
            key = (person, block.org or "", *values.values())
            if key not in seen:
                seen.add(key)
                yield scope.fact(
                    Contact,
                    "contact.labelled",
                    Text.join(block.pieces),
                    passage=block.passage,
                    person=person or None,
                    org=block.org,
                    **values,
                )


def _tabled(scope: Scope) -> Iterator[Contact]:
    """The telephone numbers of a table with columns for names and numbers, each with the person's organisation."""
    for table in tables(scope.passages):
        named, phone = table.column("姓名|联系人|联络员"), table.column("电话|手机|联系方式")
        unit = table.column("单位|部门")
        for row in table.rows if named is not None and phone is not None else ():
            cells = [cell.closed() for cell in row.cells]
            if max(named or 0, phone or 0) >= len(cells) or not re.fullmatch(_PHONE, cells[phone or 0].chars):
                continue
            org = cells[unit] if unit is not None and unit < len(cells) else None
            if is_name(cells[named or 0].chars):
                yield scope.fact(
                    Contact,
                    "contact.labelled",
                    Text.join([*([org] if org else []), cells[named or 0], cells[phone or 0]]),
                    passage=row.passage,
                    person=cells[named or 0].chars,
                    org=org.chars if org and org.chars else None,
                    phone=cells[phone or 0].chars,
                )


_SAID = {
    "person": ("person", "who"),
    "phone": ("phone", "number"),
    "dialled": ("phone", "dial"),
    "sent": ("address", "whereto"),
    "address": ("address", "place"),
    "postcode": ("postcode", "code"),
    "website": ("website", "url"),
}
"""Each group of _ITEM, with the field that it says and the group in it that holds what the label is followed by."""
_SENT_TO = re.compile(
    r"(?P<address>.{2,20}?\d+号(?:[\u4e00-\u9fff]{0,8}[\dA-Z一二三四五六七八九十]{1,5}(?:号楼|楼|室|层|单元|幢|栋|座))*)(?P<org>[\u4e00-\u9fff]{3,24})"
)
"""An address with the name of the organisation behind it, as on an envelope."""


def _blocks(scope: Scope) -> Iterator[_Block]:
    block = _Block(None)
    for passage in scope.passages:
        text = passage.paragraph.text
        items = list(_ITEM.finditer(text.chars)) if _CUE.search(text.chars) else []
        last = 0
        for match in items:
            label, (name, group) = next((label, said) for label, said in _SAID.items() if match[label])
            owner = _OWNER.search(text.chars, max(0, match.start() - 32), match.start())
            own = _organisation(owner["org"]) if owner else None
            own = own or (_organisation(match["unit"]) if match["unit"] else None)
            between = text.chars[last : match.start()]
            apart = "。" in between.strip("。") or len(between) > 40 or (last == 0 and match.start() > 24)
            if (block.values or block.person) and (
                apart
                or name in block.values
                or (name == "person" and (block.person or (block.values and not block.told)))
                or (own and own != block.org and block.org)
            ):
                if block.values:
                    yield block
                block = _Block(passage)
            if not (block.values or block.person):
                block = _Block(passage, own or _about(text.chars[: match.start()]))
            start = match.start() - (len(owner["org"]) if own and owner and owner["org"].endswith(own) else 0)
            end = match.end()
            value = match[group]
            block.told = block.told or label in ("dialled", "sent")
            if label == "sent" and (sent := _SENT_TO.fullmatch(value)) and is_organisation(sent["org"]):
                value, own = sent["address"], sent["org"]
            if name == "person":
                org, block.person = _person(value)
                block.org = org or own or block.org
                bare = _BARE_PHONE.match(text.chars, end)
                if bare:
                    block.values["phone"], end = bare["number"], bare.end()
                if block.person is None and not bare:
                    last = end
                    continue
            else:
                block.org = own or block.org
                block.values[name] = value
            block.pieces.append(text[start:end])
            last = end
        if not items and block.values:
            yield block
            block = _Block(None)
    if block.values:
        yield block


def _organisation(words: str) -> str | None:
    """The organisation that the words before a label end in (拨打区水利局), or None."""
    words = re.sub(r"^.*(?:拨打|请与|请向|联系|欢迎|通过|可以?向|向)(?=[\u4e00-\u9fff]{3})", "", words)
    words = re.sub(r"(?:的|统一|公开|设立)$", "", words)
    return words if len(words) > 2 and is_organisation(words) else None


def _about(before: str) -> str | None:
    """The organisation that the sentence before a contact reports to, else the one it is about."""
    sentence = before[max(before.rfind("。", 0, len(before) - 1), before.rfind("；", 0, len(before) - 1)) + 1 :]
    for match in reversed(list(_REPORTS_TO.finditer(sentence))):
        if is_organisation(match["org"]) and not match["org"].startswith(("各", "有关")):
            return match["org"]
    subject = _SUBJECT.search(sentence)
    return (
        subject["org"] if subject and is_organisation(subject["org"]) and not subject["org"].startswith("各") else None
    )


_ORG_AND_NAME = re.compile(rf"(?P<org>[\u4e00-\u9fff]{{3,24}}?)(?P<name>{NAME})(?:同志)?")


def _person(words: str) -> tuple[str | None, str | None]:
    """Organisation and name in what stands behind 联系人 (区交通局尚宇; 尚宇（区交通局）; 尚宇、丁晓)."""
    bracket = re.fullmatch(r"(?P<name>[^（）]+)（(?P<org>[^（）]+)）", words)
    org = bracket["org"] if bracket and is_organisation(bracket["org"]) else None
    words = re.sub(r"同志|先生|女士|老师", "", bracket["name"] if bracket else words).replace(" ", "")
    names = re.split("[、和]", words)
    if all(is_name(name) for name in names):
        return org, words
    for match in [_ORG_AND_NAME.fullmatch(words)] if len(names) == 1 else []:
        for cut in range(len(words) - 2, max(1, len(words) - 5), -1):
            if match and is_name(words[cut:]) and is_organisation(words[:cut]):
                return words[:cut], words[cut:]
    return org, None


# --- the issue's own ---------------------------------------------------------------------------------------


def imprint(anatomy: Anatomy) -> Iterator[Contact]:
    """How the editors of an issue are reached, and the site of their government, as the masthead says."""
    if anatomy.issue is None:
        return
    fields = labelled(anatomy.issue.masthead)
    said = {name: value.chars for name, (value, _) in fields.items()}
    editors = said.get("publisher") or said.get("sponsor")
    site, owner = fields.get("website", (None, ""))
    own: list[str] = [name for name in ("address", "phone", "postcode") if name in fields]
    if site is not None and not owner:
        own.append("website")
    if own:
        yield Contact(
            doc="issue",
            evidence=Text.join(fields[name][0] for name in own).evidence(),
            rule="contact.imprint",
            org=editors,
            **{name: said[name] for name in own},
        )
    if site is not None and owner:
        yield Contact(doc="issue", evidence=site.evidence(), rule="contact.imprint", org=owner, website=site.chars)
