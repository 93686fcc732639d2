"""What an operator sees of a running desk: metrics, a log with turns in it, traces."""
