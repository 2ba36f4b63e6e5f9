"""What readers share: tables and JSON, numbers, dates and sports as other programs write them."""
