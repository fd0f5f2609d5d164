from ..open_enum import OpenStrEnum


class WebhookEventType(OpenStrEnum):
    """What happened. `message_recieved` is spelled as it is sent. Other values may occur
    (D34)."""

    MESSAGE_SENT = "message_sent"
    MESSAGE_RECIEVED = "message_recieved"
    CHAT_REASSIGNED = "chat_reassigned"
    CHAT_CLOSED = "chat_closed"
    CHAT_OPENED = "chat_opened"
    CHAT_PENDING = "chat_pending"
    CHAT_TRANSFERRED = "chat_transferred"
    TARGET_OPT_OUT = "target_opt_out"
    TARGET_OPT_IN = "target_opt_in"
    TARGET_DOUBLE_OPT_IN = "target_double_opt_in"
    TARGET_DOUBLE_OPT_RESTRICTED = "target_double_opt_restricted"
    INCOMING_CALL = "incoming_call"
