"""The pieces of a roster’s line: where names and posts meet, with a blank, a mark or nothing between them."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile

from kg.anatomy.roster_labels import ROLES
from kg.grammar.names import NAME, could_be_name, is_name
from kg.grammar.organisations import is_organisation
from kg.grammar.posts import TITLE, PostWords, split_posts
from kg.text import Text

__all__ = [
    "NAMED",
    "OFFICE_HOLDER",
    "TAIL_NOTE",
    "UNNAMED",
    "holds",
    "is_post",
    "line_starts",
    "name_behind",
    "named_in_blanks",
    "offices",
    "tokens",
    "unglue",
]

NAMED = re.compile(rf"(?P<name>{NAME})[（〔](?P<post>.+)[）〕][，、；。]?")
_GLUED_ORG = re.compile(r"(?:[区市县省州团镇乡]|原|中共|国家|人行|驻)")
OFFICE_HOLDER = re.compile(
    r"(?:各)?(?:(?:分管|主要|相关|有关)(?:[科股处]室)?(?:负责人|领导|负责同志|人员)|负责人|负责同志|工作人员)$"
)
TAIL_NOTE = re.compile(r"[（〔](?:女|兼|挂职|.{1,4}族)[）〕]$")
UNNAMED = re.compile(r"各|有关|相关|驻村")
_AFFILIATION = re.compile("(?:[局委办股科室队所站处部院校]|中心|公司)$")
_GIVEN_TITLED = re.compile(rf"(?P<given>[\u4e00-\u9fff]{{1,2}}){TITLE}")
_TITLED = re.compile(rf"{TITLE}$")
_BEHIND_POST = re.compile(
    rf"(?P<post>[^ ]*{TITLE}(?:[（〔][^（）〔〕]{{1,12}}[）〕])?)(?P<name>[\u4e00-\u9fff·]{{1,4}})"
)


def name_behind(chars: str, pieces: list[Text]) -> int | None:
    """Where the name begins that is run on behind a post, or None."""
    for length in (3, 2, 4):
        match = _BEHIND_POST.fullmatch(chars)
        post, name = chars[:-length], chars[-length:]
        if (
            match
            and is_name(name)
            and re.search(rf"{TITLE}(?:[（〔][^（）〔〕]{{1,12}}[）〕])?$", post)
            and split_posts(post)
        ):
            return len(post)
    for length in (3, 2):
        org, name = chars[:-length], chars[-length:]
        if (
            is_name(name)
            and len(org) > 1
            and _AFFILIATION.search(org)
            and is_organisation(org)
            and not is_organisation(chars)
        ):
            return len(org)
    for length in (3, 2):
        post, name = chars[:-length], chars[-length:]
        # A surname in no list will do behind a whole post of a named office (县财政局局长把某).
        if (
            _TITLED.search(post)
            and could_be_name(name)
            and not re.search(rf"{TITLE}$", name)
            and not split_posts(chars)
            and all(
                held.org and is_organisation(held.org)
                for held in split_posts(post) or [PostWords(0, 0, None, None, None)]
            )
        ):
            return len(post)
    split = re.search(rf"{TITLE}(?:[（〔][^（）〔〕]{{1,12}}[）〕])?(?P<first>[\u4e00-\u9fff])$", chars)
    whole = _TITLED.search(chars)  # 总会计师: the last character is the title's own
    if split and not whole and pieces and is_name(split["first"] + pieces[0].chars) and len(pieces[0]) <= 2:
        return split.start("first") if split_posts(chars[: split.start("first")]) else None
    return None


def named_in_blanks(token: Text, pieces: list[Text]) -> Text:
    """The token with what follows it, where they are a name set with blanks inside (张 三, 黎 志 荣)."""
    if (
        len(token) == 1
        and len(pieces) > 1
        and len(pieces[0]) == 1
        and _touch(token, pieces[0])
        and holds(pieces[1].chars)
    ):
        return Text.join([token, pieces.pop(0)])  # 果 然 区政府办公室副主任
    titled = _GIVEN_TITLED.fullmatch(pieces[0].chars) if len(token) == 1 and pieces else None
    if titled and is_name(token.chars + titled["given"]) and _touch(token, pieces[0]):
        return Text.join([token, pieces.pop(0)])  # 林 斌局长
    if apart := _first_of_several(token, pieces):
        return Text.join([token, *(pieces.pop(0) for _ in range(apart - 1))])
    singles = [token]
    while len(singles[-1]) == 1 and pieces and len(singles) < 4:
        behind = re.match(r"[\u4e00-\u9fff]+", pieces[0].chars)
        if is_name("".join(s.chars for s in singles)) and _breaks(singles[-1], pieces[0]):
            break
        if not _touch(singles[-1], pieces[0]):
            break
        if not behind or len(behind[0]) > 2 or not is_name("".join(s.chars for s in singles) + behind[0]):
            break
        singles.append(pieces.pop(0))
    return Text.join(singles)


def _first_of_several(token: Text, pieces: list[Text]) -> int:
    """How many of the characters that stand alone are the first of several names: by wider blanks, or two and two."""
    run = [token, *takewhile(lambda piece: len(piece) == 1, pieces)] if len(token) == 1 else []
    if len(run) < 4 or not all(_touch(one, other) for one, other in pairwise(run)):
        return 0
    gaps = [_width(one, other) for one, other in pairwise(run)]
    first = next((n for n, gap in enumerate(gaps, 1) if gap > min(gaps)), 0)
    if not first and len(run) == 4 and is_name(run[2].chars + run[3].chars):
        first = 2  # 李 文 王 芳
    return first if is_name("".join(piece.chars for piece in run[:first])) else 0


def _width(one: Text, other: Text) -> int:
    """How wide the blanks between two stretches of a source are, in halves of a character."""
    blanks = one.source.text[one.origin[-1] + 1 : other.origin[0]]
    return sum(2 if blank == "\u3000" else 1 for blank in blanks)


def _breaks(one: Text, other: Text) -> bool:
    """Whether a line ends between two stretches of a source."""
    return "\n" in one.source.text[one.origin[-1] : other.origin[0]]


def _touch(one: Text, other: Text) -> bool:
    """Whether nothing but blanks stands between two stretches of a source."""
    return not one.source.text[one.origin[-1] + 1 : other.origin[0]].strip()


def line_starts(text: Text) -> list[int]:
    """Where in a text a line of its source begins, the first among them; a name broken behind its dot goes on."""
    return [
        at
        for at in range(len(text))
        if not at
        or (
            text.origin[at] - text.origin[at - 1] > 1
            and text.chars[at - 1] != "·"
            and "\n" in text.source.text[text.origin[at - 1] : text.origin[at]]
        )
    ]


_IN_CHARGE = re.compile(rf"(?:分管|联系|协管)(?={TITLE}$)")
_RANK = re.compile("(?:常委|党组成员|党委委员|党工委委员)$")
"""What is said beside the post that somebody holds."""
_ALSO_HOLDS = re.compile("(?:书记|[省市州县区旗镇乡]长|主席|(?<!副)秘书长)$")
"""Who may hold the next post of a list as well."""


def offices(chars: str) -> list[tuple[int, int]]:
    """The posts of named organisations that a list gives without names, where it is nothing else: each is a seat.

    县人武部副部长、县水利局局长 are two; 县委常委、县人武部部长 and 县水利局党组书记、局长 are one. Nothing where it may be either.
    """
    found: list[tuple[int, int]] = []
    before = ""
    for match in re.finditer("[^、，]+", chars):
        part = _IN_CHARGE.sub("", match[0])
        held = split_posts(part)
        if len(held) != 1 or not held[0].title or held[0].note:
            return []
        org = held[0].org
        if org and not is_organisation(org) and not UNNAMED.match(org):
            return []
        if found and (org is None or _RANK.search(before)):
            found[-1] = (found[-1][0], match.end())
        elif org is None or _ALSO_HOLDS.search(before):
            return []
        else:
            found.append(match.span())
        before = "" if part != match[0] else held[0].title
    return found


def holds(chars: str) -> bool:
    """Whether what stands behind one name is the post that is held: two names run together have none behind them."""
    return is_post(TAIL_NOTE.sub("", chars).rstrip("，、；"))


def is_post(text: str) -> bool:
    """Whether a text is a post or a list of them, and no name."""
    return any(post.org or post.title for post in split_posts(text)) and (len(text) > 4 or not is_name(text))


def unglue(chars: str) -> int | None:
    """Where the post begins that is run on behind a name, or None."""
    fits = [
        length
        for length in (2, 3, 4)
        if is_name(chars[:length])
        and (_GLUED_ORG.match(chars[length:]) or re.fullmatch(TITLE, chars[length:]))
        and split_posts(chars[length:])
    ]
    return fits[0] if len(fits) == 1 else None


_NEXT = re.compile(
    r" ?(?:(?P<name>[\u4e00-\u9fff·]{2,12})|(?P<set>[\u4e00-\u9fff] {1,3}[\u4e00-\u9fff]{1,2}))(?: |[（〔、，；]|$)"
)
"""What a member's name can be behind 、."""


