"""What accounts want sent. The outbox belongs to notifications, which stand above and listen here."""

from blinker import signal

sending = signal("accounts.sending")  # address, subject, body, is_secret; inside the open transaction


def send(address: str, subject: str, body: str, *, is_secret: bool = False) -> None:
    sending.send(None, address=address, subject=subject, body=body, is_secret=is_secret)
