"""HTML: the whole document out of its page, in order, and nothing of what stands around it."""

from __future__ import annotations

import re
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_html import page_of, website

import kg
from kg.errors import KgError
from kg.read import Limits, read, read_bytes
from kg.read.html import page


def text_of(body: str) -> str:
    return read_bytes(f"<html><body>{body}</body></html>".encode(), "a.html").text.removesuffix("\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>公报</h1><p>甲</p><p>乙</p>", "# 公报\n\n甲\n\n乙"),
        ("<h3>青川区人民政府<br>关于防汛的通知</h3>", "### 青川区人民政府\n关于防汛的通知"),
        # the page's own line breaks mean nothing in a paragraph; what the page asks for stays
        ("<p>完成整改\n    任务，\n达到95%\n以上</p>", "完成整改任务，达到95% 以上"),
        ("<p>in two\nlines</p>", "in two lines"),
        ("<p>甲<br>乙</p>", "甲\n乙"),
        ("<p>甲<br><br>乙</p>", "甲\n\n乙"),
        ("<p>甲。<br>　　乙</p>", "甲。\n\n乙"),
        ("<p>甲。<br/>&nbsp;&nbsp;&nbsp; 乙</p>", "甲。\n\n乙"),
        ("<div>各区：\n<b>一、自查</b>\n各区要自查。</div>", "各区：\n一、自查\n各区要自查。"),
        ("<pre>甲  乙\n丙</pre>", "甲 乙\n丙"),
        # figures in a font of their own are the same word
        ("<p><span>2016</span>\n<span>年</span><b>9</b>月</p>", "2016 年9月"),
        ("<p>组&nbsp;长：<span>安 宁</span> 区长</p>", "组\xa0长：安 宁 区长"),
        # entities
        ("<p>A&amp;B &lt;5&#8451; &ldquo;四好&rdquo;&hellip;</p>", "A&B <5℃ “四好”…"),
        # what would be markup in Markdown is none in the page
        ("<p>&lt;b&gt;张**&lt;/b&gt;</p><p># 号</p>", "＜b>张＊＊＜/b>\n\n＃ 号"),
        # lists
        ("<ul><li>甲</li><li><p>乙</p></li></ul>", "- 甲\n- 乙"),
        ("<ol start=3><li>甲</li><li>乙</li></ol>", "3. 甲\n4. 乙"),
        ("<ol><li>（一）甲</li></ol>", "（一）甲"),
        # tables
        ("<table><tr><td>任务</td><td>单位</td></tr><tr><td>清淤</td><td>区水利局</td></tr></table>",
         "| 任务 | 单位 |\n| 清淤 | 区水利局 |"),
        ("<table><tr><td>a|b</td><td>甲<br>乙<p>丙</p></td></tr></table>", "| a｜b | 甲 乙 丙 |"),
        ("<table><tr><th>事</th><th>人</th></tr><tr><td rowspan=2>清淤</td><td>安宁</td></tr><tr><td>白露</td></tr></table>",
         "| 事 | 人 |\n| 清淤 | 安宁 |\n| 清淤 | 白露 |"),
        ("<table><tr><td><h1>题</h1></td></tr><tr><td>文</td></tr></table>", "# 题\n\n文"),
        ("<table><tr><td><table><tr><td>甲</td><td>乙</td></tr></table></td><td>丙</td></tr></table>", "| 甲 | 乙 |\n\n丙"),
        # not shown, not read
        ("<script>x</script><style>x</style><p>甲<!-- x --></p><p style='display: none'>x</p><p hidden>x</p><textarea>x</textarea>", "甲"),
        ("<p>甲<% out.print(\"x > y\"); %>乙<?php echo 'x'; ?></p>", "甲乙"),
    ],
)  # fmt: skip
def test_elements_become_their_text(body: str, expected: str) -> None:
    assert text_of(body) == expected


