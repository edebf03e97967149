"""The report of a gathering as Word (with the funnel as a picture) and as XLSX."""

import io
from pathlib import Path

import docx
from docx.document import Document
from docx.shared import Mm

from app.core.presentation import clock, day
from app.core.tables import write_xlsx
from app.core.typesetting import typeset
from app.events.kinds import kind_of
from app.events.models import Event
from app.events.queries import reporting
from app.events.queries.reporting import LABELS, STEPS, Line

_LAYOUT = Path(__file__).with_name("layout") / "funnel.typ"
MOST_LINES = 40  # of one table in the Word file; the workbook has all


def sections(people: list[reporting.Visitor]) -> list[tuple[str, list[Line]]]:
    """The breakdowns: by school, by major, by enterprise, by post."""
    return [
        ("按学校", reporting.breakdown(people, lambda each: each.school)),
        ("按专业", reporting.breakdown(people, lambda each: each.major)),
        ("按企业", reporting.by_way(people, lambda way: way.employer)),
        ("按职位", reporting.by_way(people, lambda way: f"{way.post}（{way.employer}）")),
    ]


def picture(funnel: dict[str, int]) -> bytes:
    said = [{"label": LABELS[step], "n": n} for step, n in funnel.items()]
    return typeset(_LAYOUT, {"said": said}, kind="png", ppi=160)


def to_docx(event: Event) -> bytes:
    people = reporting.visitors(event)
    funnel, firms = reporting.funnel(people), reporting.companies(event)
    document = docx.Document()
    document.add_heading(f"{event.title}总结", 0)
    where = "线上" if event.is_online else event.place
    document.add_paragraph(f"{day(event.starts_at)} {clock(event.starts_at)}，{where}。")
    document.add_paragraph(
        f"参展企业{firms.approved}家，其中{firms.absent}家没有到场。报名{funnel['registered']}人，到场{funnel['came']}人，"
        f"投递{funnel['applied']}人，面试{funnel['interviewed']}人，录用{funnel['offered']}人，"
        f"到今天入职{funnel['hired']}人。"
    )
    tasks = "、".join(kind_of(event.kind).tasks)
    document.add_paragraph(f"计入全县计划第{tasks}项任务：新招{funnel['hired']}人。")
    document.add_picture(io.BytesIO(picture(funnel)), width=Mm(150))
    for side, label in (("visitors", "求职者"), ("exhibitors", "企业")):
        if side in (marks := reporting.survey(event)):
            count, mean = marks[side]
            document.add_paragraph(f"{label}满意度{mean:.1f}分（满分5分，{count}份）。")
    for title, lines in sections(people):
        _add_table(document, title, lines)
    if event.outcome:
        document.add_heading("记录", 1)
        document.add_paragraph(event.outcome)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add_table(document: Document, title: str, lines: list[Line]) -> None:
    if not lines:
        return
    steps = [step for step in STEPS if step in lines[0].counts]
    document.add_heading(title, 1)
    table = document.add_table(rows=1, cols=1 + len(steps), style="Light Grid Accent 1")
    for cell, word in zip(table.rows[0].cells, ("", *(LABELS[step] for step in steps)), strict=True):
        cell.text = word
    for line in lines[:MOST_LINES]:
        said = (line.name, *(str(line.counts[step]) for step in steps))
        for cell, word in zip(table.add_row().cells, said, strict=True):
            cell.text = word
    if len(lines) > MOST_LINES:
        total = len(lines)
        document.add_paragraph(f"共{total}行，这里是前{MOST_LINES}行，全部在数据表里。")


def to_xlsx(event: Event) -> bytes:
    people = reporting.visitors(event)
    total = reporting.funnel(people)
    rows: list[list[object]] = [["合计", "", *(total[step] for step in STEPS)]]
    for title, lines in sections(people):
        rows += [[title, line.name, *(line.counts.get(step) for step in STEPS)] for line in lines]
    return write_xlsx(["分组", "名称", *(LABELS[step] for step in STEPS)], rows, "总结")
