## Everywhere

skip-to-content = 本文へ移動
language = 言語
motto = お客様のチャットを、お客様の色で。
go-on = 次へ
try-again = もう一度試す
back-to-console = コンソールへ戻る
back-to-start = 最初のページへ戻る
fault-prefix = エラー:
faults-title = { $count ->
   *[other] { $count } 件の入力を確認してください
}
subdomain = サブドメイン
subdomain-malformed = 英小文字・数字・ハイフン（連続不可）で 2〜40 文字にしてください。例: acme、big-co

## Finding one's console

find-title = サインイン
find-lead = コンソールは組織ごとのアドレスにあります。どの組織ですか？
find-new = はじめてご利用ですか？
register-link = アカウントを作成

## Where a page can't be shown

fault-reference = お問い合わせ番号:
fault-not-found = ページが見つかりません
fault-not-found-text = アドレスが間違っているか、ページがなくなった可能性があります。
fault-forged = このフォームは当サイトから送信されたものではありません
fault-forged-text = 何も変更されていません。前のページに戻って再読み込みし、もう一度お試しください。
fault-forbidden = この操作を行う権限がありません
fault-forbidden-text = 組織のオーナーまたは管理者に依頼するか、権限のあるロールを付与してもらってください。
fault-signed-out = サインアウトしました
fault-signed-out-text = 続けるには、もう一度サインインしてください。
fault-changed = ほかの人が先に変更しました
fault-changed-text = 変更しようとした内容はすでに更新されています。保存されていませんので、もう一度確認してください。
fault-too-large = 送信された内容が大きすぎます
fault-too-large-text = フォームの上限を超えました。何も保存されていません。
fault-too-many = 試行回数が多すぎます
fault-too-many-text = 数分待ってから、もう一度お試しください。
fault-unavailable = サービスの一部に接続できません
fault-unavailable-text = まもなく復旧する見込みです。保存済みの内容は失われていません。
fault-not-understood = 内容を読み取れませんでした
fault-not-understood-text = 前のページに戻って再読み込みし、もう一度お試しください。
fault-internal = サーバー側で問題が発生しました
fault-internal-text = 記録済みで、当方で対応します。時間をおいてもう一度お試しください。

## Words used on many pages

menu = メニュー
menu-console = コンソール
team = チーム
people = メンバー
person = メンバー
invitations = 招待
roles = ロール
role = ロール
api-keys = API キー
audit = 監査ログ
profile = プロフィール
tenants = 所属組織
sign-in = サインイン
sign-out = サインアウト
email = メールアドレス
work-email = 仕事用メールアドレス
password = パスワード
new-password = 新しいパスワード
current-password = 現在のパスワード
show-password = 表示
your-name = お名前
save = 保存
cancel = キャンセル
change = 変更
open = 開く
delete = 削除
remove = 削除
revoke = 取り消す
actions = 操作
state = 状態
sent = 送信日時
made = 作成日時
expires = 有効期限
last-used = 最終使用
last-seen = 最終利用
joined = 参加日
never = なし
yes = あり
no = なし
you = あなた
when = 日時
address = IP アドレス
device = 端末
pages = ページ
first-page = 最初のページ
next-page = 次のページ
permission = 権限
permissions = 権限
permissions-count = { $count ->
   *[other] { $count } 件の権限
}
permissions-hint = ご自身が持っている権限だけを付与できます。
code = コード
code-hint = お送りしたメールに記載されています。
password-rule = 10 文字以上。関連のない単語をいくつか並べると安全です。

## Signing in

