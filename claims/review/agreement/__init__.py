"""How far two readers agree: their readings counted, coefficients with intervals."""
