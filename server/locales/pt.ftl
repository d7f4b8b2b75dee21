# As palavras fixas das páginas públicas em português; veja en.ftl.

## A moldura de cada página

site-nobody = Nosso serviço
site = { $organisation } { $word }
site-word = status
page-title = { $title }. Status: { $organisation }
skip = Pular para o conteúdo
pages = Página
languages = Idioma
footer = Todos os horários estão em UTC. Esta página funciona sem JavaScript e continua mostrando seu último estado se a plataforma por trás dela estiver fora do ar.
about-page = { $organisation }: situação atual, incidentes e manutenções programadas.

## O que o script diz

your-time = { $time } no seu horário
updated = Atualizado: { $what }
not-renewed = Não é possível atualizar esta página no momento. Ela tenta de novo sozinha.

## Datas e durações

weekday-long =
    { $weekday ->
        [1] segunda-feira
        [2] terça-feira
        [3] quarta-feira
        [4] quinta-feira
        [5] sexta-feira
        [6] sábado
       *[7] domingo
    }
weekday-short =
    { $weekday ->
        [1] seg.
        [2] ter.
        [3] qua.
        [4] qui.
        [5] sex.
        [6] sáb.
       *[7] dom.
    }
month-long =
    { $month ->
        [1] janeiro
        [2] fevereiro
        [3] março
        [4] abril
        [5] maio
        [6] junho
        [7] julho
        [8] agosto
        [9] setembro
        [10] outubro
        [11] novembro
       *[12] dezembro
    }
month-short =
    { $month ->
        [1] jan.
        [2] fev.
        [3] mar.
        [4] abr.
        [5] maio
        [6] jun.
        [7] jul.
        [8] ago.
        [9] set.
        [10] out.
        [11] nov.
       *[12] dez.
    }
day-of-month =
    { $day ->
        [1] 1º
       *[other] { $day }
    }
date-long = { weekday-long }, { day-of-month } de { month-long } de { $year }
date-clock = { date-long }, { $clock }
date-week = { weekday-short }, { day-of-month } de { month-short }
date-day = { day-of-month } de { month-short }
date-year = { day-of-month } de { month-short } de { $year }
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
        [one] { $days } dia
       *[other] { $days } dias
    }
percent = { $whole },{ $part }%
percent-whole = { $whole }%

## Enumerações

list-comma = { $first }, { $next }
list-and = { $first } e { $last }

## Como estão os componentes

working = Operacional
maintenance = Manutenção
slow = Lentidão
partly-down = Queda parcial
down = Fora do ar
name-and-state = { $name }: { $state }

all-working = Todos os sistemas estão funcionando.
on-an-incident = Estamos trabalhando em um incidente.
all-maintenance = Todos os componentes estão em manutenção.
some-maintenance =
    { $count ->
        [one] { $names } está em manutenção.
       *[other] { $names } estão em manutenção.
    }
many-maintenance = { $count } componentes estão em manutenção.
all-slow = Todos os componentes estão com lentidão.
some-slow =
    { $count ->
        [one] { $names } está com lentidão.
       *[other] { $names } estão com lentidão.
    }
many-slow = { $count } componentes estão com lentidão.
all-partly-down = Todos os componentes estão parcialmente fora do ar.
some-partly-down =
    { $count ->
        [one] { $names } está parcialmente fora do ar.
       *[other] { $names } estão parcialmente fora do ar.
    }
many-partly-down = { $count } componentes estão parcialmente fora do ar.
all-down = Todos os componentes estão fora do ar.
some-down =
    { $count ->
        [one] { $names } está fora do ar.
       *[other] { $names } estão fora do ar.
    }
many-down = { $count } componentes estão fora do ar.

## Incidentes

investigating = Em investigação
identified = Causa identificada
monitoring = Em monitoramento
resolved = Resolvido
update = Atualização
impact-minor = Impacto pequeno
impact-major = Impacto grande
impact-critical = Impacto crítico
incident-with = Incidente em { $names }
incident-nameless = Incidente no serviço
next-update = Próxima atualização até { $time }
next-update-missed = Uma atualização foi prometida até { $time }
next-update-late = Isso foi há { $length }.
next-update-none = Não há horário prometido para a próxima atualização
state-since = { $state }, início { $time }
resolved-after = Resolvido após { $length }
over = Encerrado
still = { $state }, ainda em andamento
outcome = { $end }.
outcome-with-impact = { $impact }. { $end }.
sentence = { $words }.

## Manutenção programada

