//! What must not compile: a query over a tenant's data by anybody who has no proof that they may act for it.
//!
//! The expected words of the compiler lie beside each program; after a change of toolchain `TRYBUILD=overwrite` writes them anew.

#[test]
fn a_query_over_a_tenants_data_without_its_scope_does_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/refused/*.rs");
}
