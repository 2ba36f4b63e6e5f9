-- run_inputs_hash: one row with a hash of all that runs and their moods are made of: what files and the journal say of them,
-- and what the person decided. The day is not among it.
select md5(concat_ws(
    ' ',
    'recordings', (select sum(hash(each)) from recordings as each),
    'rates', (select sum(hash(each)) from heart_rate_histogram as each),
    'sources', (select sum(hash(each)) from source_files as each),
    'compared', (select sum(hash(each)) from compared as each),
    'check-ins', (select sum(hash(each)) from check_ins as each),
    'told', (select sum(hash(each)) from reported_runs as each),
    'pairs', (select sum(hash(each)) from decided_pairs as each),
    'distances', (select sum(hash(each)) from decided_distances as each),
    'runs', (select sum(hash(each)) from decided_runs as each),
    'files', (select sum(hash(each)) from decided_files as each),
    'tags', (select sum(hash(each)) from decided_tags as each),
    'heart', (select sum(hash(each)) from heart_settings as each)
))
