-- What a status page knows of its components beside their names: how they do, where they stand, and the ids under which
-- tools of customers know them. Names are unique in their group only.
create table component_group (
  name        text    primary key not null,
  description text    not null,
  opens       text    not null,          -- domain::Opens
  place       integer not null,          -- among the groups and the components without one
  position    integer,                   -- the number of its place on the page that it came from
  code        text    unique,            -- its id on the page that it came from
  created_at  integer not null,
  updated_at  integer not null
) strict;
insert into component_group (name, description, opens, place, created_at, updated_at)
  select group_name, '', 'always', min(place), unixepoch() * 1000000, unixepoch() * 1000000
  from component where group_name <> '' group by group_name;

create table new_component (
  id               text    primary key not null,
  name             text    not null,
  group_name       text    not null,
  description      text    not null,
  hidden           integer not null,
  status           text    not null,     -- apart from every incident
  only_if_degraded integer not null,
  showcase         integer not null,
  start_date       text,                 -- a day
  place            integer not null,     -- among its neighbours
  position         integer,              -- the number of its place on the page that it came from
  code             text    unique,
  created_at       integer not null,
  updated_at       integer not null,
  unique (group_name, name)
) strict;
insert into new_component
  select id, name, group_name, description, hidden, 'operational', 0, 1, null, place, null, null,
    unixepoch() * 1000000, unixepoch() * 1000000 from component;
drop table component;
alter table new_component rename to component;
