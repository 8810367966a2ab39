//! The types of bodies, by name, for whoever describes the API.

pub use crate::{
    api_keys::{KeyView, MadeKey, NewKey, Rotation},
    auth::{
        history::SignInView,
        plans::Plans,
        refresh::Refresh,
        register::{Registered, Registration},
        sessions::{SessionView, Sessions, SignOutEverywhere, SignedOut},
        sign_in::SignIn,
        subdomains::Availability,
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
    me::MeView,
    members::{MemberView, RoleChoice},
    page::Page,
    roles::{NewRole, PermissionList, RoleList, RolePatch, RoleView},
    tenant::{
        account::TenantView,
        stats::StatsView,
        status::{NewStatus, StatusView},
    },
    usage::UsageView,
};
