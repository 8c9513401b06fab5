-- Exceptions of an edge beyond those that are listed.
alter table mailbox add column more_exceptions int not null default 0;