sign-in-to = { $tenant } にサインイン
forgot-link = パスワードをお忘れですか？
invited-question = 招待を受け取りましたか？
invited-link = コードを入力
wrong-credentials = メールアドレスまたはパスワードが違います。
too-many-attempts = 試行回数が多すぎます。{ $minutes ->
   *[other] { $minutes }
} 分後にもう一度試すか、パスワードを再設定してください。
email-malformed = name@example.com のような形式で入力してください。
password-missing = パスワードを入力してください。
password-too-short = 10 文字以上にしてください。
password-too-long = 1,024 バイト（日本語で約 300 文字、英数字で約 1,000 文字）以内にしてください。
password-too-common = このパスワードは広く知られています。別のものにしてください。
forgot-title = パスワードの再設定
forgot-lead = このメールアドレスのアカウントがあれば、リンクをお送りします。
forgot-send = リンクを送信
forgot-sent-title = メールをご確認ください
forgot-sent-text = このメールアドレスのアカウントがあれば、リンクをお送りしました。有効期間は 1 時間で、使えるのは 1 回だけです。
back-to-sign-in = サインインへ戻る
reset-title = 新しいパスワードの設定
reset-lead = ほかのすべての端末からサインアウトされます。
reset-button = 新しいパスワードを設定
reset-again = リンクを再送信
code-invalid = このコードは使えません。入力間違いか、使用済み、または期限切れです。新しいコードを取得してください。
code-missing = メールのコードを貼り付けてください。

## Accepting an invitation

invitation-title = 招待を受ける
invitation-lead = メールのリンクを開くか、コードをここに貼り付けてください。
join-title = { $tenant } に参加
join-lead = { $email } 宛てに「{ $role }」として招待されています。
join-known = このメールアドレスのアカウントはすでにあります。ほかの組織で使っているパスワードを入力してください。
join-button = { $tenant } に参加
invitation-used = この招待はすでに使用されています。サインインしてください。
invitation-revoked = この招待は取り消されました。新しい招待を依頼してください。
invitation-expired = この招待は期限切れです。新しい招待を依頼してください。
team-full = チームの席に空きがありません。招待した方にお問い合わせください。
enter-name = 名前を { $max } 文字以内で入力してください。

## Registration

register-title = アカウントを作成
register-lead = 自社専用のコンソール、アドレス、ブランド。サブドメイン以外は後から変更できます。
organisation = 組織名
enter-organisation = 組織名を { $max } 文字以内で入力してください。
subdomain-hint = コンソールとウィジェットのアドレスになります。
subdomain-free = このサブドメインは利用できます。
subdomain-taken = このサブドメインはすでに使われています。
subdomain-reserved = このサブドメインは予約されています。別のものにしてください。
plan = プラン
plan-hint = 有料プランは 14 日間無料でお試しいただけます。カードは不要です。
plan-missing = プランを選んでください。
plan-on-request = お問い合わせ
plan-free = 無料
per-month = / 月
plan-seats = { $count ->
   *[other] { $count } 名まで
}
plan-seats-any = 人数無制限
plan-messages = 月 { $count } メッセージ
plan-trial = { $days ->
   *[other] { $days } 日間無料
}
register-button = アカウントを作成
register-known = 登録済みですか？

## Team

team-lead = メンバーと、それぞれの権限を管理します。
invite = 招待する
invite-title = メンバーを招待
invite-text = 7 日間有効で 1 回だけ使えるリンクをメールでお送りします。
send-invitation = 招待を送信
invitations-empty = 招待中の人はいません
invitations-empty-text = メールで同僚を招待できます。パスワードは本人が設定します。
invitation-pending = 招待中
invitation-accepted = 承諾済み
invitation-was-revoked = 取り消し済み
invitation-has-expired = 期限切れ
resend = 再送信
revoke-invitation-sure = { $email } への招待を取り消しますか？
revoke-invitation-text = 送信済みのリンクはすぐに使えなくなります。
mail-failed = 招待は作成されましたが、メールを送信できませんでした。1 分後に再送信してください。
sent-a-moment-ago = 送信したばかりです。1 分お待ちください。
sent-too-often = 送信回数の上限に達しました。招待を取り消し、アドレスを確認してから招待し直してください。
already-member = この方はすでにメンバーです。
already-invited = この方はすでに招待中です。招待を再送信してください。
seats = 席数
seats-used = { $limit } 席中 { $used } 席を使用
seats-unlimited = { $used } 席を使用（無制限）
seats-left = { $count ->
   *[other] 空きは { $count } 席です。
}
seats-full = 席に空きがありません。メンバーを削除するか、上位のプランを選んでください。
seats-invited = { $count ->
    [0] {""}
   *[other] 使用中の席のうち { $count } 席は招待用に確保されています。
}
remove-title = チームから削除
remove-text = { $name } さんはすぐにアクセスできなくなります。操作の記録は監査ログに残ります。
remove-sure = { $name } さんをチームから削除しますか？
leave = 脱退する
leave-title = チームから脱退
leave-text = { $tenant } にすぐにアクセスできなくなります。
leave-sure = { $tenant } から脱退しますか？
last-owner = オーナーが 1 人は必要です。先にほかの方をオーナーにしてください。
owners-only = この操作はオーナーだけが行えます。
gives-too-much = ご自身が持っていない権限は付与できません。
concerns-above = この方はあなたにない権限を持っています。権限のある方に依頼してください。

