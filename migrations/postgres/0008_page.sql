-- What a status page knows of its components beside their names: how they do, where they stand, and the ids under which
-- tools of customers know them. Names are unique in their group only.
create table component_group (
  name        text   primary key not null,
  description text   not null,
  opens       text   not null,          -- domain::Opens
  place       bigint not null,          -- among the groups and the components without one
  position    bigint,                   -- the number of its place on the page that it came from
  code        text   unique,            -- its id on the page that it came from
  created_at  bigint not null,
  updated_at  bigint not null
);
insert into component_group (name, description, opens, place, created_at, updated_at)
  select group_name, '', 'always', min(place),
    extract(epoch from now())::bigint * 1000000, extract(epoch from now())::bigint * 1000000
  from component where group_name <> '' group by group_name;

alter table component drop constraint component_name_key;
alter table component
  add column status           text   not null default 'operational', -- apart from every incident
  add column only_if_degraded bigint not null default 0,
  add column showcase         bigint not null default 1,
  add column start_date       text,                                  -- a day
  add column position         bigint,                                -- the number of its place on the page that it came from
  add column code             text   unique,
  add column created_at       bigint not null default extract(epoch from now())::bigint * 1000000,
  add column updated_at       bigint not null default extract(epoch from now())::bigint * 1000000,
  add constraint component_name_key unique (group_name, name);