BODY = """<p style="text-align:center">青川府发〔2021〕3号</p><p>各镇乡人民政府：</p>
<p>　　现将有关事项通知如下，请认真贯彻执行。</p><p>　　一、区水利局负责清淤，2021年6月1日前完成。</p>
<p style="text-align:right">青川区人民政府</p><p style="text-align:right">2021年5月10日</p>
<p>附件：<a href="/f.doc">1.名单</a></p><p><a href="/g.doc">2.任务分解表</a></p>"""
TITLE = "青川区人民政府关于做好防汛工作的通知"
DOCUMENT = [
    "青川府发〔2021〕3号",
    "各镇乡人民政府：",
    "一、区水利局负责清淤",
    "\n青川区人民政府\n",
    "2021年5月10日",
    "1.名单",
    "2.任务分解表",
]
MENU = "".join(
    f"<li><a href='/{n}'>{name}</a></li>" for n, name in enumerate(("首页", "走进青川", "政务公开", "政府公报"))
)
FOOT = "主办单位：青川区某办　承办：某中心<br>地址：某路1号　电话：55501111<br>网站标识码：0000000000　某ICP备0号"
SHAPES = {
    "divisions": f"<div class='head'><div>欢迎访问本站</div><ul>{MENU}</ul></div><div class=wz>当前位置：<a>首页</a> > <a>文件</a></div>"
    f"<div class=main><h1>{TITLE}</h1><div>发布时间：2021-05-11 来源：某办</div><div id=zoom>{BODY}</div><div>【<a>打印</a>】【<a>关闭</a>】</div></div>"
    f"<div class=list><h3>相关文件</h3><ul><li><a>青川区关于抗旱工作的通知</a></li></ul></div><div>{FOOT}</div>",
    "layout tables": f"<table><tr><td><ul>{MENU}</ul></td></tr></table><table><tr><td><a>公报目录</a></td><td><table><tr><td>{TITLE}</td></tr>"
    f"<tr><td>2021-05-11 来源：某办</td></tr><tr><td>{BODY}</td></tr><tr><td><a>打印本页</a></td></tr></table></td></tr></table><table><tr><td>{FOOT}</td></tr></table>",
    "sections": f"<header><nav><ul>{MENU}</ul></nav></header><main><article><h1>{TITLE}</h1>{BODY}</article>"
    f"<aside><h2>热点推荐</h2><p><a>召开青川区关于抗旱工作的会议</a></p></aside></main><footer>{FOOT}</footer>",
    "flat": f"<ul>{MENU}</ul><p>您的位置：<a>首页</a> &gt; <a>文件</a></p><h2>{TITLE}</h2>{BODY}<p>分享到：微信 微博</p><p>{FOOT}</p>",
    "Word": f"<p align=center><b>{TITLE}</b></p>{BODY}",
    "shown by a script": f"<ul>{MENU}</ul><div id=t>{TITLE}</div><div id=zoom style='display:none'>{BODY}</div><div>{FOOT}</div>",
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_the_document_is_taken_out_of_its_page(shape: str) -> None:
    text = text_of(SHAPES[shape])
    places = [text.find(piece) for piece in [TITLE, *DOCUMENT]]
    assert -1 not in places
    assert places == sorted(places)
    assert not re.search("首页|走进青川|抗旱|ICP|55501111|微信|打印|欢迎", text)


def test_the_data_at_the_head_of_a_page_stay() -> None:
    data = "<table><tr><td>索 引 号</td><td>0001/2021-7</td><td>发文字号</td><td>青川府发〔2021〕3号</td></tr></table>"
    text = text_of(f"<ul>{MENU}</ul>{data}<h1>{TITLE}</h1><div>{BODY}</div>")
    assert text.startswith("| 索 引 号 | 0001/2021-7 | 发文字号 | 青川府发〔2021〕3号 |\n\n# ")


def test_the_title_of_the_page_is_taken_where_the_text_has_none() -> None:
    written = f"<html><head><title>{TITLE}_青川区人民政府</title></head><body><div>{BODY}</div></body></html>"
    assert read_bytes(written.encode(), "a.html").text.startswith(f"# {TITLE}\n\n青川府发")


def test_what_is_left_behind_is_told_with_its_reason() -> None:
    left = page(f"<html><body>{SHAPES['divisions']}</body></html>", "a.html").left
    assert {"links", "path to the page", "before the document", "foot of the page", "buttons", "under 相关文件"} == {
        reason for reason, _ in left
    }


def test_every_character_of_the_page_is_either_read_or_left_with_a_reason(demo_gazette: Path) -> None:
    shown = website(page_of(demo_gazette.read_text(encoding="utf-8")), "公报")
    found = page(shown, "a.html")
    everything = re.sub(r"(?s)<(script|style|title)\b.*?</\1>|<!--.*?-->|<[^>]*>|&nbsp;|&gt;|>", "", shown)
    there = "".join([*(block.text for block in found.blocks), *(text for _, text in found.left)])
    bare = re.compile(r"[\s|>＃-]+")
    assert sorted(bare.sub("", there)) == sorted(bare.sub("", everything))


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_the_demo_as_a_page_gives_the_same_facts(
    tmp_path: Path, demo_gazette: Path, demo_graph: kg.Graph, charset: str
) -> None:
    markdown = demo_gazette.read_text(encoding="utf-8")
    other = tmp_path / "gazette.html"
    written = website(page_of(markdown), "沧屏市青汀区人民政府公报2021年第2期", charset)
    other.write_bytes(written.encode("gb18030" if charset == "gb2312" else charset))
    assert sorted(map(str, kg.build([other]).facts())) == sorted(map(str, demo_graph.facts()))


@pytest.mark.parametrize(
    ("head", "encoding", "expected"),
    [
        ('<meta charset="gbk">', "gb18030", "gb18030, as it declares"),
        ('<%@ page pageEncoding="GB2312"%>', "gb18030", "gb18030, as it declares"),
        ('<meta charset="big5">', "big5", "big5, as it declares"),
        ('<meta charset="gb2312">', "utf-8", "utf-8, by its bytes"),
        ('<meta charset="utf-8">', "gb18030", "gb18030, by its bytes"),
        ('<meta charset="no-such">', "gb18030", "gb18030, by its bytes"),
    ],
)
def test_a_page_is_believed_only_where_its_bytes_agree(head: str, encoding: str, expected: str) -> None:
    source = read_bytes(f"<html>{head}<body><p>市政府公告，全文如下。</p></body></html>".encode(encoding), "a.html")
    assert (source.encoding, source.text) == (expected, "市政府公告，全文如下。\n")
    assert source.format == "html"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("<html><body><script>go()</script></body></html>", "shows no text"),
        ("<html></html>", "shows no text|none that can be taken apart"),
        ("<html><frameset><frame src='/etc/passwd'></frameset></html>", "shows no text"),
        ("<html><body>" + "<div>" * 5000 + "深" + "</div>" * 5000, "too deep"),
    ],
)
def test_a_page_without_a_document_is_refused(written: str, message: str) -> None:
    with pytest.raises(KgError, match=f"^a.html: .*(?:{message})"):
        read_bytes(written.encode(), "a.html")