## Roles

role-owner-text = 組織の解約を含むすべての操作。
role-admin-text = オーナー専用の操作を除くすべて。
role-manager-text = ブランド、ウィジェット、招待。
role-member-text = キーと監査ログを除くすべての閲覧。
role-viewer-text = ブランドと利用状況の閲覧。
custom-roles = カスタムロール
custom-roles-empty = カスタムロールはまだありません
custom-roles-empty-text = 多くの場合は標準のロールで足ります。特定の権限だけが必要なときに作成してください。
built-in-roles = 標準のロール
built-in-roles-text = 各ロールでできること。変更はできません。
new-role = ロールを作成
edit-role = ロールを編集
role-name = ロール名
role-in-use = このロールのメンバーまたは招待があります。先に別のロールに変更してください。
custom-roles-not-in-plan = 現在のプランではカスタムロールを使えません。上位のプランを選んでください。
too-many-roles = ロール数の上限に達しています。先に不要なロールを削除してください。
role-name-taken = 同じ名前のロールがすでにあります。
role-custom = カスタムロール
delete-role = このロールを削除
delete-role-text = 誰にも割り当てられておらず、招待にも使われていない場合に削除できます。
delete-role-sure = ロール「{ $name }」を削除しますか？
permissions-missing = 権限を 1 つ以上選んでください。
permission-tenant-read = 組織名・状態・設定の閲覧
permission-tenant-edit = 組織名・設定の変更
permission-tenant-status = メンテナンスと解約
permission-usage-read = 利用状況の閲覧
permission-flags-read = プラン機能の閲覧
permission-brand-read = ブランドの閲覧
permission-brand-edit = ブランドの下書き編集
permission-brand-publish = ブランドの公開
permission-embed-policy-edit = 埋め込み可能なサイトの設定
permission-members-read = メンバー・ロール・招待の閲覧
permission-members-invite = メンバーの招待
permission-members-manage = ロールの変更とメンバーの削除
permission-roles-manage = ロールの作成と変更
permission-api-keys-read = API キーの閲覧
permission-api-keys-manage = API キーの作成・更新・取り消し
permission-audit-read = 監査ログの閲覧

## API keys

api-keys-lead = 組織に代わって動作するプログラム用です。付与した権限の範囲だけで動作します。
new-key = API キーを作成
key-name = 名前
key-name-hint = 「夜間エクスポート」など、用途がわかる名前。
make-key = キーを作成
keys-empty = API キーはまだありません
keys-empty-text = プログラムごとに作成すると、ほかに影響なく取り消せます。
key-live = 有効
key-ending = 切り替え中
key-expired = 期限切れ
key-revoked = 取り消し済み
key-begins = 先頭の文字
key-made = 新しい API キー
key-secret-title = 今すぐキーを控えてください
key-secret-text = 当方で保管するのはハッシュだけです。このページを離れると、二度と表示できません。
key-kept = 控えました
key-overlap = 以前のキーは { $until } まで使えます。
copy = コピー
copied = コピーしました。
copy-failed = ここではコピーできません。キーを選択してコピーしてください。
rotate-title = キーの切り替え
rotate-text = 同じ権限の新しいキーを発行します。以前のキーもしばらく使えるので、停止せずに切り替えられます。
rotate = 切り替える
overlap = 以前のキーの猶予
hours = { $count ->
    [0] なし
   *[other] { $count } 時間
}
days = { $count ->
   *[other] { $count } 日
}
no-expiry = 無期限
key-was-replaced = このキーはすでに交換されています。後継のキーを交換してください。
revoke-key-title = キーの取り消し
revoke-key-text = このキーを使うプログラムはすぐに拒否されます。元には戻せません。
revoke-key-sure = 「{ $name }」を取り消しますか？
keys-full = プランの上限に達しています。先に不要なキーを取り消してください。