planned = Manutenção programada
planned-scheduled = Programada
planned-in-progress = Em andamento
planned-verifying = Em verificação
planned-completed = Concluída
planned-cancelled = Cancelada
planned-begun = A manutenção começou.
planned-done = A manutenção foi concluída.
window = { $from } a { $to }
window-state = { $length }. { $state }.
window-late = { $length }. { $state }. Dura { $late } a mais que o previsto.
window-not-begun = { $length }. Deveria ter começado e ainda não começou.

## Em cada página

as-of = Situação às { $time }, { $date }. { $reload }
reload = Recarregar
as-of-old = No momento não conseguimos ler nada mais recente. O que está sendo mostrado é de { $age } atrás.
all-components = Todos os componentes
follow = Acompanhar:
calendar = Calendário
close = Fechar
state-and-more = { $state }. { $more }.

## A página inicial

past-incidents = Incidentes anteriores
past-incidents-span = os últimos { $days } dias
no-incidents = Nenhum incidente.
all-incidents = Todos os incidentes
all-updates = Todas as { $count } atualizações
components = Componentes

## O histórico

history = Histórico
history-of = Histórico, { $month }
months = Meses
no-incidents-in = Nenhum incidente em { $month }.

## A página de um incidente

updates = Atualizações
updates-order = as mais recentes primeiro
no-updates = Nada foi escrito a respeito.
from-to = De { $from } a { $to }.
from-only = Início: { $from }; não se sabe quando terminou.
to-only = Fim: { $to }; não se sabe quando começou.
when-unknown = Não se sabe quando foi.
affected = Componentes afetados
component = Componente
now = Agora
since = Desde
at-worst = No pior momento
kept-one = Prometemos uma atualização até { $first } UTC e cumprimos.
kept-one-not = Prometemos uma atualização até { $first } UTC e não cumprimos.
kept-two = Prometemos atualizações até { $first } e { $second } UTC e cumprimos as duas promessas.
kept-two-one = Prometemos atualizações até { $first } e { $second } UTC e cumprimos só uma promessa.
kept-two-none = Prometemos atualizações até { $first } e { $second } UTC e não cumprimos nenhuma promessa.
kept-all = Prometemos { $count } atualizações com hora marcada e cumprimos todas as promessas.
kept-some = Prometemos { $count } atualizações com hora marcada; promessas cumpridas: { $kept }.
kept-none = Prometemos { $count } atualizações com hora marcada e não cumprimos nenhuma promessa.

## A página de um componente

last-days = Os últimos { $days } dias
days-of = { $name }, os últimos { $days } dias
no-bad-days = Nenhum incidente nem manutenção o afetou.
day-unknown = { $date }, ainda sem dados
day-working = { $date }, operacional
day-maintenance = { $date }, manutenção { $length }
day-slow = { $date }, lentidão { $length }
day-partly-down = { $date }, queda parcial { $length }
day-down = { $date }, fora do ar { $length }
day-incidents =
    { $count ->
        [one] { $day }, { $count } incidente
       *[other] { $day }, { $count } incidentes
    }
uptime = Disponibilidade
uptime-new = novo
uptime-unknown = Ainda não se sabe nada.
uptime-of = { $percent } de { $length }.
uptime-how = O tempo que conta, menos o tempo perdido, dividido pelo tempo que conta. Fora do ar conta por inteiro e uma queda parcial, três décimos; lentidão e manutenção não contam. Onde incidentes se sobrepõem, cada minuto conta uma vez só.
uptime-uncounted =
    { $count ->
        [one] De { $count } incidente importado não se sabe como afetou o componente; ele aparece acima e não reduz a disponibilidade.
       *[other] De { $count } incidentes importados não se sabe como afetaram o componente; eles aparecem acima e não reduzem a disponibilidade.
    }
uptime-take = Para levar: { $csv } { $json }
incident = Incidente
it-was = Estado
it-lasted = Duração
share = Parcela
on-day = { $date }, { $incident }

## Onde não há nada, e quando nada pode ser lido

missing = Página não encontrada
missing-heading = Não há nada neste endereço
missing-why = Ele pode ter um erro de digitação, ou o que estava aqui não existe mais.
missing-ways = { $front } ou { $history }
missing-front = Como tudo está agora
missing-history = incidentes anteriores
# At a host name that leads to no page.
nowhere-heading = Não há nenhuma página de estado com este nome de host
nowhere-why = Este servidor mostra páginas de estado, mas nenhuma com o nome que está na sua barra de endereço.
nowhere-ways = Verifique se o nome está bem escrito. Quem gere a página pode adicionar o nome nas definições.
unreadable = Ilegível no momento
unreadable-heading = Não podemos dizer como tudo está
unreadable-why = No momento esta página não consegue ler seus dados e não tem outros mais antigos para mostrar. Ela tenta de novo a cada poucos segundos. { $reload }
