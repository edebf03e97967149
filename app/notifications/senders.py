"""Ways to send a message. Each raises `SendingFailed` with a reason that is safe to keep."""

import json
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formataddr
from typing import Protocol
from urllib.error import URLError
from urllib.parse import parse_qs, unquote, urlsplit
from urllib.request import Request, urlopen

from flask import Flask

from app.notifications.models import Channel, Message

TIMEOUT = 10  # seconds
SITE = "清才荟萃"


class SendingFailed(Exception):
    """The gateway refused or could not be reached."""


class Sender(Protocol):
    """Sends one message, or raises `SendingFailed`; `key` is the same at every try, for gateways that dedupe."""

    def send(self, message: Message, body: str, key: str) -> None: ...


class Development:
    """Sends nothing: the row itself is what the development page shows."""

    def send(self, message: Message, body: str, key: str) -> None:
        return


class Mail:
    """SMTP, from a URL: `smtps://user:password@host:465?from=no-reply@example.cn`."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        self._from = parse_qs(self._url.query).get("from", [unquote(self._url.username or "")])[0]

    def send(self, message: Message, body: str, key: str) -> None:
        mail = EmailMessage()
        mail["From"], mail["To"] = formataddr((SITE, self._from)), message.address
        mail["Subject"] = " ".join(message.subject.split())
        mail["Message-ID"] = f"<{key}@{self._from.rpartition('@')[2] or 'localhost'}>"
        mail.set_content(body)
        try:
            self._hand_over(mail)
        except (OSError, smtplib.SMTPException) as error:
            raise SendingFailed(f"mail: {type(error).__name__}") from error

    def _hand_over(self, mail: EmailMessage) -> None:
        host, port = self._url.hostname or "", self._url.port or 0
        context = ssl.create_default_context()
        if self._url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port or 465, timeout=TIMEOUT, context=context)
        else:
            server = smtplib.SMTP(host, port or 587, timeout=TIMEOUT)
        with server:
            if self._url.scheme == "smtp+starttls":
                server.starttls(context=context)
            if self._url.username:
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
            server.send_message(mail)


class TextMessages:
    """An SMS gateway that takes {"phone", "text", "key"} as JSON over HTTPS."""

    def __init__(self, url: str, token: str) -> None:
        if not url.startswith("https://"):
            raise ValueError("the SMS gateway must be reached over https")
        self._url, self._token = url, token

    def send(self, message: Message, body: str, key: str) -> None:
        data = json.dumps({"phone": message.address, "text": body, "key": key}, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"}
        try:
            with urlopen(Request(self._url, data, headers), timeout=TIMEOUT) as answer:  # noqa: S310 - https, see above
                answer.read(1000)
        except (URLError, OSError) as error:
            raise SendingFailed(f"sms: {type(error).__name__}") from error


def from_config(app: Flask) -> dict[Channel, Sender]:
    """Which sender each channel uses. Only `SENDERS=gateways` reaches anybody."""
    if app.config.get("SENDERS") != "gateways":
        return {Channel.SMS: Development(), Channel.EMAIL: Development()}
    return {
        Channel.SMS: TextMessages(app.config["SMS_URL"], app.config["SMS_TOKEN"]),
        Channel.EMAIL: Mail(app.config["SMTP_URL"]),
    }
