"""A small network as kg.network makes them, of a place and of people that do not exist."""

from __future__ import annotations

from typing import Any

import networkx

BASE = "https://w3id.org/gongbao/id/"
PLACE = "云岭市霞川区"
NOTICE = "霞川府办发〔2031〕7号"
PLAN = "霞川府发〔2031〕2号"


def iri(path: str) -> str:
    kind, name = path.split("/", 1)
    return f"{BASE}{kind}/{PLACE}/{name}"


def sample() -> networkx.MultiDiGraph:
    graph = networkx.MultiDiGraph()
    for path, kind, label, docs in [
        ("issue/2031年第1期", "GazetteIssue", "霞川区人民政府公报2031年第1期", ("issue",)),
        (f"document/{NOTICE}", "OfficialDocument", "霞川区人民政府办公室关于领导班子成员分工的通知", (NOTICE, "issue")),
        (f"document/{PLAN}", "OfficialDocument", "霞川区人民政府关于印发河道整治方案的通知", (PLAN,)),
        (f"section/{PLAN}/一", "Section", "疏浚河道", (PLAN,)),
        ("agency/区水务局", "Agency", "区水务局", (NOTICE, PLAN)),
        ("agency/区财政局", "Agency", "区财政局", (PLAN,)),
        ("agency/各乡镇人民政府", "AgencyGroup", "各乡镇人民政府", (PLAN,)),
        ("body/河道整治领导小组", "CoordinatingBody", "河道整治领导小组", (PLAN,)),
        ("person/万晓舟", "Official", "万晓舟", (NOTICE, PLAN)),
        ("person/蓝一苇", "Official", "蓝一苇", (NOTICE,)),
        ("holder/区财政局主要负责人", "OfficeHolder", "区财政局主要负责人", (PLAN,)),
        ("fund/0a", "Fund", "1200万元", (PLAN,)),
        ("deadline/0b", "Deadline", "2031-06-30", (PLAN,)),
        ("target/0c", "Target", "水质达标率≥90%", (PLAN,)),
    ]:
        graph.add_node(iri(path), label=label, type=kind, docs=docs)
    said = {
        "kind": "document",
        "doc": NOTICE,
        "quote": "领导班子成员分工的通知",
        "fields": {"number": NOTICE, "type": "通知"},
    }
    graph.nodes[iri(f"document/{NOTICE}")].update(said)
    graph.nodes[iri("agency/区水务局")]["names"] = ("区水务局", "霞川区水务局")

    def tie(source: str, target: str, kind: str, label: str, doc: str, quote: str, **fields: str) -> None:
        number = graph.number_of_edges()
        graph.add_edge(
            iri(source),
            iri(target),
            key=f"{BASE}{kind}/{doc}/{number:012x}",
            kind=kind,
            label=label,
            doc=doc,
            quote=quote,
            fields=fields,
            source="霞川公报.txt",
            spans=f"{number * 40}-{number * 40 + len(quote)}",
        )

    notice, plan = f"document/{NOTICE}", f"document/{PLAN}"
    for matter in ("水务", "农业农村", "乡村振兴"):
        quote = f"万晓舟同志分管{matter}"
        tie("person/万晓舟", notice, "duty", "分管", NOTICE, quote, agent="万晓舟", role="分管", matter=matter)
    quote = "蓝一苇同志负责财政"
    tie("person/蓝一苇", notice, "duty", "负责", NOTICE, quote, agent="蓝一苇", role="负责", matter="财政")
    tie("person/万晓舟", "person/蓝一苇", "stand_in", "AB角", NOTICE, "万晓舟—蓝一苇", a="万晓舟", b="蓝一苇")
    tie("person/蓝一苇", "person/万晓舟", "stand_in", "AB角", NOTICE, "万晓舟—蓝一苇", a="万晓舟", b="蓝一苇")
    quote = "万晓舟 区水务局局长"
    tie(
        "person/万晓舟", "agency/区水务局", "post", "局长", NOTICE, quote, person="万晓舟", org="区水务局", title="局长"
    )
    quote = "组长:万晓舟"
    group = "河道整治领导小组"
    tie("person/万晓舟", f"body/{group}", "member", "组长", PLAN, quote, group=group, member="万晓舟", role="组长")
    holder = "区财政局主要负责人"
    quote = f"成员:{holder}"
    tie(f"holder/{holder}", f"body/{group}", "member", "成员", PLAN, quote, group=group, member=holder, role="成员")
    tie(
        f"body/{group}",
        "agency/区水务局",
        "seat",
        "办公室设在",
        PLAN,
        "办公室设在区水务局",
        group=group,
        org="区水务局",
    )
    for agent, role in (("区水务局", "牵头"), ("各乡镇人民政府", "配合")):
        fields = {"agent": agent, "role": role, "matter": "疏浚河道"}
        tie(f"agency/{agent}", f"section/{PLAN}/一", "duty", role, PLAN, f"{role}单位:{agent}", **fields)
    tie(f"section/{PLAN}/一", plan, "section", "属于", PLAN, "一、疏浚河道")
    fund = {"amount": "12000000", "comparator": "=", "payer": "区财政局", "payee": "区水务局", "purpose": "疏浚河道"}
    quote = "区财政局安排1200万元用于疏浚河道"
    tie("agency/区财政局", "fund/0a", "fund", "出资", PLAN, quote, **fund)
    tie("fund/0a", "agency/区水务局", "fund", "拨给", PLAN, quote, **fund)
    tie("agency/区水务局", "deadline/0b", "deadline", "时限", PLAN, "6月30日前完成", on="2031-06-30", task="完成疏浚")
    tie(
        "agency/区水务局",
        "target/0c",
        "target",
        "指标",
        PLAN,
        "水质达标率达到90%以上",
        subject="水质达标率",
        value="90",
    )
    tie(plan, notice, "cites", "根据", PLAN, f"根据{NOTICE}", number=NOTICE, relation="根据")
    tie("issue/2031年第1期", notice, "cites", "目录", "issue", "领导班子成员分工的通知", relation="目录")
    return graph


def hostile(text: str) -> networkx.MultiDiGraph:
    """Two things and a tie, all of whose words are the text."""
    graph = networkx.MultiDiGraph()
    for node in ("a", "b"):
        graph.add_node(f"{BASE}{node}/{text}", label=text, type=text, docs=(text,), names=(text,))
    first, second = graph
    said: dict[str, Any] = {"kind": text, "label": text, "doc": text, "quote": text, "source": text, "spans": text}
    graph.add_edge(first, second, key=text, fields={"matter": text, text: text}, **said)
    return graph
