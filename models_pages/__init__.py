"""What authors describe: page types, sections, vocabularies, completeness."""
