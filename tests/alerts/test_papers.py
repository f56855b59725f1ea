"""The DOCX digest and pack, opened again: Decree 30 geometry, words, hostile text."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from lxml import etree

from alerts.briefing import PackMaterial
from alerts.briefing import compose as compose_pack
from alerts.digest import compose
from alerts.render import document, pack
from alerts.render.words import say_date_line
from store.types import Verdict


@pytest.fixture
def papers(make: Any, plain: Any):
    """Both papers on the same flood, as bytes."""
    flood, flag = make.flood()
    digest = compose(make.material(flood, flags=(flag,)))
    material = PackMaterial((flood,), (flag,), make.office, make.start, make.end)
    return {
        "digest": document.render(digest, plain),
        "pack": pack.render(compose_pack(material), plain),
    }


@pytest.fixture(params=["digest", "pack"])
def paper(request: Any, papers: Any):
    return Document(io.BytesIO(papers[request.param]))


def everything(paper: Any):
    """All text of a paper in its order, tables and links included."""
    return "\n".join(
        "".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paper.element.body.iter(qn("w:p"))
    )


def test_the_page_is_a4_upright_with_the_decrees_margins(paper: Any):
    section = paper.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert 20 <= round(section.top_margin.mm, 1) <= 25
    assert 20 <= round(section.bottom_margin.mm, 1) <= 25
    assert 30 <= round(section.left_margin.mm, 1) <= 35
    assert 15 <= round(section.right_margin.mm, 1) <= 20


def test_the_font_is_times_new_roman_of_13_or_14_points_for_every_script(paper: Any):
    style = paper.styles["Normal"]
    fonts = style.element.rPr.rFonts
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {
        "Times New Roman"
    }
    assert style.font.size.pt in (13, 14)


def test_no_run_has_another_font(paper: Any):
    assert list(paper.element.body.iter(qn("w:rFonts"))) == []


def test_the_page_number_stands_in_the_middle_of_the_top_from_page_2_on(paper: Any):
    section = paper.sections[0]
    assert section.different_first_page_header_footer
    assert section.first_page_header.is_linked_to_previous or not section.first_page_header.paragraphs[0].text
    header = section.header.paragraphs[0]
    assert header.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert [i.text for i in header._p.iter(qn("w:instrText"))] == ["PAGE"]


def test_the_state_block_has_two_columns_without_borders(paper: Any):
    table = paper.tables[0]
    left, right = table.rows[0].cells
    assert right.text.split("\n")[:2] == [
        "SOCIALIST REPUBLIC OF VIET NAM",
        "Independence - Freedom - Happiness",
    ]
    assert "ỦY BAN NHÂN DÂN TỈNH GIA LAI" in left.text
    assert "VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH" in left.text
    assert "No.: ……" in left.text
    assert table.style.name == "Normal Table"
    rules = [p for cell in (left, right) for p in cell.paragraphs if p._p.pPr.find(qn("w:pBdr")) is not None]
    assert len(rules) == 2


def test_the_body_is_justified_with_a_first_line_of_127_mm_and_6_points_after(paper: Any):
    body = [
        p for p in paper.paragraphs if p.paragraph_format.first_line_indent and p.text and not p.runs[0].bold
    ]
    assert len(body) > 3
    for paragraph in body:
        shape = paragraph.paragraph_format
        assert paragraph.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
        assert round(shape.first_line_indent.mm, 1) == 12.7
        assert shape.space_after.pt >= 6


def test_it_is_marked_as_a_draft(paper: Any):
    assert any("DRAFT" in table.rows[0].cells[0].text for table in paper.tables[1:3])


def test_only_the_pack_is_for_internal_use(papers: Any):
    assert "FOR INTERNAL USE" in everything(Document(io.BytesIO(papers["pack"])))
    assert "FOR INTERNAL USE" not in everything(Document(io.BytesIO(papers["digest"])))


def test_the_head_of_a_table_comes_back_and_no_row_is_torn(paper: Any):
    bordered = [t for t in paper.tables if t.style.name == "Table Grid" and len(t.columns) > 2]
    assert bordered
    for table in bordered:
        assert table._tbl.findall(f".//{qn('w:tblHeader')}")
        assert len(table._tbl.findall(f".//{qn('w:cantSplit')}")) == len(table.rows)


def test_every_quotation_is_an_exact_sentence_of_the_material(make: Any, paper: Any):
    quoted = [part.split("”")[0] for part in everything(paper).split("“")[1:]]
    assert quoted
    sources = (make.bridge, make.bridge_other)
    assert [q for q in quoted if not any(q in source for source in sources)] == []


def test_links_lead_to_http_addresses_only(paper: Any):
    links = [r.target_ref for r in paper.part.rels.values() if r.is_external]
    assert links
    assert all(link.startswith("https://") for link in links)


@pytest.mark.parametrize(
    "text",
    ["<w:p/>&amp;", "\x00\x0b\x1f", "\u202eabc", "x" * 10_000, "\ud800", "{{ t('x') }}", "]]>"],
    ids=["xml", "control", "override", "long", "surrogate", "template", "cdata"],
)
def test_hostile_text_breaks_no_paper(make: Any, plain: Any, text: Any):
    flood, flag = make.flood()
    item = make.read(9, title=text, text=text, outlet_name=text, url="javascript:x", topics=("T15",))
    stories = (flood, make.story("s2", item))
    digest = document.render(compose(make.material(*stories, flags=(flag,))), plain)
    made = pack.render(compose_pack(PackMaterial(stories, (flag,), make.office, make.start, make.end)), plain)
    for body in (digest, made):
        words = everything(Document(io.BytesIO(body)))
        assert "javascript:" not in [r.target_ref[:11] for r in Document(io.BytesIO(body)).part.rels.values()]
        assert "x" * 2_001 not in words
        assert "\u202e" not in words
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            assert etree.fromstring(archive.read("word/document.xml")) is not None


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (date(2026, 1, 5), "Gia Lai, ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 15), "Gia Lai, ngày 15 tháng 02 năm 2026"),
        (date(2026, 3, 9), "Gia Lai, ngày 09 tháng 3 năm 2026"),
        (date(2026, 11, 22), "Gia Lai, ngày 22 tháng 11 năm 2026"),
    ],
    ids=str,
)
def test_days_and_the_first_two_months_are_padded(day: Any, line: Any):
    vietnamese = {"{place}, {day}/{month}/{year}": "{place}, ngày {day} tháng {month} năm {year}"}
    assert say_date_line("Gia Lai", day, vietnamese.__getitem__) == line


def test_the_pack_of_an_empty_period_says_so(make: Any, plain: Any):
    made = pack.render(compose_pack(PackMaterial((), (), make.office, make.start, make.end)), plain)
    assert everything(Document(io.BytesIO(made))).count("None in this period.") == 6


def test_the_pack_names_the_verdict_its_person_and_reason_only_where_a_person_set_one(make: Any, plain: Any):
    flood, flag = make.flood()
    material = PackMaterial((flood,), (flag,), make.office, make.start, make.end)
    assert "No verdict yet" in everything(Document(io.BytesIO(pack.render(compose_pack(material), plain))))
    review = make.review(flag.flag.value.claim, Verdict.FALSE, "biên bản ngày 21/11 ghi 60 hộ")
    judged = replace(material, flags=(replace(flag, reviews=(review,)),))
    words = everything(Document(io.BytesIO(pack.render(compose_pack(judged), plain))))
    assert "No verdict yet" not in words
    assert "Verdict: False – ban.doc, 06:20 22/11/2026: biên bản ngày 21/11 ghi 60 hộ" in words


def test_the_annex_gives_address_time_of_capture_and_fingerprint(make: Any, papers: Any):
    words = everything(Document(io.BytesIO(papers["pack"])))
    assert "https://ngongio.example/bai-1.html" in words
    assert "05:30 22/11/2026" in words
    assert f"{1:064x}" in words.replace(" ", "")
    assert "item 1, version 1" in words


def test_an_answer_that_nobody_agreed_on_is_an_empty_box(papers: Any):
    paper = Document(io.BytesIO(papers["pack"]))
    boxes = [
        row.cells[1].text for t in paper.tables for row in t.rows if row.cells[0].text == "Agreed answer"
    ]
    assert boxes
    assert set(boxes) == {""}
