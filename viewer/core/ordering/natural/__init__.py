"""As a human hand would write: the cheapest order of the skeleton's chains."""
