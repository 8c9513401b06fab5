-- Since when a target waits for a content, whichever that is by now.
alter table cluster_target add column parked_at timestamptz;