def tokens(part: Text) -> list[Text]:
    """The pieces between blanks, and between the 、 that part names, outside brackets."""
    pieces: list[Text] = []
    chars, start, depth = part.chars, 0, 0
    for i, char in enumerate(chars):
        depth = max(0, depth + (char in "（〔") - (char in "）〕"))
        blank = char == " " and not (chars[i + 1 : i + 2] in "（〔" and re.search(r"[\u4e00-\u9fff]{3}$", chars[:i]))
        if depth == 0 and (blank or char == "；" or (char in "、，" and _parts_names(chars, i + 1, chars[start:i]))):
            pieces.append(part[start:i].strip(" ；"))
            start = i + 1
    pieces.append(part[start:].strip(" ；"))
    return [piece for piece in pieces if piece.chars]


_SEGMENT = re.compile(r" ?(?P<words>(?:[^ 、，；（〔]|[（〔][^（）〔〕]*[）〕])+)")


def _parts_names(chars: str, at: int, piece: str) -> bool:
    """Whether a mark of a list is followed by a member, so that it parts members and not posts.

    ``piece`` is what stands before the mark.
    """
    following = _SEGMENT.match(chars, at)
    held = _HELD.search(piece[-80:])
    words = following["words"] if following else ""
    if UNNAMED.match(words) and (OFFICE_HOLDER.search(piece) or is_organisation(piece.strip())):
        return True
    if words.startswith("各") and is_name(piece.strip().rpartition(" ")[2]):
        return True
    if is_post(words) and re.match("各[\u4e00-\u9fff]{2,8}$", piece.strip()) and is_post(piece.strip()):
        return True
    if words and unglue(words) and (_names_somebody(_LAST.search(piece[-40:])) or unglue(piece.strip())):
        return True
    if following and held and (split_posts(held["post"]) or UNNAMED.match(following["words"])):
        return True
    if following and name_behind(following["words"], []) and _names_somebody(_LAST.search(piece[-40:])):
        return True
    if OFFICE_HOLDER.search(words) and (last := _LAST.search(piece[-40:])) and name_behind(last[0], []):
        return True
    match = _NEXT.match(chars, at)
    if not match:
        return False
    if match["name"] and len(match["name"]) == 3 and (last := _LAST.search(piece[-40:])) and is_name(last[0]):
        return could_be_name(match["name"]) and not is_organisation(match["name"]) and not is_post(match["name"])
    return bool(match["set"]) or (
        re.fullmatch(NAME, match["name"]) is not None
        and not is_organisation(match["name"])
        and not re.fullmatch(TITLE, match["name"])
        and match["name"] not in ROLES
    )


_HELD = re.compile(r"(?:^|(?<=[ 、，；]))[\u4e00-\u9fff·]{1,6}[（〔](?P<post>[^（）〔〕]+)[）〕]$")
"""A name, or the end of one set with a blank, with the post in brackets."""
_LAST = re.compile(r"[^ 、，；]+$")


def _names_somebody(match: re.Match[str] | None) -> bool:
    """Whether a piece of a list names a person, with a post before the name or behind it in brackets, or without."""
    return match is not None and (
        is_name(match[0]) or name_behind(match[0], []) is not None or NAMED.fullmatch(match[0]) is not None
    )