## Audit log

audit-lead = すべての変更を、誰が・何を・いつ・どこから行ったか記録します。気づかれずに改ざんすることはできません。
verify = ログを検証
verified = ログは完全です
verified-text = { $count ->
   *[other] { $count } 件の記録を、それぞれのハッシュと直前の記録に照らして確認しました。
}
verify-broken = ログが改ざんされています
verify-broken-text = 記録 { $seq } が直前の記録と一致しません。すぐにサポートへご連絡ください。
filter = 絞り込む
filter-action = 操作
filter-everything = すべて
filter-actor = 実行者
audit-empty = 記録がありません
audit-empty-text = 条件に合う記録はありません。
details = 詳細
request = リクエスト
hash = ハッシュ
before = 変更前
after = 変更後
did-api-key-created = API キーを作成
did-api-key-revoked = API キーを失効
did-api-key-rotated = API キーを更新
did-brand-changed = ブランドの下書きを変更
did-brand-imported = デザイントークンを下書きに取り込み
did-brand-published = ブランドを公開
did-embed-policy-replaced = ウィジェットを表示できるページを変更
did-flag-overridden = 機能をプランと別に設定
did-flag-reset = 機能の設定をプランに戻した
did-grant-created = 個別の権限を付与
did-grant-removed = 個別の権限を取り消し
did-invitation-accepted = 招待を承諾
did-invitation-created = メンバーを招待
did-invitation-resent = 招待を再送信
did-invitation-revoked = 招待を取り消し
did-member-left = チームを離脱
did-member-removed = メンバーを削除
did-member-role-changed = メンバーのロールを変更
did-profile-changed = プロフィールを変更
did-role-changed = ロールを変更
did-role-created = ロールを作成
did-role-removed = ロールを削除
did-tenant-partner-changed = パートナーを変更
did-tenant-plan-changed = プランを変更
did-tenant-registered = 組織を登録
did-tenant-status-changed = 組織の状態を変更
did-tenant-updated = 組織名または設定を変更

## Profile and sessions

about-you = 基本情報
language-hint = コンソールとメールに使われます。
password-change-text = ほかのすべての端末からサインアウトされます。
change-password = パスワードを変更
current-wrong = 現在のパスワードが違います。
sessions = サインイン中の端末
sessions-text = 心当たりのない端末はサインアウトし、パスワードを変更してください。
this-one = この端末
end-session = サインアウト
session-console = コンソール
session-api = API クライアント
unknown-device = 不明な端末
device-on = { $browser }（{ $system }）
sign-out-everywhere = すべての端末からサインアウト
sign-out-everywhere-sure = すべての端末からサインアウトしますか？
sign-out-everywhere-text = この端末も含まれます。API キーは引き続き使えます。
sign-ins = サインイン履歴
sign-ins-text = あなたのメールアドレスでの最近の試行です。失敗したものも含みます。
sign-ins-empty = 記録はまだありません。
outcome = 結果
outcome-ok = 成功
outcome-wrong = パスワード違い
outcome-switched = ほかの組織から移動
outcome-password-changed = パスワード変更
outcome-password-reset = パスワード再設定
outcome-reused = トークンの再利用によりセッション終了

## Organisations

tenants-lead = 組織ごとにアドレス・チーム・ブランドがあります。今の組織にはサインインしたままです。
you-are-here = 現在の組織
switch-to = { $name } へ
tenants-only = 所属しているのはこの組織だけです。
entering = { $tenant } へ移動します
entering-text = { $host } にサインインします。
ticket-invalid = 有効期限が切れました。サインインするか、前のページからやり直してください。

