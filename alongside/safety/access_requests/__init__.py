"""People's requests for what is held about them: item by item, by two people, within the law's deadlines."""
