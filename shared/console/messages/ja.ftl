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
