"""The only SQL: tables, engine, and one module per question asked of them."""
