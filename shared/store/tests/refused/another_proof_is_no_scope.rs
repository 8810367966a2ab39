use livery_domain::{id::PartnerId, tenant::TenantScope};
use livery_store::api_keys::Owner;

fn a_partner_as_a_tenant(partner: PartnerId) -> Owner<'static> {
    Owner::Tenant(partner)
}

fn made_by_hand(tenant: livery_domain::id::TenantId) -> TenantScope {
    TenantScope(tenant)
}

fn main() {}
