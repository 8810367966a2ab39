//! The types of bodies, by name, for whoever describes the API.

pub use livery_brand::ReleaseView;
pub use livery_compat::{
    people::{AliasInvitationView, AliasInvite, AliasTenantView, NewRoleName, UserView},
    register::{AliasRegistered, AliasRegistration},
    tenant::UserCount,
};
pub use livery_edge::{Capabilities, older::DomainView};
pub use livery_embed::{
    ConversationPage, ConversationView, EmbedSession, MessagePage, NewConversation, NewEmbedSession,
    NewMessage, policy::NewPolicy,
};
pub use livery_http::page::Page;
pub use livery_identity::{
    api_keys::{KeyView, MadeKey, NewKey, Rotation},
    history::SignInView,
    password::{PasswordChange, PasswordSet},
    refresh::Refresh,
    register::{Registered, Registration},
    reset::{Forgotten, NewPassword},
    sessions::{Sessions, SignOutEverywhere, SignedOut},
    sign_in::SignIn,
    subdomains::Availability,
    switch::Switch,
    tokens::Tokens,
};
pub use livery_limits::{plans::Plans, stats::StatsView, usage::UsageView};
pub use livery_operations::audit_log::{EntryView, Verification};
pub use livery_operator::{
    NewFlag, NewPartner, NewPlan, PartnerChoice, PartnerView, TenantDetails, TenantEntry,
};
pub use livery_people::{
    grants::{GrantView, NewGrant},
    invitations::{
        InvitationView, Invite, SentInvitation,
        acceptance::{Accept, Code, InvitationFace},
    },
    me::{MePatch, MeView, OwnTenantView},
    members::{MemberView, RoleChoice},
    roles::{NewRole, PermissionList, RoleList, RolePatch, RoleView},
};
pub use livery_tenancy::{
    flags::{FlagList, FlagView},
    tenant::{
        account::{StatusView, TenantView},
        status::NewStatus,
    },
};
