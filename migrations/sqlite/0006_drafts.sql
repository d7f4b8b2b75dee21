-- Which key a command or a declaration came with, and which events it made. The same key again makes none. Kept for a
-- month: a browser that was shut with something unsent sends it when it is opened again.
create table carried_out (
  key          text    primary key not null,
  person       text,
  command      text    not null, -- the hash of what was asked for
  incident     integer not null,
  from_version integer not null, -- the version before its events
  to_version   integer not null,           -- and the one after them
  at           integer not null
) strict;
create index carried_out_age on carried_out (at);

-- What is being written in the update form: one draft for each incident, a row for each field. A field that was sent or
-- given up keeps its row without a text, so that its revision only ever grows.
create table draft (
  incident integer not null,
  field    text    not null,
  text     text,
  revision integer not null,
  person   text    not null,
  at       integer not null,
  primary key (incident, field)
) strict;
