"""Which decisions people look at again."""

from moderation.review.sampling_rule import keyed_sample, no_sample


def test_one_in_a_hundred_is_chosen_and_always_the_same() -> None:
    sampled = keyed_sample(b"a secret")
    chosen = [number for number in range(20_000) if sampled(f"comment-{number}")]

    assert 150 < len(chosen) < 250
    assert all(keyed_sample(b"a secret")(f"comment-{number}") for number in chosen)


def test_without_the_secret_nobody_can_tell_which() -> None:
    ids = [f"comment-{number}" for number in range(20_000)]
    one, other = keyed_sample(b"one"), keyed_sample(b"other")

    both = sum(one(comment_id) and other(comment_id) for comment_id in ids)

    assert both < 20
    assert not any(no_sample(comment_id) for comment_id in ids)
