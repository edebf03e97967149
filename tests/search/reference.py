"""A slow and obvious search: what the arrays must agree with, word by word and post by post."""

from collections import Counter
from collections.abc import Iterable

from search import Filters, PostDocument
from search.attributes import benefit_closure, places_above, shift_closure
from search.words import canonical, cut


def words_of(post: PostDocument) -> set[str]:
    """Every word of a post and the official names of what they name."""
    texts = (
        post.title,
        " ".join(post.skills),
        " ".join(post.certificates),
        post.enterprise,
        post.town,
        post.body,
    )
    found = {word for text in texts for word in cut(text)}
    return found | {name for word in found if (name := canonical(word))}


def keeps(post: PostDocument, filters: Filters, without: str = "") -> bool:
    """Whether a post meets all filters, the facet *without* left out."""
    shifts, benefits = shift_closure(post.shift), benefit_closure(post.benefits)
    rules = {
        "town": not filters.towns or post.town in filters.towns,
        "place": not filters.places or bool(set(places_above(post.place_code)) & set(filters.places)),
        "family": not filters.families or post.family in filters.families,
        "shift": not filters.shifts or bool(set(shifts) & set(filters.shifts)),
        "benefits": all(benefit in benefits for benefit in filters.benefits),
        "kind": not filters.kinds or post.kind in filters.kinds,
        "degree": filters.degree is None or post.degree_rank <= filters.degree,
        "years": filters.years is None or post.years_min <= filters.years,
        "pay": filters.pay_min is None or post.salary_max >= filters.pay_min,
    }
    return all(is_met for name, is_met in rules.items() if name != without)


def matching(posts: Iterable[PostDocument], word: str) -> list[PostDocument]:
    """The posts that hold *word* or another name of the same thing."""
    wanted = {word, canonical(word) or word}
    return [post for post in posts if not word or words_of(post) & wanted]


def counts(posts: Iterable[PostDocument], filters: Filters, facet: str) -> dict[str, int]:
    """How many posts each value of a facet has, its own filter left out."""
    left = [post for post in posts if keeps(post, filters, without=facet)]
    values = {
        "town": lambda post: [post.town] if post.town else [],
        "family": lambda post: [post.family] if post.family else [],
        "kind": lambda post: [post.kind],
        "shift": lambda post: shift_closure(post.shift),
        "benefits": lambda post: benefit_closure(post.benefits),
        "degree": lambda post: [str(rank) for rank in range(7) if post.degree_rank <= rank],
    }[facet]
    return dict(Counter(value for post in left for value in values(post)))
