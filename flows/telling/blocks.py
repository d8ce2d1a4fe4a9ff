"""Notification blocks of Prefect, as a way out for messages."""

from typing import Any

from models.errors import DeliveryFailed
from output.letters import Letter


def send_to_block(target: str, letter: Letter) -> None:
    """Hands a message to a notification block that was saved in Prefect ("slack-webhook/newsroom").

    Raises:
        DeliveryFailed: there is no such block, or it could not notify.
    """
    import prefect.blocks.notifications  # noqa: F401  # so that Prefect knows its own blocks
    from prefect.blocks.abstract import NotificationBlock
    from prefect.blocks.core import Block

    try:
        block: Any = Block.load(target)
        if not isinstance(block, NotificationBlock):
            raise DeliveryFailed(f"The block {target} is not for notifications.")
        with block.raise_on_failure():
            block.notify(letter.body, letter.subject)  # type: ignore[unused-coroutine]
    except DeliveryFailed:
        raise
    except Exception as error:  # a block is anyone's code
        raise DeliveryFailed(f"The block {target} could not notify ({type(error).__name__}: {error}).") from error
