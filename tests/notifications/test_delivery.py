"""The outbox: each message goes out once, failures wait longer and longer, secrets are emptied."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from unittest.mock import patch

import pytest
from sqlalchemy import select

from app.core.db import now, transaction
from app.notifications import delivery, senders
from app.notifications.models import Channel, DeliveryState, Message
from app.notifications.senders import Mail, SendingFailed, TextMessages
from app.notifications.services import notify, send_to


class Recorder:
    """A sender that keeps what it sent and fails as often as it is told to."""

    def __init__(self, failures=0):
        self.sent, self.failures = [], failures

    def send(self, message, body, key):
        if self.failures:
            self.failures -= 1
            raise SendingFailed("gateway says no")
        self.sent.append((message.address, body, key))


@pytest.fixture
def recorder(app):
    app.extensions["senders"] = dict.fromkeys(Channel, recorder := Recorder())
    return recorder


def only_message(db):
    return db.session.scalars(select(Message)).one()


def test_a_message_goes_out_right_after_the_commit_and_only_once(recorder, db):
    with transaction():
        send_to("13900001111", "主题", "你好")
        assert recorder.sent == []
    assert [(address, body) for address, body, _ in recorder.sent] == [("13900001111", "你好")]
    row = only_message(db)
    assert row.state is DeliveryState.SENT and row.sent_at is not None and row.tries == 1
    assert delivery.deliver() == 0 and len(recorder.sent) == 1


def test_a_rolled_back_change_sends_nothing(recorder, db):
    with pytest.raises(RuntimeError), transaction():
        send_to("13900001111", "主题", "你好")
        db.session.flush()
        raise RuntimeError
    delivery.deliver()
    assert recorder.sent == []


def test_failures_wait_longer_each_time_and_end_after_five_tries(recorder, db):
    recorder.failures = 5
    with transaction():
        send_to("13900001111", "主题", "你好")
    waits = []
    for _ in range(4):
        row = only_message(db)
        assert row.state is DeliveryState.WAITING and row.error == "gateway says no"
        waits.append(row.due_at - now())
        assert delivery.deliver() == 0  # not due yet
        with transaction():
            row.due_at = now()
        delivery.deliver()
    assert waits == sorted(waits) and waits[0] > timedelta(seconds=20)
    assert only_message(db).state is DeliveryState.FAILED
    assert recorder.sent == [] and recorder.failures == 0


def test_a_failure_that_passes_is_made_good_under_the_same_key(recorder, db):
    recorder.failures = 1
    with transaction():
        send_to("lin@example.com", "主题", "你好")
    with transaction():
        only_message(db).due_at = now()
    assert delivery.deliver() == 1
    row = only_message(db)
    assert recorder.sent[0][2] == f"qingcai-{row.id}" and row.error is None and row.channel is Channel.EMAIL


def test_a_message_that_another_worker_holds_is_left_alone(recorder, db, app):
    with (
        patch.dict(app.config, JOBS_INLINE=False),
        patch.dict(app.extensions, wake=lambda topic: None),
        transaction(),
    ):
        send_to("13900001111", "主题", "你好")
    claimed = delivery._claim()
    assert claimed is not None and delivery.deliver() == 0 and recorder.sent == []
    with transaction():
        only_message(db).due_at = now() - timedelta(
            seconds=1
        )  # that worker was killed; its claim has run out
    assert delivery.deliver() == 1


def test_two_workers_send_each_message_once(recorder, db, app):
    with (
        patch.dict(app.config, JOBS_INLINE=False),
        patch.dict(app.extensions, wake=lambda topic: None),
        transaction(),
    ):
        for n in range(20):
            send_to(f"139000011{n:02d}", "主题", "你好")

    def work():
        with app.app_context():
            delivery.deliver()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(address for address, _, _ in recorder.sent) == [f"139000011{n:02d}" for n in range(20)]


def test_a_code_is_emptied_by_real_gateways_and_kept_for_development(recorder, db, app):
    with transaction():
        send_to("13900001111", "验证码", "验证码 123456", is_secret=True)
    row = only_message(db)
    assert "123456" in row.body
    with patch.dict(app.config, SENDERS="gateways"), transaction():
        row.state, row.sent_at, row.due_at = DeliveryState.WAITING, None, now()
        db.session.info["wake:messages"] = True
    assert recorder.sent[-1][1] == "验证码 123456"
    assert "123456" not in row.body


def test_notify_writes_the_inbox_and_sends_on_wish_with_the_full_address(recorder, make):
    user = make.user(phone="13900001111")
    with transaction():
        notify(user, "只在站内", "/jobs/1")
        notify(user, "也发短信", "/jobs/2", by_message=True)
    assert [body for _, body, _ in recorder.sent] == ["也发短信\nhttp://localhost/jobs/2"]


def test_nothing_is_sent_to_a_suspended_account(recorder, make):
    user = make.user(suspended_at=now(), suspend_reason="冒用")
    with transaction():
        notify(user, "你好", "/", by_message=True)
    assert recorder.sent == []


class Gateway(BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.seen.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.server.tokens.append(self.headers["Authorization"])
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def gateway():
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    server.seen, server.tokens, server.status = [], [], 200
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_the_sms_gateway_gets_json_and_a_refusal_is_a_failure(gateway):
    sender = TextMessages("https://sms.example.cn", "secret")
    sender._url = f"http://127.0.0.1:{gateway.server_port}/send"
    message = Message(channel=Channel.SMS, address="13900001111", subject="主题", body="你好")
    sender.send(message, "你好", "qingcai-1")
    assert gateway.seen == [{"phone": "13900001111", "text": "你好", "key": "qingcai-1"}]
    assert gateway.tokens == ["Bearer secret"]
    gateway.status = 500
    with pytest.raises(SendingFailed, match="HTTPError"):
        sender.send(message, "你好", "qingcai-1")


def test_an_sms_gateway_without_https_is_refused():
    with pytest.raises(ValueError, match="https"):
        TextMessages("http://sms.example.cn", "secret")


def test_mail_names_the_site_and_keeps_subjects_on_one_line():
    seen = []
    sender = Mail("smtps://user:p%40ss@mail.example.cn:465?from=no-reply@example.cn")
    message = Message(
        channel=Channel.EMAIL, address="lin@example.com", subject="主题\nBcc: x@example.com", body=""
    )
    with patch.object(sender, "_hand_over", seen.append):
        sender.send(message, "你好", "qingcai-1")
    assert seen[0]["Subject"] == "主题 Bcc: x@example.com" and seen[0]["Bcc"] is None
    assert seen[0]["Message-ID"] == "<qingcai-1@example.cn>"
    with patch.object(sender, "_hand_over", side_effect=TimeoutError), pytest.raises(SendingFailed):
        sender.send(message, "你好", "qingcai-1")


def test_only_gateways_reach_anybody(app):
    assert all(isinstance(each, senders.Development) for each in senders.from_config(app).values())
    real = {
        "SENDERS": "gateways",
        "SMS_URL": "https://sms.example.cn",
        "SMS_TOKEN": "t",
        "SMTP_URL": "smtps://m",
    }
    with patch.dict(app.config, real):
        kinds = {channel: type(each) for channel, each in senders.from_config(app).items()}
    assert kinds == {Channel.SMS: TextMessages, Channel.EMAIL: Mail}
