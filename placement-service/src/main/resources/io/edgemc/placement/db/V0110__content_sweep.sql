-- Since when nothing needs a content, as far as the last sweep saw; null if something does. Whoever writes the content again
-- takes the mark away, so what is still marked after a further look is garbage.
alter table content add column unused_since timestamptz;
create index content_unused on content (unused_since) where unused_since is not null;
create index content_gone on content (position) where gone;
