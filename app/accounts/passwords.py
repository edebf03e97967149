"""Which passwords are good enough, said in one sentence."""

SHORTEST, LONGEST = 8, 128
FEWEST_DIFFERENT = 4
COMMON = frozenset(
    {
        "12345678",
        "123456789",
        "1234567890",
        "0123456789",
        "87654321",
        "123123123",
        "1qaz2wsx",
        "qwertyui",
        "password",
        "password1",
        "qwerty123",
        "a1234567",
        "a12345678",
        "aa123456",
        "abc12345",
        "abcd1234",
        "asdfghjk",
        "iloveyou",
        "woaini520",
        "woaini1314",
        "qingcai123",
    }
)


def weakness(password: str, *known: str | None) -> str | None:
    """Why *password* must not be used, or None; *known* are the account's own number, e-mail and name."""
    if len(password) < SHORTEST:
        return f"密码至少 {SHORTEST} 位"
    if len(password) > LONGEST:
        return f"密码最多 {LONGEST} 位"
    lowered = password.lower()
    if lowered in COMMON or len(set(lowered)) < FEWEST_DIFFERENT:
        return "这个密码太常见，很容易被猜到，请换一个"
    if any(word and (word.lower() in lowered or lowered in word.lower()) for word in known):
        return "密码里不要用自己的手机号、邮箱或姓名"
    return None
