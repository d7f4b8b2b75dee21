# Die festen Wörter der öffentlichen Seiten auf Deutsch; siehe en.ftl.

## Der Rahmen jeder Seite

site-nobody = Unser Dienst
site = { $organisation } { $word }
site-word = Status
page-title = { $title }. Status von { $organisation }
skip = Zum Inhalt springen
pages = Seite
languages = Sprache
footer = Alle Zeiten in UTC. Diese Seite funktioniert ohne JavaScript und zeigt ihren letzten Stand auch dann, wenn die Plattform dahinter ausfällt.
about-page = { $organisation }: aktueller Stand, Vorfälle und geplante Wartungen.

## Was das Skript sagt

your-time = { $time } Ihrer Zeit
updated = Aktualisiert: { $what }
not-renewed = Diese Seite lässt sich gerade nicht aktualisieren. Sie versucht es von selbst erneut.

## Zeiten

weekday-long =
    { $weekday ->
        [1] Montag
        [2] Dienstag
        [3] Mittwoch
        [4] Donnerstag
        [5] Freitag
        [6] Samstag
       *[7] Sonntag
    }
weekday-short =
    { $weekday ->
        [1] Mo.
        [2] Di.
        [3] Mi.
        [4] Do.
        [5] Fr.
        [6] Sa.
       *[7] So.
    }
month-long =
    { $month ->
        [1] Januar
        [2] Februar
        [3] März
        [4] April
        [5] Mai
        [6] Juni
        [7] Juli
        [8] August
        [9] September
        [10] Oktober
        [11] November
       *[12] Dezember
    }
month-short =
    { $month ->
        [1] Jan.
        [2] Feb.
        [3] März
        [4] Apr.
        [5] Mai
        [6] Juni
        [7] Juli
        [8] Aug.
        [9] Sept.
        [10] Okt.
        [11] Nov.
       *[12] Dez.
    }
date-long = { weekday-long }, { $day }. { month-long } { $year }
date-clock = { date-long }, { $clock }
date-week = { weekday-short } { $day }. { month-short }
date-day = { $day }. { month-short }
date-year = { $day }. { month-short } { $year }
date-month = { month-long } { $year }
day-clock = { date-day }, { $clock }
year-clock = { date-year }, { $clock }
week-clock = { date-week }, { $clock }
zoned = { $time } { $zone }

# Immer im Nominativ oder Akkusativ: »3 Tage«, nie »3 Tagen«.
length-none = weniger als 1 Min.
length-minutes = { $minutes } Min.
length-hours = { $hours } Std.
length-both = { $hours } Std. { $minutes } Min.
length-days =
    { $days ->
        [one] { $days } Tag
       *[other] { $days } Tage
    }
percent = { $whole },{ $part } %
percent-whole = { $whole } %

## Aufzählungen

list-comma = { $first }, { $next }
list-and = { $first } und { $last }

## Wie es Komponenten geht

working = In Betrieb
maintenance = Wartung
slow = Beeinträchtigt
partly-down = Teilweise gestört
down = Ausgefallen
name-and-state = { $name }: { $state }

all-working = Alle Systeme in Betrieb.
on-an-incident = Wir arbeiten an einem Vorfall.
all-maintenance = Alle Komponenten werden gewartet.
some-maintenance =
    { $count ->
        [one] { $names } wird gewartet.
       *[other] { $names } werden gewartet.
    }
many-maintenance = { $count } Komponenten werden gewartet.
all-slow = Alle Komponenten sind beeinträchtigt.
some-slow =
    { $count ->
        [one] { $names } ist beeinträchtigt.
       *[other] { $names } sind beeinträchtigt.
    }
many-slow = { $count } Komponenten sind beeinträchtigt.
all-partly-down = Alle Komponenten sind teilweise gestört.
some-partly-down =
    { $count ->
        [one] { $names } ist teilweise gestört.
       *[other] { $names } sind teilweise gestört.
    }
many-partly-down = { $count } Komponenten sind teilweise gestört.
all-down = Alle Komponenten sind ausgefallen.
some-down =
    { $count ->
        [one] { $names } ist ausgefallen.
       *[other] { $names } sind ausgefallen.
    }
many-down = { $count } Komponenten sind ausgefallen.

## Vorfälle

investigating = Wird untersucht
identified = Ursache gefunden
monitoring = Wird beobachtet
resolved = Behoben
update = Neuer Stand
impact-minor = Geringe Auswirkungen
impact-major = Erhebliche Auswirkungen
impact-critical = Kritische Auswirkungen
incident-with = Vorfall bei { $names }
incident-nameless = Vorfall im Dienst
next-update = Nächste Meldung bis { $time }
next-update-missed = Eine Meldung war bis { $time } zugesagt
next-update-late = Seither vergangen: { $length }
next-update-none = Für die nächste Meldung ist keine Zeit zugesagt
state-since = { $state }, Beginn { $time }
resolved-after = Behoben, Dauer { $length }
over = Beendet
still = { $state }, dauert an
outcome = { $end }
outcome-with-impact = { $impact }. { $end }
sentence = { $words }.

## Geplante Wartung

planned = Geplante Wartung
planned-scheduled = Geplant
planned-in-progress = Läuft
planned-verifying = Wird überprüft
planned-completed = Abgeschlossen
planned-cancelled = Abgesagt
planned-begun = Die Wartung hat begonnen.
planned-done = Die Wartung ist abgeschlossen.
window = { $from } bis { $to }
window-state = { $state }, Dauer { $length }
window-late = { $state }. Geplante Dauer { $length }, überschritten um { $late }
window-not-begun = Hätte schon beginnen sollen, läuft aber noch nicht. Geplante Dauer { $length }

