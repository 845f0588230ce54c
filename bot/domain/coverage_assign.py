"""How far people reach who can serve one of several posts at a time.

A post is a bit; a group is a mask of the posts that its people can serve, a crew the heads of each group. Heads
are whole numbers (thousandths of a person), so nothing is lost in fractions.

By Hall's theorem in its deficiency version (Ore 1955) what no assignment can cover is the most by which a set of
posts needs more than everybody has who can serve any of the set.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from operator import mul
from struct import unpack

_Step = tuple[int, int]

# The sets of more posts than these are too many to go through.
FEW = 8
_BYTES = 8


@lru_cache(maxsize=4096)
def shortfall(groups: tuple[int, ...], crew: tuple[int, ...], needs: tuple[int, ...]) -> tuple[int, int]:
    """The heads that even the best assignment lacks, and as a mask the fewest posts that lack them all.

    Whoever can serve any of those posts is counted for them, and the other posts have all that they need.
    """
    return _shortfall(groups, crew, needs)


@lru_cache(maxsize=4096)
def shares(
    groups: tuple[int, ...], crew: tuple[int, ...], needs: tuple[int, ...], known: int = -1
) -> tuple[Fraction, ...]:
    """The heads of each post, everybody being assigned in proportion to what is needed as far as skills allow.

    No other assignment covers more. Who cannot serve anything that is needed is shared by what needs nobody, of
    which those posts come first that the mask ``known`` has.
    """
    heads = [Fraction()] * len(needs)
    nobody = [(post, not need) for post, need in enumerate(needs)]
    idle = [int(free and known >> post & 1) for post, free in nobody]
    unknown = [int(free and not known >> post & 1) for post, free in nobody]
    for wanted in (list(needs), idle, unknown):
        while any(wanted):
            tight = _tightest(groups, crew, wanted)
            ratio = Fraction(_reach(groups, crew, tight), _sum(wanted, tight))
            for post in members(tight):
                heads[post] = wanted[post] * ratio
                wanted[post] = 0
            crew = tuple(0 if group & tight else there for group, there in zip(groups, crew, strict=True))
    return tuple(heads)


def parts(groups: Sequence[int], crew: Sequence[int], posts: int) -> tuple[int, ...]:
    """The posts apart from each other where nobody who is there can serve two, each part as a mask."""
    found = [1 << post for post in members(posts)]
    for group, there in zip(groups, crew, strict=True):
        if there:
            joined = sum(part for part in found if part & group)
            found = [part for part in found if not part & group] + ([joined] if joined else [])
    return tuple(sorted(found))


def members(posts: int) -> list[int]:
    """The posts of a mask, in order."""
    return [post for post in range(posts.bit_length()) if posts >> post & 1]


def _shortfall(groups: Sequence[int], crew: Sequence[int], needs: Sequence[int]) -> tuple[int, int]:
    by = _by_subsets if len(needs) <= FEW else _by_flow
    return by(tuple(groups), tuple(crew), tuple(needs))


def _by_subsets(groups: tuple[int, ...], crew: tuple[int, ...], needs: tuple[int, ...]) -> tuple[int, int]:
    """All sets of posts at once: each is a field of one long number, so that adding numbers adds set by set."""
    ones, of_posts, of_groups = _rows(len(needs), groups)
    # With everybody added no field is below zero.
    everybody = sum(crew)
    fields = everybody * ones + sum(map(mul, needs, of_posts)) - sum(map(mul, crew, of_groups))
    lacks = unpack(f"<{1 << len(needs)}Q", fields.to_bytes(_BYTES << len(needs), "little"))
    most = max(lacks)
    # What the sets have in common that lack the most lacks as much, so it is the first of them.
    return most - everybody, lacks.index(most)


@lru_cache(maxsize=64)
def _rows(posts: int, groups: tuple[int, ...]) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    """Numbers with a one in the field of each set; of those with each post; of those with any of each group."""
    sets = range(1 << posts)

    def row(chosen: Iterable[int]) -> int:
        return sum(1 << 8 * _BYTES * each for each in chosen)

    of_posts = tuple(row(each for each in sets if each >> post & 1) for post in range(posts))
    return row(sets), of_posts, tuple(row(each for each in sets if each & group) for group in groups)


def _by_flow(groups: Sequence[int], crew: Sequence[int], needs: Sequence[int]) -> tuple[int, int]:
    """A maximum flow: everybody is sent where they help, others making room for them elsewhere."""
    lacks, sent = list(needs), [[0] * len(needs) for _ in groups]
    for group, heads in enumerate(crew):
        while heads and (way := _way(groups, sent, lacks, group)):
            gives = [(other, post) for (_, post), (other, _) in pairwise(way)]
            number = min(heads, lacks[way[-1][1]], *(sent[other][post] for other, post in gives))
            for other, post in gives:
                sent[other][post] -= number
            for other, post in way:
                sent[other][post] += number
            lacks[way[-1][1]] -= number
            heads -= number
    return sum(lacks), _starved(groups, sent, lacks)


def _way(groups: Sequence[int], sent: Sequence[Sequence[int]], lacks: Sequence[int], first: int) -> list[_Step]:
    """The shortest way for somebody of the group to help: they go to a post, from where others go to the next, up
    to one that lacks heads. Empty where there is none."""
    came: dict[int, tuple[int, int | None]] = {}
    ahead: deque[tuple[int, int | None]] = deque([(first, None)])
    while ahead:
        group, left = ahead.popleft()
        for post in members(groups[group]):
            if post in came:
                continue
            came[post] = group, left
            if lacks[post]:
                return _back(came, post)
            ahead.extend((other, post) for other, at in enumerate(sent) if at[post])
    return []


def _back(came: Mapping[int, tuple[int, int | None]], last: int) -> list[_Step]:
    way: list[_Step] = []
    post: int | None = last
    while post is not None:
        group, left = came[post]
        way.append((group, post))
        post = left
    return way[::-1]


def _starved(groups: Sequence[int], sent: Sequence[Sequence[int]], lacks: Sequence[int]) -> int:
    """The posts that lack heads, and those whose people could be taken away for them."""
    posts, reached = 0, sum(1 << post for post, lack in enumerate(lacks) if lack)
    while posts != reached:
        posts = reached
        for group, at in zip(groups, sent, strict=True):
            if group & posts:
                reached |= sum(1 << post for post, heads in enumerate(at) if heads)
    return posts


def _tightest(groups: Sequence[int], crew: Sequence[int], needs: Sequence[int]) -> int:
    """Posts that have the smallest share of what they need, found by Dinkelbach's method."""
    posts = sum(1 << post for post, need in enumerate(needs) if need)
    while True:
        there, needed = _reach(groups, crew, posts), _sum(needs, posts)
        tighter, fewest = _shortfall(groups, [each * needed for each in crew], [each * there for each in needs])
        if not tighter:
            return posts
        posts = fewest


def _reach(groups: Sequence[int], crew: Sequence[int], posts: int) -> int:
    return sum(heads for group, heads in zip(groups, crew, strict=True) if group & posts)


def _sum(needs: Sequence[int], posts: int) -> int:
    return sum(needs[post] for post in members(posts))
