## Every mail

if-the-button-does-not-work = ボタンが使えない場合は、次のアドレスをブラウザーで開いてください。
no-reply = このアドレスは送信専用です。ご返信いただいてもお答えできません。

## Welcome

welcome-subject = 「{ $brand }」のご利用準備が整いました
welcome-heading = ようこそ
welcome-text = 「{ $brand }」のワークスペースを作成しました。サインインして、配色の設定、メンバーの招待、サイトへのウィジェットの設置を始めましょう。
welcome-trial = { $day }まで、すべての機能を無料でお試しいただけます。
welcome-action = ワークスペースを開く
welcome-reason = このメールは、お客様のメールアドレスでワークスペースが登録されたためお送りしています。

## Invitation

invitation-subject = { $inviter } さんから「{ $brand }」への招待が届いています
invitation-heading = 「{ $brand }」への招待
invitation-text = { $inviter } さんが、あなたを「{ $brand }」に招待しています。役割は「{ $role }」です。
invitation-action = 招待を受ける
invitation-code = 招待コードを求められた場合は、こちらを貼り付けてください。
invitation-until = この招待は{ $moment }まで、1 回だけ使えます。
invitation-unexpected = お心当たりがない場合は、このメールを無視してください。何も変更されません。
invitation-reason = このメールは、招待の宛先にお客様のメールアドレスが入力されたためお送りしています。

## Password reset

reset-subject = 「{ $brand }」のパスワード再設定
reset-heading = パスワードの再設定
reset-text = 「{ $brand }」のアカウントについて、パスワード再設定のお申し込みがありました。
reset-action = 新しいパスワードを設定する
reset-code = コードを求められた場合は、こちらを貼り付けてください。
reset-until = このリンクは{ $moment }まで、1 回だけ使えます。他の人には教えないでください。
reset-unexpected = お心当たりがない場合は、このメールを無視してください。パスワードは変更されません。
reset-reason = このメールは、パスワード再設定の画面でお客様のメールアドレスが入力されたためお送りしています。

## Password changed

changed-subject = 「{ $brand }」のパスワードが変更されました
changed-heading = パスワードが変更されました
changed-text = { $moment }に、「{ $brand }」のアカウントのパスワードが変更されました。
changed-unexpected = ご本人による変更であれば、対応は不要です。お心当たりがない場合は、すぐに新しいパスワードを設定してください。
changed-action = 心当たりがない場合
changed-reason = このメールは、パスワードが変更されるたびにお送りしています。

## New device

device-subject = 「{ $brand }」への新しいサインイン
device-heading = 新しいサインインがありました
device-text = これまで使われていない端末から、「{ $brand }」のアカウントにサインインがありました。
device-unexpected = ご本人であれば、対応は不要です。お心当たりがない場合は、その端末をサインアウトし、パスワードを変更してください。
device-when = 日時
device-device = 端末
device-address = IP アドレス
device-action = セッションを確認する
device-reason = このメールは、新しい端末からサインインがあるたびにお送りしています。
