//! Which reasons come with which problem, in the problem itself or in its errors.

use crate::problem::ProblemKind;
use livery_domain::reason::Reason;

impl ProblemKind {
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.facts().1 == code)
    }

    /// The reasons that can come with it; none where the code says it all. The world of the route tests holds every answer to this.
    #[must_use]
    pub const fn reasons(self) -> &'static [Reason] {
        match self {
            Self::MalformedRequest => &[
                Reason::InvalidCursor,
                Reason::InvalidIdempotencyKey,
                Reason::InvalidValue,
                Reason::NotJson,
                Reason::NotOneOf,
                Reason::OutOfRange,
                Reason::TenantNotNamed,
                Reason::TooLong,
                Reason::TwoCredentials,
            ],
            Self::Forbidden => &[
                Reason::ExceedsOwnPermissions,
                Reason::InvitationForAnotherAddress,
                Reason::KeyExceedsMaker,
                Reason::OwnersOnly,
                Reason::TargetExceedsOwnPermissions,
            ],
            Self::FeatureNotInPlan => &[Reason::KeyLimitReached],
            Self::OriginNotAllowed => &[Reason::OriginNotInPolicy, Reason::SessionOfAnotherOrigin],
            Self::Conflict => &[
                Reason::ConcurrentChanges,
                Reason::GrantLimitReached,
                Reason::KeyExpired,
                Reason::KeyLimitReached,
                Reason::KeyReplaced,
                Reason::KeyRevoked,
                Reason::NameTaken,
                Reason::RoleLimitReached,
                Reason::SendLimitReached,
                Reason::StatusNotReachable,
            ],
            Self::LastOwner => &[Reason::KeepAnOwner],
            Self::SeatLimitReached => &[Reason::InvitationLimitReached],
            Self::AlreadyExists => {
                &[Reason::AlreadyGranted, Reason::AlreadyInTeam, Reason::AlreadyInvited, Reason::NameTaken]
            }
            Self::Gone => &[
                Reason::InvitationAccepted,
                Reason::InvitationExpired,
                Reason::InvitationRevoked,
                Reason::LinkUsedOrExpired,
            ],
            Self::InvalidContent => &[
                Reason::ControlCharacters,
                Reason::DoesNotExist,
                Reason::Empty,
                Reason::IdempotencyKeyReused,
                Reason::InvalidName,
                Reason::InvalidValue,
                Reason::NameReserved,
                Reason::NotAnEmail,
                Reason::NotAnOrigin,
                Reason::NotGrantable,
                Reason::NotOneOf,
                Reason::OutOfRange,
                Reason::PasswordRequired,
                Reason::TooDeep,
                Reason::TooLong,
                Reason::TooMany,
                Reason::TooShort,
                Reason::UnknownField,
                Reason::UnknownPermission,
                Reason::WeakPassword,
                Reason::WrongPassword,
                Reason::WrongShape,
                Reason::WrongType,
            ],
            Self::UnsafeStylesheet => &[
                Reason::CssNotAllowed,
                Reason::CssSyntax,
                Reason::CssTooComplex,
                Reason::InvalidValue,
                Reason::OutOfRange,
            ],
            Self::QuotaExceeded => &[Reason::UnitsReserved],
            Self::TooManyAttempts => &[Reason::ResendTooSoon],
            Self::Unavailable => &[Reason::ChangeNotPropagated, Reason::LookupsLimited, Reason::MailNotSent],
            Self::NotConfigured => &[Reason::MailNotConfigured],
            Self::Unauthenticated
            | Self::InvalidCredentials
            | Self::PersonNeeded
            | Self::TenantSuspended
            | Self::TenantDeactivated
            | Self::ForgedForm
            | Self::NotFound
            | Self::MethodNotAllowed
            | Self::InUse
            | Self::PreconditionFailed
            | Self::PayloadTooLarge
            | Self::UnsupportedMediaType
            | Self::PreconditionRequired
            | Self::Internal
            | Self::NotOnThisRuntime
            | Self::TenantMaintenance
            | Self::SchemaOutdated => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_comes_with_some_problem_and_each_lists_its_own_once_and_in_order() {
        for kind in ProblemKind::ALL {
            let codes: Vec<_> = kind.reasons().iter().map(|reason| reason.as_str()).collect();
            assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{kind:?}: {codes:?}");
            assert_eq!(ProblemKind::parse(kind.facts().1), Some(kind));
        }
        for reason in Reason::ALL {
            assert!(ProblemKind::ALL.iter().any(|kind| kind.reasons().contains(reason)), "{reason:?}");
        }
        assert_eq!(ProblemKind::parse("teapot"), None);
    }
}
