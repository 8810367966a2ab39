use livery_domain::id::TenantId;
use livery_platform::Database;

async fn named_by_the_caller(db: &impl Database, tenant: TenantId) {
    let _ = livery_store::themes::draft(db, &tenant).await;
}

fn main() {}
