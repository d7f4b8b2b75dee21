# Las palabras fijas de las páginas públicas en español; véase en.ftl.

## El marco de cada página

site-nobody = Nuestro servicio
site = { $organisation } { $word }
site-word = estado
page-title = { $title }. Estado de { $organisation }
skip = Saltar al contenido
pages = Página
languages = Idioma
footer = Todas las horas son UTC. Esta página funciona sin JavaScript y sigue mostrando su último estado si la plataforma que hay detrás se cae.
about-page = { $organisation }: estado actual, incidentes y mantenimientos programados.

## Lo que dice el script

your-time = { $time } hora local
updated = Actualizado: { $what }
not-renewed = Ahora mismo no se puede actualizar esta página. Lo vuelve a intentar por sí sola.

## Fechas y duraciones

weekday-long =
    { $weekday ->
        [1] lunes
        [2] martes
        [3] miércoles
        [4] jueves
        [5] viernes
        [6] sábado
       *[7] domingo
    }
weekday-short =
    { $weekday ->
        [1] lun
        [2] mar
        [3] mié
        [4] jue
        [5] vie
        [6] sáb
       *[7] dom
    }
month-long =
    { $month ->
        [1] enero
        [2] febrero
        [3] marzo
        [4] abril
        [5] mayo
        [6] junio
        [7] julio
        [8] agosto
        [9] septiembre
        [10] octubre
        [11] noviembre
       *[12] diciembre
    }
month-short =
    { $month ->
        [1] ene
        [2] feb
        [3] mar
        [4] abr
        [5] may
        [6] jun
        [7] jul
        [8] ago
        [9] sept
        [10] oct
        [11] nov
       *[12] dic
    }
date-long = { weekday-long }, { $day } de { month-long } de { $year }
date-clock = { date-long }, { $clock }
date-week = { weekday-short }, { $day } { month-short }
date-day = { $day } { month-short }
date-year = { $day } { month-short } { $year }
date-month = { month-long } de { $year }
day-clock = { date-day }, { $clock }
year-clock = { date-year }, { $clock }
week-clock = { date-week }, { $clock }
zoned = { $time } { $zone }

length-none = menos de 1 min
length-minutes = { $minutes } min
length-hours = { $hours } h
length-both = { $hours } h { $minutes } min
length-days =
    { $days ->
        [one] { $days } día
       *[other] { $days } días
    }
percent = { $whole },{ $part } %
percent-whole = { $whole } %

## Enumeraciones

list-comma = { $first }, { $next }
list-and = { $first } y { $last }

## Cómo están los componentes

working = En servicio
maintenance = Mantenimiento
slow = Lentitud
partly-down = Caída parcial
down = Sin servicio
name-and-state = { $name }: { $state }

all-working = Todos los sistemas funcionan con normalidad.
on-an-incident = Estamos trabajando en un incidente.
all-maintenance = Todos los componentes están en mantenimiento.
some-maintenance =
    { $count ->
        [one] { $names } está en mantenimiento.
       *[other] { $names } están en mantenimiento.
    }
many-maintenance = { $count } componentes están en mantenimiento.
all-slow = Todos los componentes funcionan con lentitud.
some-slow =
    { $count ->
        [one] { $names } funciona con lentitud.
       *[other] { $names } funcionan con lentitud.
    }
many-slow = { $count } componentes funcionan con lentitud.
all-partly-down = Todos los componentes funcionan solo en parte.
some-partly-down =
    { $count ->
        [one] { $names } funciona solo en parte.
       *[other] { $names } funcionan solo en parte.
    }
many-partly-down = { $count } componentes funcionan solo en parte.
all-down = Todos los componentes están fuera de servicio.
some-down =
    { $count ->
        [one] { $names } está fuera de servicio.
       *[other] { $names } están fuera de servicio.
    }
many-down = { $count } componentes están fuera de servicio.

## Incidentes

investigating = En investigación
identified = Causa identificada
monitoring = En observación
resolved = Resuelto
update = Actualización
impact-minor = Impacto menor
impact-major = Impacto importante
impact-critical = Impacto crítico
incident-with = Incidente en { $names }
incident-nameless = Incidente del servicio
next-update = Próxima actualización antes de las { $time }
next-update-missed = Se prometió una actualización antes de las { $time }
next-update-late = Eso fue hace { $length }.
next-update-none = No hay hora prometida para la próxima actualización
state-since = { $state }, inicio { $time }
resolved-after = Resuelto tras { $length }
over = Terminado
still = { $state }, sigue en curso
outcome = { $end }.
outcome-with-impact = { $impact }. { $end }.
sentence = { $words }.

## Mantenimiento programado

