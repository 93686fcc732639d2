"""What may leave the house: kinds of field, masked unless a setting lets them go."""
