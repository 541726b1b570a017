"""The words of ontology/gazette.ttl are tied here to the kinds of facts, their fields and what follows from them.

``FIELDS`` says for each kind and field which property holds the source's words and which one, if any, points to
the thing they name. What classifies words (roles, posts, types of documents, relations, events) is a table whose words
are labels of the concepts in ontology/schemes/; first hit wins.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from kg.rdf.terms import NS

__all__ = ["CLASSES", "DOCUMENT_TYPES", "DUTY_EDGES", "EVENT_EDGES", "EVENT_KINDS", "FIELDS", "FOLLOWS"]
__all__ += ["MODALITY_KINDS", "POST_KINDS", "PREFIXES", "RELATION_EDGES", "ROLE_KINDS", "THINGS", "TIME_UNITS"]
__all__ += ["Field", "Form", "classes_of", "classify", "document_type", "gz", "name", "post_kind", "std"]

PREFIXES: Mapping[str, str] = {
    "gz": NS,
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes that every query and every file for people may count on."""


def name(qname: str) -> str:
    """The IRI of ``org:member`` and the like."""
    prefix, _, local = qname.partition(":")
    return PREFIXES[prefix] + local


def std(qname: str) -> str:
    """The N-Quads term of ``org:member`` and the like."""
    return f"<{name(qname)}>"


def gz(local: str) -> str:
    """The N-Quads term of a word of ours."""
    return f"<{NS}{local}>"


class Form(Enum):
    """How a field's value is written."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    FLAG = "flag"
    LIST = "list"
    """Each item as a text; the order of all in one literal of JSON, since a set of triples has none."""


class Field(NamedTuple):
    """Which properties a field of a fact becomes."""

    words: str
    """The property that holds the source's words."""
    thing: str | None = None
    """The property that points to the party or the document they name."""
    form: Form = Form.TEXT
    order: str | None = None
    """For a list: the property that keeps its order."""


def _party(stem: str, form: Form = Form.TEXT) -> Field:
    return Field(f"{stem}Name", stem, form, f"{stem}List" if form is Form.LIST else None)


CLASSES: Mapping[str, str] = {
    "issue": "GazetteIssue",
    "document": "OfficialDocument",
    "post": "PostHolding",
    "appointment": "Appointment",
    "member": "Membership",
    "seat": "Seat",
    "stand_in": "StandIn",
    "duty": "Responsibility",
    "norm": "Norm",
    "contact": "ContactPoint",
    "fund": "Fund",
    "deadline": "Deadline",
    "target": "Target",
    "cites": "Reference",
    "event": "Event",
    "part": "Affiliation",
}
"""The class of each kind; an appointment whose action is 免 is a ``gz:Removal``."""


def classes_of(kind: str) -> tuple[str, ...]:
    """The classes that facts of a kind have."""
    return ("Appointment", "Removal") if kind == "appointment" else (CLASSES[kind],)


_PERSON, _ORGANIZATION, _GROUP, _AGENT = (_party(stem) for stem in ("person", "organization", "group", "agent"))
_POST = {"person": _PERSON, "org": _ORGANIZATION, "title": Field("postTitle"), "note": Field("note")}

