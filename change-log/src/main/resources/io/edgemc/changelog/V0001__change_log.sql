-- Positions in commit order. One row; its lock, held until the commit, is what makes the order.
create table change_counter (
    only_row boolean primary key default true check (only_row),
    position bigint  not null check (position >= 0)
) with (fillfactor = 10);

insert into change_counter (position) values (0);

-- Where each relay stands. Locked by the replica that is publishing.
create table relay_cursor (
    name     text primary key,
    position bigint not null check (position >= 0)
) with (fillfactor = 10);
