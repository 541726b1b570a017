"""What opens a paragraph: numbers of sections, labels of roles and of a page's data, 文号, annexes."""

from __future__ import annotations

import re

from kg.grammar.matches import any_of
from kg.grammar.references import NUMBER
from kg.lexicon import words

__all__ = ["ENUMERATOR", "OPENS", "ROLE_LABEL"]

_UNIT = any_of(words("units"))
ENUMERATOR = re.compile(
    r"(?P<chapter>第[一二三四五六七八九十百零〇\d]{1,4}章) ?"
    r"|(?P<section>第[一二三四五六七八九十百零〇\d]{1,4}节) ?"
    r"|(?P<article>第[一二三四五六七八九十百零〇\d]{1,5}条) ?"
    r"|(?P<han>[一二三四五六七八九十]{1,3})、 ?"
    r"|（(?P<bracket>[一二三四五六七八九十]{1,3})）[、.]? ?"
    r"|(?P<figure>\d{1,2})(?:[、．]|\.(?!\d)|\.(?=(?:19|20)\d\d年)) ?"
    r"|(?P<bare>\d{1,2})(?=[\u4e00-\u9fff])(?![年月日个项人名万亿元家所天号点时分多余条次周岁只座处类种米平公千百吨户位届级张期亩])"
    rf"|(?P<decimal>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?:(?=[\u4e00-\u9fff\u2160-\u217f])(?![万亿千百十年月日时分]|{_UNIT})|[、．] ?| (?=[\u4e00-\u9fff\u2160-\u217f]))"
    r"|（(?P<round>\d{1,2})）[、.]? ?"
    r"|(?P<circle>[①-⑳])"
)
"""The numbers that open a part of a document (GB/T 9704, 7.3.3: 一、 （一） 1. （1）; 立法法: 章 节 条; GB/T 1.1: 2.1 2.1.1)."""

ROLE_LABEL = r"(?:总?顾 ?问|(?:常务|第一|执行)?副? ?[组主团指总] ?[长任席挥]|成 ?员|委 ?员|(?:副?总?|责任)召 ?集 ?人|(?:总|副 ?总|副|执行|责任|常务副)? ?(?:主 ?编|编 ?辑)|校 ?对|编 ?委)"
"""The roles that open a line of a roster, as a paragraph shows them."""

OPENS = re.compile(
    rf"(?!\d{{1,2}}[\u4e00-\u9fff])(?:{ENUMERATOR.pattern})"
    rf"|(?:标 ?题|文 ?号|发文字号|文件(?:编号|字号)|有效性|公开方式|索 ?引 ?号|发布(?:时间|日期|机构|单位)|成文日期|公开日期|生成日期|栏目|主题词|分类|来源|原文链接|检索\S{{1,4}}) ?："
    rf"|附 ?件 ?(?:\d{{0,2}}(?: |$)|\d{{0,2}}：)|附：|抄送|（此件|（公开|（上接|{ROLE_LABEL} ?：|AB ?角|{NUMBER}$"
    rf"|(?:关于|印发).{{4,80}}的(?:通知|通报|通告|公告|决定|意见|批复|函)$"
)
"""What begins with it goes on with no sentence before it."""
