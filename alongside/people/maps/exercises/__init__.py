"""The other views of one network: community, closeness, life, supporters, and what family is worth.

Each is done with the person, changes the same elements as the family tree, and has a sheet for a room without a screen.
"""
