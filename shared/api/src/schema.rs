//! The types of bodies, by name, for whoever describes the API.

pub use crate::{
    api_keys::{KeyView, MadeKey, NewKey, Rotation},
    branding::ReleaseView,
    edge::Capabilities,
    embed::{
        ConversationPage, ConversationView, EmbedSession, MessagePage, NewConversation, NewEmbedSession,
        NewMessage,
    },
    embed_policy::NewPolicy,
    flags::{FlagList, FlagView},
    me::MeView,
    members::{MemberView, RoleChoice},
    page::Page,
    tenant::TenantView,
    usage::UsageView,
};
