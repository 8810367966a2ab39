//! The types of bodies, by name, for whoever describes the API.

pub use crate::{
    alias::{
        people::{AliasInvitationView, AliasInvite, AliasTenantView, NewRoleName, UserView},
        register::{AliasRegistered, AliasRegistration},
        site::DomainView,
        tenant::UserCount,
    },
    api_keys::{KeyView, MadeKey, NewKey, Rotation},
    audit_log::{EntryView, Verification},
    auth::{
        history::SignInView,
        password::{PasswordChange, PasswordSet},
        plans::Plans,
        refresh::Refresh,
        register::{Registered, Registration},
        reset::{Forgotten, NewPassword},
        sessions::{SessionView, Sessions, SignOutEverywhere, SignedOut},
        sign_in::SignIn,
        subdomains::Availability,
        switch::Switch,
        tokens::Tokens,
    },
    branding::ReleaseView,
    edge::Capabilities,
    embed::{
        ConversationPage, ConversationView, EmbedSession, MessagePage, NewConversation, NewEmbedSession,
        NewMessage,
    },
    embed_policy::NewPolicy,
    flags::{FlagList, FlagView},
    grants::{GrantView, NewGrant},
    invitations::{
        InvitationView, Invite, SentInvitation,
        acceptance::{Accept, Code, InvitationFace},
    },
    me::{MePatch, MeView, OwnTenantView},
    members::{MemberView, RoleChoice},
    operator::{NewFlag, NewPartner, NewPlan, PartnerChoice, PartnerView, TenantDetails, TenantEntry},
    page::Page,
    roles::{NewRole, PermissionList, RoleList, RolePatch, RoleView},
    tenant::{
        account::TenantView,
        stats::StatsView,
        status::{NewStatus, StatusView},
    },
    usage::UsageView,
};
