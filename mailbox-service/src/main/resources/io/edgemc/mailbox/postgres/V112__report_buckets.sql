-- Sums over the reported objects of a cluster by bucket, as the tree of the agent protocol has them, kept up with each report, so
-- that the comparison at the start of a session reads 256 rows at most. Secrets are left out: a sum would let their values be
-- guessed. They are added when it is asked, from their sealed bodies.
create table reported_bucket (
    cluster_uid text     not null references mailbox on delete cascade,
    bucket      smallint not null,
    sum         bigint   not null,
    objects     int      not null,
    primary key (cluster_uid, bucket)
) with (fillfactor = 70);

alter table reported add column bucket smallint;
update reported set bucket = get_byte(sha256(convert_to(object_key, 'UTF8')), 0);
alter table reported alter column bucket set not null;
create index reported_bucket_of on reported (cluster_uid, bucket);
create index reported_secret on reported (cluster_uid) where key_id is not null;

-- Wraps around at 64 bits, as the sums in the protocol do.
insert into reported_bucket (cluster_uid, bucket, sum, objects)
select cluster_uid, bucket, case when total >= 9223372036854775808 then total - 18446744073709551616 else total end, objects
from (
    select cluster_uid, bucket, count(*) as objects,
        mod(mod(sum(('x' || substr(encode(sha256(convert_to(object_key || '|' || hash, 'UTF8')), 'hex'), 1, 16))
            ::bit(64)::bigint::numeric), 18446744073709551616) + 18446744073709551616, 18446744073709551616) as total
    from reported
    where not deleted and key_id is null
    group by cluster_uid, bucket
) as sums;
