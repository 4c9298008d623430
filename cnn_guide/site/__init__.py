"""From a lesson to a page: read, execute, render. Knows notebooks and Markdown, not MkDocs."""
