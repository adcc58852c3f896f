"""Invented people, from one vignette to a whole nation, so that nobody has to look at real lives to see the product.

Owns no table. `pools` holds names and places, `invent` makes rows of them (pure, and the same for the same seed),
`writing` streams the rows into the database, `vignettes` holds the people of the acceptance scenarios and those whom a
visitor to the demo may be. It stands on the top floor below the command: it knows every room and no room knows it.
"""