FIELDS: Mapping[str, Mapping[str, Field]] = {
    "issue": {
        "title": Field("title"),
        "number": Field("issueNumber"),
        "total_number": Field("totalNumber"),
        "date": Field("publicationDate", form=Form.DATE),
        "supervisor": _party("supervisor"),
        "sponsor": _party("sponsor"),
        "publisher": _party("publisher"),
    },
    "document": {
        "title": Field("title"),
        "number": Field("number"),
        "issuer": _party("issuer", Form.LIST),
        "type": Field("documentTypeName"),
        "date": Field("dateOfDocument", form=Form.DATE),
        "effective": Field("effectiveDate", form=Form.DATE),
        "addressees": _party("addressee", Form.LIST),
        "public": Field("isPublic", form=Form.FLAG),
        "part_of": Field("partOfName", "partOf"),
    },
    "post": _POST,
    "appointment": {**_POST, "action": Field("action"), "date": Field("date", form=Form.DATE)},
    "member": {"group": _GROUP, "member": _party("member"), "role": Field("roleName")},
    "seat": {"group": _GROUP, "org": _ORGANIZATION},
    "stand_in": {"a": _party("partnerA"), "b": _party("partnerB")},
    "duty": {
        "agent": _AGENT,
        "matter": Field("matter"),
        "role": Field("roleName"),
        "under": Field("underHeading"),
    },
    "norm": {"agent": _AGENT, "modality": Field("modality"), "matter": Field("matter")},
    "contact": {
        "person": _PERSON,
        "org": _ORGANIZATION,
        "phone": Field("phone"),
        "address": Field("address"),
        "postcode": Field("postcode"),
        "website": Field("website"),
    },
    "fund": {
        "amount": Field("amount", form=Form.NUMBER),
        "share": Field("share", form=Form.NUMBER),
        "comparator": Field("comparator"),
        "per": Field("per"),
        "payer": _party("payer"),
        "payee": _party("payee"),
        "purpose": Field("purpose"),
    },
    "deadline": {
        "on": Field("on", form=Form.DATE),
        "start": Field("start", form=Form.DATE),
        "end": Field("end", form=Form.DATE),
        "every": Field("every"),
        "within": Field("within"),
        "after": Field("after"),
        "agent": _AGENT,
        "task": Field("task"),
    },
    "target": {
        "subject": Field("subject"),
        "value": Field("value", form=Form.NUMBER),
        "comparator": Field("comparator"),
        "unit": Field("unit"),
        "by": Field("by", form=Form.DATE),
        "agent": _AGENT,
    },
    "cites": {"title": Field("citedTitle"), "number": Field("citedNumber"), "relation": Field("relation")},
    "event": {
        "type": Field("eventType"),
        "agent": _AGENT,
        "patient": _party("patient"),
        "what": Field("what"),
        "date": Field("date", form=Form.DATE),
    },
    "part": {"org": _ORGANIZATION, "of": _party("parentOrganization")},
}
"""Kind → field of the fact → properties."""

THINGS = tuple(sorted({field.thing for table in FIELDS.values() for field in table.values() if field.thing}))
"""The local names of the properties by which facts point to what their fields name."""

ROLE_KINDS: Mapping[str, str] = {
    "协助": "RoleAssist",
    "牵头": "RoleLead",
    "配合": "RoleSupport",
    "支持": "RoleSupport",
    "参加": "RoleTakePart",
    "参与": "RoleTakePart",
    "联系": "RoleLiaise",
    "审定": "RoleApprove",
    "审核": "RoleApprove",
    "审批": "RoleApprove",
    "指导": "RoleGuide",
    "督促": "RoleGuide",
    "监督": "RoleGuide",
    "协调": "RoleCoordinate",
    "统筹": "RoleCoordinate",
    "组织": "RoleOrganise",
    "分管": "RoleInCharge",
    "主持": "RolePreside",
    "负责": "RoleAnswer",
    "承担": "RoleAnswer",
    "责任": "RoleAnswer",
}
"""Words in a role → its kind. 协助 comes first: 协助分管副区长处理 is to assist, not to be in charge."""

DUTY_EDGES: Mapping[str, str] = {
    "RoleLead": "leads",
    "RoleAssist": "supports",
    "RoleSupport": "supports",
    "RoleTakePart": "supports",
    "RoleLiaise": "supports",
}
"""Kind of role → plain edge from the agent to the document; any other kind, or none, is ``answersFor``."""

MODALITY_KINDS: Mapping[str, str] = {"可以": "ModalityPermitted", "不得": "ModalityForbidden"}
"""The word of a norm → its kind."""

