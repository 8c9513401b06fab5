-- RFC 3339 time of the write that a target follows from; null if that is not known.
alter table target add column written_at text;
