-- What screens read. All of it can be made again from the log: `muster rebuild`.
create table incident (
  number      bigint primary key,
  version     bigint not null,
  position    bigint not null,
  place       bigint not null,        -- 0 open, 1 being finished, 2 over
  phase       text   not null,
  severity    text   not null,
  kind        text   not null,
  title       text   not null,
  declared_at bigint not null,
  started_at  bigint,
  resolved_at bigint,
  summary     text   not null,        -- domain::Summary
  state       text   not null         -- domain::Incident
);
create index incident_place on incident (place, number);
-- Holds all that a list filters by, so that filtering never touches the wide rows.
create index incident_list on incident (number, phase, severity, kind);
create index incident_resolved on incident (resolved_at) where resolved_at is not null;

-- Every word of an incident, once, in order. Words come ready made, at most 16 letters long.
create table incident_words (
  number   bigint   primary key,
  words    text     not null,
  document tsvector not null
);
create index incident_search on incident_words using gin (document);

create table sitrep (
  incident bigint not null,
  version  bigint not null,
  sent_at  bigint not null,
  sent_by  text,
  headline text,
  summary  text   not null,
  added    bigint,                    -- words against the version before; null for the first
  removed  bigint,
  body     text   not null,           -- domain::Sitrep
  primary key (incident, version)
);

-- The public side. Written from domain::status::fact alone.
create table public_incident (
  number bigint primary key,
  public bigint not null,             -- 1 once customers may see it
  active bigint not null,             -- 1 while it goes on for them
  at     bigint not null,             -- its place in the history
  words  bigint not null,             -- how many
  body   text   not null              -- domain::status::PublicIncident without words
);
create index public_incident_active on public_incident (number) where active = 1;
create index public_incident_over on public_incident (at, number) where public = 1 and active = 0;
create index public_incident_at on public_incident (at, number) where public = 1;

create table public_update (
  incident     bigint not null,
  ordinal      bigint not null,
  published_at bigint not null,
  body         text   not null,       -- domain::status::PublicWord
  primary key (incident, ordinal)
);
