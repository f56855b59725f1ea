"""The answer sheet agrees with the articles."""

from __future__ import annotations

import re

import pytest

from practice.answers import SHEET, load_answers, sheet_from
from practice.outlets import closed_paths
from practice.values import Answers, Edition


@pytest.fixture(scope="module")
def answers():
    return load_answers()


def test_the_sheet_is_what_the_story_files_say(edition: Edition):
    # on a difference: python -m practice --write-answers
    assert SHEET.read_text(encoding="utf-8") == sheet_from(edition)


def test_every_article_has_an_answer_and_every_answer_an_article(answers: Answers, edition: Edition):
    assert set(answers.articles) == {article.key for article in edition.articles}


def test_labels_and_topics_are_known_ones(answers: Answers):
    topics = {f"T{number:02}" for number in range(16)}
    for answer in answers.articles.values():
        assert answer.relevance in {"about", "mention", "sport", "company", "none"}
        assert set(answer.topics) <= topics


def test_a_copy_is_of_an_own_text_of_the_same_story(answers: Answers):
    for answer in answers.articles.values():
        if answer.copy_of:
            original = answers.articles[answer.copy_of]
            assert (original.copy_of, original.story) == ("", answer.story)


def test_each_planted_figure_stands_in_a_sentence_of_its_article(answers: Answers, edition: Edition):
    for pair in answers.disagreements + answers.agreements:
        for side in (pair.first, pair.second):
            article = edition.find(side.article)
            assert re.search(rf"(?<![\w.,]){re.escape(side.figure)}(?!\w)", article.text), side
            assert article.story == pair.story


def test_disagreeing_figures_come_from_two_outlets_that_did_not_copy(answers: Answers, edition: Edition):
    for pair in answers.disagreements:
        first, second = edition.find(pair.first.article), edition.find(pair.second.article)
        assert first.outlet != second.outlet
        assert first.copy_of == second.copy_of == ""


def test_disagreeing_figures_name_the_same_thing_and_another_number(answers: Answers):
    for pair in answers.disagreements:
        numbers = [re.match(r"[\d.,]+", side.figure)[0] for side in (pair.first, pair.second)]
        things = [re.sub(r"^[\d.,]+\s*", "", side.figure) for side in (pair.first, pair.second)]
        assert numbers[0] != numbers[1]
        assert things[0] == things[1]


def test_pages_that_robots_close_are_marked(answers: Answers, edition: Edition):
    closed = closed_paths()
    assert closed["trang-goc-da"] == ("/",)
    for article in edition.of("trang-goc-da"):
        assert answers.articles[article.key].trouble == "robots"
    assert answers.articles["thu-moi-noi-bo"].trouble == "robots"
