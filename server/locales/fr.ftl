# Les mots fixes des pages publiques en français ; voir en.ftl. Les espaces insécables devant « : », « ; » et « % » sont voulues.

## Le cadre de chaque page

site-nobody = Notre service
site = { $organisation } { $word }
site-word = statut
page-title = { $title }. Statut de { $organisation }
skip = Aller au contenu
pages = Page
languages = Langue
footer = Toutes les heures sont en UTC. Cette page fonctionne sans JavaScript et continue d’afficher son dernier état si la plateforme qui la nourrit est en panne.
about-page = { $organisation } : état actuel, incidents et maintenances planifiées.

## Ce que dit le script

your-time = { $time } chez vous
updated = Actualisé : { $what }
not-renewed = Cette page ne peut pas être actualisée pour le moment. Elle réessaie d’elle-même.

## Dates et durées

weekday-long =
    { $weekday ->
        [1] lundi
        [2] mardi
        [3] mercredi
        [4] jeudi
        [5] vendredi
        [6] samedi
       *[7] dimanche
    }
weekday-short =
    { $weekday ->
        [1] lun.
        [2] mar.
        [3] mer.
        [4] jeu.
        [5] ven.
        [6] sam.
       *[7] dim.
    }
month-long =
    { $month ->
        [1] janvier
        [2] février
        [3] mars
        [4] avril
        [5] mai
        [6] juin
        [7] juillet
        [8] août
        [9] septembre
        [10] octobre
        [11] novembre
       *[12] décembre
    }
month-short =
    { $month ->
        [1] janv.
        [2] févr.
        [3] mars
        [4] avr.
        [5] mai
        [6] juin
        [7] juil.
        [8] août
        [9] sept.
        [10] oct.
        [11] nov.
       *[12] déc.
    }
day-of-month =
    { $day ->
        [1] 1er
       *[other] { $day }
    }
date-long = { weekday-long } { day-of-month } { month-long } { $year }
date-clock = { date-long }, { $clock }
date-week = { weekday-short } { day-of-month } { month-short }
date-day = { day-of-month } { month-short }
date-year = { day-of-month } { month-short } { $year }
date-month = { month-long } { $year }
day-clock = { date-day }, { $clock }
year-clock = { date-year }, { $clock }
week-clock = { date-week }, { $clock }
zoned = { $time } { $zone }

length-none = moins d’1 min
length-minutes = { $minutes } min
length-hours = { $hours } h
length-both = { $hours } h { $minutes } min
length-days =
    { $days ->
        [one] { $days } jour
       *[other] { $days } jours
    }
percent = { $whole },{ $part } %
percent-whole = { $whole } %

## Énumérations

list-comma = { $first }, { $next }
list-and = { $first } et { $last }

## L’état des composants

working = En service
maintenance = Maintenance
slow = Ralentissement
partly-down = Panne partielle
down = En panne
name-and-state = { $name } : { $state }

all-working = Tous les systèmes sont opérationnels.
on-an-incident = Nous traitons un incident.
all-maintenance = Tous les composants sont en maintenance.
some-maintenance =
    { $count ->
        [one] { $names } est en maintenance.
       *[other] { $names } sont en maintenance.
    }
many-maintenance = { $count } composants sont en maintenance.
all-slow = Tous les composants fonctionnent au ralenti.
some-slow =
    { $count ->
        [one] { $names } fonctionne au ralenti.
       *[other] { $names } fonctionnent au ralenti.
    }
many-slow = { $count } composants fonctionnent au ralenti.
all-partly-down = Tous les composants sont partiellement en panne.
some-partly-down =
    { $count ->
        [one] { $names } est partiellement en panne.
       *[other] { $names } sont partiellement en panne.
    }
many-partly-down = { $count } composants sont partiellement en panne.
all-down = Tous les composants sont en panne.
some-down =
    { $count ->
        [one] { $names } est en panne.
       *[other] { $names } sont en panne.
    }
many-down = { $count } composants sont en panne.

## Incidents

investigating = Analyse en cours
identified = Cause identifiée
monitoring = Sous surveillance
resolved = Résolu
update = Mise à jour
impact-minor = Impact mineur
impact-major = Impact majeur
impact-critical = Impact critique
incident-with = Incident sur { $names }
incident-nameless = Incident de service
next-update = Prochaine mise à jour d’ici { $time }
next-update-missed = Une mise à jour était promise pour { $time }
next-update-late = C’était il y a { $length }.
next-update-none = Aucune heure n’est promise pour la prochaine mise à jour
state-since = { $state }, début { $time }
resolved-after = Résolu après { $length }
over = Terminé
still = { $state }, toujours en cours
outcome = { $end }.
outcome-with-impact = { $impact }. { $end }.
sentence = { $words }.

## Maintenance planifiée

