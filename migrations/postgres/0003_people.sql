-- People and how they get in. Of every secret only a hash is kept.
create table person (
  id         text   primary key not null,
  handle     text   not null unique,
  name       text   not null,
  email      text   unique,
  role       text   not null,
  service    bigint not null,
  active     bigint not null,
  created_at bigint not null
);

create table session (
  id         text   primary key not null,
  person     text   not null references person (id),
  token_hash text   not null unique,
  label      text   not null,
  created_at bigint not null,
  seen_at    bigint not null,
  expires_at bigint not null,
  revoked_at bigint
);
create index session_person on session (person);

create table sign_in_link (
  token_hash text   primary key not null,
  person     text   not null references person (id),
  created_at bigint not null,
  expires_at bigint not null,
  spent_at   bigint
);
create index sign_in_link_person on sign_in_link (person);

create table api_token (
  id           text   primary key not null,
  name         text   not null,
  person       text   not null references person (id),
  secret_hash  text   not null unique,
  scope        text   not null,
  created_at   bigint not null,
  last_used_at bigint,
  revoked_at   bigint
);
create unique index api_token_name on api_token (name) where revoked_at is null;

create table preference (
  person   text   primary key not null references person (id),
  theme    text,
  keys_off bigint not null
);
