-- Components, settings, and small things about rooms and requests. None of it is history.
create table component (
  id          text    primary key not null,
  name        text    not null unique,
  group_name  text    not null,
  description text    not null,
  hidden      integer not null,
  place       integer not null
) strict;

create table setting (
  id   integer primary key check (id = 1),
  body text    not null                -- domain::Settings
) strict;

create table presence (
  incident integer not null,
  session  text    not null,
  person   text    not null,
  seen_at  integer not null,
  primary key (incident, session)
) strict;

create table reading (
  person         text    not null,
  incident       integer not null,
  sitrep_version integer not null,
  at             integer not null,
  primary key (person, incident)
) strict;

create table idempotency (
  person     text    not null,
  key        text    not null,
  method     text    not null,
  path       text    not null,
  body_hash  text    not null,
  status     integer,                  -- null while the request is being done
  headers    text,
  body       text,
  created_at integer not null,
  primary key (person, key)
) strict;
create index idempotency_age on idempotency (created_at);
