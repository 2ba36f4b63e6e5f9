"""Where a person is served: one desk a subject, each with the pages it shows and the forms it takes."""
