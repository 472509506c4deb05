//! What an operator does with the data of a stopped or running server: backup, restore, check.
