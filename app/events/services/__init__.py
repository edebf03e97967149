"""What gatherings do: planning, exhibiting, registering, checking in, meeting."""
