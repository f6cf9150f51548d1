"""The tests: each proves behaviour through a door that a user has."""