POST_KINDS: Mapping[str, str] = {
    "政治委员": "",  # ends like a member, and is none
    "秘书长": "",  # heads an office of its body, or the body itself
    "助理": "PostAssistant",
    "顾问": "PostAdviser",
    "调研员": "PostRank",
    "巡视员": "PostRank",
    "科员": "PostRank",
    "级干部": "PostRank",
    "总工程师": "PostChiefSpecialist",
    "总会计师": "PostChiefSpecialist",
    "总经济师": "PostChiefSpecialist",
    "总规划师": "PostChiefSpecialist",
    "总农艺师": "PostChiefSpecialist",
    "总审计师": "PostChiefSpecialist",
    "总统计师": "PostChiefSpecialist",
    "成员": "PostMember",
    "成员单位": "PostMember",
    "委员": "PostMember",
    "常委": "PostMember",
    "理事": "PostMember",
    "董事": "PostMember",
    "监事": "PostMember",
    "书记": "PostPartySecretary",
    "主任": "PostHead",
    "召集人": "PostHead",
    "主席": "PostHead",
    "经理": "PostHead",
    "长": "PostHead",
}
"""The end of a post's title, or of a role in a body → its kind, before 副 and 代 are looked at."""

_DEPUTIES = frozenset({"PostHead", "PostPartySecretary", "PostChiefSpecialist"})

DOCUMENT_TYPES: Mapping[str, str] = {
    "决议": "TypeResolution",
    "决定": "TypeDecision",
    "命令": "TypeOrder",
    "公报": "TypeCommunique",
    "公告": "TypeAnnouncement",
    "通告": "TypePublicNotice",
    "意见": "TypeOpinion",
    "通知": "TypeNotice",
    "通报": "TypeCircular",
    "报告": "TypeReport",
    "请示": "TypeRequest",
    "批复": "TypeReply",
    "议案": "TypeProposal",
    "纪要": "TypeMinutes",
    "预案": "TypeContingencyPlan",
    "方案": "TypePlan",
    "计划": "TypePlan",
    "办法": "TypeMeasures",
    "规定": "TypeProvisions",
    "细则": "TypeRules",
    "规划": "TypeProgramme",
    "条例": "TypeRegulations",
    "章程": "TypeConstitution",
    "规则": "TypeCode",
    "规程": "TypeCode",
    "准则": "TypeCode",
    "守则": "TypeCode",
    "规范": "TypeCode",
    "公约": "TypeCode",
    "标准": "TypeStandard",
    "制度": "TypeSystem",
    "机制": "TypeSystem",
    "措施": "TypePolicy",
    "政策": "TypePolicy",
    "纲要": "TypeOutline",
    "要点": "TypeKeyPoints",
    "清单": "TypeList",
    "目录": "TypeList",
    "名单": "TypeList",
    "任务分解表": "TypeDivision",
    "分工表": "TypeDivision",
    "一览表": "TypeList",
    "汇总表": "TypeList",
    "计划表": "TypeList",
    "明细表": "TypeList",
    "分工": "TypeDivision",
    "职责": "TypeDivision",
    "指南": "TypeGuide",
    "导则": "TypeGuide",
    "流程": "TypeGuide",
    "责任书": "TypePledge",
    "承诺书": "TypePledge",
    "任务书": "TypePledge",
    "倡议书": "TypePledge",
    "说明": "TypeExplanation",
    "解读": "TypeExplanation",
    "公示": "TypePublicity",
    "令": "TypeOrder",
    "函": "TypeLetter",
}
"""The end of a 文种 → its concept."""

RELATION_EDGES: Mapping[str, str] = {
    "根据": "basedOn",
    "依据": "basedOn",
    "按照": "basedOn",
    "修改": "amends",
    "修订": "amends",
    "修正": "amends",
    "废止": "repeals",
    "失效": "repeals",
    "停止执行": "repeals",
}
"""Words in a citation's relation → plain edge between the documents; any other is ``cites``."""