## Auf jeder Seite

as-of = Stand: { $time }, { $date }. { $reload }
reload = Neu laden
as-of-old = Neueres lässt sich gerade nicht abrufen. Der gezeigte Stand ist { $age } alt.
all-components = Alle Komponenten
follow = Folgen:
calendar = Kalender
close = Schließen
state-and-more = { $state }. { $more }.

## Die Startseite

past-incidents = Vergangene Vorfälle
past-incidents-span = die letzten { $days } Tage
no-incidents = Keine Vorfälle.
all-incidents = Alle Vorfälle
all-updates = Alle { $count } Meldungen
components = Komponenten

## Der Verlauf

history = Verlauf
history-of = Verlauf, { $month }
months = Monate
no-incidents-in = Keine Vorfälle im { $month }.

## Die Seite eines Vorfalls

updates = Meldungen
updates-order = die neueste zuerst
no-updates = Dazu wurde nichts gemeldet.
from-to = { $from } bis { $to }.
from-only = Beginn: { $from }; das Ende ist nicht bekannt.
to-only = Ende: { $to }; der Beginn ist nicht bekannt.
when-unknown = Der Zeitraum ist nicht bekannt.
affected = Betroffen
component = Komponente
now = Jetzt
since = Seit
at-worst = Schlimmstenfalls
kept-one = Wir hatten eine Meldung bis { $first } UTC zugesagt und die Zusage gehalten.
kept-one-not = Wir hatten eine Meldung bis { $first } UTC zugesagt und die Zusage nicht gehalten.
kept-two = Wir hatten Meldungen bis { $first } und { $second } UTC zugesagt und beide Zusagen gehalten.
kept-two-one = Wir hatten Meldungen bis { $first } und { $second } UTC zugesagt und eine der Zusagen gehalten.
kept-two-none = Wir hatten Meldungen bis { $first } und { $second } UTC zugesagt und keine der Zusagen gehalten.
kept-all = Wir hatten { $count } Meldungen mit Zeitangabe zugesagt und alle Zusagen gehalten.
kept-some = Wir hatten { $count } Meldungen mit Zeitangabe zugesagt; gehaltene Zusagen: { $kept }.
kept-none = Wir hatten { $count } Meldungen mit Zeitangabe zugesagt und keine der Zusagen gehalten.

## Die Seite einer Komponente

last-days = Die letzten { $days } Tage
days-of = { $name }, die letzten { $days } Tage
no-bad-days = Weder ein Vorfall noch eine Wartung hat sie betroffen.
day-unknown = { $date }, noch nicht bekannt
day-working = { $date }, in Betrieb
day-maintenance = { $date }, Wartung { $length }
day-slow = { $date }, beeinträchtigt { $length }
day-partly-down = { $date }, teilweise gestört { $length }
day-down = { $date }, ausgefallen { $length }
day-incidents =
    { $count ->
        [one] { $day }, { $count } Vorfall
       *[other] { $day }, { $count } Vorfälle
    }
uptime = Verfügbarkeit
uptime-new = neu
uptime-unknown = Darüber ist noch nichts bekannt.
uptime-of = { $percent } der gezählten Zeit ({ $length }).
uptime-how = Die gezählte Zeit abzüglich der verlorenen, geteilt durch die gezählte Zeit. Ein Ausfall zählt ganz, eine teilweise Störung zu drei Zehnteln; Beeinträchtigungen und Wartung zählen nicht. Wo sich Vorfälle überschneiden, zählt jede Minute nur einmal.
uptime-uncounted =
    { $count ->
        [one] Bei { $count } übernommenen Vorfall ist nicht bekannt, wie es der Komponente ging; er ist oben aufgeführt und mindert die Verfügbarkeit nicht.
       *[other] Bei { $count } übernommenen Vorfällen ist nicht bekannt, wie es der Komponente ging; sie sind oben aufgeführt und mindern die Verfügbarkeit nicht.
    }
uptime-take = Zum Mitnehmen: { $csv } { $json }
incident = Vorfall
it-was = Zustand
it-lasted = Dauer
share = Anteil
on-day = { $date }, { $incident }

## Wo nichts ist, und wenn sich nichts lesen lässt

missing = Nicht gefunden
missing-heading = Unter dieser Adresse gibt es nichts
missing-why = Vielleicht ist sie vertippt, oder was hier stand, gibt es nicht mehr.
missing-ways = { $front } oder { $history }
missing-front = Aktueller Status
missing-history = vergangene Vorfälle
# At a host name that leads to no page.
nowhere-heading = Unter diesem Hostnamen gibt es keine Statusseite
nowhere-why = Dieser Server zeigt Statusseiten, aber keine unter dem Namen in Ihrer Adresszeile.
nowhere-ways = Prüfen Sie den Namen auf Tippfehler. Wer die Seite betreibt, kann den Namen in ihren Einstellungen eintragen.
unreadable = Gerade nicht abrufbar
unreadable-heading = Der Status ist gerade nicht bekannt
unreadable-why = Diese Seite kann ihre Daten gerade nicht lesen und hat auch keine älteren zu zeigen. Sie versucht es alle paar Sekunden erneut. { $reload }
