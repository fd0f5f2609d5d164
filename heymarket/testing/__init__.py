"""Tools for tests of programs that use Heymarket: a receiver of webhooks, and cassettes.

    from heymarket.testing import WebhookReceiver

    with WebhookReceiver() as receiver:
        emulator.set_webhook(receiver.url, receiver.token)
        emulator.reply("15555550100", "Hello!")
        event, = receiver.wait(of_type="message_recieved")

`heymarket.testing.cassettes` records what a test and Heymarket say to each other, and replays it. With pytest, the
fixtures of `heymarket.pytest_plugin` provide both. For a Heymarket to test against, see `heymarket.emulator`.
"""

from heymarket.testing.receiver import ReceivedDelivery, WebhookReceiver

__all__ = ["ReceivedDelivery", "WebhookReceiver"]
