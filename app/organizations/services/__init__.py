"""What organizations do, by noun. Callers open the transaction; none of these commits."""
