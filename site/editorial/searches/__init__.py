"""What people searched for, and what editors tell search."""
