//! The types of bodies, by name, for whoever describes the API.

pub use crate::{
    api_keys::{KeyView, MadeKey, NewKey, Rotation},
    auth::{
        history::SignInView,
        refresh::Refresh,
        sessions::{SessionView, Sessions, SignOutEverywhere, SignedOut},
        sign_in::SignIn,
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
    invitations::{InvitationView, Invite, SentInvitation},
    me::MeView,
    members::{MemberView, RoleChoice},
    page::Page,
    tenant::{
        account::TenantView,
        stats::StatsView,
        status::{NewStatus, StatusView},
    },
    usage::UsageView,
};
