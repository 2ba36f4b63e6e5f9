"""The sentences of a shared page. They speak of the notes, not to the person, since somebody else reads them."""
