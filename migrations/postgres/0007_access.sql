-- Passwords beside sign-in links, and what was tried in vain.
create table password (
  person     text    primary key not null references person (id),
  hash       text    not null,           -- Argon2id in its own notation, with salt and parameters
  changed_at bigint not null
);

create table sign_in_attempt (
  key      text    primary key not null, -- a hash of the account that was named, or of where it came from
  failures bigint not null,             -- in a row
  at       bigint not null,             -- the last one
  free_at  bigint not null              -- when there may be another
);
create index sign_in_attempt_at on sign_in_attempt (at);

-- What one person did outside incidents, for the log that administrators read.
create index event_house_actor on event (actor, version) where stream = 'house';
