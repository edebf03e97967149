"""A snapshot says the same as what was saved, or is refused."""

import os
import random
import shutil
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Candidate, HeldCertificate, Matcher, Model
from matching.files import DAMAGED, DamagedSnapshot, Folder, Generations, read_manifest
from matching.model import load
from matching.reading.candidate import read_candidate
from matching.reading.post import read_post
from matching.records import decode, encode
from matching.snapshot import fingerprint
from matching.tables import CandidateRow, PostRow
from matching.vectors import Rarity
from tests.matching.cases import PERSON, POST, STRANGER, collection

DAY = date(2026, 12, 1)


def stored(folder, posts=(POST,), people=(PERSON, STRANGER), about=None):
    matcher = Matcher(today=lambda: DAY).fit(posts, people)
    matcher.save(folder, about or {})
    return matcher


def opened(folder, today=DAY):
    return Matcher.open(Folder(folder), load(), lambda: today)


def test_all_explanations_of_the_collection_are_the_same(tmp_path) -> None:
    posts, people = collection().posts, collection().people
    matcher = stored(tmp_path, posts.values(), people.values())
    mapped = opened(tmp_path)
    assert mapped.is_shared
    for id_ in posts:
        found = {match.candidate_id: match for match in mapped.candidates_for(id_, 1_000)}
        assert found == {match.candidate_id: match for match in matcher.candidates_for(id_, 1_000)}
    for id_ in list(people)[::10]:
        found = {match.post_id: match for match in mapped.posts_for(id_, 1_000)}
        assert found == {match.post_id: match for match in matcher.posts_for(id_, 1_000)}
        assert mapped.matches(id_, list(posts)) == matcher.matches(id_, list(posts))


def test_a_reading_comes_back_as_it_was() -> None:
    for kind, readings in (
        (PostRow, [read_post(post) for post in collection().posts.values()]),
        (CandidateRow, [read_candidate(person, DAY) for person in collection().people.values()]),
    ):
        for reading in readings:
            back = decode(kind, encode(reading))
            for name in reading.__dataclass_fields__:
                said, meant = getattr(back, name), getattr(reading, name)
                if name == "concepts":
                    assert (said.work, said.titles, said.trades) == (meant.work, meant.titles, meant.trades)
                    assert list(said.work) == list(meant.work)
                elif isinstance(meant, np.ndarray):
                    assert np.array_equal(said, meant)
                else:
                    assert said == meant, name


WORDS = "".join(sorted({letter for post in collection().posts.values() for letter in post.requirements}))
TEXTS = st.text(st.sampled_from(WORDS + "\x00\ud7ff🧪,。 "), max_size=40)


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(st.integers(-(2**40), 2**40), TEXTS),
    st.builds(
        Candidate,
        id=st.just(0),
        headline=TEXTS,
        skills=st.lists(TEXTS, max_size=3).map(tuple),
        certificates=st.lists(
            st.builds(HeldCertificate, TEXTS, st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1))),
            max_size=3,
        ).map(tuple),
        salary_min=st.integers(0, 10**6),
        shifts_accepted=st.none() | st.lists(TEXTS, max_size=2).map(tuple),
        summary=TEXTS,
        years=st.floats(0, 60),
    ),
)
def test_whatever_a_person_writes_is_explained_the_same(id_, person) -> None:
    reading = read_candidate(replace(person, id=id_), DAY)
    back = decode(CandidateRow, encode(reading))
    assert back.candidate == reading.candidate
    assert back.holdings == reading.holdings
    assert back.wishes == reading.wishes
    assert back.shown == reading.shown


def test_ids_are_numbers_or_texts(tmp_path) -> None:
    people = [replace(PERSON, id=9), replace(PERSON, id=2), replace(STRANGER, id=300)]
    stored(tmp_path, [POST], people)
    mapped = opened(tmp_path)
    assert mapped.candidate_ids() == [2, 9, 300]
    assert all(type(id_) is int for id_ in (*mapped.candidate_ids(), *mapped.people_like(2)))
    assert not mapped.holds_candidate("9")
    assert not mapped.holds_candidate(10**30)
    assert not mapped.holds_candidate(3)
    for wrong in ([replace(PERSON, id=1), replace(PERSON, id="1")], [replace(PERSON, id=(1, 2))]):
        with pytest.raises(TypeError):
            stored(tmp_path, [POST], wrong)


def test_nothing_at_all_is_a_snapshot_too(tmp_path) -> None:
    stored(tmp_path, [], [])
    mapped = opened(tmp_path)
    assert (mapped.post_ids(), mapped.candidate_ids()) == ([], [])
    assert mapped.posts_for(PERSON) == []
    assert mapped.is_shared
    mapped.put([POST], [PERSON])
    assert [match.candidate_id for match in mapped.candidates_for(POST.id)] == ["a"]


