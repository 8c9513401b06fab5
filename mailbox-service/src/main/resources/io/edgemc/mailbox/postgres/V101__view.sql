-- Kinds beyond the built-in ones that some mailbox holds, for discovery in views.
create table seen_kind (
    kind       text primary key,
    definition text   not null,
    position   bigint not null
);

-- Changes up to here may have been forgotten: watches must begin later.
create table view_horizon (
    only_row boolean primary key default true check (only_row),
    position bigint not null
);
insert into view_horizon (position) values (0);
