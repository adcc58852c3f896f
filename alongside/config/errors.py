"""What may go wrong before the product runs, said to whoever starts it."""

import click


class OperatorError(click.ClickException):
    """Something that the person at the command line can put right; the message says how."""
