use livery_platform::Database;

async fn anybodys_keys(db: &impl Database) {
    let _ = livery_store::flags::of_tenant(db).await;
}

fn main() {}
