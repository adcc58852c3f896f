"""The domestic abuse adviser's walled workspace; elsewhere it shows as referred, acknowledged."""
