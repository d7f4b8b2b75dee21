-- The ids under which tools of customers know incidents, to find one by it. `muster rebuild` fills in older ones.
alter table public_incident add column code text;
create unique index public_incident_code on public_incident (code);
