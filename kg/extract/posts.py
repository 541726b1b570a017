"""Posts that people hold, by rosters, heads of paragraphs, and names with 同志."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.anatomy import Passage
from kg.extract.division_tables import person_rows
from kg.extract.heads import head_of
from kg.extract.holders import holders
from kg.extract.people import Mention, mentions
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.extract.seatings import seatings
from kg.grammar.names import NAME, is_name
from kg.grammar.organisations import is_organisation
from kg.grammar.posts import split_posts
from kg.grammar.sentences import sentences
from kg.model import Post
from kg.text import Text

__all__ = ["RULES", "posts"]

_BRACKETED = re.compile(rf"(?:^|(?<=[、，；：。 和予彰励给对]))(?P<name>{NAME})(?:同志)?（(?P<posts>[^（）]{{3,40}})）")
_HONOURS = re.compile("授予|给予|记[一二三]等功")
_HONOURED = re.compile(
    r"(?:授予|给予)(?P<list>[^。；“”]{6,400}?)(?=“|(?:党内|政务|行政)?(?:严重)?警告|记大?过|记[一二三]等功|嘉奖|诫勉|罚款)"
)
RULES = (
    Rule(
        "post.roster",
        "A line of a roster gives a name and the posts held.",
        "组 长：何 平 区政府副区长",
        "成员单位：区民政局、区财政局",
    ),
    Rule(
        "post.table",
        "A row of a table gives a name and, in a column of their own, the posts held.",
        "| 姓名 | 职务 | 分管工作 |\n| --- | --- | --- |\n| 何平 | 党组成员、副局长 | 水利、防汛 |",
        "| 姓名 | 数量 |\n| --- | --- |\n| 何平 | 3 |",
    ),
    Rule(
        "post.head",
        "A paragraph about a person opens with the name and the posts in brackets.",
        "何平同志（区政府办公室副主任）",
        "何平同志（女）",
    ),
    Rule(
        "post.bracket",
        "A name in a list has its posts in brackets.",
        "表彰李文（区水利局副局长）、王小川（区应急局科长）。",
        "向李文（女）学习。",
    ),
    Rule(
        "post.seated",
        "Who is made head of a body is named with the posts held.",
        "由区政府副区长何平任组长。",
        "由何平任组长。",
    ),
    Rule(
        "post.honoured",
        "Who is honoured or punished is named with the post held.",
        "授予区水利局局长何平、区应急局科长李文“先进个人”称号。",
        "授予区水利局、何平“先进”称号。",
    ),
    Rule("post.comrade", "Posts stand before a name with 同志.", "联系区政府副区长何平同志。", "向何平同志学习。"),
)


def posts(scope: Scope) -> Iterator[Post]:
    """The posts that a document says people hold, each once."""
    seen: set[tuple[str, str | None, str | None]] = set()
    for post in _all(scope):
        key = (post.person, post.org, post.title)
        if key not in seen:
            seen.add(key)
            yield post


def _all(scope: Scope) -> Iterator[Post]:
    listed: set[int] = set()
    for roster in scope.rosters:
        listed.update(id(passage) for passage in roster.passages)
        for entry in roster.entries:
            if not entry.person or not entry.post:
                continue
            words = entry.post.chars
            parts = split_posts(words)
            for part in parts:
                yield scope.fact(
                    Post,
                    "post.roster",
                    entry.whole,
                    passage=roster.passages[0],
                    person=entry.name.chars,
                    org=part.org,
                    title=part.title,
                    note=part.note,
                )
            if not parts and is_organisation(words):
                yield scope.fact(
                    Post, "post.roster", entry.whole, passage=roster.passages[0], person=entry.name.chars, org=words
                )
    for row in person_rows(scope):
        if row.post is None or id(row.row.passage) in listed:
            continue
        words = (row.unit.chars if row.unit else "") + row.post.chars
        for part in split_posts(words):
            yield scope.fact(
                Post,
                "post.table",
                Text.join([row.name, *([row.unit] if row.unit else []), row.post]),
                passage=row.row.passage,
                person=row.name.chars,
                org=part.org,
                title=part.title,
                note=part.note,
            )
    if "任免" in scope.title or "任职" in scope.title or "免职" in scope.title:
        return
    for passage in scope.passages:
        if id(passage) in listed:
            continue
        mention = head_of(passage, passage.said.chars)
        if mention:
            yield from _of(scope, passage, passage.said, mention, "post.head")
        text = passage.body.chars
        if "（" in text:
            for found in _BRACKETED.finditer(text, mention.right if mention else 0):
                parts = split_posts(found["posts"]) if is_name(found["name"]) else ()
                if parts and all(part.title and part.org for part in parts):
                    bracketed = Mention(*found.span("name"), found["name"], tuple(parts), *found.span("posts"))
                    yield from _of(scope, passage, passage.body, bracketed, "post.bracket")
        for honoured in _HONOURED.finditer(text) if _HONOURS.search(text) else ():
            for holder in holders(text, *honoured.span("list")):
                if holder.posts and all(post.org and post.title for post in holder.posts):
                    yield from _of(scope, passage, passage.body, holder, "post.honoured")
        for start, end in sentences(text, "。"):
            for seat in seatings(text, start, end):
                for holder in seat.holders:
                    if holder.posts and "同志" not in text[holder.end : holder.end + 2]:
                        yield from _of(scope, passage, passage.body, holder, "post.seated")
        if "同志" in text:
            for comrade in mentions(text, mention.right if mention else 0):
                yield from _of(scope, passage, passage.body, comrade, "post.comrade")


def _of(scope: Scope, passage: Passage, text: Text, mention: Mention, rule: str) -> Iterator[Post]:
    for part in mention.posts:
        yield scope.fact(
            Post,
            rule,
            text,
            (mention.left, mention.right),
            passage=passage,
            person=mention.name,
            org=part.org,
            title=part.title,
            note=part.note,
        )