def test_a_page_of_50_megabytes_is_refused() -> None:
    with pytest.raises(KgError, match=r"a web page of 52,\d{3},\d{3} bytes, more than the 16,777,216"):
        read_bytes(b"<html><body>" + b"<p>x</p>" * 6_553_600, "a.html")
    with pytest.raises(KgError, match="more than 1,000,000 elements"):
        read_bytes(b"<html><body>" + b"<p>x" * 1_000_001, "a.html")
    with pytest.raises(KgError, match="that a page may have"):
        read_bytes(b"<html><body><p>x</p>", "a.html", Limits(bytes=20))


@pytest.mark.parametrize(
    "unit",
    [
        "<%",
        "<?",
        "<b> </b>",
        "<!--",
        "\n<i></i>",
        "<li>",
        "<a>首页",
        "<td>",
        "&nbsp;",
        "<p>大 中 小",
        "<font>",
        "&#x",
        "<br> 　",
    ],
)
def test_hostile_pages_take_no_longer_than_their_length(unit: str) -> None:
    began = perf_counter()
    read_or_refuse("<html><body><p>正文，在此。</p>" + unit * 40_000)
    assert perf_counter() - began < 20


def read_or_refuse(written: str) -> str:
    try:
        return read_bytes(written.encode(), "a.html").text
    except KgError:
        return ""


PIECES = ["<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<ul>", "<li>", "<br>", "<b>", "</b>", "<a href=x>", "</a>",
          "<h2>", "</h2>", "　　", "\n", " ", "&nbsp;", "<td colspan=2 rowspan=3>", "<pre>", "<%", "%>", "<!--", "-->"]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.integers(100, 999).map(lambda n: f"第{n}项，")), max_size=40))
def test_nothing_of_a_broken_page_is_lost_or_out_of_order(pieces: list[str]) -> None:
    shown = re.sub(r"(?s)<%.*?%>|<!--.*?(?:-->|$)", "", "".join(pieces))
    try:
        found = page("<html><body>" + "".join(pieces), "a.html")
    except KgError:
        assert "，" not in shown or "<!--" in shown or "<%" in shown
        return
    there = "".join([*(block.text for block in found.blocks), *(text for _, text in found.left)])
    # Parsers may move what stands outside the cells of a table before it; merged cells are said of each row.
    assert set(re.findall(r"第\d+项", there)) >= set(re.findall(r"第\d+项", re.sub(r"(?s)<[!%].*", "", shown)))


def test_a_corpus_of_pages_is_read_whole(shared: Path) -> None:
    pages = sorted((shared / "corpus").glob("*.html")) or pytest.skip("there are no pages in the corpus")
    for file in pages:
        source = read(file)
        found = page(file.read_text(encoding="utf-8"), file.name)
        assert len(source.text) > 500
        assert all(len(text) < 60 for _, text in found.left)
