# 公開ページの定型文（日本語）。en.ftl を参照。

## 各ページの枠

site-nobody = 当サービス
site = { $organisation } { $word }
site-word = ステータス
page-title = { $title } | { $organisation } ステータス
skip = 本文へ移動
pages = ページ
languages = 言語
footer = 時刻はすべてUTCです。このページはJavaScriptなしでも動作し、背後のプラットフォームが停止しても最後の状態を表示し続けます。
about-page = { $organisation }: 現在の状況、障害、予定メンテナンス。

## スクリプトの文言

your-time = 現地時間 { $time }
updated = 更新されました: { $what }
not-renewed = 現在このページを更新できません。自動的に再試行します。

## 日時と長さ

weekday-long =
    { $weekday ->
        [1] 月曜日
        [2] 火曜日
        [3] 水曜日
        [4] 木曜日
        [5] 金曜日
        [6] 土曜日
       *[7] 日曜日
    }
weekday-short =
    { $weekday ->
        [1] 月
        [2] 火
        [3] 水
        [4] 木
        [5] 金
        [6] 土
       *[7] 日
    }
date-long = { $year }年{ $month }月{ $day }日 { weekday-long }
date-clock = { $year }年{ $month }月{ $day }日（{ weekday-short }） { $clock }
date-week = { $month }月{ $day }日（{ weekday-short }）
date-day = { $month }月{ $day }日
date-year = { $year }年{ $month }月{ $day }日
date-month = { $year }年{ $month }月
day-clock = { date-day } { $clock }
year-clock = { date-year } { $clock }
week-clock = { date-week } { $clock }
zoned = { $time } { $zone }

length-none = 1分未満
length-minutes = { $minutes }分
length-hours = { $hours }時間
length-both = { $hours }時間{ $minutes }分
length-days = { $days }日
percent = { $whole }.{ $part }%
percent-whole = { $whole }%

## 列挙

list-comma = { $first }、{ $next }
list-and = { $first }と{ $last }

## コンポーネントの状態

working = 正常
maintenance = メンテナンス
slow = 速度低下
partly-down = 一部障害
down = 停止
name-and-state = { $name }: { $state }

all-working = すべて正常に稼働しています。
on-an-incident = 障害に対応しています。
all-maintenance = すべてのコンポーネントがメンテナンス中です。
some-maintenance = { $names }はメンテナンス中です。
many-maintenance = { $count }個のコンポーネントがメンテナンス中です。
all-slow = すべてのコンポーネントで速度が低下しています。
some-slow = { $names }で速度が低下しています。
many-slow = { $count }個のコンポーネントで速度が低下しています。
all-partly-down = すべてのコンポーネントで一部障害が発生しています。
some-partly-down = { $names }で一部障害が発生しています。
many-partly-down = { $count }個のコンポーネントで一部障害が発生しています。
all-down = すべてのコンポーネントが停止しています。
some-down = { $names }が停止しています。
many-down = { $count }個のコンポーネントが停止しています。

## 障害

investigating = 調査中
identified = 原因特定済み
monitoring = 経過観察中
resolved = 解決済み
update = 更新
impact-minor = 影響: 小
impact-major = 影響: 大
impact-critical = 影響: 重大
incident-with = { $names }の障害
incident-nameless = サービスの障害
next-update = 次回の更新: { $time }まで
next-update-missed = { $time }までに更新する予定でした
next-update-late = 超過時間: { $length }
next-update-none = 次回の更新時刻は未定です
state-since = { $state }、{ $time }に発生
resolved-after = { $length }で解決
over = 終了
still = { $state }、継続中
outcome = { $end }
outcome-with-impact = { $impact }、{ $end }
sentence = { $words }。

## 予定メンテナンス

planned = 予定メンテナンス
planned-scheduled = 予定
planned-in-progress = 実施中
planned-verifying = 確認中
planned-completed = 完了
planned-cancelled = 中止
planned-begun = メンテナンスを開始しました。
planned-done = メンテナンスが完了しました。
window = { $from }～{ $to }
window-state = { $length }。{ $state }。
window-late = { $length }。{ $state }。予定より{ $late }延びています。
window-not-begun = { $length }。開始予定時刻を過ぎていますが、まだ開始されていません。

