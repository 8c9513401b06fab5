-- The cluster whose report first showed a kind, null for kinds that a definition of the hub defines: each may add so many.
alter table seen_kind add column cluster_uid text;
create index seen_kind_cluster on seen_kind (cluster_uid) where cluster_uid is not null;
