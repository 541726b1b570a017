"""Writes fictitious gazettes with their gold, as many as are asked for: the same seed, the same bytes.

    python bench/gazettes.py 1000 FOLDER           a .txt and a .jsonl each
    python bench/gazettes.py 1000 FOLDER --seed 7

Places, people and bodies are put together from characters; every fact that a text is made of is written down with it.
A gazette has a masthead and some of: a plan with tasks, a leading group, appointments, a subsidy, a division of labour.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

__all__ = ["Gazette", "gazette", "write"]

_FIRST, _SECOND = "云清临安宁泽苍兰岚松柏梧栖汀溪渚浦澜砚墨", "阳川州山林江河源陵台溪湖原丘平岭关塘"
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹柏窦章苏潘葛范彭鲁韦马苗花方俞任袁柳"
_GIVEN = "文博雅静志远思源海宁晓岚云帆天佑嘉禾若水承泽书言明哲子谦景行清越怀瑾望舒知微"
_BUREAUS = (
    "财政局", "教育局", "民政局", "水利局", "审计局", "商务局", "卫生健康委", "应急管理局", "农业农村局", "交通运输局", "市场监管局", "人力社保局", "住房城乡建设局", "生态环境局",
)  # fmt: skip
_MATTERS = (
    "养老服务", "农村供水", "河湖治理", "古镇保护", "夜间经济", "茶叶产业", "全民阅读", "山洪防御", "学前教育", "道路养护", "垃圾分类", "智慧停车", "湿地修复", "冷链物流",
)  # fmt: skip
_TASKS = (
    ("摸清底数", "完成{matter}现状调查"),
    ("完善设施", "建成{matter}示范点"),
    ("健全制度", "制定{matter}管理办法"),
    ("培育队伍", "开展{matter}业务培训"),
    ("强化监管", "组织{matter}专项检查"),
    ("扩大宣传", "印发{matter}宣传手册"),
    ("夯实数据", "建立{matter}信息台账"),
    ("促进融合", "编制{matter}融合方案"),
)
_NUMBERS = "一二三四五六七八九十"


@dataclass(slots=True)
class Gazette:
    """One issue: its text, and what it says."""

    name: str
    text: str
    gold: list[dict[str, Any]] = field(default_factory=list)


class _Issue:
    """An issue that is being written."""

    def __init__(self, number: int, seed: int) -> None:
        self.random = Random(f"{seed} {number}")
        place = Random(f"{seed} place {number % 40}")  # forty places speak, each again and again
        self.city = f"{place.choice(_FIRST)}{place.choice(_SECOND)}市"
        self.short = f"{place.choice(_FIRST)}{place.choice(_SECOND)}"
        self.district = f"{self.short}区"
        self.home = f"{self.city}{self.district}"
        self.year = 2018 + number // 40 % 8
        self.issue = 1 + number // 320
        self.number = 10 * number % 900
        self.lines: list[str] = []
        self.gold: list[dict[str, Any]] = []
        self.people = [self._name(place) for _ in range(30)]

    def _name(self, random: Random) -> str:
        return random.choice(_SURNAMES) + "".join(random.sample(_GIVEN, 2))

    def person(self) -> str:
        return self.random.choice(self.people)

    def bureaus(self, count: int) -> list[str]:
        return [f"区{bureau}" for bureau in self.random.sample(_BUREAUS, count)]

    def say(self, *lines: str) -> None:
        for line in lines:
            self.lines += [line, ""]

    def fact(self, doc: str, kind: str, quote: str, **fields: Any) -> None:
        self.gold.append({"doc": doc, "kind": kind, **fields, "quote": "".join(quote.split())})

    def masthead(self) -> None:
        title, number = f"{self.home}人民政府公报", f"{self.year}年第{self.issue}期"
        self.say(
            f"# {title}", f"(双月刊) {number}", f"主管单位：{self.home}人民政府", f"主办单位：{self.home}人民政府办公室"
        )
        self.fact(
            "issue",
            "issue",
            f"{title}(双月刊){number}",
            title=title,
            number=number,
            supervisor=f"{self.home}人民政府",
            sponsor=f"{self.home}人民政府办公室",
        )

    def open(self, about: str) -> tuple[str, str]:
        """A notice of the office of the government begins; gives its number and its day."""
        self.number += 1
        number, title = (
            f"{self.short}府办发〔{self.year}〕{self.number}号",
            f"{self.home}人民政府办公室关于{about}的通知",
        )
        month, day = self.random.randint(1, 12), self.random.randint(1, 28)
        date = f"{self.year}-{month:02}-{day:02}"
        self.say(number, f"### {title}", "各街道办事处、各镇人民政府，区政府有关部门：")
        self.fact(
            number,
            "document",
            title,
            number=number,
            title=title,
            issuer=[f"{self.home}人民政府办公室"],
            type="通知",
            date=date,
            addressees=["各街道办事处、各镇人民政府", "区政府有关部门"],
        )
        return number, date

    def close(self, date: str) -> None:
        year, month, day = map(int, date.split("-"))
        self.say(f"{self.home}人民政府办公室", f"{year}年{month}月{day}日")

    def plan(self) -> None:
        matter = self.random.choice(_MATTERS)
        doc, date = self.open(f"做好{matter}工作")
        self.say(f"为做好全区{matter}工作，经区政府同意，现将有关事项通知如下。", "一、重点任务")
        tasks = self.random.sample(_TASKS, self.random.randint(4, len(_TASKS)))
        for place, (heading, task) in enumerate(tasks):
            month, count = self.random.randint(1, 12), self.random.randint(3, 90)
            lead, *others = self.bureaus(self.random.randint(2, 4))
            task = task.format(matter=matter)
            year = self.year + 1
            ends = f"{year}-{month:02}-{(31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]:02}"
            if month == 2 and year % 4 == 0:
                ends = f"{year}-02-29"
            due, target = f"{year}年{month}月底前，{task}", f"新增服务网点不少于{count}个"
            who = f"牵头单位：{lead}；责任单位：{'、'.join(others)}"
            self.say(f"（{_NUMBERS[place]}）{heading}。{due}。{target}。（{who}）")
            self.fact(doc, "deadline", due, on=ends, task=task)
            self.fact(doc, "target", target, subject="新增服务网点", value=count, comparator=">=", unit="个")
            for role, agents in (("牵头", [lead]), ("责任", others)):
                for agent in agents:
                    self.fact(doc, "duty", who, agent=agent, role=role, matter=heading, under="重点任务")
        self.close(date)

    def group(self) -> None:
        body = f"{self.district}{self.random.choice(_MATTERS)}工作领导小组"
        doc, date = self.open(f"成立{body}")
        said = f"区政府决定成立{body}"
        self.say(f"为加强组织领导，{said}。现将组成人员通知如下：")
        self.fact(doc, "event", said, type="成立", agent="区政府", patient=body, date=date)
        bureaus = self.bureaus(6)
        people = self.random.sample(self.people, 7)
        seats = [("组长", people[0], "区政府", "副区长"), ("副组长", people[1], bureaus[0], "局长")]
        seats += [("成员", person, bureau, "副局长") for person, bureau in zip(people[2:], bureaus[1:], strict=True)]
        for role in ("组长", "副组长", "成员"):
            rows = [(person, org, title) for given, person, org, title in seats if given == role]
            for place, (person, org, title) in enumerate(rows):
                head = (
                    f"{'组　长' if role == '组长' else '成　员' if role == '成员' else role}："
                    if place == 0
                    else "　　　　"
                )
                self.lines.append(f"{head}{person}　　{org}{title}")
                self.fact(doc, "member", person, group=body, member=person, role=role)
                self.fact(doc, "post", person, person=person, org=org, title=title)
        self.say("")
        seat = f"领导小组办公室设在{bureaus[0]}"
        self.say(f"{seat}。")
        self.fact(doc, "seat", seat, group=f"{body}办公室", org=bureaus[0])
        self.close(date)

    def appointments(self) -> None:
        people = self.random.sample(self.people, 6)
        doc, date = self.open(f"{people[0]}等同志职务任免")
        self.say("经区政府研究，决定：", "任命：")
        for person, bureau in zip(people[:4], self.bureaus(4), strict=True):
            said = f"{person}同志为{bureau}副局长"
            self.say(f"{said}；")
            self.fact(doc, "appointment", said, person=person, org=bureau, title="副局长", action="任", date=date)
        self.say("免去：")
        for person, bureau in zip(people[4:], self.bureaus(2), strict=True):
            said = f"{person}同志的{bureau}科长职务"
            self.say(f"{said}；")
            self.fact(doc, "appointment", said, person=person, org=bureau, title="科长", action="免", date=date)
        self.close(date)

    def subsidy(self) -> None:
        matter = self.random.choice(_MATTERS)
        doc, date = self.open(f"落实{matter}补助资金")
        self.say("经区政府同意，现将有关事项通知如下。", "一、资金安排")
        for place in range(self.random.randint(3, 6)):
            bureau, sum_ = self.bureaus(1)[0], self.random.randint(2, 900)
            said = f"安排{bureau}{matter}补助资金{sum_}万元"
            self.say(f"（{_NUMBERS[place]}）{said}。")
            self.fact(
                doc, "fund", said, amount=sum_ * 10_000, comparator="=", payee=bureau, purpose=f"{matter}补助资金"
            )
        self.say("二、工作要求")
        bureau, day = self.bureaus(1)[0], self.random.randint(1, 28)
        said = f"{bureau}每月{day}日前报送资金使用情况"
        self.say(f"{said}。")
        self.fact(doc, "deadline", said, every=f"FREQ=MONTHLY;BYMONTHDAY={day}", agent=bureau, task="报送资金使用情况")
        self.close(date)

    def division(self) -> None:
        doc, date = self.open("区政府领导班子成员工作分工")
        self.say("经区政府研究决定，现将区政府领导班子成员工作分工通知如下：")
        people = self.random.sample(self.people, 5)
        for place, person in enumerate(people):
            matters = self.random.sample(_MATTERS, 4)
            title, role = ("区长", "主持") if place == 0 else ("副区长", "负责")
            said = "主持区政府全面工作" if place == 0 else f"负责{'、'.join(matters)}等工作"
            self.say(f"{person}　区政府{title}", f"{said}。")
            self.fact(doc, "post", person, person=person, org="区政府", title=title)
            for matter in ("区政府全面工作",) if place == 0 else matters:
                self.fact(doc, "duty", said, agent=person, role=role, matter=matter)
        self.close(date)


def gazette(number: int, seed: int = 0) -> Gazette:
    """The gazette of that number, of all that a seed makes."""
    issue = _Issue(number, seed)
    issue.masthead()
    for part in issue.random.sample([issue.plan, issue.group, issue.appointments, issue.subsidy, issue.division], 4):
        part()
    return Gazette(f"{number:05}-{issue.short}-{issue.year}.txt", "\n".join(issue.lines) + "\n", issue.gold)


def write(count: int, folder: Path, seed: int = 0, *, gold: bool = True) -> Iterator[Path]:
    """The files of so many gazettes, as they are written."""
    folder.mkdir(parents=True, exist_ok=True)
    for made in (gazette(number, seed) for number in range(count)):
        path = folder / made.name
        path.write_text(made.text, encoding="utf-8")
        if gold:
            lines = (json.dumps(fact, ensure_ascii=False) + "\n" for fact in made.gold)
            path.with_suffix(".jsonl").write_text("".join(lines), encoding="utf-8")
        yield path


def main() -> None:
    """Write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    print(f"{sum(1 for _ in write(options.count, options.folder, options.seed))} gazettes in {options.folder}")


if __name__ == "__main__":
    main()
