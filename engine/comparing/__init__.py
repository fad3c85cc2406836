"""Two laws beside each other, and two households: what differs, and by what cause."""
