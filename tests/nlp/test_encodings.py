from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.encodings import TCVN3, VNI, Encoding, find_encoding, repair_fields
from nlp.knowledge import Knowledge
from nlp.read import read
from store.types import Article

UNICODE = "Cộng hòa xã hội chủ nghĩa Việt Nam, cháy lớn ở huyện Đức Cơ, tỉnh Gia Lai sáng nay."
TO_TCVN3 = {made: written for written, made in TCVN3.table.items()}
TO_VNI = {made: written for written, made in reversed(VNI.table.items())}
ENCODED = [(TCVN3, TO_TCVN3), (VNI, TO_VNI)]


def encoded(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(char, char) for char in text)


@pytest.mark.parametrize(
    ("text", "encoding", "repaired"),
    [
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", TCVN3, "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", VNI, "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("Uû ban nh©n d©n tØnh Gia Lai th«ng b¸o", TCVN3, "Uỷ ban nhân dân tỉnh Gia Lai thông báo"),
        ("UÛy ban nhaân daân tænh Bình Ñònh", VNI, "Ủy ban nhân dân tỉnh Bình Định"),
        ("Xin chaøo caùc baïn laøm baùo ôû Ñaøng Trong", VNI, "Xin chào các bạn làm báo ở Đàng Trong"),
    ],
)
def test_a_text_in_an_old_font_is_found_and_made_readable(text: str, encoding: Encoding, repaired: str):
    found = find_encoding(text)
    assert found is encoding
    assert found.repair(text).text == repaired


@pytest.mark.parametrize(("encoding", "table"), ENCODED, ids=["TCVN3", "VNI"])
def test_every_letter_comes_back_and_leads_back(encoding: Encoding, table: dict[str, str]):
    written = encoded(UNICODE, table)
    assert find_encoding(written) is encoding
    repaired = encoding.repair(written)
    assert repaired.text == UNICODE
    start, end = UNICODE.index("Đức"), UNICODE.index(" Cơ")
    assert written[repaired.offset(start) : repaired.offset(end)] == encoded("Đức", table)


@pytest.mark.parametrize(
    "text",
    [
        UNICODE,
        "Les réfugiés déportés à la frontière ont été reçus à l'hôtel où ils étaient.",
        "São Paulo não é a capital do país, então você está à procura de mais informações.",
        "Die Straße führt über Köln, wo schöne Häuser für müde Gäste stehen.",
        "La policía detuvo a tres niños en la región de Cádiz según el último informe.",
        "Smörgåsbord på svenska är också känt som frukost för hela året.",
        "Police in Gia Lai said so.",
        "Giá vàng 1.200 đ«ng» hôm nay ở Gia Lai tăng mạnh.",
        "25 °C ± 3, ½ cup, §5, ¶ 2, © 2026, £4 ¥8",
        "",
    ],
)
def test_good_unicode_and_other_languages_are_left_alone(text: str):
    assert find_encoding(text) is None


UNICODE_LINES = [
    "Theo chính quyền huyện Đức Cơ, mưa lớn khiến 120 hộ dân phải di dời.",
    "Lực lượng chức năng đang tìm kiếm hai nạn nhân còn mất tích ở Ia Dom.",
]


@pytest.mark.parametrize(("encoding", "table"), ENCODED, ids=["TCVN3", "VNI"])
@pytest.mark.parametrize("old", [(0,), (1,), (2,), (1, 2), (0, 2)])
def test_of_a_mixed_article_only_the_lines_in_an_old_font_are_changed(
    encoding: Encoding, table: dict[str, str], old: tuple[int, ...]
):
    lines = [UNICODE, *UNICODE_LINES]
    text = "\n".join(encoded(each, table) if n in old else each for n, each in enumerate(lines))
    title = "Mưa lớn ở Đức Cơ"
    fields = repair_fields({"text": text, "title": title})
    assert fields is not None
    assert fields["title"].text == title
    assert fields["text"].text == "\n".join(lines)
    end = fields["text"].text.index("tích")
    assert text[fields["text"].offset(end) :] == encoded("tích ở Ia Dom.", table if 2 in old else {})


@pytest.mark.parametrize(("encoding", "table"), ENCODED, ids=["TCVN3", "VNI"])
def test_a_headline_in_an_old_font_over_a_good_text_is_repaired_alone(
    encoding: Encoding, table: dict[str, str]
):
    text = "\n".join(UNICODE_LINES)
    fields = repair_fields({"text": text, "title": encoded("Cháy lớn ở Đức Cơ", table)})
    assert fields is not None
    assert (fields["title"].text, fields["text"].text) == ("Cháy lớn ở Đức Cơ", text)


def test_a_short_line_of_french_in_a_good_text_is_left_alone():
    text = f"{UNICODE}\nNoël à l'île de la Réunion, où naît l'œuvre\n£4, ¥8, §5, ½, 25 °C"
    assert repair_fields({"text": text, "title": "Ça, où, maïs, île, naïf, aiguë"}) is None


@given(st.lists(st.text(max_size=60), max_size=6), st.sampled_from([TO_TCVN3, TO_VNI]))
def test_any_mixture_is_repaired_without_harm(lines: list[str], table: dict[str, str]):
    text = "\n".join([encoded(UNICODE, table), *lines, UNICODE_LINES[0]])
    fields = repair_fields({"text": text})
    assert fields is not None
    repaired = fields["text"].text.split("\n")
    assert (repaired[0], repaired[-1]) == (UNICODE, UNICODE_LINES[0])


@given(st.text(max_size=200))
def test_any_text_is_looked_at_without_harm(text: str):
    found = find_encoding(text)
    assert found is None or len(found.repair(text).text) <= len(text)


@pytest.mark.parametrize(("encoding", "table"), ENCODED, ids=["TCVN3", "VNI"])
def test_reading_understands_it_and_quotes_what_is_stored(
    knowledge: Knowledge, article: Callable[..., Article], encoding: Encoding, table: dict[str, str]
):
    title = encoded("Cháy lớn ở Đức Cơ", table)
    text = encoded(
        "Cháy lớn ở xã Ia Dom, huyện Đức Cơ, tỉnh Gia Lai làm 12 người chết, 30 người bị thương.", table
    )
    assert find_encoding(text) is encoding
    reading = read(article(text, title), knowledge)
    assert reading.language.code == "vi"
    assert {p.unit for p in reading.places} >= {"d631", "c23872", "p52"}
    fields = {"title": title, "text": text}
    assert all(fields[p.field][p.start : p.end] == p.name for p in reading.places)
    assert reading.claims
    for claim in reading.claims:
        assert text[claim.start : claim.end] == claim.text
        assert all(text[q.start : q.end] == q.text for q in claim.quantities)


@pytest.mark.data
@pytest.mark.parametrize("name", ["clustering/vims/vims", "classification/unc/unc"])
def test_no_article_of_the_press_is_taken_for_an_old_font(data: Path, name: str):
    with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        alarms = [row["id"] for row in map(json.loads, lines) if find_encoding(row["text"]) is not None]
    assert alarms == []


@pytest.mark.data
def test_no_english_sentence_is_taken_for_an_old_font(data: Path):
    path = data / "checkworthy/claimbuster_two_class/test.json.gz"
    rows = json.loads(gzip.decompress(path.read_bytes()))
    assert [row for row in rows if find_encoding(str(row.get("text", row))) is not None] == []
