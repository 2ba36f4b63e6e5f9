"""The database: files and journal are written, tables are built in SQL, and a copy is published for analysts."""
