//! The states of a tenant, and what each means for each kind of caller: the one table.

use serde::{Deserialize, Serialize};
use std::str::FromStr;
use thiserror::Error;

/// Where a tenant is in its life. Stored by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TenantStatus {
    /// Being set up by a partner or operator: its team works, visitors see nothing yet.
    Provisioning,
    Active,
    /// Stopped by the platform: its data can be read and nothing changed.
    Suspended,
    /// Stopped by its own team for a while.
    Maintenance,
    /// Given up: only its owners and the platform still see it.
    Deactivated,
}

/// Who asks something of a tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// A page that embeds the widget, and its visitors.
    Visitor,
    /// A signed-in owner.
    Owner,
    /// Any other signed-in member.
    Member,
    /// A program with a key of the tenant.
    Key,
    /// A partner with a key of its own.
    Partner,
    /// The platform's own people.
    Operator,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// Looking: no change.
    Read,
    /// Changing something, talking included.
    Write,
}

/// What the asker gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Open,
    /// 403 `tenant_suspended`
    Suspended,
    /// 503 `tenant_maintenance`
    Maintenance,
    /// 403 `tenant_deactivated`
    Deactivated,
    /// As if there were no such tenant.
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a status of a tenant")]
pub struct UnknownStatus;

impl TenantStatus {
    pub const ALL: [Self; 5] =
        [Self::Provisioning, Self::Active, Self::Suspended, Self::Maintenance, Self::Deactivated];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Provisioning => "provisioning",
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Maintenance => "maintenance",
            Self::Deactivated => "deactivated",
        }
    }

    /// What somebody gets from a tenant in this state. A visitor's page that is only read (its stylesheet, its files) shows
    /// the brand in every state in which the tenant is known.
    #[must_use]
    pub const fn standing(self, audience: Audience, intent: Intent) -> Standing {
        use Audience::{Key, Member, Operator, Owner, Partner, Visitor};
        use Intent::{Read, Write};
        match (self, audience, intent) {
            (Self::Active, ..) | (_, Operator, _) => Standing::Open,

            (Self::Provisioning | Self::Deactivated, Visitor, _) => Standing::Unknown,
            (Self::Provisioning, ..) => Standing::Open,

            (Self::Maintenance, Visitor, Write) => Standing::Maintenance,
            (Self::Maintenance, ..) => Standing::Open,

            (Self::Suspended, Visitor, _) | (Self::Suspended, _, Write) => Standing::Suspended,
            (Self::Suspended, _, Read) => Standing::Open,

            (Self::Deactivated, Owner | Partner, Read) => Standing::Open,
            (Self::Deactivated, Owner | Partner, Write) | (Self::Deactivated, Member | Key, _) => {
                Standing::Deactivated
            }
        }
    }

    /// Whether the tenant's own owners may lead it from this state to that one. The platform may lead it anywhere.
    #[must_use]
    pub const fn owners_may_change_to(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Provisioning | Self::Maintenance, Self::Active)
                | (Self::Active, Self::Maintenance)
                | (Self::Provisioning | Self::Active | Self::Maintenance, Self::Deactivated)
        )
    }
}

impl FromStr for TenantStatus {
    type Err = UnknownStatus;
    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or(UnknownStatus)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_but_the_platform_changes_anything_of_a_suspended_tenant() {
        for audience in
            [Audience::Visitor, Audience::Owner, Audience::Member, Audience::Key, Audience::Partner]
        {
            let standing = TenantStatus::Suspended.standing(audience, Intent::Write);
            assert_eq!(standing, Standing::Suspended, "{audience:?}");
        }
        assert_eq!(TenantStatus::Suspended.standing(Audience::Member, Intent::Read), Standing::Open);
        for status in TenantStatus::ALL {
            assert_eq!(status.standing(Audience::Operator, Intent::Write), Standing::Open);
        }
    }

    #[test]
    fn visitors_see_a_tenant_only_while_it_is_open_to_them() {
        let seen = TenantStatus::ALL.map(|status| status.standing(Audience::Visitor, Intent::Read));
        let wanted =
            [Standing::Unknown, Standing::Open, Standing::Suspended, Standing::Open, Standing::Unknown];
        assert_eq!(seen, wanted);
        assert_eq!(
            TenantStatus::Maintenance.standing(Audience::Visitor, Intent::Write),
            Standing::Maintenance
        );
    }

    #[test]
    fn owners_cannot_lift_what_the_platform_imposed() {
        for next in TenantStatus::ALL {
            assert!(!TenantStatus::Suspended.owners_may_change_to(next), "{next:?}");
            assert!(!TenantStatus::Deactivated.owners_may_change_to(next), "{next:?}");
        }
    }

    /// What stands in docs/lifecycle.md between two comments of this name.
    fn told(name: &str) -> &'static str {
        let text = include_str!("../../../../docs/lifecycle.md");
        let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let from = text.find(&open).map(|at| at + open.len()).unwrap();
        &text[from..from + text[from..].find(&close).unwrap()]
    }

    #[test]
    fn the_document_says_what_each_state_means() {
        use Audience::{Key, Member, Operator, Owner, Partner, Visitor};
        let mut table = String::from(
            "| state | | visitor | owner | member | key | partner | operator |\n|---|---|---|---|---|---|---|---|\n",
        );
        for status in TenantStatus::ALL {
            for (word, intent) in [("reads", Intent::Read), ("writes", Intent::Write)] {
                let cells = [Visitor, Owner, Member, Key, Partner, Operator]
                    .map(|audience| format!("{:?}", status.standing(audience, intent)).to_lowercase());
                table += &format!("| `{}` | {word} | {} |\n", status.as_str(), cells.join(" | "));
            }
        }
        assert_eq!(told("standing"), table);
    }

    #[test]
    fn the_document_says_where_owners_may_lead_it() {
        let mut table = String::from("| from | owners lead it to |\n|---|---|\n");
        for from in TenantStatus::ALL {
            let ways = TenantStatus::ALL.into_iter().filter(|to| from.owners_may_change_to(*to));
            let ways: Vec<_> = ways.map(|to| format!("`{}`", to.as_str())).collect();
            let ways = if ways.is_empty() { "nowhere".to_owned() } else { ways.join(", ") };
            table += &format!("| `{}` | {ways} |\n", from.as_str());
        }
        assert_eq!(told("owners"), table);
    }

    #[test]
    fn every_status_survives_its_name() {
        for status in TenantStatus::ALL {
            assert_eq!(status.as_str().parse(), Ok(status));
        }
    }
}