def test_what_a_mapped_matcher_saves_is_what_it_holds(tmp_path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    first.mkdir(), second.mkdir()
    stored(first, collection().posts.values(), collection().people.values())
    mapped = opened(first)
    gone, edited = list(collection().people)[3], list(collection().people.values())[5]
    edited = replace(edited, summary="夜班没问题。")
    mapped.remove(candidates=[gone])
    mapped.put(candidates=[edited])
    mapped.save(second, {})
    again = opened(second)
    assert gone not in again.candidate_ids()
    for id_ in collection().posts:
        found = {m.candidate_id: replace(m, score=0) for m in again.candidates_for(id_, 1_000)}
        assert found == {m.candidate_id: replace(m, score=0) for m in mapped.candidates_for(id_, 1_000)}
    assert again._people.now().row(edited.id).reading.candidate == edited


def test_a_certificate_that_ends_is_read_anew_on_its_day(tmp_path) -> None:
    ends = DAY + timedelta(days=200)
    person = replace(PERSON, certificates=(HeldCertificate("氟化工艺作业证", ends),))
    stored(tmp_path, [POST], [person, STRANGER])

    def need(day):
        matcher = opened(tmp_path, day)
        turned = matcher.turn_day()
        found = matcher.explain(POST.id, person.id).requirements
        return turned, next((each.is_met, each.how_to_close) for each in found if each.kind == "certificate")

    assert need(DAY) == (0, (True, ""))
    assert need(ends - timedelta(days=91)) == (0, (True, ""))
    assert need(ends - timedelta(days=90)) == (1, (True, "快到期了，记得复审或换证"))
    turned, (is_met, way) = need(ends + timedelta(days=1))
    assert (turned, is_met) == (1, False)
    assert way.startswith("过期要重新培训考试")


def test_the_fingerprint_follows_the_rarity_and_nothing_else_of_a_model() -> None:
    model = load()
    sharper = replace(model, coef=model.coef * 2, strong=3.0)
    rarer = replace(
        model, rarity=Rarity(model.rarity.columns, model.rarity.values * np.float32(2), model.rarity.unseen)
    )
    assert fingerprint(model) == fingerprint(sharper)
    assert fingerprint(model) != fingerprint(rarer)
    assert isinstance(model, Model)


# damage


@pytest.fixture
def sealed(tmp_path):
    folder = tmp_path / "sealed"
    folder.mkdir()
    stored(folder, about={"day": "2026-12-01"})
    return folder


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_what_was_sealed_is_said(sealed) -> None:
    assert read_manifest(sealed)["about"] == Folder(sealed).about == {"day": "2026-12-01"}


@pytest.mark.slow
def test_any_file_that_is_gone_short_or_flipped_is_refused(sealed, tmp_path) -> None:
    draw = random.Random(3)
    for name in names(sealed):
        for harm in ("deleted", "truncated", "flipped", "longer"):
            copy = tmp_path / "copy"
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(sealed, copy)
            path, data = copy / name, bytearray((copy / name).read_bytes())
            if harm == "deleted" or not data:
                path.unlink()
            elif harm == "truncated":
                path.write_bytes(data[: draw.randrange(len(data))])
            elif harm == "longer":
                path.write_bytes(data + b"\0")
            else:
                data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
                path.write_bytes(data)
            with pytest.raises(DamagedSnapshot):
                opened(copy)


def test_who_wrote_into_an_open_snapshot_is_noticed(sealed) -> None:
    folder = Folder(sealed)
    assert folder.is_intact()
    os.truncate(sealed / "people_readings.bin", 10)
    assert not folder.is_intact()


def test_an_open_snapshot_outlives_its_files(sealed) -> None:
    folder = Folder(sealed)
    matcher = Matcher.open(folder, load(), lambda: DAY)
    shutil.rmtree(sealed)
    assert folder.is_intact()
    assert [match.candidate_id for match in matcher.candidates_for(POST.id)] == ["a", "b"]


def test_an_open_snapshot_that_others_found_damaged_is_not_intact(tmp_path) -> None:
    generations = Generations(tmp_path / "all")
    with generations.new() as folder:
        stored(folder)
    path = generations.newest()
    mine = Folder(path)
    generations.set_aside(path)
    assert not mine.is_intact()
    assert generations.newest() is None
    generations.set_aside(path)  # somebody else did already


def test_a_snapshot_that_was_not_finished_is_never_the_newest(tmp_path) -> None:
    generations = Generations(tmp_path / "all")
    with generations.new() as folder:
        stored(folder)
    first = generations.newest()
    with pytest.raises(OSError, match="full"), generations.new() as folder:
        (folder / "half.npy").write_bytes(b"...")
        raise OSError("the disk is full")
    assert generations.newest() == first
    assert names(generations.root) == [first.name]


def test_numbers_grow_also_after_damage_and_old_ones_go(tmp_path) -> None:
    generations = Generations(tmp_path / "all")
    assert generations.newest() is None
    generations.remove_old(1e12)
    for _ in range(3):
        with generations.new() as folder:
            stored(folder, [], [])
    assert generations.newest().name == "00000003"
    generations.set_aside(generations.newest())
    with generations.new() as folder:
        stored(folder, [], [])
    assert names(generations.root) == ["00000001", "00000002", f"00000003{DAMAGED}", "00000004"]
    generations.remove_old(0)
    assert len(names(generations.root)) == 4
    generations.remove_old(1e12)
    assert names(generations.root) == ["00000004"]
    assert generations.root.stat().st_mode & 0o077 == 0
