"""What was done to or by a named party: reprimands, awards, audits, bodies set up, changed and dissolved."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from kg.anatomy import Passage
from kg.extract.award_lists import award_lists
from kg.extract.bodies import changes, dissolutions, foundings, from_title, headed
from kg.extract.inspections import inspections
from kg.extract.mentions import flat
from kg.extract.occurrences import Context, Found, context_of
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.extract.task_groups import task_groups
from kg.extract.verdicts import accidents, awards, deeds, grades, orders, punishments, reprimands
from kg.grammar.sentences import sentences
from kg.model import Event
from kg.text import Text

__all__ = ["RULES", "events"]

RULES = (
    Rule(
        "event.reprimand",
        "对A、B予以通报批评 reprimands, 予以通报表扬 praises, each of those named.",
        "经区政府研究，决定对区水利局、区教委等2个单位予以通报批评。",
        "对工作不力的单位和个人予以通报批评。",
    ),
    Rule(
        "event.award",
        "授予A、B“…”称号 honours each of those named; 对A予以表彰 and 给A记功 too.",
        "区政府决定授予区水文站、谭水生“抗洪抢险先进集体”称号。",
        "对获得“优秀河长”称号的单位给予奖励。",
    ),
    Rule(
        "event.punishment",
        "给予A记过处分 and 对A处以罚款 punish those named.",
        "经研究，给予区水利局副局长谭水生记过处分，对临汀宏达化工有限公司处以罚款20万元。",
        "违反本规定的，对单位处以罚款5万元。",
    ),
    Rule(
        "event.order",
        "责成A作出检查 and 取消A评优资格 say what A was told or denied.",
        "责成云泽区水利局向区政府作出书面检查，取消云泽区教委2023年度评先评优资格。",
        "对弄虚作假的，取消该单位评优资格。",
    ),
    Rule(
        "event.accident",
        "A dated sentence that something happened at a named place of work.",
        "2023年8月17日，临汀宏达化工有限公司发生一起坠落事故。",
        "企业发生事故的，应当立即报告。",
    ),
    Rule(
        "event.deed",
        "A dated sentence on somebody honoured in the same document tells the deed.",
        "2021年4月3日，村民谭水生不顾个人安危跳入河中，救出落水儿童2人。区政府决定授予谭水生“见义勇为先进个人”称号。",
        "2021年4月3日，全区干部群众奋力抢险。区政府决定授予区水文站“抗洪抢险先进集体”称号。",
    ),
    Rule(
        "event.inspection",
        "对A进行了审计, 考核, 约谈 and the like tells of an inspection that took place.",
        "2021年3月1日至20日，区审计局对我区2020年度水利资金使用情况进行了专项审计。",
        "区审计局每2年对补助资金使用情况开展一次专项审计。",
    ),
    Rule(
        "event.grade",
        "A、B考核等次为良好 says how those named were assessed.",
        "柳渡镇人民政府、区水利局考核等次为良好。",
        "考核等次为良好的单位不予奖励。",
    ),
    Rule(
        "event.founding",
        "成立, 组建, 设立 or 建立 before the name of a body sets it up.",
        "成立云泽区防汛抗旱工作领导小组，由分管副区长任组长。",
        "鼓励各镇成立志愿服务队，各单位要成立相应工作专班。",
    ),
    Rule(
        "event.change",
        "调整X成员 changes who sits in a body; X更名为Y renames it.",
        "区政府决定调整云泽区防汛抗旱工作领导小组成员。",
        "领导小组成员因工作变动需调整的，由所在单位自行替补。",
    ),
    Rule(
        "event.dissolution",
        "撤销X dissolves a body, at once or when its work is done.",
        "区政府决定撤销云泽区旧城改造指挥部，其职责由区住房城乡建委承担。",
        "上述许可被撤销的，应当重新申请。",
    ),
)

_CUE = re.compile(
    r"通报(?:批评|表扬)|授予|追授|表彰|表扬|嘉奖|记.{1,2}等功|命名|(?:行|展|施|出)了|约谈|考核|成立|组建|设立|建立|调整|撤销|更名|划[转归]|转隶|移交|不再保留|处分|警告|记大?过|罚款|诫勉|撤职|解散|评为|责成|取消|事故|火灾"
)

_Reader = Callable[[Context, str, int, int], Iterator[Found]]


def events(scope: Scope) -> Iterator[Event]:
    """The events that a document tells of, one line a patient, each once."""
    context = context_of(scope)
    seen: set[tuple[str, str]] = set()
    texts: list[tuple[Text, Passage]] = [(p.paragraph.text, p) for p in scope.passages]
    hits: list[tuple[Text, Passage, Found]] = []
    for text, passage in texts:
        if not _CUE.search(text.chars):
            continue
        context.passage = passage
        for start, end in sentences(text.chars):
            for cue, reader in _READERS if _ANY.search(text.chars, start, end) else ():
                if cue.search(text.chars, start, end):
                    hits.extend((text, passage, found) for found in reader(context, text.chars, start, end))
    hits = _once_a_passage(hits)
    hits.extend(headed(context, {found.patient for _, _, found in hits if found.rule == "event.founding"}))
    founded = {found.patient for _, _, found in hits if found.rule == "event.founding"}
    for group in task_groups(scope):
        if group.announced and group.name not in founded and scope.annex is None:
            passage, start, end = group.announced
            found = Found("event.founding", "成立", start, end, None, group.name, f"设立{group.name}")
            hits.append((passage.paragraph.text, passage, found))
    hits.extend((passage.said, passage, found) for passage, found in award_lists(scope))
    if context.honoured:
        hits.extend(deeds(context, texts))
    listed = _listed_behind(scope)
    for text, passage, found in hits:
        if found.rule in ("event.award", "event.reprimand") and (found.type, found.patient) in listed:
            continue
        key = (found.type, flat(found.patient or found.what or ""))
        if key in seen:
            continue
        seen.add(key)
        yield _fact(scope, text, passage, found)
    if context.own and scope.document.title and not hits:
        for found in from_title(context, scope.document.title.chars):
            yield _fact(scope, scope.document.title, None, found)


def _listed_behind(scope: Scope) -> set[tuple[str, str | None]]:
    """Those whom the lists behind a decision honour; the decision itself names only the first of them (A等3个单位)."""
    annexes = scope.document.annexes if scope.annex is None else ()
    behind = (replace(scope, annex=annex, passages=annex.passages) for annex in annexes)
    return {(found.type, found.patient) for list_scope in behind for _, found in award_lists(list_scope)}


def _once_a_passage(hits: list[tuple[Text, Passage, Found]]) -> list[tuple[Text, Passage, Found]]:
    """The hits without a body that a heading names and its text, right behind, names once more in other words."""
    kept: list[tuple[Text, Passage, Found]] = []
    for hit in hits:
        text, _, found = hit
        if kept and kept[-1][0] is text and kept[-1][2].rule == found.rule == "event.founding":
            short, long = sorted((kept[-1][2].patient or "", found.patient or ""), key=len)
            letters = iter(long)
            if short[-2:] == long[-2:] and all(letter in letters for letter in short):
                kept.pop()
        kept.append(hit)
    return kept


def _fact(scope: Scope, text: Text, passage: Passage | None, found: Found) -> Event:
    return scope.fact(
        Event,
        found.rule,
        text,
        (found.start, found.end),
        passage=passage,
        type=found.type,
        agent=found.agent,
        patient=found.patient,
        what=found.what,
        date=found.date,
    )


_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (re.compile("通报(?:批评|表扬)"), reprimands),
    (
        re.compile(
            '为[“"]?(?:优秀|良好|较好|合格|称职|基本|一般|较差|差|不合格|不称职|达标|不达标|[一二三]等|[A-D]级)'
        ),
        grades,
    ),
    (re.compile("授予|追授|表彰|嘉奖|等功|命名|认定|评为"), awards),
    (re.compile("责成|取消"), orders),
    (re.compile("发生.*(?:事故|火灾|爆炸)"), accidents),
    (re.compile("警告|记大?过|降级|撤职|开除|罚款|诫勉"), punishments),
    (re.compile("了(?<=[行展施织作做谈]了)"), inspections),
    (re.compile("成立|组建|设立|建立"), foundings),
    (re.compile("调整|更名|划[转归]|转隶|移交"), changes),
    (re.compile("撤销|不再保留|解散"), dissolutions),
)
_ANY = re.compile("|".join(cue.pattern for cue, _ in _READERS))
