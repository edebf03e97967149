"""One spoken sentence for a match: how many needs are met, what is missing and how soon it can be had, or what else is weak."""

from matching.results import Band, Reason, Requirement

PLAIN = "没有一处特别合适"


def headline(needs: tuple[Requirement, ...], why: tuple[Reason, ...], band: Band, weak: str) -> str:
    """Return the sentence that stands beside the band: `4项要求符合3项，差氟化工艺作业证，两个月左右能补上。`

    A band below 强 beside nothing but met needs would contradict itself, so then `weak` is said.
    """
    gaps = [need for need in needs if not need.is_met]
    but = weak if band < Band.STRONG else ""
    if gaps:
        first = min(gaps, key=lambda gap: not gap.is_hard)
        rest = f"，另有{len(gaps) - 1}项也不符" if len(gaps) > 1 else ""
        rest = rest or (f"，{but}" if but and not first.is_hard and but != gap_words(first) else "")
        return f"{len(needs)}项要求符合{len(needs) - len(gaps)}项，{gap_words(first)}{rest}。"
    if band < Band.STRONG:
        but = but or PLAIN
    strongest = "，".join(reason.sentence for reason in why[:2] if reason.sentence != "学历够")
    if not needs:
        said = f"{strongest}，但{but}" if strongest and but else strongest or but
        return f"{said}。" if said else ""
    if but:
        return f"写明的{len(needs)}项要求都符合，但{but}。"
    return f"{len(needs)}项要求都符合" + (f"，{strongest}。" if strongest else "。")


def gap_words(gap: Requirement) -> str:
    """Name a gap in a few words."""
    if gap.kind == "certificate":
        name = gap.need if gap.need.endswith("证") else f"{gap.need}证"
        way = gap.how_to_close
        if way.startswith("过期"):
            return f"{name}过期了，{way.split('，')[1]}能补上"
        return f"差一张{name}" + (
            f"，{way.split('，')[0].removeprefix('培训加考试')}能补上" if way.startswith("培训") else ""
        )
    return {
        "degree": f"学历差一点，要{gap.need}",
        "years": f"年限不够，要{gap.need}",
        "major": "专业不对口",
        "shift": "上不了夜班",
        "place": "想去的地方不在这里",
        "salary": "期望工资高出这个岗位",
        "family": f"没{gap.need}",
    }.get(gap.kind, f"{gap.need}不符")


def short_why(needs: tuple[Requirement, ...], why: tuple[Reason, ...], band: Band, weak: str) -> str:
    """Return the words for a card in a list: what speaks for a match, and for a weak one first what speaks against it."""
    hard = next((need for need in needs if not need.is_met and need.is_hard), None)
    soft = next((need for need in needs if not need.is_met), None)
    against = gap_words(hard).split("，")[0] if hard else weak if band < Band.STRONG else ""
    if not against and band < Band.STRONG:
        against = gap_words(soft) if soft else PLAIN
    if not against:
        return "，".join(reason.sentence for reason in why[:2])
    sentences = [reason.sentence for reason in why[:1]]
    return "，".join([against, *sentences] if band is Band.WEAK else [*sentences, against])
