"""One summary, three layouts: for a terminal, as a page, as Markdown. No layout has words of its own."""