## After something was done

done-saved = 保存しました。
done-invited = 招待を送信しました。
done-resent = 招待を再送信しました。
done-revoked = 取り消しました。
done-removed = チームから削除しました。
done-role = ロールを変更しました。
done-deleted = 削除しました。
done-signed-out = サインアウトしました。
done-password = パスワードを変更しました。新しいパスワードでサインインしてください。
done-password-changed = パスワードを変更しました。ほかの端末はサインアウトされました。
done-session-ended = 端末をサインアウトしました。
done-welcome = ようこそ。準備が整いました。サインインして始めてください。
done-joined = チームへようこそ。

## An organisation that is not open

suspended-title = この組織は停止されています
suspended-text = 閲覧はできますが、変更はできません。再開についてはサポートへご連絡ください。
maintenance-title = メンテナンス中
maintenance-text = 現在、訪問者は書き込めません。オーナーが終了できます。
deactivated-title = この組織は解約されています
deactivated-text = データはしばらく保管されます。お間違いの場合はサポートへご連絡ください。

## Development’s outbox

outbox = 送信トレイ
outbox-lead = 開発環境ではメールを送信しません。送信されるはずだった内容がここに表示されます。
outbox-all = すべてのメール
outbox-to = 宛先
outbox-subject = 件名
outbox-html = 受信者の表示
outbox-empty = メールはまだありません
outbox-empty-text = 招待やパスワードの再設定を行うと、ここに表示されます。

## What the API answers where it refuses: the pages at /problems, and docs/problems.md

