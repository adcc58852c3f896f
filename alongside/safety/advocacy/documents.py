"""What advocacy prints."""

from alongside.foundation.documents.rendering import render_pdf
from alongside.foundation.documents.shapes import Column, Listing
from alongside.safety.advocacy.rules import boundary_cards


def boundary_pdf() -> bytes:
    """Who does what, as a page for case meetings. The same for every case, so that having it tells nothing."""
    return render_pdf(
        Listing(
            title="Who does what",
            author="Probation Service",
            summary="Bring it to case meetings. Each role keeps to its side, so that everyone can trust their own.",
            columns=(Column("For", 1.0), Column("Who", 1.0), Column("Does", 2.0), Column("Does not", 2.0)),
            rows=tuple(
                (card.about, boundary.role, boundary.does, boundary.does_not)
                for card in boundary_cards()
                for boundary in card.boundaries
            ),
        )
    )
