-- When an incident was over for customers; null while it goes on, and for older ones until `muster rebuild`. Uptime asks for
-- everything that touched some days.
alter table public_incident add column until integer;
create index public_incident_until on public_incident (until) where public = 1;