EVENT_KINDS: Mapping[str, str] = {
    "表彰": "EventAward",
    "表扬": "EventAward",
    "奖励": "EventAward",
    "嘉奖": "EventAward",
    "授予": "EventAward",
    "一等功": "EventAward",
    "二等功": "EventAward",
    "三等功": "EventAward",
    "批评": "EventReprimand",
    "问责": "EventReprimand",
    "诫勉": "EventReprimand",
    "处分": "EventPunishment",
    "处罚": "EventPunishment",
    "罚款": "EventPunishment",
    "警告": "EventPunishment",
    "记过": "EventPunishment",
    "记大过": "EventPunishment",
    "撤职": "EventPunishment",
    "约谈": "EventTalk",
    "审计": "EventAudit",
    "检查": "EventInspection",
    "督查": "EventInspection",
    "督导": "EventInspection",
    "调查": "EventInspection",
    "稽查": "EventInspection",
    "巡察": "EventInspection",
    "巡视": "EventInspection",
    "核查": "EventInspection",
    "抽查": "EventInspection",
    "考核": "EventAssessment",
    "评估": "EventAssessment",
    "验收": "EventAssessment",
    "考评": "EventAssessment",
    "测评": "EventAssessment",
    "成立": "EventFounding",
    "设立": "EventFounding",
    "组建": "EventFounding",
    "建立": "EventFounding",
    "更名": "EventRenaming",
    "撤销": "EventDissolution",
    "解散": "EventDissolution",
    "不再保留": "EventDissolution",
    "调整": "EventChange",
}
"""Words in an event's type → its kind."""

EVENT_EDGES: Mapping[str, str] = {
    "EventAward": "awarded",
    "EventReprimand": "reprimanded",
    "EventPunishment": "reprimanded",
    "EventTalk": "reprimanded",
    "EventAudit": "audited",
    "EventInspection": "audited",
    "EventFounding": "established",
}
"""Kind of event → plain edge from the agent to the patient; any other kind, or none, is ``actedOn``."""

TIME_UNITS: Mapping[str, str] = {"day": "time:unitDay", "month": "time:unitMonth", "year": "time:unitYear"}
"""How precise a date is → the unit of OWL-Time."""

FOLLOWS: Mapping[str, tuple[str, ...]] = {
    "holdsPostIn": ("org:memberOf",),
    "memberOf": ("org:memberOf",),
    "leads": ("gz:answersFor",),
    "affiliatedTo": ("org:linkedTo",),
    "cites": ("eli:cites",),
    "basedOn": ("gz:cites", "eli:cites", "eli:based_on"),
    "amends": ("gz:cites", "eli:cites", "eli:amends"),
    "repeals": ("gz:cites", "eli:cites", "eli:repeals"),
    "awarded": ("gz:actedOn",),
    "reprimanded": ("gz:actedOn",),
    "audited": ("gz:actedOn",),
    "established": ("gz:actedOn",),
}
"""Plain edge → the wider ones that hold with it, so that nobody needs a reasoner to ask for them."""


def classify(words: str | None, table: Mapping[str, str]) -> str | None:
    """What the first word of the table that stands in ``words`` means; None if none does."""
    if not words:
        return None
    return next((meaning for word, meaning in table.items() if word in words), None)


def document_type(words: str | None) -> str | None:
    """The concept of a 文种; None if its end is none of the table."""
    return _by_end(words, DOCUMENT_TYPES)


def post_kind(words: str | None) -> str | None:
    """The kind of a post by its title, or of a seat by its role; None if the end of the words does not settle it."""
    kind = _by_end(words, POST_KINDS)
    if words and kind in _DEPUTIES and "副" in words:
        return "PostDeputy"
    if words and kind == "PostHead" and words.startswith("代"):
        return "PostActing"
    return kind or None


def _by_end(words: str | None, table: Mapping[str, str]) -> str | None:
    return next((meaning for word, meaning in table.items() if words and words.endswith(word)), None)
