"""Names and places as data that anyone may read and mend, and what reads them."""
