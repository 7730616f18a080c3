"""The facts at a paper's head and foot: reference, action, title, date, author, and the meeting that follows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.papers.days import date_in, meeting_day
from bot.papers.findings import Findings
from bot.papers.paragraphs import Paragraph
from bot.papers.sections import Outline
from bot.papers.shapes import FIELD, REFERENCE, Shape
from bot.rules import dates

# Fields with two names.
SAME_FIELD = {
    "paper reference": "reference",
    "paper ref": "reference",
    "ref": "reference",
    "dated": "date",
    "paper title": "title",
}


FAR = 60  # days: papers are sent five Working Days before the meeting


@dataclass(frozen=True)
class Head:
    reference: str | None
    body: str | None
    meeting: int | None
    meeting_date: date | None
    number: int | None
    title: str | None
    action: str | None
    dated: date | None
    author: str | None
    team: str | None


def head_of(outline: Outline, findings: Findings) -> Head:
    fields, free = _fields(outline.head, findings)
    reference = _reference(fields, free, findings)
    title = _title(fields, free, findings)
    dated = _dated(outline, fields, findings)
    parts = REFERENCE.fullmatch(reference.text) if reference else None
    author, team = _signed(outline, Shape.AUTHOR, findings), _signed(outline, Shape.TEAM, findings)
    head = Head(
        reference=reference.text if reference else None,
        body=parts["body"] if parts else None,
        meeting=int(parts["meeting"]) if parts else None,
        meeting_date=_meeting_date(reference, parts, dated, findings),
        number=int(parts["number"]) if parts else None,
        title=title,
        action=fields["action"].text if "action" in fields else None,
        dated=dated,
        author=author or (fields["author"].text if "author" in fields else None),
        team=team or (fields["team"].text if "team" in fields else None),
    )
    _missing(head, findings)
    return head


def _fields(head: Sequence[Paragraph], findings: Findings) -> tuple[dict[str, Paragraph], list[Paragraph]]:
    """The named facts, and what stands free beside them. A fact given twice keeps its first value.

    A second value that differs is left over, and so said; one that is empty says nothing.
    """
    fields: dict[str, Paragraph] = {}
    free: list[Paragraph] = []
    for paragraph in head:
        found = FIELD.fullmatch(paragraph.text) if paragraph.shape is Shape.FIELD else None
        name = SAME_FIELD.get(found["name"].lower(), found["name"].lower()) if found else ""
        if found is None:
            free.append(paragraph)
        elif found["value"] and name not in fields:
            fields[name] = Paragraph(paragraph.lines, found["value"], Shape.FIELD)
        if found and (not found["value"] or fields[name].text == found["value"]):
            findings.place(paragraph.lines, name)
    return fields, free


def _reference(fields: dict[str, Paragraph], free: list[Paragraph], findings: Findings) -> Paragraph | None:
    """The paper's own name: from its field, else standing free at the head."""
    reference = fields.get("reference") or next((p for p in free if REFERENCE.fullmatch(p.text)), None)
    if reference is None:
        findings.add("reference-missing", None, "The paper gives no reference, so it cannot be told from other papers.")
    elif not REFERENCE.fullmatch(reference.text):
        message = f"The reference “{reference.text[:60]}” does not name body, meeting, day and number as usual."
        findings.add("reference-unclear", reference.line, message)
    if reference in free:
        free.remove(reference)
        findings.place(reference.lines, "reference")
    return reference


def _title(fields: dict[str, Paragraph], free: list[Paragraph], findings: Findings) -> str | None:
    """The field, else the first words that stand free."""
    free = [p for p in free if p.shape is not Shape.DATE and not findings.is_placed(p.line)]
    title = fields.get("title") or (free[0] if free else None)
    if title:
        findings.place(title.lines, "title")
    return title.text if title else None


def _dated(outline: Outline, fields: dict[str, Paragraph], findings: Findings) -> date | None:
    """The day the paper bears: at its foot, else at its head."""
    places = [*outline.signed[::-1], *([fields["date"]] if "date" in fields else []), *_dates(outline.head)]
    days = [(day, p.line) for p in places if p.shape in {Shape.DATE, Shape.FIELD} and (day := date_in(p.text))]
    for place in places:
        if place.shape in {Shape.DATE, Shape.FIELD}:
            findings.place(place.lines, "date")
    if len({day for day, _ in days}) > 1:
        message = f"The paper bears more than one date; {dates.day(days[0][0])} is taken."
        findings.add("dates-differ", days[0][1], message)
    return days[0][0] if days else None


def _dates(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    return [paragraph for paragraph in paragraphs if paragraph.shape is Shape.DATE]


def _signed(outline: Outline, shape: Shape, findings: Findings) -> str | None:
    """The last name of this shape at the foot of the paper."""
    signed = [paragraph for paragraph in outline.signed if paragraph.shape is shape]
    for paragraph in signed:
        if paragraph.text == signed[-1].text:
            findings.place(paragraph.lines, shape.value)
    return signed[-1].text if signed else None


def _meeting_date(
    reference: Paragraph | None, parts: re.Match[str] | None, dated: date | None, findings: Findings
) -> date | None:
    if reference is None or parts is None:
        return None
    if dated is None:
        message = (
            "The date of the meeting is not known: the paper's reference gives no year and the paper bears no date."
        )
        findings.add("meeting-date-unknown", reference.line, message)
        return None
    day = meeting_day(int(parts["day"]), int(parts["month"]), dated)
    if day is None:
        message = f"The date of the meeting is not known: “{parts['day']}{parts['month']}” is not a day and a month."
        findings.add("meeting-date-unknown", reference.line, message)
        return None
    if abs((day - dated).days) > FAR:
        message = f"The meeting's date, {dates.day(day)}, is far from the paper's, {dates.day(dated)}: check both."
        findings.add("meeting-date-far", reference.line, message)
    message = f"The meeting's date, {dates.day(day)}, has its year from the date of the paper."
    findings.add("meeting-date-inferred", reference.line, message)
    return day


def _missing(head: Head, findings: Findings) -> None:
    if head.title is None:
        findings.add("title-missing", None, "The paper has no title.")
    if head.action is None:
        findings.add("action-missing", None, "The paper does not say what action is asked for.")
    if head.dated is None:
        findings.add("date-missing", None, "The paper bears no date.")
    if head.author is None and head.team is None:
        findings.add("author-missing", None, "The paper does not say who wrote it.")
