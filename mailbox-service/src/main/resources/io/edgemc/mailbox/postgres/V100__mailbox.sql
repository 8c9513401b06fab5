-- One row: which life of this database edges talk to. It changes when the database was restored from a backup.
create table hub (
    only_row  boolean primary key default true check (only_row),
    hub_epoch text not null,
    database  text not null
);

-- One row per cluster. `position` moves with whatever polls, sessions and views must notice.
create table mailbox (
    cluster_uid        text primary key,
    cluster_name       text    not null,
    state              text    not null,
    record_revision    bigint  not null,
    target_revision    bigint  not null default 0,
    target_state       text    not null,
    target_since       bigint  not null default 0,
    target_combination text,
    target_trace       text    not null default '',
    target_at          timestamptz,
    epoch              bigint  not null default 0,
    fenced_epoch       bigint  not null default 0,
    instance           text,
    replica            text,
    syncer_version     text,
    kubernetes_version text,
    connected          boolean not null default false,
    stale              boolean not null default false,
    last_seen          timestamptz,
    applied_revision   bigint  not null default 0,
    applied_state      text,
    exceptions         text    not null default '[]',
    report_sequence    bigint  not null default 0,
    report_trace       text    not null default '',
    report_position    bigint  not null default 0,
    position           bigint  not null default 0
) with (fillfactor = 70);
create index mailbox_position on mailbox (position);
create index mailbox_report_position on mailbox (report_position);
create index mailbox_name on mailbox (cluster_name);

-- Clusters that are gone, for a while, so that other replicas and watches notice.
create table departed (
    cluster_uid text primary key,
    position    bigint      not null,
    at          timestamptz not null
);
create index departed_position on departed (position);

-- Targets that wait for a mailbox or for content; `missing` is the digest waited for, null for the mailbox itself.
create table parked_target (
    cluster_uid text primary key,
    revision    bigint      not null,
    target      text        not null,
    missing     text,
    at          timestamptz not null
);
create index parked_target_missing on parked_target (missing);

-- The targets that a mailbox had, each with the positions of the changes of objects that it brought.
create table target_history (
    cluster_uid    text        not null references mailbox on delete cascade,
    last_position  bigint      not null,
    first_position bigint      not null,
    from_state     text        not null,
    to_state       text        not null,
    at             timestamptz not null,
    primary key (cluster_uid, last_position)
);
create index target_history_position on target_history (last_position);

-- Content by digest; `key_id` names the key that seals the body, null for content that is not secret.
create table content (
    digest    bytea primary key,
    kind      text  not null,
    body      bytea not null,
    key_id    text,
    doomed_at timestamptz
);
create index content_doomed on content (doomed_at) where doomed_at is not null;

-- The last report of each object. Deleted ones stay for a while, so that watches see them go.
create table reported (
    cluster_uid      text        not null references mailbox on delete cascade,
    object_key       text        not null,
    kind             text        not null,
    origin           text        not null,
    epoch            bigint      not null,
    sequence         bigint      not null,
    generation       bigint      not null,
    hash             text        not null,
    deleted          boolean     not null,
    body             bytea       not null,
    key_id           text,
    labels           text        not null,
    previous_labels  text,
    observed_at      text        not null,
    position         bigint      not null,
    changed_at       timestamptz not null,
    primary key (cluster_uid, object_key)
) with (fillfactor = 80);
create index reported_position on reported (position);
create index reported_kind on reported (kind, cluster_uid);

-- Certificates that were issued. Only those that are here and not revoked open a mailbox.
create table credential (
    serial      text primary key,
    cluster_uid text        not null,
    not_after   timestamptz not null,
    issued_at   timestamptz not null,
    revoked_at  timestamptz,
    position    bigint      not null
);
create index credential_cluster on credential (cluster_uid);
create index credential_position on credential (position);

-- Join tokens, hashed: who reads this table cannot enrol.
create table join_token (
    hash        bytea primary key,
    cluster_uid text        not null references mailbox on delete cascade,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    used_at     timestamptz
);
