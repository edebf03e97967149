"""The sentence a person agrees to when applying: it names the employer, what is handed over and what for."""


def sentence(employer: str, posting: str, *, phone: str | None, email: str | None, has_answers: bool) -> str:
    handed = [("这份简历", True), ("手机号", phone), ("邮箱", email), ("筛选题的回答", has_answers)]
    words = "、".join(word for word, is_there in handed if is_there)
    return f"我同意把{words}交给{employer}，只用于「{posting}」的招聘；撤回投递后，对方不再看到。"
