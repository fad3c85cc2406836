"""The writer's own words, as plain as they can be: remarks on them, and how old a reader should be."""
