"""From the inbox into the ledger: what is new is found, read on both cores, saved, and told of.

    inbox.read_inbox(home, source, progress)   everything new, for a person who waits
    inbox.new_files -> read_chunk -> close_batch   the same, step by step, for the nightly
    undo.take_back(home, batch), undo.take_again(home, paths)   what a person does not want, and wants after all
    stock.take_stock(home)         what the ledger no longer holds, read again
    commands                       an import, its preview and a rebuild, for a person who waits

An unreadable file is caught in `reading`, and nowhere else.
"""
