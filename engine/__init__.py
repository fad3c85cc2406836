"""Law, graph, assessment. No input or output but through what it is handed, no clock, no float, no HTML."""
