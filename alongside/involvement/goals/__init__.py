"""What the person works on, in their own words, and who helps with what.

Owns goals, the steps towards them, what a family member may help with, and the times they were looked at together. The
person is the owner: staff write down what they say, and nothing here is a condition of anybody's order.
"""
