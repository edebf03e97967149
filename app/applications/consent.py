"""The sentence a person agrees to when applying: it names the employer, what is handed over and what for."""


def sentence(employer: str, posting: str, *, has_email: bool) -> str:
    contact = "手机号和邮箱" if has_email else "手机号"
    return f"我同意把这份简历、我的{contact}和下面的回答交给{employer}，只用于「{posting}」的招聘；撤回投递后，对方不再看到。"


def contact_words(phone: str | None, email: str | None) -> str:
    """手机号, 邮箱 or both: what the account has."""
    return "和".join(word for word, value in (("手机号", phone), ("邮箱", email)) if value)
