"""Pages made wrong on purpose: what is changed, and the same at every run. All text is invented."""

from __future__ import annotations

import pytest

from nlp.planted_pages import imitations, plant_headline, plant_quotation

SAID = "Bà con chờ đã ba năm và không ai trả lời cho dân làng được rõ chuyện đất"
TEXT = f"Làng có 63 hộ. Già làng nói: “{SAID}” rồi ra về."


def test_a_headline_gets_another_figure_where_its_text_tells_the_first() -> None:
    wrong = plant_headline("Làng 63 hộ chờ nước sạch", TEXT, seed="a")
    assert wrong == plant_headline("Làng 63 hộ chờ nước sạch", TEXT, seed="a")
    assert "63" not in wrong.split()
    assert wrong.startswith("Làng ")


@pytest.mark.parametrize("title", ["Làng 36 hộ chờ nước sạch", "Làng chờ nước sạch", "Làng 6 hộ chờ", ""])
def test_a_headline_whose_figure_the_text_does_not_tell_is_left_alone(title: str) -> None:
    assert plant_headline(title, TEXT, seed="a") == ""


def test_a_quotation_loses_its_negation_and_nothing_else() -> None:
    planted = plant_quotation(TEXT, seed="a")
    assert planted is not None
    text, start = planted
    assert text == TEXT.replace("không ", "")
    assert text[start:].startswith("ai trả lời")


def test_a_quotation_without_a_negation_loses_an_inner_word() -> None:
    text = TEXT.replace("không ai", "người ta")
    planted = plant_quotation(text, seed="a")
    assert planted is not None
    assert len(planted[0].split()) == len(text.split()) - 1
    assert "“Bà con " in planted[0]


@pytest.mark.parametrize("text", ["", "Ông nói: “Chưa ai trả lời.”", "Không có lời nào."])
def test_without_a_long_quotation_nothing_is_altered(text: str) -> None:
    assert plant_quotation(text, seed="a") is None


def test_an_address_is_imitated_in_each_way() -> None:
    assert list(imitations("baomoi.example.com")) == [
        "examp1e.com",
        "exapmle.com",
        "example-tintuc.com",
        "example.com.tin-moi.info",
        "example.top",
    ]
    assert next(imitations("sea.vn"), None) is None


def test_letters_beyond_ascii_stand_in_an_address_as_machines_write_them() -> None:
    assert (
        next(imitations("hanec.vn"))
        == "xn--" + "h\N{CYRILLIC SMALL LETTER A}nec".encode("punycode").decode() + ".vn"
    )
