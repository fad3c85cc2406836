"""The letter: what a claimant is told of an award, in plain words and with the figures that add up."""
