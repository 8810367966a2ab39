//! What problems and reasons are called, in each language: for the pages at `/problems`, for forms, and for `docs/problems.md`.

use crate::words::Words;
use livery_domain::{locale::Locale, reason::Reason};
use livery_http::ProblemKind;

/// What a page says of a problem's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProblemText {
    pub title: &'static str,
    pub meaning: &'static str,
    /// What the caller can do.
    pub advice: &'static str,
}

/// What a problem is called, what it means and what to do, in a language.
#[must_use]
pub fn problem_text(locale: Locale, kind: ProblemKind) -> ProblemText {
    let w = Words(locale);
    let (title, meaning, advice) = match kind {
        ProblemKind::MalformedRequest => (
            w.problem_malformed_request(),
            w.problem_malformed_request_means(),
            w.problem_malformed_request_advice(),
        ),
        ProblemKind::Unauthenticated => (
            w.problem_unauthenticated(),
            w.problem_unauthenticated_means(),
            w.problem_unauthenticated_advice(),
        ),
        ProblemKind::InvalidCredentials => (
            w.problem_invalid_credentials(),
            w.problem_invalid_credentials_means(),
            w.problem_invalid_credentials_advice(),
        ),
        ProblemKind::Forbidden => {
            (w.problem_forbidden(), w.problem_forbidden_means(), w.problem_forbidden_advice())
        }
        ProblemKind::PersonNeeded => {
            (w.problem_person_needed(), w.problem_person_needed_means(), w.problem_person_needed_advice())
        }
        ProblemKind::FeatureNotInPlan => (
            w.problem_feature_not_in_plan(),
            w.problem_feature_not_in_plan_means(),
            w.problem_feature_not_in_plan_advice(),
        ),
        ProblemKind::TenantSuspended => (
            w.problem_tenant_suspended(),
            w.problem_tenant_suspended_means(),
            w.problem_tenant_suspended_advice(),
        ),
        ProblemKind::TenantDeactivated => (
            w.problem_tenant_deactivated(),
            w.problem_tenant_deactivated_means(),
            w.problem_tenant_deactivated_advice(),
        ),
        ProblemKind::OriginNotAllowed => (
            w.problem_origin_not_allowed(),
            w.problem_origin_not_allowed_means(),
            w.problem_origin_not_allowed_advice(),
        ),
        ProblemKind::ForgedForm => {
            (w.problem_forged_form(), w.problem_forged_form_means(), w.problem_forged_form_advice())
        }
        ProblemKind::NotFound => {
            (w.problem_not_found(), w.problem_not_found_means(), w.problem_not_found_advice())
        }
        ProblemKind::MethodNotAllowed => (
            w.problem_method_not_allowed(),
            w.problem_method_not_allowed_means(),
            w.problem_method_not_allowed_advice(),
        ),
        ProblemKind::Conflict => {
            (w.problem_conflict(), w.problem_conflict_means(), w.problem_conflict_advice())
        }
        ProblemKind::LastOwner => {
            (w.problem_last_owner(), w.problem_last_owner_means(), w.problem_last_owner_advice())
        }
        ProblemKind::SeatLimitReached => (
            w.problem_seat_limit_reached(),
            w.problem_seat_limit_reached_means(),
            w.problem_seat_limit_reached_advice(),
        ),
        ProblemKind::AlreadyExists => {
            (w.problem_already_exists(), w.problem_already_exists_means(), w.problem_already_exists_advice())
        }
        ProblemKind::InUse => (w.problem_in_use(), w.problem_in_use_means(), w.problem_in_use_advice()),
        ProblemKind::Gone => (w.problem_gone(), w.problem_gone_means(), w.problem_gone_advice()),
        ProblemKind::PreconditionFailed => (
            w.problem_precondition_failed(),
            w.problem_precondition_failed_means(),
            w.problem_precondition_failed_advice(),
        ),
        ProblemKind::PayloadTooLarge => (
            w.problem_payload_too_large(),
            w.problem_payload_too_large_means(),
            w.problem_payload_too_large_advice(),
        ),
        ProblemKind::UnsupportedMediaType => (
            w.problem_unsupported_media_type(),
            w.problem_unsupported_media_type_means(),
            w.problem_unsupported_media_type_advice(),
        ),
        ProblemKind::InvalidContent => (
            w.problem_invalid_content(),
            w.problem_invalid_content_means(),
            w.problem_invalid_content_advice(),
        ),
        ProblemKind::UnsafeStylesheet => (
            w.problem_unsafe_stylesheet(),
            w.problem_unsafe_stylesheet_means(),
            w.problem_unsafe_stylesheet_advice(),
        ),
        ProblemKind::PreconditionRequired => (
            w.problem_precondition_required(),
            w.problem_precondition_required_means(),
            w.problem_precondition_required_advice(),
        ),
        ProblemKind::QuotaExceeded => {
            (w.problem_quota_exceeded(), w.problem_quota_exceeded_means(), w.problem_quota_exceeded_advice())
        }
        ProblemKind::TooManyAttempts => (
            w.problem_too_many_attempts(),
            w.problem_too_many_attempts_means(),
            w.problem_too_many_attempts_advice(),
        ),
        ProblemKind::Internal => {
            (w.problem_internal(), w.problem_internal_means(), w.problem_internal_advice())
        }
        ProblemKind::NotOnThisRuntime => (
            w.problem_not_on_this_runtime(),
            w.problem_not_on_this_runtime_means(),
            w.problem_not_on_this_runtime_advice(),
        ),
        ProblemKind::Unavailable => {
            (w.problem_unavailable(), w.problem_unavailable_means(), w.problem_unavailable_advice())
        }
        ProblemKind::TenantMaintenance => (
            w.problem_tenant_maintenance(),
            w.problem_tenant_maintenance_means(),
            w.problem_tenant_maintenance_advice(),
        ),
        ProblemKind::NotConfigured => {
            (w.problem_not_configured(), w.problem_not_configured_means(), w.problem_not_configured_advice())
        }
        ProblemKind::SchemaOutdated => (
            w.problem_schema_outdated(),
            w.problem_schema_outdated_means(),
            w.problem_schema_outdated_advice(),
        ),
    };
    ProblemText { title, meaning, advice }
}

