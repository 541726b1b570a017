"""Pages that continue elsewhere: what stands behind 上接第N页 goes back to where 下转第M页 broke it off."""

from __future__ import annotations

import re

from kg.anatomy.openings import Opening
from kg.anatomy.paragraphs import Paragraph
from kg.model import Leftover
from kg.text import Text

__all__ = ["sew"]

_GOES_ON, _CAME_FROM = re.compile(r"（下转(?:第)?(\d+)[页版]）$"), re.compile(r"^（上接(?:第)?(\d+)[页版]）")


def sew(
    everything: list[Paragraph], openings: list[Opening], leftovers: list[Leftover]
) -> tuple[list[Paragraph], list[Opening]]:
    """The paragraphs with what stands behind 上接第N页 put back to where 下转第M页 broke it off."""
    broken = [(i, m) for i, p in enumerate(everything) if (m := _GOES_ON.search(p.chars))]
    resumed = [(i, m) for i, p in enumerate(everything) if (m := _CAME_FROM.search(p.chars))]
    if not (broken or resumed):
        return everything, openings
    starts = {opening.start for opening in openings}
    moved: dict[int, range] = {}
    for (i, out), (j, back) in zip(broken, resumed, strict=False):
        end = next((k for k in range(j + 1, len(everything)) if k in starts), len(everything))
        if j <= i or int(back[1]) >= int(out[1]):
            break
        moved[i] = range(j, end)
    for i, out in broken[len(moved) :]:
        leftovers.append(Leftover("goes on elsewhere, not found", out[0], everything[i].text.spans(out.start())[0]))
    for j, back in resumed[len(moved) :]:
        leftovers.append(
            Leftover("comes from elsewhere, not found", back[0], everything[j].text.spans(0, back.end())[0])
        )
    taken = {k for part in moved.values() for k in part}
    sewn: list[Paragraph] = []
    place: dict[int, int] = {}
    for i, paragraph in enumerate(everything):
        place[i] = len(sewn)
        if i in moved:
            part = [everything[k] for k in moved[i]]
            sewn.append(_seam(paragraph, part[0]))
            sewn.extend(part[1:])
        elif i not in taken:
            sewn.append(paragraph)
    place[len(everything)] = len(sewn)
    return sewn, [Opening(place[o.start], o.title, o.number, place[o.after]) for o in openings]


def _seam(before: Paragraph, behind: Paragraph) -> Paragraph:
    out, back = re.search(r"（ ?下 ?转", before.spaced.chars), re.search(r"[页版] ?） ?", behind.spaced.chars)
    assert out
    assert back
    return Paragraph(Text.join((before.spaced[: out.start()].strip(), behind.spaced[back.end() :])), before.marked)
