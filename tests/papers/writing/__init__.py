"""Papers made up for tests: what is true (`register`), said in many layouts, written as text, Markdown or Word."""