problems-title = エラー一覧
problems-lead = API がリクエストを受け付けないときの応答です。コードごとにページがあります。
problem-kind = エラー
problem-meaning = 意味
problem-advice = 対処
problem-reasons = 伴うことのある理由
problems-all = すべてのエラー
problem-malformed-request = リクエストを読み取れません
problem-malformed-request-means = ヘッダー、クエリパラメーター、または本文が、このルートの形式に合っていません。
problem-malformed-request-advice = `detail` が示す箇所を直して、もう一度送信してください。
problem-unauthenticated = 有効なトークンが必要です
problem-unauthenticated-means = 認証情報がないか、期限切れ、失効済み、または別のホスト用のものです。
problem-unauthenticated-advice = サインインするかトークンを更新して、もう一度送信してください。
problem-invalid-credentials = メールアドレスまたはパスワードが違います
problem-invalid-credentials-means = このメールアドレスとパスワードの組み合わせのアカウントはありません。どちらが違うかはお知らせしません。
problem-invalid-credentials-advice = 入力を直すか、パスワードを再設定してください。
problem-forbidden = この操作を行う権限がありません
problem-forbidden-means = 呼び出し元は確認できましたが、必要な権限がありません。
problem-forbidden-advice = 権限を持つメンバーに依頼するか、権限のあるキーを使ってください。
problem-person-needed = サインインした本人だけが行えます
problem-person-needed-means = このルートには本人のアクセストークンが必要ですが、API キーが送信されました。
problem-person-needed-advice = サインインして、アクセストークンを送信してください。
problem-feature-not-in-plan = プランに含まれていません
problem-feature-not-in-plan-means = テナントのプランにこの機能が含まれていないか、上限に達しています。
problem-feature-not-in-plan-advice = 上位のプランを選んでください。プランの内容は `GET /v1/flags` で確認できます。
problem-tenant-suspended = テナントは停止されています
problem-tenant-suspended-means = プラットフォームがテナントを停止しました。データの閲覧はできますが、変更はできません。
problem-tenant-suspended-advice = テナントのオーナーからサポートへお問い合わせください。
problem-tenant-deactivated = テナントは閉鎖されています
problem-tenant-deactivated-means = テナントは閉鎖されました。データはしばらく保管されますが、変更はできません。
problem-tenant-deactivated-advice = 間違いの場合は、テナントのオーナーからサポートへお問い合わせください。
problem-origin-not-allowed = このサイトではウィジェットを表示できません
problem-origin-not-allowed-means = ページのオリジンがテナントの埋め込みポリシーにないか、セッションが別のオリジンのページのものです。
problem-origin-not-allowed-advice = オリジンを埋め込みポリシーに追加して公開し、そのページでセッションを開始してください。
problem-forged-form = フォームはこのページから送信されたものではありません
problem-forged-form-means = コンソールのフォームが、コンソール自身のページ以外から送信されました。
problem-forged-form-advice = 前のページに戻って再読み込みし、もう一度送信してください。
problem-not-found = 見つかりません
problem-not-found-means = このホストにそのルートや対象がないか、呼び出し元にアクセス権がありません。どちらも同じ応答になります。
problem-not-found-advice = ホスト、パス、ID を確認してください。
problem-method-not-allowed = このメソッドは使えません
problem-method-not-allowed-means = パスはありますが、このメソッドには対応していません。
problem-method-not-allowed-advice = `Allow` ヘッダーにあるメソッドを使ってください。
problem-conflict = ほかの変更が先に行われました
problem-conflict-means = 同時にほかの変更が行われたか、現在の状態ではこの変更ができません。
problem-conflict-advice = 対象を読み直し、まだ必要であればもう一度送信してください。
problem-last-owner = テナントにはオーナーが必要です
problem-last-owner-means = この変更を行うと、テナントのオーナーがいなくなります。
problem-last-owner-advice = 先にほかのメンバーをオーナーにしてください。
problem-seat-limit-reached = プランの席はすべて使われています
problem-seat-limit-reached-means = メンバーと保留中の招待で、プランの席がすべて使われています。
problem-seat-limit-reached-advice = メンバーを外すか、招待を取り消すか、上位のプランを選んでください。
problem-already-exists = すでに存在します
problem-already-exists-means = 作成しようとしたものはすでにあります。
problem-already-exists-advice = 既存のものを使うか、別の名前やアドレスを選んでください。
problem-in-use = 使用中です
problem-in-use-means = 削除しようとした対象は、ほかから参照されています。
problem-in-use-advice = 先に参照元を変更または削除してください。件数は `detail` にあります。
problem-gone = すでに無効です
problem-gone-means = 招待またはリンクは使用済み、取り消し済み、または期限切れです。
problem-gone-advice = 新しいものを依頼してください。
problem-precondition-failed = 読み取った後に変更されました
problem-precondition-failed-means = `If-Match` のバージョンが現在のものと違います。
problem-precondition-failed-advice = 対象を読み直して変更を反映し、新しい `ETag` を送信してください。
problem-payload-too-large = 本文が大きすぎます
problem-payload-too-large-means = 本文がこのルートの上限を超えています。
problem-payload-too-large-advice = 一度に送る量を減らしてください。
problem-unsupported-media-type = 本文の形式が違います
problem-unsupported-media-type-means = このルートはその `Content-Type` の本文を受け付けません。
problem-unsupported-media-type-advice = `detail` が示す形式で送信してください。
problem-invalid-content = 正しくない値があります
problem-invalid-content-means = 本文は読み取れましたが、正しくない値があります。`errors` に項目ごとの理由があります。
problem-invalid-content-advice = 該当する項目を直して、もう一度送信してください。
problem-unsafe-stylesheet = ブランドから安全なスタイルシートを作成できません
problem-unsafe-stylesheet-means = デザイントークンまたはカスタム CSS が正しくないか、安全ではありません。`errors` に該当箇所があります。
problem-unsafe-stylesheet-advice = 該当箇所を直して、もう一度送信してください。
problem-precondition-required = 変更するバージョンを If-Match で指定してください
problem-precondition-required-means = このルートはバージョンのある対象を変更しますが、どのバージョンか指定されていません。
problem-precondition-required-advice = 対象を読み取り、その `ETag` を `If-Match` として送信してください。
problem-quota-exceeded = 今月の上限に達しました
problem-quota-exceeded-means = テナントの今月のメッセージはすべて使用済みか、予約されています。
problem-quota-exceeded-advice = `Retry-After` の時間だけ待つか、上位のプランを選んでください。
problem-too-many-attempts = 試行回数が多すぎます
problem-too-many-attempts-means = 短い時間に同じ操作が繰り返されました。
problem-too-many-attempts-advice = `Retry-After` の時間だけ待って、もう一度お試しください。
problem-internal = サーバー内部のエラー
problem-internal-means = サービス自体の問題です。記録されています。
problem-internal-advice = 時間をおいてお試しください。お問い合わせの際は `request_id` をお知らせください。
problem-not-on-this-runtime = この実行環境では対応していません
problem-not-on-this-runtime-means = この環境には、WebSocket など、このルートに必要な機能がありません。
problem-not-on-this-runtime-advice = `detail` が示す方法を使ってください。対応する機能は `GET /v1/capabilities` で確認できます。
problem-unavailable = サービスの一部が応答しません
problem-unavailable-means = データベースやメール配信など、サービスの一部が応答していません。
problem-unavailable-advice = `Retry-After` の秒数だけ待って、もう一度送信してください。
problem-tenant-maintenance = テナントはメンテナンス中です
problem-tenant-maintenance-means = テナントのチームが一時的に停止しています。
problem-tenant-maintenance-advice = `Retry-After` に従い、後でもう一度送信してください。
problem-not-configured = サービスの設定が完了していません
problem-not-configured-means = リクエストに必要な設定がありません。
problem-not-configured-advice = プラットフォームの運営者が設定を完了してください。設定名はログにあります。
problem-schema-outdated = データベースがこのバージョンより古い状態です
problem-schema-outdated-means = このバージョンに必要なマイグレーションが適用されていません。
problem-schema-outdated-advice = プラットフォームの運営者が `./scripts/migrate` を実行してください。

