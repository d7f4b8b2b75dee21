-- Components, settings, and small things about rooms and requests. None of it is history.
create table component (
  id          text   primary key not null,
  name        text   not null unique,
  group_name  text   not null,
  description text   not null,
  hidden      bigint not null,
  place       bigint not null
);

create table setting (
  id   bigint primary key check (id = 1),
  body text   not null                -- domain::Settings
);

create table presence (
  incident bigint not null,
  session  text   not null,
  person   text   not null,
  seen_at  bigint not null,
  primary key (incident, session)
);

create table reading (
  person         text   not null,
  incident       bigint not null,
  sitrep_version bigint not null,
  at             bigint not null,
  primary key (person, incident)
);

create table idempotency (
  person     text   not null,
  key        text   not null,
  method     text   not null,
  path       text   not null,
  body_hash  text   not null,
  status     bigint,                  -- null while the request is being done
  headers    text,
  body       text,
  created_at bigint not null,
  primary key (person, key)
);
create index idempotency_age on idempotency (created_at);