## 各ページ

as-of = { $date }、{ $time }現在。{ $reload }
reload = 再読み込み
as-of-old = 現在、これより新しい情報を取得できません。表示内容の取得からの経過時間: { $age }。
all-components = すべてのコンポーネント
follow = 購読:
calendar = カレンダー
close = 閉じる
state-and-more = { $state }。{ $more }。

## トップページ

past-incidents = 過去の障害
past-incidents-span = 直近{ $days }日間
no-incidents = 障害はありません。
all-incidents = すべての障害
all-updates = { $count }件の更新をすべて見る
components = コンポーネント

## 履歴

history = 履歴
history-of = 履歴 { $month }
months = 月
no-incidents-in = { $month }の障害はありません。

## 障害のページ

updates = 更新
updates-order = 新しい順
no-updates = この障害についての記載はありません。
from-to = { $from }～{ $to }。
from-only = 発生: { $from }。終了時刻は不明です。
to-only = 終了: { $to }。発生時刻は不明です。
when-unknown = 発生時期は不明です。
affected = 影響範囲
component = コンポーネント
now = 現在
since = 開始
at-worst = 最悪時
kept-one = { $first } UTCまでの更新を約束し、守りました。
kept-one-not = { $first } UTCまでの更新を約束しましたが、守れませんでした。
kept-two = { $first }と{ $second } UTCまでの更新を約束し、どちらも守りました。
kept-two-one = { $first }と{ $second } UTCまでの更新を約束し、一方だけ守りました。
kept-two-none = { $first }と{ $second } UTCまでの更新を約束しましたが、どちらも守れませんでした。
kept-all = 時刻を定めた更新を{ $count }回約束し、すべて守りました。
kept-some = 時刻を定めた更新を{ $count }回約束し、うち{ $kept }回守りました。
kept-none = 時刻を定めた更新を{ $count }回約束しましたが、一度も守れませんでした。

## コンポーネントのページ

last-days = 直近{ $days }日間
days-of = { $name }、直近{ $days }日間
no-bad-days = 影響した障害やメンテナンスはありません。
day-unknown = { $date }、データなし
day-working = { $date }、正常
day-maintenance = { $date }、メンテナンス { $length }
day-slow = { $date }、速度低下 { $length }
day-partly-down = { $date }、一部障害 { $length }
day-down = { $date }、停止 { $length }
day-incidents = { $day }、障害{ $count }件
uptime = 稼働率
uptime-new = 新規
uptime-unknown = まだ何もわかっていません。
uptime-of = { $length }のうち{ $percent }。
uptime-how = 対象時間から失われた時間を引き、対象時間で割った値です。停止は全部、一部障害は10分の3として数え、速度低下とメンテナンスは数えません。障害が重なった場合、同じ1分は一度だけ数えます。
uptime-uncounted = 取り込まれた障害のうち{ $count }件は、コンポーネントの状態が不明です。上に記載していますが、稼働率には影響しません。
uptime-take = ダウンロード: { $csv } { $json }
incident = 障害
it-was = 状態
it-lasted = 時間
share = 割合
on-day = { $date }、{ $incident }

## 何もない場所、何も読めないとき

missing = 見つかりません
missing-heading = このアドレスには何もありません
missing-why = アドレスが間違っているか、ここにあったものがなくなった可能性があります。
missing-ways = { $front }または{ $history }
missing-front = 現在の状況
missing-history = 過去の障害
# At a host name that leads to no page.
nowhere-heading = このホスト名のステータスページはありません
nowhere-why = このサーバーはステータスページを公開していますが、アドレスバーの名前のページはありません。
nowhere-ways = 名前に打ち間違いがないか確認してください。ページの管理者は、設定でこの名前を追加できます。
unreadable = 現在表示できません
unreadable-heading = 現在の状況をお伝えできません
unreadable-why = 現在このページはデータを読み込めず、表示できる以前の情報もありません。数秒ごとに再試行します。{ $reload }