## Why, for programs: in English the lines of shared/domain/src/reason.rs

reason-already-granted = このメンバーは、この対象の権限をすでに持っています。追加の付与は不要です。
reason-already-in-team = すでにテナントのメンバーです。サインインするか、メンバーの設定を変更してください。
reason-already-invited = このアドレスへの招待が保留中です。再送するか、取り消してから招待し直してください。
reason-change-not-propagated = 変更は行われましたが、開いているページに通知できませんでした。同じリクエストをもう一度送信してください。
reason-concurrent-changes = 同じテナントのほかの変更が続いたため、完了できませんでした。もう一度送信してください。
reason-control-characters = 制御文字が含まれています。取り除いてください。
reason-css-not-allowed = カスタム CSS に使えないものが含まれています。`rule` を参照して、削除するか置き換えてください。
reason-css-syntax = カスタム CSS の構文が正しくありません。示された行と列を直してください。
reason-css-too-complex = カスタム CSS が大きさまたは複雑さの上限を超えています。`rule` を参照して、短くするか簡単にしてください。
reason-does-not-exist = 存在しないものが指定されています。一覧にあるものを指定してください。
reason-empty = 値が必要ですが、空です。値を送信してください。
reason-exceeds-own-permissions = 自分が持っていない権限を付与しようとしています。権限を持つメンバーに依頼してください。
reason-grant-limit-reached = このメンバーの個別付与は上限に達しています。ロールを割り当てるか、付与を取り消してください。
reason-idempotency-key-reused = この `Idempotency-Key` は別の本文で使われています。新しいキーを使ってください。
reason-invalid-cursor = このカーソルは以前の応答のものではありません。カーソルなしで最初から読み取ってください。
reason-invalid-idempotency-key = `Idempotency-Key` が空か、長すぎるか、複数あります。決められた長さのものを 1 つ送信してください。
reason-invalid-name = 名前が空か、長すぎるか、1 行ではありません。収まる名前にしてください。
reason-invalid-value = 値がこの項目の形式に合っていません。形式は `detail` にあります。
reason-invitation-accepted = 招待はすでに承諾されています。サインインしてください。
reason-invitation-expired = 招待の期限が切れています。チームに再送を依頼してください。
reason-invitation-for-another-address = 招待は別のアドレス宛てです。サインアウトしてから承諾してください。
reason-invitation-limit-reached = 保留中の招待が上限に達しています。招待を取り消すか、回答を待ってください。
reason-invitation-revoked = 招待は取り消されています。チームに新しい招待を依頼してください。
reason-keep-an-owner = テナントのオーナーがいなくなります。先にほかのメンバーをオーナーにしてください。
reason-key-exceeds-maker = キーに、自分が持っていない権限があります。外すか、権限を持つメンバーに依頼してください。
reason-key-expired = API キーの期限が切れています。新しいキーを作成してください。
reason-key-limit-reached = API キーが上限に達しています。先に 1 つ失効させてください。
reason-key-replaced = API キーはすでに更新されています。後継のキーを更新してください。
reason-key-revoked = API キーは失効しています。新しいキーを作成してください。
reason-link-used-or-expired = リンクは使用済みか期限切れです。新しいリンクを依頼してください。
reason-lookups-limited = 未知のホストやファイルの問い合わせが多すぎます。少し待ってからお試しください。
reason-mail-not-configured = メールが設定されていません。プラットフォームの運営者が設定を完了してください。
reason-mail-not-sent = メールを送信できませんでした。もう一度送信してください。
reason-name-reserved = この名前はプラットフォームのために予約されています。別の名前を選んでください。
reason-name-taken = この名前はほかのテナントまたはロールが使っています。別の名前を選んでください。
reason-not-an-email = メールアドレスではありません。直してください。
reason-not-an-origin = `https://host` のようなオリジンではありません。直してください。
reason-not-grantable = この権限はこの対象に付与できません。付与できるものは `detail` にあります。
reason-not-json = 本文が JSON ではありません。示された行と列を直してください。
reason-not-one-of = 決められた値ではありません。`detail` またはドキュメントにある値を使ってください。
reason-origin-not-in-policy = ページのオリジンがテナントの埋め込みポリシーにありません。追加して公開してください。
reason-out-of-range = 数値が範囲外です。範囲は `detail` にあります。
reason-owners-only = オーナーの任命・変更・削除はオーナーだけが行えます。オーナーに依頼してください。
reason-password-required = このアドレスにはアカウントがあります。パスワードを送信するか、先にサインインしてください。
reason-resend-too-soon = 招待は 1 分以内に送信されています。`Retry-After` の時間だけ待ってください。
reason-role-limit-reached = 独自ロールが上限に達しています。変更するか、1 つ削除してください。
reason-send-limit-reached = 招待の送信回数が上限に達しています。取り消してから招待し直してください。
reason-session-of-another-origin = 埋め込みセッションは別のオリジンのページのものです。このページでセッションを開始してください。
reason-status-not-reachable = この呼び出し元はテナントをこの状態にできません。プラットフォームの運営者だけが行えます。
reason-target-exceeds-own-permissions = 対象のメンバー、ロール、またはキーには、自分が持っていない権限があります。権限を持つメンバーに依頼してください。
reason-tenant-not-named = プラットフォームのホストへのリクエストにテナントの指定がありません。`X-Tenant-ID` を送信するか、テナントのホストを使ってください。
reason-too-deep = グループの入れ子が深すぎます。浅くしてください。
reason-too-long = 値がこの項目の上限より長くなっています。短くしてください。
reason-too-many = 一覧の件数が上限を超えています。減らしてください。
reason-too-short = 値がこの項目の下限より短くなっています。長くしてください。
reason-two-credentials = 認証情報が 2 つあります。1 つだけ送信してください。
reason-units-reserved = 今月のメッセージは使用済みか予約中です。まもなく空く場合があります。`Retry-After` の時間だけ待ってください。
reason-unknown-field = 知られていない項目があります。削除するか、名前を直してください。
reason-unknown-permission = 権限ではありません。一覧は `GET /v1/permissions` にあります。
reason-weak-password = よく使われるパスワードか、本人のアドレスや名前です。別のものを選んでください。
reason-wrong-password = 現在のパスワードが違います。直すか、パスワードを再設定してください。
reason-wrong-shape = JSON の項目が想定と違います。問題は `detail` にあります。直してください。
reason-wrong-type = 値の JSON の型が違います。`detail` が示す型で送信してください。
