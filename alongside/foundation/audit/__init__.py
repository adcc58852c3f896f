"""The chain of changes, the record of consultations, anchors, verification, retention and erasure."""