planned = Maintenance planifiée
planned-scheduled = Planifiée
planned-in-progress = En cours
planned-verifying = Vérification en cours
planned-completed = Terminée
planned-cancelled = Annulée
planned-begun = La maintenance a commencé.
planned-done = La maintenance est terminée.
window = { $from } à { $to }
window-state = { $length }. { $state }.
window-late = { $length }. { $state }. Elle dure { $late } de plus que prévu.
window-not-begun = { $length }. Elle aurait dû commencer et n’a pas encore commencé.

## Sur chaque page

as-of = État à { $time }, { $date }. { $reload }
reload = Actualiser
as-of-old = Nous ne pouvons rien lire de plus récent pour le moment. Ce que vous voyez date d’il y a { $age }.
all-components = Tous les composants
follow = Suivre :
calendar = Calendrier
close = Fermer
state-and-more = { $state }. { $more }.

## La page d’accueil

past-incidents = Incidents passés
past-incidents-span = les { $days } derniers jours
no-incidents = Aucun incident.
all-incidents = Tous les incidents
all-updates = Les { $count } mises à jour
components = Composants

## L’historique

history = Historique
history-of = Historique, { $month }
months = Mois
no-incidents-in = Aucun incident en { $month }.

## La page d’un incident

updates = Mises à jour
updates-order = les plus récentes d’abord
no-updates = Rien n’a été écrit à ce sujet.
from-to = De { $from } à { $to }.
from-only = Début : { $from } ; on ne sait pas quand il a pris fin.
to-only = Fin : { $to } ; on ne sait pas quand il a commencé.
when-unknown = On ne sait pas quand il a eu lieu.
affected = Composants touchés
component = Composant
now = Actuellement
since = Depuis
at-worst = Au plus fort
kept-one = Nous avions promis une mise à jour pour { $first } UTC et avons tenu parole.
kept-one-not = Nous avions promis une mise à jour pour { $first } UTC et n’avons pas tenu parole.
kept-two = Nous avions promis des mises à jour pour { $first } et { $second } UTC et avons tenu les deux promesses.
kept-two-one = Nous avions promis des mises à jour pour { $first } et { $second } UTC et avons tenu une seule promesse.
kept-two-none = Nous avions promis des mises à jour pour { $first } et { $second } UTC et n’avons tenu aucune promesse.
kept-all = Nous avions promis { $count } mises à jour à une heure donnée et avons tenu toutes nos promesses.
kept-some = Nous avions promis { $count } mises à jour à une heure donnée ; promesses tenues : { $kept }.
kept-none = Nous avions promis { $count } mises à jour à une heure donnée et n’avons tenu aucune promesse.

## La page d’un composant

last-days = Les { $days } derniers jours
days-of = { $name }, les { $days } derniers jours
no-bad-days = Aucun incident ni aucune maintenance ne l’a touché.
day-unknown = { $date }, pas encore connu
day-working = { $date }, en service
day-maintenance = { $date }, maintenance { $length }
day-slow = { $date }, ralentissement { $length }
day-partly-down = { $date }, panne partielle { $length }
day-down = { $date }, en panne { $length }
day-incidents =
    { $count ->
        [one] { $day }, { $count } incident
       *[other] { $day }, { $count } incidents
    }
uptime = Disponibilité
uptime-new = nouveau
uptime-unknown = On n’en sait rien encore.
uptime-of = { $percent } sur { $length }.
uptime-how = Le temps pris en compte, moins le temps perdu, divisé par le temps pris en compte. Une panne compte entièrement, une panne partielle pour trois dixièmes ; les ralentissements et la maintenance ne comptent pas. Lorsque des incidents se chevauchent, chaque minute ne compte qu’une fois.
uptime-uncounted =
    { $count ->
        [one] Pour { $count } incident importé, personne ne sait dans quel état était le composant ; il figure ci-dessus et ne réduit pas la disponibilité.
       *[other] Pour { $count } incidents importés, personne ne sait dans quel état était le composant ; ils figurent ci-dessus et ne réduisent pas la disponibilité.
    }
uptime-take = À emporter : { $csv } { $json }
incident = Incident
it-was = État
it-lasted = Durée
share = Part
on-day = { $date }, { $incident }

## Là où il n’y a rien, et quand rien ne peut être lu

missing = Page introuvable
missing-heading = Il n’y a rien à cette adresse
missing-why = Elle contient peut-être une faute de frappe, ou ce qui s’y trouvait n’existe plus.
missing-ways = { $front } ou { $history }
missing-front = L’état actuel des services
missing-history = les incidents passés
# At a host name that leads to no page.
nowhere-heading = Il n’y a pas de page d’état sous ce nom d’hôte
nowhere-why = Ce serveur affiche des pages d’état, mais aucune sous le nom qui figure dans votre barre d’adresse.
nowhere-ways = Vérifiez l’orthographe du nom. La personne qui gère la page peut ajouter ce nom dans ses paramètres.
unreadable = Illisible pour le moment
unreadable-heading = Nous ne pouvons pas dire dans quel état sont les services
unreadable-why = Cette page ne peut pas lire ses données pour le moment et n’en a pas de plus anciennes à montrer. Elle réessaie toutes les quelques secondes. { $reload }
