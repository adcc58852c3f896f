"""General questions answered from governed wording, without a case."""
