"""What the models learn from and must not learn, and that a worse one is not installed."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from config.load import load
from nlp.knowledge import Knowledge, make_knowledge
from nlp.linear import Linear
from nlp.measure import half_of, load_labelled
from nlp.read import read
from nlp.relevance_features import TELLING
from nlp.surface import make_surface
from nlp.text import fold
from nlp.topic_model import count_terms
from nlp.trained import RELEVANCE, TOPICS, load_models, models_from
from nlp.training.barred import is_barred
from nlp.training.corrections import examples_from
from nlp.training.examples import Example, load_own_labels, load_people, load_second_round, load_seeds
from nlp.training.relevance import fit_relevance, hand_made, refit_relevance
from nlp.training.run import Outcome, train
from nlp.training.terms import Document, find_names, fit_terms
from store.articles import StoredArticle
from store.types import Article, Correction, CorrectionKind, Reading, RelevanceLabel, Scope, Topic

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def silent(_stage: str, _done: int, _total: int) -> None:
    return


def test_no_relevance_feature_is_a_person_source_faith_or_people():
    names = re.findall(r"\w+", " ".join(load_models().relevance.weights).lower())
    assert set(load_models().relevance.weights) == set(TELLING)
    for word in ("outlet", "source", "country", "person", "author", "faith", "people", "religion", "tone"):
        assert word not in names


def test_no_word_of_the_topics_model_names_a_faith_a_people_or_an_outlet():
    words = [word for table in load_models().topics.terms.values() for word in table.index]
    assert len(words) > 1000
    assert [word for word in words if is_barred(word)] == []


def test_no_word_of_the_topics_model_is_one_of_our_outlets():
    words = {word for table in load_models().topics.terms.values() for word in table.index}
    outlets = {
        form for source in load(None).sources for form in (source.name.lower(), fold(source.name).text)
    }
    # "lao động" and its like are also everyday words; the list of barred names holds them all the same
    assert {word for word in words & outlets if " " in word} == set()


@pytest.mark.parametrize(
    "term",
    [
        "tin lành",
        "phật giáo",
        "hồi giáo",
        "jrai",
        "người thượng",
        "ê đê",
        "tuoi tre",
        "vnexpress",
        "catholics",
    ],
)
def test_names_of_faiths_peoples_and_outlets_are_barred_from_learning(term: str):
    assert is_barred(term)


def test_a_loaded_word_changes_nothing_but_topics(knowledge: Knowledge):
    plain = "Công an tỉnh Gia Lai cho biết đã có 12 hộ ở huyện Đức Cơ nhận đất. Báo cáo nói về nhân quyền."
    loaded = plain.replace("Báo cáo nói", "Luận điệu xuyên tạc ngang nhiên nói")

    def reading(text: str) -> Reading:
        return read(Article("u", "o", "O", Scope.DOMESTIC, title="", text=text), knowledge)

    one, other = reading(plain), reading(loaded)
    assert one.relevance == other.relevance
    assert [(p.name, p.kind) for p in one.places] == [(p.name, p.kind) for p in other.places]
    assert [c.score for c in one.claims if "12" in c.text] == [
        c.score for c in other.claims if "12" in c.text
    ]


def test_words_mostly_written_with_capitals_are_names_and_not_learned():
    surfaces = [make_surface("Ông Nguyễn Văn Mây nói về rừng. Hôm nay rừng xanh, Mây vui.", exact=True)] * 3
    names = find_names(surfaces)
    assert {"nguyễn", "mây", "nguyễn văn"} <= names
    assert not {"rừng", "xanh", "rừng xanh"} & names


def test_fitted_words_tell_their_topic_and_rare_or_named_words_are_left_out():
    signs = {True: np.array([1, -1], dtype=np.int8), False: np.array([-1, 1], dtype=np.int8)}
    documents = [
        Document(
            {"rừng" if tree else "biển": 2, "và": 1, "mây": 1} | ({"hiếm": 1} if n == 0 else {}),
            signs[tree],
            1.0,
        )
        for n, tree in enumerate([True, False] * 10)
    ]
    documents += [Document({"khác": 1}, np.array([-1, -1], dtype=np.int8), 1.0)] * 30
    table = fit_terms(documents, ("T06", "T02"), frozenset({"mây"}), least=2)
    assert "hiếm" not in table.index
    assert "mây" not in table.index
    heard = table.hear({"rừng": 3})
    assert heard.totals["T06"] > heard.totals["T02"]
    assert heard.words("T06")[0].startswith("rừng (+")


def test_a_weight_without_examples_stays_as_it_was():
    start = hand_made()
    rows = [{"title": 1.0}, {"only late": 1.0}] * 5
    labels = ["about", "mention"] * 5
    moved = refit_relevance(rows, labels, start=start)
    assert moved.weights["company words"] == start.weights["company words"]
    assert moved.weights["title"]["about"] > start.weights["title"]["about"]
    assert refit_relevance([], [], start=start) == start


def test_fitting_from_the_ground_up_leans_towards_about():
    bare = refit_relevance([{"title": 1.0}], ["about"], start=hand_made())
    leaning = fit_relevance([{"title": 1.0}], ["about"])
    assert leaning.bias["about"] == pytest.approx(bare.bias["about"] + 0.5)
    assert leaning.weights == bare.weights


def _example(identifier: str, *, topics: dict[str, bool], relevance: str = "", held: bool = False) -> Example:
    text = f"Hợp tác xã {identifier} ở huyện Đức Cơ, Gia Lai phơi nấm linh chi, ươm nấm, bán nấm khô."
    return Example(identifier, "Làng trồng nấm", text, relevance, topics, 2.0, held)


def test_corrections_move_the_model_and_topics_nobody_spoke_of_stay_unknown(office: Knowledge):
    examples = [_example(f"a{n}", topics={"T04": True}) for n in range(12)]
    _, topics = train(examples, office, today=TODAY, data=None, progress=silent)
    moved = models_from(json_text(office.models.relevance), topics.text).topics
    counts = count_terms(*(make_surface(part, exact=True) for part in (examples[0].title, examples[0].text)))
    before, after = (model.terms["vi"].hear(counts).totals for model in (office.models.topics, moved))
    assert after["T04"] > before["T04"] + 0.5
    assert after["T01"] == pytest.approx(before["T01"], abs=0.05)  # as near as the file's two decimals


def json_text(model: Linear) -> str:
    return json.dumps(
        {"card": {}, "bias": dict(model.bias), "weights": {k: dict(v) for k, v in model.weights.items()}}
    )


def test_a_model_that_reads_what_was_held_out_worse_is_known_to_be_worse(office: Knowledge):
    wrong = [
        Example(
            f"w{n}", "Gia Lai họp", "Lãnh đạo tỉnh Gia Lai họp ở Pleiku.", "none", {}, 2.0, held_out=False
        )
        for n in range(400)
    ]
    right = [
        Example("h", "Gia Lai họp", "Lãnh đạo tỉnh Gia Lai họp ở Pleiku.", "about", {}, 2.0, held_out=True)
    ]
    relevance, topics = train([*wrong, *right], office, today=TODAY, data=None, progress=silent)
    assert relevance.before["relevance_accuracy"] == 1
    assert relevance.after["relevance_accuracy"] == 0
    assert relevance.is_worse
    assert not topics.is_worse


def test_what_is_held_out_is_never_learned_from(office: Knowledge):
    held = [_example(f"h{n}", topics={"T09": False}, relevance="none", held=True) for n in range(30)]
    with_them = train(held, office, today=TODAY, data=None, progress=silent)
    without = train([], office, today=TODAY, data=None, progress=silent)
    for one, other in zip(with_them, without, strict=True):
        assert _weights(one) == _weights(other)


def _weights(outcome: Outcome) -> object:
    return {name: part for name, part in json.loads(outcome.text).items() if name != "card"}


def test_a_few_corrections_of_one_topic_leave_the_demands_on_all_others_nearly_as_they_were(
    office: Knowledge,
):
    examples = [_example(f"a{n}", topics={"T09": True}) for n in range(12)]
    _, topics = train(examples, office, today=TODAY, data=None, progress=silent)
    moved = models_from(json_text(office.models.relevance), topics.text).topics
    before, after = (model.deciding.bias["topic"] for model in (office.models.topics, moved))
    assert abs(after - before) < 0.5


def test_the_same_corrections_give_the_same_models_however_often_they_are_trained(office: Knowledge):
    examples = [_example(f"a{n}", topics={"T09": True}, relevance="about") for n in range(6)]
    once = train(examples, office, today=TODAY, data=None, progress=silent)
    trained = models_from(once[0].text, once[1].text)
    configuration = load(None)
    again = make_knowledge(configuration.gazetteer, configuration.topics, trained)
    twice = train(examples, again, today=TODAY, data=None, progress=silent)
    assert trained.version != office.models.version
    assert [outcome.text for outcome in once] == [outcome.text for outcome in twice]


def test_another_model_means_to_read_again(office: Knowledge):
    (relevance, topics) = train(
        [_example("a", topics={"T09": True})], office, today=TODAY, data=None, progress=silent
    )
    configuration = load(None)
    models = models_from(relevance.text, topics.text)
    other = make_knowledge(configuration.gazetteer, configuration.topics, models)
    assert other.version != office.version
    assert models.version in other.version


def test_the_card_tells_apart_what_was_learned_from_and_what_was_judged_on(office: Knowledge):
    examples = [
        _example("desk:a", topics={"T09": True}),
        _example("desk:b", topics={"T09": True}, held=True),
        _example("seed:c", topics={"T09": False}, held=True),
    ]
    _, topics = train(examples, office, today=TODAY, data=None, progress=silent)
    card = json.loads(topics.text)["card"]
    assert card["data"] == {"desk": 1}
    assert card["judged_on"] == {"desk": 1, "seed": 1}


def test_the_card_says_from_what_when_and_how_good(office: Knowledge):
    for outcome in train(
        [_example("a", topics={"T09": True}, relevance="about")],
        office,
        today=TODAY,
        data=None,
        progress=silent,
    ):
        card = json.loads(outcome.text)["card"]
        assert card["date"] == "2026-11-22"
        assert {"what", "data", "made", "not_used", "scores_held_out"} <= card.keys()


def test_a_correction_teaches_what_was_said_and_not_who_said_it():
    article = Article("https://bao.example/1", "bao", "Báo", Scope.DOMESTIC, title="Tin", text="Nội dung.")
    stored = StoredArticle(number=7, version=1, article=article, saved_at=NOW)

    def say(kind: CorrectionKind, value: str, *, holds: bool = True) -> Correction:
        return Correction(7, 1, kind, value, holds, "", "vì sao", "nguoi-sua", NOW)

    said = (
        say(CorrectionKind.RELEVANCE, "about"),
        say(CorrectionKind.TOPIC, "T03"),
        say(CorrectionKind.TOPIC, "T07", holds=False),
    )
    (example,) = examples_from([(stored, said)])
    assert (example.relevance, dict(example.topics)) == ("about", {"T03": True, "T07": False})
    assert "nguoi-sua" not in repr(example)


def test_every_seed_has_topics_or_a_label_that_exist_in_both_languages(topics: Sequence[Topic]):
    configuration = load(None)
    known = {topic.id for topic in configuration.topics}
    seeds = load_seeds(configuration.topics)
    folder = Path(__file__).parents[2] / "nlp" / "training" / "seeds"
    for name in ("topics.vi.txt", "topics.en.txt"):
        lines = [line for line in (folder / name).read_text("utf-8").splitlines() if not line.startswith("#")]
        tagged = {tag for line in lines for tag in line.partition(" | ")[0].split(",")}
        assert tagged - {"-"} == known
    labels = {seed.relevance for seed in seeds if seed.relevance}
    assert labels == set(RelevanceLabel)
    assert {True, False} == {seed.held_out for seed in seeds}


def test_the_shipped_models_say_where_they_come_from_and_stay_small(root: Path):
    for name in (RELEVANCE, TOPICS):
        text = (root / "nlp" / "models" / name).read_text("utf-8")
        assert len(text.encode()) < 2_000_000
        card = json.loads(text)["card"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", card["date"])
        assert card["data"]
        assert card["judged_on"]["vntc"] > 0
        assert max(card["scores_held_out"].values()) < 1


@pytest.mark.data
def test_our_own_labels_are_of_articles_outside_the_gold_and_half_b_is_held_out(
    data: Path, office: Knowledge
):
    gold = {item.id for item in load_labelled(data)}
    assert not gold & load_own_labels().keys()
    people = load_people(data, office.topics)
    second = load_second_round()
    assert second.keys() < load_own_labels().keys()
    assert {p.id for p in people if p.held_out} == {
        name for name in gold | second.keys() if half_of(name) == "B"
    }
    assert len(people) == len(gold) + len(load_own_labels())
