use super::{Words, utc};
use crate::{
    letter::{Invitation, Letter, NewDevice, PasswordChanged, PasswordReset, Welcome},
    name::Name,
};
use livery_domain::{clock::UnixMillis, people::role::Role};
use time::macros::format_description;

/// Japanese.
pub struct Ja;

/// `2026年11月21日`
fn day(at: UnixMillis) -> String {
    utc(at)
        .format(format_description!("[year]年[month padding:none]月[day padding:none]日"))
        .unwrap_or_default()
}

/// `2026年11月21日 09:00（UTC）`
fn moment(at: UnixMillis) -> String {
    let time = utc(at).format(format_description!("[hour]:[minute]")).unwrap_or_default();
    format!("{} {time}（UTC）", day(at))
}

impl Words for Ja {
    fn welcome(&self, brand: &Name, facts: &Welcome<'_>) -> Letter {
        let mut paragraphs = vec![format!(
            "「{brand}」のワークスペースを作成しました。サインインして、配色の設定、メンバーの招待、サイトへのウィジェットの設置を始めましょう。"
        )];
        if let Some(ends) = facts.trial_ends {
            paragraphs.push(format!("{}まで、すべての機能を無料でお試しいただけます。", day(ends)));
        }
        Letter {
            subject: format!("「{brand}」のご利用準備が整いました"),
            heading: "ようこそ".into(),
            paragraphs,
            action: Some(("ワークスペースを開く".into(), facts.admin_url.into())),
            reason: "このメールは、お客様のメールアドレスでワークスペースが登録されたためお送りしています。"
                .into(),
            ..Letter::default()
        }
    }

    fn role(&self, role: Role) -> &'static str {
        match role {
            Role::Owner => "オーナー",
            Role::Admin => "管理者",
            Role::Manager => "マネージャー",
            Role::Member => "メンバー",
            Role::Viewer => "閲覧者",
        }
    }

    fn invitation(&self, brand: &Name, inviter: &Name, role: &Name, facts: &Invitation<'_>) -> Letter {
        Letter {
            subject: format!("{inviter} さんから「{brand}」への招待が届いています"),
            heading: format!("「{brand}」への招待"),
            paragraphs: vec![format!(
                "{inviter} さんが、あなたを「{brand}」に招待しています。役割は「{role}」です。"
            )],
            action: Some(("招待を受ける".into(), facts.link.into())),
            code: Some((
                "招待コードを求められた場合は、こちらを貼り付けてください。".into(),
                facts.code.into(),
            )),
            notes: vec![
                format!("この招待は{}まで、1 回だけ使えます。", moment(facts.expires)),
                "お心当たりがない場合は、このメールを無視してください。何も変更されません。".into(),
            ],
            reason: "このメールは、招待の宛先にお客様のメールアドレスが入力されたためお送りしています。"
                .into(),
            ..Letter::default()
        }
    }

    fn password_reset(&self, brand: &Name, facts: &PasswordReset<'_>) -> Letter {
        Letter {
            subject: format!("「{brand}」のパスワード再設定"),
            heading: "パスワードの再設定".into(),
            paragraphs: vec![format!("「{brand}」のアカウントについて、パスワード再設定のお申し込みがありました。")],
            action: Some(("新しいパスワードを設定する".into(), facts.link.into())),
            code: Some(("コードを求められた場合は、こちらを貼り付けてください。".into(), facts.code.into())),
            notes: vec![
                format!(
                    "このリンクは{}まで、1 回だけ使えます。他の人には教えないでください。",
                    moment(facts.expires)
                ),
                "お心当たりがない場合は、このメールを無視してください。パスワードは変更されません。".into(),
            ],
            reason: "このメールは、パスワード再設定の画面でお客様のメールアドレスが入力されたためお送りしています。"
                .into(),
            ..Letter::default()
        }
    }

    fn password_changed(&self, brand: &Name, facts: &PasswordChanged<'_>) -> Letter {
        Letter {
            subject: format!("「{brand}」のパスワードが変更されました"),
            heading: "パスワードが変更されました".into(),
            paragraphs: vec![
                format!("{}に、「{brand}」のアカウントのパスワードが変更されました。", moment(facts.at)),
                "ご本人による変更であれば、対応は不要です。お心当たりがない場合は、すぐに新しいパスワードを設定してください。"
                    .into(),
            ],
            action: Some(("心当たりがない場合".into(), facts.reset_url.into())),
            reason: "このメールは、パスワードが変更されるたびにお送りしています。".into(),
            ..Letter::default()
        }
    }

    fn new_device(
        &self,
        brand: &Name,
        device: &Name,
        address: Option<&Name>,
        facts: &NewDevice<'_>,
    ) -> Letter {
        let mut known = vec![("日時", moment(facts.at))];
        if !device.is_empty() {
            known.push(("端末", device.to_string()));
        }
        if let Some(address) = address {
            known.push(("IP アドレス", address.to_string()));
        }
        Letter {
            subject: format!("「{brand}」への新しいサインイン"),
            heading: "新しいサインインがありました".into(),
            paragraphs: vec![
                format!("これまで使われていない端末から、「{brand}」のアカウントにサインインがありました。"),
                "ご本人であれば、対応は不要です。お心当たりがない場合は、その端末をサインアウトし、パスワードを変更してください。"
                    .into(),
            ],
            action: Some(("セッションを確認する".into(), facts.sessions_url.into())),
            facts: known,
            reason: "このメールは、新しい端末からサインインがあるたびにお送りしています。".into(),
            ..Letter::default()
        }
    }

    fn if_the_button_does_not_work(&self) -> &'static str {
        "ボタンが使えない場合は、次のアドレスをブラウザーで開いてください。"
    }

    fn no_reply(&self) -> &'static str {
        "このアドレスは送信専用です。ご返信いただいてもお答えできません。"
    }
}
