-- The log. Times are unix microseconds, JSON is text. Rows are added and never changed.
create table event (
  position    bigint primary key,     -- place in the order of everything: gapless, from 1
  stream      text   not null,        -- 'incident:142' or 'house'
  version     bigint not null,        -- place in the stream: gapless, from 1
  kind        text   not null,
  schema      bigint not null,        -- the form of the payload; 1 so far
  occurred_at bigint not null,
  recorded_at bigint not null,
  actor       text,                   -- a person's id; null for imports and the command line
  payload     text   not null,
  unique (stream, version)
);

-- The one locked row that hands out positions and incident numbers. A sequence would hand them out in an order other
-- than that of the commits, and a reader that remembers where it was would miss an event for ever.
create table event_head (
  id        bigint primary key check (id = 1),
  position  bigint not null,
  incidents bigint not null
);
insert into event_head (id, position, incidents) values (1, 0, 0);

-- An import comes in once. Not a read model: the keys stand nowhere else.
create table import_source (
  key    text   primary key not null,
  number bigint not null
);
