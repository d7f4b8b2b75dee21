# The fixed words of the public pages. Every language has every message with the same arguments; a test sees to it. What
# people wrote is never here. Names stand as they were given: a sentence must hold whatever their gender and number.

## The document around every page

# Where nobody has said what the organisation is called, or that cannot be read.
site-nobody = Our service
# $word is shown in a lighter ink: it is site-word.
site = { $organisation } { $word }
site-word = status
page-title = { $title }. { $organisation } status
skip = Skip to content
pages = Page
languages = Language
footer = All times are UTC. This page works without JavaScript and keeps showing its last state if the platform behind it is down.
# What search engines and those who share the page say of it.
about-page = { $organisation }: current state, incidents and planned maintenance.

## What the script says

# The reader's own time, beside UTC.
your-time = { $time } your time
updated = Updated: { $what }
not-renewed = This page cannot be renewed just now. It tries again by itself.

## Times

# $weekday is 1 for Monday.
weekday-long =
    { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    }
weekday-short =
    { $weekday ->
        [1] Mon
        [2] Tue
        [3] Wed
        [4] Thu
        [5] Fri
        [6] Sat
       *[7] Sun
    }
month-long =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
month-short =
    { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }
date-long = { weekday-long } { $day } { month-long } { $year }
date-clock = { date-long }, { $clock }
date-week = { weekday-short } { $day } { month-short }
date-day = { $day } { month-short }
date-year = { $day } { month-short } { $year }
date-month = { month-long } { $year }
# A moment on another day, this year or not.
day-clock = { date-day }, { $clock }
year-clock = { date-year }, { $clock }
week-clock = { date-week }, { $clock }
zoned = { $time } { $zone }

# Lengths of time stand after "after", "of" and the like; see how each sentence uses them.
length-none = under 1 min
length-minutes = { $minutes } min
length-hours = { $hours } h
length-both = { $hours } h { $minutes } min
length-days =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
# $part is two digits.
percent = { $whole }.{ $part }%
percent-whole = { $whole }%

## Lists of names

list-comma = { $first }, { $next }
list-and = { $first } and { $last }

## How components do

working = Working
maintenance = Maintenance
slow = Slow
partly-down = Partly down
down = Down
# "API: Down", "Resolved: API requests fail".
name-and-state = { $name }: { $state }

all-working = Everything is working.
on-an-incident = We are working on an incident.
# $names is a list of one to three; $count is how many.
all-maintenance = All components are under maintenance.
some-maintenance =
    { $count ->
        [one] { $names } is under maintenance.
       *[other] { $names } are under maintenance.
    }
many-maintenance = { $count } components are under maintenance.
all-slow = All components are slow.
some-slow =
    { $count ->
        [one] { $names } is slow.
       *[other] { $names } are slow.
    }
many-slow = { $count } components are slow.
all-partly-down = All components are partly down.
some-partly-down =
    { $count ->
        [one] { $names } is partly down.
       *[other] { $names } are partly down.
    }
many-partly-down = { $count } components are partly down.
all-down = All components are down.
some-down =
    { $count ->
        [one] { $names } is down.
       *[other] { $names } are down.
    }
many-down = { $count } components are down.

## Incidents

investigating = Investigating
identified = Identified
monitoring = Monitoring
resolved = Resolved
update = Update
impact-minor = Minor impact
impact-major = Major impact
impact-critical = Critical impact
incident-with = Incident with { $names }
incident-nameless = Service incident
next-update = Next update by { $time }
next-update-missed = An update was promised by { $time }
next-update-late = That was { $length } ago.
next-update-none = No time is promised for the next update
state-since = { $state }, began { $time }
resolved-after = Resolved after { $length }
over = Over
still = { $state }, still going on
# A line of a list: $end is resolved, resolved-after, over or still.
outcome = { $end }.
outcome-with-impact = { $impact }. { $end }.
sentence = { $words }.

## Planned maintenance

