-- Planned maintenance. Not a read model: the log only says who changed what.
create table maintenance (
  number   bigint  primary key,
  key      text    unique,               -- what makes it one, however often it is asked for
  code     text    not null unique,      -- the id under which tools of customers know it
  revision bigint  not null,
  starts   bigint  not null,             -- when its window begins
  until    bigint,                       -- when it was over; null until then
  body     text    not null              -- domain::Maintenance
);
create index maintenance_open on maintenance (starts) where until is null;
create index maintenance_starts on maintenance (starts, number);
create index maintenance_until on maintenance (until);
