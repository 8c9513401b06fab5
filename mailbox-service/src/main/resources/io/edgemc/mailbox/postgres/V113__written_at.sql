-- When the write was committed in its space that the target follows from; null if that is not known.
alter table mailbox add column target_written_at timestamptz;