planned = Scheduled maintenance
# Where a maintenance stands.
planned-scheduled = Scheduled
planned-in-progress = In progress
planned-verifying = Verifying
planned-completed = Completed
planned-cancelled = Cancelled
# What is said when nobody says anything.
planned-begun = The maintenance has begun.
planned-done = The maintenance is completed.
# When it is: "Tue 24 Nov, 02:00 to 03:00 CET", and behind that how long it takes, and where it stands.
window = { $from } to { $to }
window-state = { $length }. { $state }.
window-late = { $length }. { $state }. It takes { $late } longer than planned.
window-not-begun = { $length }. It should have begun and has not yet.

## Every page

as-of = As of { $time }, { $date }. { $reload }
reload = Reload
as-of-old = We cannot read anything newer just now. What you see is { $age } old.
all-components = All components
# Before a line of links: Atom, RSS, JSON, calendar.
follow = Follow:
calendar = Calendar
# On other sites: the button that closes a banner, and where something stands: "Identified. Next update by 14:30 UTC."
close = Close
state-and-more = { $state }. { $more }.

## The front page

past-incidents = Past incidents
past-incidents-span = the last { $days } days
no-incidents = No incidents.
all-incidents = All incidents
all-updates = All { $count } updates
components = Components

## The history

history = History
history-of = History, { $month }
months = Months
no-incidents-in = No incidents in { $month }.

## The page of an incident

updates = Updates
updates-order = newest first
no-updates = Nothing was written about it.
from-to = { $from } to { $to }.
from-only = Began { $from }; it is not known when it ended.
to-only = Ended { $to }; it is not known when it began.
when-unknown = It is not known when it was.
affected = Affected
component = Component
now = Now
since = Since
at-worst = At worst
# Promises of further updates, and whether they were kept. Times are UTC.
kept-one = We promised an update by { $first } UTC and kept it.
kept-one-not = We promised an update by { $first } UTC and did not keep it.
kept-two = We promised updates by { $first } and { $second } UTC and kept both.
kept-two-one = We promised updates by { $first } and { $second } UTC and kept 1.
kept-two-none = We promised updates by { $first } and { $second } UTC and kept none.
kept-all = We promised { $count } updates by a time and kept all.
kept-some = We promised { $count } updates by a time and kept { $kept }.
kept-none = We promised { $count } updates by a time and kept none.

## The page of a component

last-days = The last { $days } days
days-of = { $name }, the last { $days } days
no-bad-days = No incident and no maintenance touched it.
# A day of the strip.
day-unknown = { $date }, not known yet
day-working = { $date }, working
day-maintenance = { $date }, maintenance { $length }
day-slow = { $date }, slow { $length }
day-partly-down = { $date }, partly down { $length }
day-down = { $date }, down { $length }
day-incidents =
    { $count ->
        [one] { $day }, { $count } incident
       *[other] { $day }, { $count } incidents
    }
uptime = Uptime
# In place of a percentage: nothing can be said of a few hours.
uptime-new = new
uptime-unknown = Nothing is known of it yet.
uptime-of = { $percent } of { $length }.
uptime-how = The time that counts, less what was lost, divided by the time that counts. Down counts whole, partly down three tenths; slow and maintenance count nothing. Where incidents overlap, each minute counts once.
uptime-uncounted =
    { $count ->
        [one] Of { $count } imported incident nobody knows how it did; it is listed above and takes nothing from the uptime.
       *[other] Of { $count } imported incidents nobody knows how it did; they are listed above and take nothing from the uptime.
    }
uptime-take = Take it along: { $csv } { $json }
incident = Incident
it-was = It was
it-lasted = For
share = Share
# A line of the workings.
on-day = { $date }, { $incident }

## Where nothing is, and when nothing can be read

missing = Not found
missing-heading = There is nothing at this address
missing-why = It may be mistyped, or what was here is gone.
missing-ways = { $front } or { $history }
missing-front = How everything is now
missing-history = past incidents
# At a host name that leads to no page.
nowhere-heading = There is no status page at this host name
nowhere-why = This server shows status pages, but none under the name in your address bar.
nowhere-ways = Check the name for a typing mistake. Whoever runs the page can add the name in its settings.
unreadable = Not readable just now
unreadable-heading = We cannot say how everything is
unreadable-why = This page cannot read its data just now, and it holds nothing older to show. It tries again every few seconds. { $reload }
