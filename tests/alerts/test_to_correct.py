"""Matters of ours to correct, as the digest lists them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from docx import Document

from alerts.digest import compose
from alerts.notices import material_for
from alerts.render import document
from alerts.render.mail import render
from store.types import Matter, MatterAct, MatterStep, Recipient

AT = datetime(2026, 11, 20, 1, tzinfo=UTC)


def matter(number: int, **given: Any) -> Matter:
    opened = MatterAct(MatterStep.OPENED, "an", AT, words="số của báo đúng", unit=given.get("unit", ""))
    acts = [opened]
    if "due" in given:
        acts.append(MatterAct(MatterStep.LIMITED, "an", AT, limit="forwarded-opinion", due_at=given["due"]))
    return Matter(number, "k", given.get("text", "Xã có 210 hộ phải dời nhà."), 1, "s1", tuple(acts))


def test_open_matters_stand_with_unit_and_day(make: Any):
    late, open_ = matter(1, unit="so-nnmt", due=make.end - timedelta(hours=1)), matter(2)
    found = compose(make.material(matters=(late, open_))).to_correct
    assert [(m.number, bool(m.unit), m.is_late, m.due is None) for m in found] == [
        (1, True, True, False),
        (2, False, False, True),
    ]


def test_a_long_sentence_of_a_matter_is_cut_where_quotations_end(make: Any):
    (found,) = compose(make.material(matters=(matter(1, text="từ " * 90),))).to_correct
    assert len(found.claim.split()) == make.office.rules.quotation_words + 1


def test_matters_to_correct_are_listed_in_both_forms_of_the_letter(make: Any, plain: Any):
    opened = MatterAct(MatterStep.OPENED, "an", make.start, words="số của báo đúng", unit="so-nnmt")
    matter = Matter(7, "k", "Xã có 210 hộ <b>phải dời nhà</b>.", 1, "s1", (opened,))
    mail = render(compose(make.material(matters=(matter,))), plain)
    assert "&lt;b&gt;phải dời nhà" in mail.html
    assert "Matter 7" in mail.text
    assert "210 hộ" in mail.text


def read_paper(body: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(body)).paragraphs)


def test_the_report_lists_the_matters_that_the_letter_lists(make: Any, plain: Any):
    late = matter(7, unit="so-nnmt", due=make.end - timedelta(hours=1))
    told = read_paper(document.render(compose(make.material(matters=(late, matter(8)))), plain))
    assert "Matters of ours to correct" in told
    assert "Matter 7 (overdue): Xã có 210 hộ phải dời nhà." in told
    assert "Matter 8: Xã có 210 hộ phải dời nhà. – no unit yet" in told


def test_more_matters_than_a_list_holds_are_counted_in_letter_and_report(make: Any, plain: Any):
    digest = compose(make.material(matters=tuple(matter(n) for n in range(1, 18))))
    letter = render(digest, plain)
    for told in (letter.html, letter.text, read_paper(document.render(digest, plain))):
        assert "Matter 15" in told
        assert "Matter 16" not in told
        assert "and 2 more" in told


def test_a_unit_hears_of_its_own_matters_only(make: Any):
    material = make.material(matters=(matter(1, unit="so-nnmt"), matter(2, unit="so-y-te"), matter(3)))
    unit = Recipient("nnmt", "Sở", "nnmt@office.example", edition="unit", unit="so-nnmt")
    assert [m.number for m in material_for(unit, material).matters] == [1]