planned = Mantenimiento programado
planned-scheduled = Programado
planned-in-progress = En curso
planned-verifying = En verificación
planned-completed = Completado
planned-cancelled = Cancelado
planned-begun = El mantenimiento ha comenzado.
planned-done = El mantenimiento ha finalizado.
window = { $from } a { $to }
window-state = { $length }. { $state }.
window-late = { $length }. { $state }. Dura { $late } más de lo previsto.
window-not-begun = { $length }. Debería haber empezado y aún no lo ha hecho.

## En cada página

as-of = Estado a las { $time }, { $date }. { $reload }
reload = Recargar
as-of-old = Ahora mismo no podemos leer nada más reciente. Lo que se muestra es de hace { $age }.
all-components = Todos los componentes
follow = Seguir:
calendar = Calendario
close = Cerrar
state-and-more = { $state }. { $more }.

## La portada

past-incidents = Incidentes anteriores
past-incidents-span = los últimos { $days } días
no-incidents = Sin incidentes.
all-incidents = Todos los incidentes
all-updates = Las { $count } actualizaciones
components = Componentes

## El historial

history = Historial
history-of = Historial, { $month }
months = Meses
no-incidents-in = Sin incidentes en { $month }.

## La página de un incidente

updates = Actualizaciones
updates-order = las más recientes primero
no-updates = No se escribió nada al respecto.
from-to = De { $from } a { $to }.
from-only = Inicio: { $from }; no se sabe cuándo terminó.
to-only = Fin: { $to }; no se sabe cuándo empezó.
when-unknown = No se sabe cuándo ocurrió.
affected = Componentes afectados
component = Componente
now = Ahora
since = Desde
at-worst = En el peor momento
kept-one = Prometimos una actualización para { $first } UTC y cumplimos.
kept-one-not = Prometimos una actualización para { $first } UTC y no cumplimos.
kept-two = Prometimos actualizaciones para { $first } y { $second } UTC y cumplimos ambas promesas.
kept-two-one = Prometimos actualizaciones para { $first } y { $second } UTC y cumplimos solo una promesa.
kept-two-none = Prometimos actualizaciones para { $first } y { $second } UTC y no cumplimos ninguna promesa.
kept-all = Prometimos { $count } actualizaciones a una hora determinada y cumplimos todas las promesas.
kept-some = Prometimos { $count } actualizaciones a una hora determinada; promesas cumplidas: { $kept }.
kept-none = Prometimos { $count } actualizaciones a una hora determinada y no cumplimos ninguna promesa.

## La página de un componente

last-days = Los últimos { $days } días
days-of = { $name }, los últimos { $days } días
no-bad-days = Ningún incidente ni mantenimiento lo ha afectado.
day-unknown = { $date }, aún sin datos
day-working = { $date }, en servicio
day-maintenance = { $date }, mantenimiento { $length }
day-slow = { $date }, lentitud { $length }
day-partly-down = { $date }, caída parcial { $length }
day-down = { $date }, sin servicio { $length }
day-incidents =
    { $count ->
        [one] { $day }, { $count } incidente
       *[other] { $day }, { $count } incidentes
    }
uptime = Disponibilidad
uptime-new = nuevo
uptime-unknown = Aún no se sabe nada.
uptime-of = { $percent } de { $length }.
uptime-how = El tiempo que cuenta menos el tiempo perdido, dividido entre el tiempo que cuenta. Una caída total cuenta entera y una parcial, tres décimas partes; la lentitud y el mantenimiento no cuentan. Donde se solapan varios incidentes, cada minuto cuenta una sola vez.
uptime-uncounted =
    { $count ->
        [one] De { $count } incidente importado no se sabe cómo afectó al componente; figura arriba y no resta disponibilidad.
       *[other] De { $count } incidentes importados no se sabe cómo afectaron al componente; figuran arriba y no restan disponibilidad.
    }
uptime-take = Para llevar: { $csv } { $json }
incident = Incidente
it-was = Estado
it-lasted = Duración
share = Parte
on-day = { $date }, { $incident }

## Donde no hay nada y cuando no se puede leer nada

missing = Página no encontrada
missing-heading = No hay nada en esta dirección
missing-why = Puede que esté mal escrita o que lo que había aquí ya no exista.
missing-ways = { $front } o { $history }
missing-front = El estado actual
missing-history = los incidentes anteriores
# At a host name that leads to no page.
nowhere-heading = No hay ninguna página de estado con este nombre de host
nowhere-why = Este servidor muestra páginas de estado, pero ninguna con el nombre que figura en su barra de direcciones.
nowhere-ways = Compruebe que el nombre esté bien escrito. Quien gestiona la página puede añadir el nombre en su configuración.
unreadable = Ilegible por el momento
unreadable-heading = No podemos decir cómo está todo
unreadable-why = Ahora mismo esta página no puede leer sus datos y tampoco tiene otros anteriores que mostrar. Lo vuelve a intentar cada pocos segundos. { $reload }
