-- How the public page is dressed. Apart from the settings, which every screen has: a logo is heavy.
create table look (
  id   integer primary key check (id = 1),
  body text    not null                -- domain::Look
);
