-- files_only_in_batch: one row a content that this import brought and no other; a copy in another import keeps it.
select distinct content_hash from source_files where batch = '{batch}' and content_hash is not null
except
select content_hash from source_files where batch <> '{batch}' and content_hash is not null
order by content_hash
