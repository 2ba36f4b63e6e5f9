"""Everything that is due, every night, by itself; and how it went.

    due       what is due tonight, told without opening anything
    work      the steps, each with the sentence that tells what it came to
    flows     Prefect's shell around them
    night     what a night came to, kept for the next; faults, what failed, without a word of a person's
    calling   who calls it: Prefect, or units for cron, systemd and launchd
    doctor    what is in order in a home and what is not
    commands  `runmood nightly`, `schedule`, `settings`, `doctor`

Nothing outside this folder imports Prefect, and here only `flows` and `calling.schedule` do: a night without news loads
it and nothing else that is large.
"""
