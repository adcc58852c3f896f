"""Family maps: one network of people, and the genogram, ecomap, closeness map and life map drawn from it.

The drawing engines (`network`, `checks`, `drawing`, `genogram`, `ecomap`, `closeness`, `lifemap`, `gedcom`) are pure:
no Django, no database, no clock. They turn frozen facts into a neutral scene, and a scene into SVG or words.
"""
