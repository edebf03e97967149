"""A production configuration that is not fit for it does not boot, and every reason is named."""

import pytest

from app import create_app
from app.core.production import UnsafeConfiguration, problems
from config import TestConfig

GOOD = {
    "APP_ENV": "production",
    "SECRET_KEY": "9f2c" * 16,
    "SERVER_URL": "https://rencai.example.cn",
    "SENDERS": "gateways",
    "SMTP_URL": "smtps://u:p@mail.example.cn",
    "SMS_URL": "https://sms.example.cn/send",
    "SMS_TOKEN": "t0ken",
    "DEBUG": False,
}


def test_good_settings_have_no_problem():
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is short: 5 characters"),
        ({"SECRET_KEY": "development only, never in production"}, "SECRET_KEY is a default"),
        ({"DEBUG": True}, "DEBUG is on"),
        ({"SERVER_URL": "http://x"}, "SERVER_URL"),
        ({"SENDERS": "development"}, "SENDERS"),
        ({"SMTP_URL": ""}, "SMTP_URL is missing"),
        ({"SMS_URL": ""}, "SMS_URL is missing"),
        ({"SMS_TOKEN": ""}, "SMS_TOKEN is missing"),
    ],
)
def test_each_problem_is_named_and_stops_the_boot(change, named, tmp_path):
    settings = {**GOOD, **change}
    assert any(named in problem for problem in problems(settings))
    config = type("Settings", (TestConfig,), {**settings, "DATA_DIR": tmp_path})
    with pytest.raises(UnsafeConfiguration, match=named):
        create_app(config)


def test_all_problems_are_named_at_once():
    assert len(problems({})) >= 3
