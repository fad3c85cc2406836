"""An award as a function of one fact: its exact pieces, the breakpoints of the law between them, the nearest thresholds."""
