"""What the pages of the site are made of, besides their text: facts of the repository, generated pages, directives."""
