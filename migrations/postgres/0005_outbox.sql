-- What leaves the house: letters to send, at least once, each known by a key so that it is written down once. They hold no
-- text: what they say is made from the incident when they are sent.
create table outbox (
  key        text   primary key not null,  -- 'sitrep:142:3:bo@example.com'
  letter     text   not null,              -- store::Letter
  incident   bigint,                       -- whose room shows it
  sitrep     bigint,                       -- which sitrep, if it is one
  person     text,                         -- whose address it is, if somebody's
  address    text   not null,
  created_at bigint not null,
  due_at     bigint,                       -- when to try next; null once it is sent or given up
  worker     text,                         -- who tries, until then
  tries      bigint not null,
  state      text   not null,              -- waiting, sent, failed
  trouble    text,                         -- why the last try came to nothing, in words
  settled_at bigint
);
create index outbox_due on outbox (due_at) where due_at is not null;
create index outbox_incident on outbox (incident, sitrep);
create index outbox_failed on outbox (settled_at) where state = 'failed';

-- Who has read which sitrep, and when.
create table seen (
  incident bigint not null,
  sitrep   bigint not null,
  person   text   not null,
  at       bigint not null,
  primary key (incident, sitrep, person)
);
insert into seen (incident, sitrep, person, at) select incident, sitrep_version, person, at from reading;
drop table reading;
