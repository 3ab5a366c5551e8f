"""The statement: data, penalty, network; nothing here solves anything."""
