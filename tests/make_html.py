"""A gazette in Markdown → a page of an office's website, with all that such pages carry around a document."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby

from printed import Block, blocks

__all__ = ["page_of", "website"]


def page_of(markdown: str) -> str:
    """The body of a page: headings, paragraphs, lists and tables as a content system writes them."""
    written = []
    for kind, group in groupby(blocks(markdown), key=lambda block: "row" if block.cells else "item" * block.bullet):
        if kind == "row":
            rows = ("".join(f"<td><p>{escape(cell)}</p></td>" for cell in block.cells) for block in group)
            written.append("<table>" + "".join(f"\n  <tr>{row}</tr>" for row in rows) + "\n</table>")
        elif kind == "item":
            items = "".join(f"\n  <li><span>{escape(block.text)}</span></li>" for block in group)
            written.append(f"<ul>{items}\n</ul>")
        else:
            written.extend(map(_element, group))
    return "\n".join(written)


def _element(block: Block) -> str:
    if block.level:
        return f"<h{block.level}>{'<br/>'.join(map(escape, block.text.splitlines()))}</h{block.level}>"
    # A content system breaks the lines of its own text where a blank does no harm.
    body = re.sub("(?<=[，、])(?=[^，、]{20})", "\n    ", escape(block.text))
    return f'<p style="text-indent:2em;line-height:1.5">{_styled(body)}</p>'


def _styled(body: str) -> str:
    """The paragraph with its figures in a font of their own, as Word leaves them."""
    return re.sub(r"(?<![&#\w])\d+(?![\w;])", r'<span style="font-family:宋体">\g<0></span>', body)


_MENU = ("网站首页", "政务公开", "办事服务", "互动交流", "政府公报")


def website(body: str, title: str, charset: str = "utf-8") -> str:
    """A page around a body: menu, path, buttons, related pages, foot, scripts and comments."""
    menu = "".join(f'<li><a href="/{n}/">{name}</a></li>' for n, name in enumerate(_MENU))
    related = "".join(
        f'<li><a href="/{n}.html">青汀区召开第{n}次调度会</a><span>2021-05-0{n}</span></li>' for n in (1, 2, 3)
    )
    return f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"><title>{escape(title)}_政府公报</title>
<style>.c{{color:red}}</style><script>document.write("脚本写的，不是正文。");</script></head>
<body onload="start()">
<div class="header"><div class="logo">欢迎访问本站</div><ul class="menu">{menu}</ul></div>
<!-- 注释里的话，不是正文。 -->
<div class="wz">您现在的位置：<a href="/">首页</a> &gt; <a href="/gb/">政府公报</a></div>
<div class="left"><ul><li><a href="/a">公报目录</a></li><li><a href="/b">往期公报</a></li></ul></div>
<div class="article"><div class="tools">字体：【<a>大</a>&nbsp;<a>中</a>&nbsp;<a>小</a>】 <a href="javascript:window.print()">打印</a></div>
<div class="TRS_Editor">{body}</div>
<div class="bdsharebuttonbox">分享到：<a>微信</a><a>新浪微博</a></div>
<p>上一篇：<a href="/p">2021年第1期</a></p><p>下一篇：没有了</p></div>
<div class="xg"><h3>相关链接</h3><ul>{related}</ul></div>
<div class="bottom">主办：本站编辑部　地址：某路1号　电话：55509999<br>网站标识码：0000000000　某ICP备00000000号　版权所有</div>
</body></html>
"""
