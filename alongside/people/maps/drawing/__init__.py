"""What every map shares: measuring text, writing safe SVG, and words that say the same as the picture."""
