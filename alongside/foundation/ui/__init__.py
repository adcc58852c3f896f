"""The look: one layout, one component tag, the design tokens and how forms are drawn."""
