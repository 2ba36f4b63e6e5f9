"""What was read and said goes in; tables that an analyst may trust come out."""
