"""What can be picked in a search for people, organizations and events."""

from dataclasses import dataclass

from search.query import Constraint


@dataclass(frozen=True)
class PeopleFilters:
    """What an employer picked: people who have at least the degree and the years, any of the families and places,
    all of the certificates; never those who keep *blocked_by* from finding them.
    """

    places: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    degree: int | None = None
    years: int | None = None
    blocked_by: int | None = None

    def constraints(self) -> tuple[Constraint, ...]:
        """The same as a list of conditions that must all hold."""
        found = []
        if self.places:
            found.append(Constraint("place", "any", self.places, facet="place"))
        if self.families:
            found.append(Constraint("family", "any", self.families, facet="family"))
        if self.certificates:
            found.append(Constraint("certificates", "all", self.certificates, facet="certificates"))
        if self.degree is not None:
            found.append(Constraint("degree", "at_least", number=self.degree, facet="held_degree"))
        if self.years is not None:
            found.append(Constraint("years", "at_least", number=self.years, facet="held_years"))
        if self.blocked_by is not None:
            found.append(Constraint("blocked", "none", (str(self.blocked_by),)))
        return tuple(found)


@dataclass(frozen=True)
class OrganizationFilters:
    """Any of the chain links, any of the towns."""

    chain_links: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()

    def constraints(self) -> tuple[Constraint, ...]:
        """The same as a list of conditions that must all hold."""
        return _any_of(("chain_link", self.chain_links), ("town", self.towns))


@dataclass(frozen=True)
class EventFilters:
    """Any of the kinds, towns and months (2026-12). ``from_day`` and ``before_day`` are ordinals: what is not over
    on the one, what is over before the other.
    """

    kinds: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    from_day: int | None = None
    before_day: int | None = None

    def constraints(self) -> tuple[Constraint, ...]:
        """The same as a list of conditions that must all hold."""
        found = _any_of(("kind", self.kinds), ("town", self.towns), ("month", self.months))
        if self.from_day is not None:
            found += (Constraint("ends_on", "at_least", number=self.from_day, facet="when"),)
        if self.before_day is not None:
            found += (Constraint("ends_on", "at_most", number=self.before_day - 1, facet="when"),)
        return found


def _any_of(*picked: tuple[str, tuple[str, ...]]) -> tuple[Constraint, ...]:
    return tuple(Constraint(name, "any", tuple(values), facet=name) for name, values in picked if values)
