-- Clusters. A row without name is one of which only reports have come so far, or come still.
create table cluster (
    uid          text primary key,
    name         text collate "C",
    epoch        bigint      not null default 0,
    sequence     bigint      not null default 0,
    connected    boolean     not null default false,
    stale        boolean     not null default false,
    delivered_at timestamptz,
    -- Whether its reports count as current. While it is, expires_at says until when; null: until the hub says otherwise.
    is_current   boolean     not null default false,
    expires_at   timestamptz
);
create index on cluster (name);
create index on cluster (expires_at) where is_current;
create index on cluster (delivered_at);

-- Nodes of manifest trees, and policies by their digest.
create table content (
    digest  bytea primary key,
    is_node boolean not null,
    body    bytea   not null
);

-- Which target a cluster has, and up to which one placed_policy says the truth.
create table cluster_target (
    cluster_uid text primary key,
    revision    bigint not null,
    wanted      text   not null,
    walked      text   not null,
    missing     bytea
);
create index on cluster_target (missing) where missing is not null;

create table placed_policy (
    cluster_uid text  not null,
    object_key  text  not null,
    content     bytea not null,
    primary key (cluster_uid, object_key)
);

-- Reports as the clusters wrote them.
create table report (
    id               bigint generated always as identity primary key,
    cluster_uid      text        not null,
    object_key       text        not null,
    epoch            bigint      not null,
    sequence         bigint      not null,
    hash             text        not null,
    observed_at      timestamptz not null,
    body             bytea,
    placement_matters boolean    not null default false,
    unique (cluster_uid, object_key)
);

-- One row per result and resource: what was said of a subject, and whether it counts (the newest does).
create table claim (
    cluster_uid text     not null,
    report_id   bigint   not null,
    ordinal     integer  not null,
    subject     bytea    not null,
    policy_id   text     not null,
    outcome     smallint not null,
    seconds     bigint   not null,
    nanos       integer  not null,
    original    boolean  not null,
    object_key  text     not null,
    counts      boolean  not null,
    primary key (report_id, ordinal)
);
create index on claim (cluster_uid, subject);

-- One policy at one cluster.
create table policy_state (
    cluster_uid text     not null,
    policy_id   text     not null,
    policy_name text     not null,
    placed      boolean  not null,
    pass        bigint   not null,
    fail        bigint   not null,
    warn        bigint   not null,
    error       bigint   not null,
    state       smallint,
    primary key (cluster_uid, policy_id)
);
create index on policy_state (policy_name);
create index on policy_state (policy_id) where placed;

-- Totals: of a policy over clusters, of a cluster over policies, of a control over clusters, of a control at a cluster.
create table tally (
    scope     text collate "C" not null,
    member_of text collate "C" not null,
    pass      bigint not null,
    fail      bigint not null,
    warn      bigint not null,
    error     bigint not null,
    n_pass    bigint not null,
    n_warn    bigint not null,
    n_unknown bigint not null,
    n_error   bigint not null,
    n_fail    bigint not null,
    primary key (scope, member_of)
);

create table component_definition (
    id         text collate "C" primary key,
    digest     bytea       not null,
    body       bytea       not null,
    updated_at timestamptz not null
);
create table control_check (
    definition  text not null references component_definition on delete cascade,
    control     text collate "C" not null,
    policy_name text not null,
    primary key (definition, control, policy_name)
);
create index on control_check (policy_name);
create table control (
    definition text not null references component_definition on delete cascade,
    control    text collate "C" not null,
    primary key (definition, control)
);

-- What the Kubernetes views show, as versions. cluster_uid is empty for what only the merged view shows.
create table object_version (
    position      bigint primary key,
    cluster_uid   text               not null,
    cluster       text collate "C"   not null,
    grp           text               not null,
    resource      text               not null,
    namespace     text collate "C"   not null,
    name          text collate "C"   not null,
    merged_name   text collate "C"   not null,
    uid           text               not null,
    digest        bytea              not null,
    body          bytea              not null,
    deleted       boolean            not null,
    superseded_at bigint,
    superseded_on timestamptz
);
create unique index object_current on object_version (cluster_uid, grp, resource, namespace, name) where superseded_at is null;
create index object_previous on object_version (superseded_at) where superseded_at is not null;
create index object_merged on object_version (grp, resource, namespace, merged_name);
create index object_of_cluster on object_version (cluster, grp, resource, namespace, name);
create index object_old on object_version (superseded_on) where superseded_on is not null;

-- Versions up to here may be forgotten.
create table view_horizon (
    only_row boolean primary key default true check (only_row),
    position bigint  not null
);
insert into view_horizon (position) values (0);

-- Which reports lie in a namespace.
create table namespace_use (
    cluster_uid text not null,
    namespace   text not null,
    report      text not null,
    primary key (cluster_uid, namespace, report)
);
create index on namespace_use (namespace);

-- The latest transition of a policy at a cluster; its own outbox. Without data: gone.
create table transition (
    key      text primary key,
    position bigint not null unique,
    data     text
);
