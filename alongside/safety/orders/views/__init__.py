"""Pages of orders and conditions."""
