"""Tools for tests of programs that use Heymarket: a receiver of webhooks, deliveries to post to yours, and cassettes.

    from heymarket.testing import WebhookReceiver

    with WebhookReceiver() as receiver:
        emulator.set_webhook(receiver.url, receiver.token)
        emulator.reply("15555550100", "Hello!")
        event, = receiver.wait(of_type="message_recieved")

For an endpoint that the test itself calls, `delivery("message_recieved", text="Hello!")` builds what Heymarket posts.
`heymarket.testing.cassettes` records what a test and Heymarket say to each other, and replays it. With pytest, the
fixtures of `heymarket.pytest_plugin` provide both. For a Heymarket to test against, see `heymarket.emulator`.
"""

from heymarket.testing.example_deliveries import ExampleDelivery, delivery
from heymarket.testing.receiver import ReceivedDelivery, WebhookReceiver

__all__ = ["ExampleDelivery", "ReceivedDelivery", "WebhookReceiver", "delivery"]
