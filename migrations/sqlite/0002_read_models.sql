-- What screens read. All of it can be made again from the log: `muster rebuild`.
create table incident (
  number      integer primary key,
  version     integer not null,
  position    integer not null,
  place       integer not null,        -- 0 open, 1 being finished, 2 over
  phase       text    not null,
  severity    text    not null,
  kind        text    not null,
  title       text    not null,
  declared_at integer not null,
  started_at  integer,
  resolved_at integer,
  summary     text    not null,        -- domain::Summary
  state       text    not null         -- domain::Incident
) strict;
create index incident_place on incident (place, number);
-- Holds all that a list filters by, so that filtering never touches the wide rows.
create index incident_list on incident (number, phase, severity, kind);
create index incident_resolved on incident (resolved_at) where resolved_at is not null;

-- Every word of an incident, once, in order.
create table incident_words (
  number integer primary key,
  words  text    not null
) strict;
-- Words come ready made, at most 16 letters long, so each beginning of each has an index of its own: looking up a
-- beginning then costs what looking up a word costs, and the newest come first without sorting.
create virtual table incident_search using fts5 (
  words,
  content = '',
  contentless_delete = 1,
  detail = none,
  tokenize = 'ascii',
  prefix = '1 2 3 4 5 6 7 8 9 10 11 12 13 14 15'
);

create table sitrep (
  incident integer not null,
  version  integer not null,
  sent_at  integer not null,
  sent_by  text,
  headline text,
  summary  text    not null,
  added    integer,                    -- words against the version before; null for the first
  removed  integer,
  body     text    not null,           -- domain::Sitrep
  primary key (incident, version)
) strict;

-- The public side. Written from domain::status::fact alone.
create table public_incident (
  number integer primary key,
  public integer not null,             -- 1 once customers may see it
  active integer not null,             -- 1 while it goes on for them
  at     integer not null,             -- its place in the history
  words  integer not null,             -- how many
  body   text    not null              -- domain::status::PublicIncident without words
) strict;
create index public_incident_active on public_incident (number) where active = 1;
create index public_incident_over on public_incident (at, number) where public = 1 and active = 0;
create index public_incident_at on public_incident (at, number) where public = 1;

create table public_update (
  incident     integer not null,
  ordinal      integer not null,
  published_at integer not null,
  body         text    not null,       -- domain::status::PublicWord
  primary key (incident, ordinal)
) strict;
