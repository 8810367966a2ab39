//! The types of bodies, by name, for whoever describes the API.

pub use crate::{
    branding::ReleaseView,
    edge::Capabilities,
    embed::{
        ConversationPage, ConversationView, EmbedSession, MessagePage, NewConversation, NewEmbedSession,
        NewMessage,
    },
    embed_policy::NewPolicy,
    me::MeView,
    page::Page,
    tenant::TenantView,
    usage::UsageView,
};
