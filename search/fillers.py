"""Words of a request that say nothing about what is wanted: 我想找个…的工作, 有没有, 最好."""

import re

from search.lexicon import DIRECTORY
from search.words import is_term, tokens

_PHRASES = re.compile(
    r"(?:我|俺|本人|咱|帮)?(?:女朋友|男朋友|老婆|老公|媳妇|儿子|女儿|孩子|弟弟|妹妹|朋友|爸妈?|妈妈?|对象|家里人|亲戚)?"
    r"(?:也|都)?(?:想要?|要|希望|打算|准备|求|帮忙)?(?:找|换|做|干|应聘|寻找?|有没有|有)(?:一?[个份些])?"
    r"|有(?:什么|哪些|没有)|什么(?:岗位|工作|活)?|哪些(?:岗位|工作)?|哪里|(?:的|还)?能(?:做|干|进|去)的?(?:活|工作|岗位)?"
    r"|(?:也|都)?(?:能|可以?|愿意)?接受|可以(?:做|干)?|(?:都|也)行|招不招|招人吗?|给我?推荐|推荐|最好|急招|高薪|工资高|附近"
    r"|的?(?:岗位|岗|职位|工作|活儿?|厂子|厂|公司|企业|单位|地方)(?=$|[\s,，。?？!！])|还要?|而且|并且|以及|或者|[的了吗呢吧啊呀么]"
)
_FILLERS = frozenset((DIRECTORY / "fillers.txt").read_text(encoding="utf-8").split())


def strip_fillers(text: str) -> str:
    """Take the phrases of asking out of a text; terms of the lexicon stay whole (修仪表的)."""
    kept, at = [], 0
    for token in tokens(text):
        if len(token.text) > 1 and is_term(token.text):
            kept += [_PHRASES.sub(" ", text[at : token.start]), text[token.start : token.end]]
            at = token.end
    kept.append(_PHRASES.sub(" ", text[at:]))
    return " ".join("".join(kept).split())


def is_filler(word: str) -> bool:
    """Whether a word says nothing by itself."""
    return word in _FILLERS
