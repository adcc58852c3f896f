"""Pages of advocacy: the practitioner's, the adviser's, victim liaison's."""
