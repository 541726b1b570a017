"""Anatomy: paragraphs, sections, documents, issues."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from cases import notice, reading_of

from kg.anatomy import Anatomy, parse
from kg.anatomy.paragraphs import paragraphs
from kg.anatomy.tables import tables
from kg.model import Duty, Member, Source
from kg.read import read
from kg.text import lines


def anatomy(text: str) -> Anatomy:
    return parse(Source("case.md", hashlib.sha256(text.encode()).hexdigest(), "utf-8", text))


def told(text: str) -> list[str]:
    here = Source("case.md", "0", "utf-8", text)
    return [paragraph.chars for paragraph in paragraphs(lines(here)[0])]


HEAD = "沧屏市青汀区人民政府办公室关于做好防汛工作的通知"
SIGNED = "沧屏市青汀区人民政府办公室\n2021年5月10日\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "各街道办事处要落实责任，加强隐患排查和整治工作，确保群\n\n众生命财产安全。",
            ["各街道办事处要落实责任，加强隐患排查和整治工作，确保群众生命财产安全。"],
        ),
        (
            "全年完成投资，新建和改造供水管网，2021年计划完成投资\n\n#### 1.9亿元。",
            ["全年完成投资，新建和改造供水管网，2021年计划完成投资1.9亿元。"],
        ),
        (
            "全年完成投资，新建和改造供水管网，计划完成投资3.5\n%，比上年提高0.\n5个百分点。",
            ["全年完成投资，新建和改造供水管网，计划完成投资3.5%，比上年提高0.5个百分点。"],
        ),
        ("#### 一、总体要求\n\n以防为主。", ["一、总体要求", "以防为主。"]),
        (
            "青汀区2021年优化营商环境提升政务服务水平工作要点\n为进一步优化营商环境，制定本要点。",
            ["青汀区2021年优化营商环境提升政务服务水平工作要点", "为进一步优化营商环境，制定本要点。"],
        ),
        (
            "责任单位：（区水利局、区应急局、区气象\n\n局、各镇乡）",
            ["责任单位：（区水利局、区应急局、区气象局、各镇乡）"],
        ),
        ("沧屏市青汀区人民政府\n2021年5月10日", ["沧屏市青汀区人民政府", "2021年5月10日"]),
        ("组 长：何 平 区长\n\n副组长：李 文 副区长", ["组长：何平区长", "副组长：李文副区长"]),
        ("任命古丽娜尔·\n吐尔逊为区水利局局长。", ["任命古丽娜尔·吐尔逊为区水利局局长。"]),
        (
            "古丽娜尔·吐尔逊（女）　青汀区人民政府办公室副主任\n方 小 舟　区水利局局长\n阿里木·买买提　区财政局局长",
            ["古丽娜尔·吐尔逊（女）青汀区人民政府办公室副主任", "方小舟区水利局局长", "阿里木·买买提区财政局局长"],
        ),
        (
            "编辑出版：沧屏市青汀区人民政府公报编辑部\n编 辑 委 员 会\n总 编 辑：何 平",
            ["编辑出版：沧屏市青汀区人民政府公报编辑部", "编辑委员会", "总编辑：何平"],
        ),
    ],
)
def test_paragraphs_are_put_together(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_a_page_flattened_to_one_line_is_taken_apart() -> None:
    page = (
        "当前位置： 首页 政务公开 青汀府办发〔2021〕9号 "
        + HEAD
        + " 各街道办事处、各镇乡人民政府：为了做好防汛工作，现通知如下：组 长：何 平 区政府副区长 "
        "副组长：李 文 区水利局局长 领导小组办公室设在区水利局。 沧屏市青汀区人民政府办公室 2021年5月10日 来源：区政府办"
    )
    (document,) = anatomy(page).documents
    assert (document.key, document.date) == ("青汀府办发〔2021〕9号", "2021-05-10")
    assert document.title
    assert document.title.chars == HEAD
    assert document.addressees
    assert document.addressees.chars == "各街道办事处、各镇乡人民政府"


def test_who_signs_is_not_of_the_list_of_those_who_answer() -> None:
    text = notice("一、清理河道。清理全部河道。\n\n责任单位：区水利局、区城管局，各乡镇（街道）人民政府")
    assert anatomy(text).documents[0].passages[-1].paragraph.chars.endswith("各乡镇（街道）人民政府")
    broken = notice("一、清理河道。清理全部河道。\n\n责任单位：区水利局、区城市管理局、区农业\n农村局")
    assert anatomy(broken).documents[0].passages[-1].paragraph.chars.endswith("区农业农村局")


def test_sections_keep_their_hierarchy() -> None:
    text = (
        f"# {HEAD}\n\n各镇乡：\n\n一、总体要求\n\n（一）指导思想。以防为主。\n\n1.加强排查。要细。\n\n（1）入户。到人。\n\n"
        f"（二）工作目标。不死人。\n\n二、保障措施\n\n第一条 本条没有标题，直接是内容。\n\n{SIGNED}"
    )
    (document,) = anatomy(text).documents
    found = [(p.heading.path, p.heading.words) for p in document.passages if p.heading and p.opens]
    assert found == [
        ("一", "总体要求"),
        ("一.（一）", "指导思想"),
        ("一.（一）.1", "加强排查"),
        ("一.（一）.1.（1）", "入户"),
        ("一.（二）", "工作目标"),
        ("二", "保障措施"),
        ("第一条", ""),
    ]


@pytest.mark.parametrize(
    "head",
    [
        f"青汀府办发〔2021〕9号\n\n# {HEAD}\n\n",
        f"# {HEAD}\n\n青汀府办发[2021]9号\n\n",
        f"# 沧屏市青汀区人民政府文件\n\n青汀府办发（2021）9号\n\n# {HEAD}\n\n",
        "# 沧屏市青汀区人民政府办公室\n\n# 关于做好防汛工作的通知\n\n青汀府办发〔2021〕9号\n\n",
        f"# {HEAD}\n\n青汀府办发〔2021〕9号　来源：区政府办　时间：2021-05-11\n\n",
    ],
)
def test_the_number_stands_above_or_below_the_title(head: str) -> None:
    (document,) = anatomy(f"{head}各街道办事处：\n\n请认真做好。\n\n{SIGNED}").documents
    assert document.key == "青汀府办发〔2021〕9号"
    assert document.title
    assert document.title.chars == HEAD
    assert [text.chars for text in document.issuer] == ["沧屏市青汀区人民政府办公室"]
    assert document.date == "2021-05-10"


def test_a_plan_is_printed_behind_its_notice() -> None:
    text = (
        "# 沧屏市青汀区人民政府办公室关于印发青汀区防汛工作方案的通知\n\n青汀府办发〔2021〕9号\n\n各街道办事处：\n\n"
        f"《青汀区防汛工作方案》已经同意，现印发给你们。{SIGNED}\n（此件公开发布）\n\n### 青汀区防汛工作方案\n\n为做好防汛，制定本方案。\n\n"
        "#### 一、目标\n\n不死人。\n\n附件：1. 防汛任务表（略）\n\n2. 通讯录（略）\n"
    )
    (document,) = anatomy(text).documents
    (plan,) = document.annexes
    assert plan.title.chars == "青汀区防汛工作方案"
    assert [attachment.chars for attachment in plan.attachments] == ["防汛任务表（略）", "通讯录（略）"]
    assert document.openness
    assert document.openness.chars == "此件公开发布"


def test_a_page_that_goes_on_elsewhere_is_put_back() -> None:
    other = "沧屏市青汀区人民政府办公室关于做好抗旱工作的通知"
    text = (
        f"青汀府办发〔2021〕9号\n\n# {HEAD}\n\n各街道办事处：\n\n对每个街道养（下转第9页）\n\n"
        f"青汀府办发〔2021〕10号\n\n# {other}\n\n各街道办事处：\n\n请做好抗旱。\n\n{SIGNED}\n"
        f"（上接第6页）老服务中心补助20万元。\n\n{SIGNED}"
    )
    first, second = anatomy(text).documents
    assert [p.body.chars for p in first.passages] == ["对每个街道养老服务中心补助20万元。"]
    assert [p.body.chars for p in second.passages] == ["请做好抗旱。"]
    assert len(first.passages[0].body.spans()) == 2


def test_a_page_that_goes_on_nowhere_is_reported() -> None:
    text = f"青汀府办发〔2021〕9号\n\n# {HEAD}\n\n各街道办事处：\n\n对每个街道养（下转第9页）\n\n{SIGNED}"
    assert "goes on elsewhere, not found" in [left.reason for left in anatomy(text).leftovers]


def test_joint_notices_have_several_issuers() -> None:
    text = (
        "# 关于印发《人才公寓管理办法》的通知\n\n青科发〔2021〕2号\n\n各有关单位：\n\n现印发给你们。\n\n"
        "沧屏市科学技术局\n\n沧屏市财政局\n\n2021年5月10日\n"
    )
    (document,) = anatomy(text).documents
    assert [issuer.chars for issuer in document.issuer] == ["沧屏市科学技术局", "沧屏市财政局"]


def test_a_text_without_a_head_is_one_document() -> None:
    (document,) = anatomy("为做好防汛工作，制定本方案。\n\n一、目标\n\n不死人。\n").documents
    assert (document.key, document.title) == ("case", None)


def test_the_demo_gazette_is_understood(demo_gazette: Path) -> None:
    whole = parse(read(demo_gazette))
    assert whole.issue is not None
    assert len(whole.issue.index) == len(whole.documents) == 16
    assert {title for document in whole.documents for title in [document.title] if title is None} == set()


def test_the_sample_issue_is_understood(seeds: list[Path]) -> None:
    whole = parse(read(seeds[0]))
    assert len(whole.documents) == 11
    assert [len(document.annexes) for document in whole.documents].count(1) == 4
    assert all(document.number and document.date and document.issuer for document in whole.documents)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("青汀区2021年重点工作\n\n任务分解和责任分工方案", "青汀区2021年重点工作任务分解和责任分工方案"),
        ("青汀区防汛规划责任分解", "青汀区防汛规划责任分解"),
    ],
)
def test_a_plan_is_known_by_the_name_that_its_notice_gives_it(head: str, title: str) -> None:
    notice = f"青汀府发〔2021〕9号\n\n青汀区人民政府关于印发{title}的通知\n\n各镇乡人民政府：\n\n现印发给你们。"
    text = f"{notice}\n\n青汀区人民政府\n2021年5月10日\n\n{head}\n\n一、重点任务\n\n2.健全应急机制\n\n（1）组织演练。\n"
    (document,) = anatomy(text).documents
    assert [annex.title.chars for annex in document.annexes] == [title]


GLUED = (
    "当前位置： 首页政务公开最新文件 关于调整安全生产责任分工的通知 时间：2021-05-10 青汀府办发〔2021〕99号沧屏市青汀区人民政府办公室"
    "关于调整安全生产责任分工的通知各街道办事处，各镇乡人民政府：因人事变动，经研究，现将调整后的分工情况通知如下：一、区委副书记、区长何平："
    "对全区安全生产工作负总责。二、副区长陆远：负责指导、督促教育、旅游等部门的安全生产工作。沧屏市青汀区人民政府办公室2021年5月10日 来源：青汀"
)


def test_a_page_without_line_breaks_is_taken_apart_where_its_parts_must_begin() -> None:
    (document,) = anatomy(GLUED).documents
    assert document.key == "青汀府办发〔2021〕99号"
    assert str(document.title) == "沧屏市青汀区人民政府办公室关于调整安全生产责任分工的通知"
    assert str(document.addressees) == "各街道办事处，各镇乡人民政府"
    assert document.date == "2021-05-10"
    assert [p.heading.number for p in document.passages if p.heading and p.opens] == ["一", "二"]


def test_members_of_a_roster_without_line_breaks_stand_behind_their_labels() -> None:
    text = (
        "青汀府办发〔2021〕98号沧屏市青汀区人民政府办公室关于成立防汛领导小组的通知各镇乡人民政府：经研究，决定成立青汀区防汛领导小组，成员如下："
        "组 长：何 平 区委副书记、区长副组长：陆 远 副区长方小舟 区水利局局长成 员：李 文 区财政局局长"
    )
    assert [p.chars.partition("：")[0] for p in [passage.paragraph for passage in anatomy(text).documents[0].passages]][
        1:
    ] == [
        "组长",
        "副组长",
        "成员",
    ]


@pytest.mark.parametrize(
    ("text", "key", "title"),
    [
        (
            "青汀镇文件\n青镇发〔2021〕7号\n★\n青汀镇党委 青汀镇人民政府\n关于调整防汛领导小组成员的通知\n各村（居）民委员会：\n因人事变动，现作如下调整。",
            "青镇发〔2021〕7号",
            "青汀镇党委青汀镇人民政府关于调整防汛领导小组成员的通知",
        ),
        (
            "青汀区人民政府\n任 免 通 知\n青政任〔2021〕7号\n各镇乡人民政府：\n区政府研究决定，任命何平为区水利局局长。",
            "青政任〔2021〕7号",
            "青汀区人民政府任免通知",
        ),
        (
            "# 青汀区水利局领导班子成员分工\n\n青水发〔2021〕7号\n\n何平，局长，主持全面工作。",
            "青水发〔2021〕7号",
            "青汀区水利局领导班子成员分工",
        ),
        (
            "| 发文机关： | 青汀区人民政府 | 发文字号： | 青府〔2021〕7号 |\n\n# 青汀区人民政府关于何平等任职的通知\n\n各镇乡人民政府：\n\n任命何平为区水利局局长。",
            "青府〔2021〕7号",
            "青汀区人民政府关于何平等任职的通知",
        ),
        (
            "首页 政务公开 人事信息 青汀区人民政府关于何平等同志任职的通知 青府〔2021〕7号 各镇乡人民政府： 经研究，决定： 任命何平为区水利局局长，陆远为区财政局局长。 青汀区人民政府 2021年5月10日 上一篇：无 下一篇：无 打印本页 关闭窗口 相关阅读 主办单位：青汀区人民政府办公室",
            "青府〔2021〕7号",
            "青汀区人民政府关于何平等同志任职的通知",
        ),
    ],
)
def test_heads_of_documents(text: str, key: str, title: str) -> None:
    (document,) = anatomy(text).documents
    assert (document.key, str(document.title)) == (key, title)


def test_what_stands_below_the_date_in_brackets_belongs_to_the_text() -> None:
    text = f"{HEAD}\n\n各街道办事处：\n\n请认真落实。\n\n{SIGNED}\n（联系人：何平，联系电话：023-55501234）"
    assert anatomy(text).documents[0].passages[-1].body.chars.startswith("（联系人")


@pytest.mark.parametrize("mark", ["，", "、"])
def test_a_line_of_a_roster_that_is_a_mark_alone_is_no_member(mark: str) -> None:
    text = f"决定成立青汀区防汛领导小组，组成人员如下：\n\n组  长：张  三  区长\n成  员：\n李  四  区财政局局长\n{mark}\n王  五  区水利局局长"
    members = [fact for fact in reading_of(notice(text)).facts if isinstance(fact, Member)]
    assert {"张三", "李四", "王五"} <= {fact.member for fact in members}


SET_WITH_BLANKS = (
    "序号　工作任务　　　牵头单位　　责任单位\n"
    "1　　修缮河堤　　　　县水务局　　县财政局、柳溪镇人民政府\n"
    "2　　清理沟渠和水塘　县水务局　　各镇人民政府\n"
)


def rows_of(text: str) -> list[tuple[str, ...]]:
    (document,) = anatomy(notice(text)).documents
    return [
        cells
        for table in tables(document.passages)
        for cells in (table.head, *(tuple(cell.closed().chars for cell in row.cells) for row in table.rows))
    ]


def test_a_table_set_with_blanks_is_a_table_where_its_rows_fit_its_head() -> None:
    assert rows_of(SET_WITH_BLANKS) == [
        ("序号", "工作任务", "牵头单位", "责任单位"),
        ("1", "修缮河堤", "县水务局", "县财政局、柳溪镇人民政府"),
        ("2", "清理沟渠和水塘", "县水务局", "各镇人民政府"),
    ]


def test_a_table_of_figures_set_with_blanks_may_close_with_their_sum() -> None:
    text = "乡镇　　　新建　　改造\n柳溪镇　　12　　　30\n桐山乡　　8　　　　15\n合　计　　20　　　45\n\n请遵照执行。"
    assert rows_of(text)[1:] == [("柳溪镇", "12", "30"), ("桐山乡", "8", "15"), ("合计", "20", "45")]
    numbered = "序号　乡镇　　新建　　改造\n1　　柳溪镇　12　　　30\n2　　桐山乡　8　　　　15\n合计　　　　　20　　　45"
    assert rows_of(numbered)[-1] == ("合计", "", "20", "45")


def test_an_empty_cell_of_a_table_set_with_blanks_is_known_by_what_stands_below_the_other_heads() -> None:
    text = (
        "序号　工作任务　　牵头单位　　责任单位　　备注\n"
        "1　　 修缮河堤　　县水务局　　县财政局　　长期\n"
        "2　　 清理沟渠　　县水务局　　　　　　　　长期\n"
        "3　　 加固水库　　　　　　　　县财政局\n"
        "4　　 疏浚河道　　县住建局　　县城管局　　全年"
    )
    assert rows_of(text)[2:] == [
        ("2", "清理沟渠", "县水务局", "", "长期"),
        ("3", "加固水库", "", "县财政局"),
        ("4", "疏浚河道", "县住建局", "县城管局", "全年"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "序号　姓名　单位　职务\n1　王小川　县财政局　局长\n2　林晓　县民政局　副局长",  # a roster
        SET_WITH_BLANKS.replace("2　　", "4　　"),  # the numbers do not follow
        SET_WITH_BLANKS.replace("县水务局　　", "县水务局"),  # a row has a cell less
        SET_WITH_BLANKS.replace(
            "1　　修缮河堤　　　　", "1　　修缮河堤和\n　　　　沿河步道　　　　"
        ),  # a cell goes on below
        "组　长：王小川　县财政局　局长\n成　员：林　晓　县民政局　副局长\n　　　　何　平　县水务局　副局长",
        "乡镇　　　书记　　　镇长\n柳溪镇　　王小川　　林　晓\n桐山乡　　何　平　　陆　远",
    ],
)
def test_what_does_not_fit_stays_text(text: str) -> None:
    assert rows_of(text) == []


def test_a_fact_of_a_table_set_with_blanks_is_quoted_from_the_source() -> None:
    source = notice(SET_WITH_BLANKS)
    duties = [fact for fact in reading_of(source).facts if isinstance(fact, Duty)]
    assert [(duty.agent, duty.role, duty.matter) for duty in duties][:2] == [
        ("县水务局", "牵头", "修缮河堤"),
        ("县财政局", "责任", "修缮河堤"),
    ]
    assert all(source[span.start : span.end] in duty.evidence.text for duty in duties for span in duty.evidence.spans)
