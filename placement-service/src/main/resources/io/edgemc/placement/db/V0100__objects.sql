-- Every version of every object of every view. Append-only but for superseded_at, until compaction takes old versions away.
create table object_version (
    position         bigint primary key,
    view             text    not null, -- space:<name>, inventory, system
    api_group        text    not null,
    resource         text    not null,
    namespace        text collate "C" not null, -- '' for cluster-scoped objects
    name             text collate "C" not null,
    uid              text    not null,
    labels           text    not null, -- JSON object
    body             bytea   not null, -- JSON without resourceVersion, or sealed bytes if key_id is set; empty for a tombstone
    splice           integer not null,
    key_id           text,
    tombstone        boolean not null,
    previous         bigint,           -- the version that this one replaced
    content_position bigint  not null, -- version in which something other than status last changed
    superseded_at    bigint,           -- position of the version that replaced this one; its own for a tombstone
    revision         bigint  not null, -- names the group commit; targets that follow from it carry it
    actor            text    not null,
    request_id       text    not null,
    traceparent      text    not null,
    committed_at     timestamptz not null
) with (fillfactor = 90);

create index object_version_by_key on object_version (view, api_group, resource, namespace, name, position);
create index object_version_by_view on object_version (view, position);
create index object_version_old on object_version (superseded_at) where superseded_at is not null;

-- Versions superseded at or before this position are no longer kept.
create table object_horizon (
    only_row boolean primary key default true check (only_row),
    position bigint not null
);
insert into object_horizon (position) values (0);

-- Where the log stood when; the newest mark that is older than the retention gives the next horizon.
create table position_mark (
    at       timestamptz primary key,
    position bigint not null
);

-- State tables that are their own outbox: a row that changes takes a new position, the relay sends the latest state.
create table content (
    digest   text   primary key,
    kind     text   not null,
    bytes    bytea  not null,
    key_id   text,
    position bigint not null,
    -- no target needs it any more: withdrawn from the bus, bytes dropped; the row goes when that is published
    gone     boolean not null default false
);
create index content_by_position on content (position);

create table target (
    cluster_uid text   primary key,
    revision    bigint not null,
    state       text   not null,
    combination text,
    since       bigint not null,
    traceparent text   not null,
    position    bigint not null
) with (fillfactor = 70);
create index target_by_position on target (position);

create table cluster (
    uid      text    primary key,
    name     text    not null,
    record   text    not null, -- JSON of the record on the bus
    gone     boolean not null,
    position bigint  not null
) with (fillfactor = 70);
create index cluster_by_position on cluster (position);

create table fleet_event (
    position bigint primary key,
    key      text   not null,
    event    text   not null
);

-- What the clusters last said, as far as placement cares.
create table cluster_progress (
    cluster_uid  text   primary key,
    acknowledged bigint not null,
    report       text   not null -- JSON of the cluster report
) with (fillfactor = 70);

-- Status of objects at clusters, kept for those of which a single status is wanted.
create table returned_status (
    cluster_uid text   not null,
    object_key  text   not null,
    epoch       bigint not null,
    sequence    bigint not null,
    status      text,
    primary key (cluster_uid, object_key)
);
