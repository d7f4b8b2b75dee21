-- Planned maintenance. Not a read model: the log only says who changed what.
create table maintenance (
  number   integer primary key,
  key      text    unique,               -- what makes it one, however often it is asked for
  code     text    not null unique,      -- the id under which tools of customers know it
  revision integer not null,
  starts   integer not null,             -- when its window begins
  until    integer,                      -- when it was over; null until then
  body     text    not null              -- domain::Maintenance
) strict;
create index maintenance_open on maintenance (starts) where until is null;
create index maintenance_starts on maintenance (starts, number);
create index maintenance_until on maintenance (until);