/// What a reason means and what to do, in one line of a language.
#[must_use]
pub fn reason_text(locale: Locale, reason: Reason) -> &'static str {
    let w = Words(locale);
    match reason {
        Reason::AlreadyGranted => w.reason_already_granted(),
        Reason::AlreadyInTeam => w.reason_already_in_team(),
        Reason::AlreadyInvited => w.reason_already_invited(),
        Reason::ChangeNotPropagated => w.reason_change_not_propagated(),
        Reason::ConcurrentChanges => w.reason_concurrent_changes(),
        Reason::ControlCharacters => w.reason_control_characters(),
        Reason::CssNotAllowed => w.reason_css_not_allowed(),
        Reason::CssSyntax => w.reason_css_syntax(),
        Reason::CssTooComplex => w.reason_css_too_complex(),
        Reason::DoesNotExist => w.reason_does_not_exist(),
        Reason::Empty => w.reason_empty(),
        Reason::ExceedsOwnPermissions => w.reason_exceeds_own_permissions(),
        Reason::GrantLimitReached => w.reason_grant_limit_reached(),
        Reason::IdempotencyKeyReused => w.reason_idempotency_key_reused(),
        Reason::InvalidCursor => w.reason_invalid_cursor(),
        Reason::InvalidIdempotencyKey => w.reason_invalid_idempotency_key(),
        Reason::InvalidName => w.reason_invalid_name(),
        Reason::InvalidValue => w.reason_invalid_value(),
        Reason::InvitationAccepted => w.reason_invitation_accepted(),
        Reason::InvitationExpired => w.reason_invitation_expired(),
        Reason::InvitationForAnotherAddress => w.reason_invitation_for_another_address(),
        Reason::InvitationLimitReached => w.reason_invitation_limit_reached(),
        Reason::InvitationRevoked => w.reason_invitation_revoked(),
        Reason::KeepAnOwner => w.reason_keep_an_owner(),
        Reason::KeyExceedsMaker => w.reason_key_exceeds_maker(),
        Reason::KeyExpired => w.reason_key_expired(),
        Reason::KeyLimitReached => w.reason_key_limit_reached(),
        Reason::KeyReplaced => w.reason_key_replaced(),
        Reason::KeyRevoked => w.reason_key_revoked(),
        Reason::LinkUsedOrExpired => w.reason_link_used_or_expired(),
        Reason::LookupsLimited => w.reason_lookups_limited(),
        Reason::MailNotConfigured => w.reason_mail_not_configured(),
        Reason::MailNotSent => w.reason_mail_not_sent(),
        Reason::NameReserved => w.reason_name_reserved(),
        Reason::NameTaken => w.reason_name_taken(),
        Reason::NotAnEmail => w.reason_not_an_email(),
        Reason::NotAnOrigin => w.reason_not_an_origin(),
        Reason::NotGrantable => w.reason_not_grantable(),
        Reason::NotJson => w.reason_not_json(),
        Reason::NotOneOf => w.reason_not_one_of(),
        Reason::OriginNotInPolicy => w.reason_origin_not_in_policy(),
        Reason::OutOfRange => w.reason_out_of_range(),
        Reason::OwnersOnly => w.reason_owners_only(),
        Reason::PasswordRequired => w.reason_password_required(),
        Reason::ResendTooSoon => w.reason_resend_too_soon(),
        Reason::RoleLimitReached => w.reason_role_limit_reached(),
        Reason::SendLimitReached => w.reason_send_limit_reached(),
        Reason::SessionOfAnotherOrigin => w.reason_session_of_another_origin(),
        Reason::StatusNotReachable => w.reason_status_not_reachable(),
        Reason::TargetExceedsOwnPermissions => w.reason_target_exceeds_own_permissions(),
        Reason::TenantNotNamed => w.reason_tenant_not_named(),
        Reason::TooDeep => w.reason_too_deep(),
        Reason::TooLong => w.reason_too_long(),
        Reason::TooMany => w.reason_too_many(),
        Reason::TooShort => w.reason_too_short(),
        Reason::TwoCredentials => w.reason_two_credentials(),
        Reason::UnitsReserved => w.reason_units_reserved(),
        Reason::UnknownField => w.reason_unknown_field(),
        Reason::UnknownPermission => w.reason_unknown_permission(),
        Reason::WeakPassword => w.reason_weak_password(),
        Reason::WrongPassword => w.reason_wrong_password(),
        Reason::WrongShape => w.reason_wrong_shape(),
        Reason::WrongType => w.reason_wrong_type(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_english_words_are_those_that_the_api_says() {
        for kind in ProblemKind::ALL {
            assert_eq!(problem_text(Locale::En, kind).title, kind.facts().2);
        }
        for reason in Reason::ALL {
            assert_eq!(reason_text(Locale::En, *reason), reason.about());
        }
    }

    #[test]
    fn every_problem_and_every_reason_has_words_of_its_own_in_each_language() {
        let mut lines = HashSet::new();
        for locale in Locale::ALL {
            for text in ProblemKind::ALL.map(|kind| problem_text(locale, kind)) {
                for line in [text.title, text.meaning, text.advice] {
                    assert!(!line.is_empty() && line.matches('`').count() % 2 == 0, "{line}");
                }
                assert!(lines.insert(text.title) && lines.insert(text.meaning), "{text:?}");
            }
            for line in Reason::ALL.iter().map(|reason| reason_text(locale, *reason)) {
                assert!(line.matches('`').count() % 2 == 0 && lines.insert(line), "{line}");
            }
        }
    }
}
