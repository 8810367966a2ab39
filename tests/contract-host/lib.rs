//! The contract on the host: each case is a test of its own, with fresh data. Once on the ports in memory, and once with
//! counters and the live log in SQL.

#![cfg(test)]

mod counters_in_time;
mod live_log_in_time;
mod outbox_bound;
mod sql_ports;

use futures_util::FutureExt;
use livery_platform_memory::Memory;
use sql_ports::SqlPorts;

fn check(name: &str) {
    let memory = Memory::new("").unwrap();
    let outcome = livery_contract::run(name, &memory).now_or_never();
    assert_eq!(outcome.expect("nothing in memory suspends"), Ok(()));
}

fn check_in_sql(name: &str) {
    let platform = SqlPorts::new();
    let outcome = livery_contract::run(name, &platform).now_or_never();
    assert_eq!(outcome.expect("nothing in memory suspends"), Ok(()));
}

macro_rules! tests {
    ($($module:ident { $($case:ident)+ })+) => {$(
        mod $module {
            $(
                #[test]
                fn $case() {
                    super::check(concat!(stringify!($module), "::", stringify!($case)));
                }
            )+

            mod in_sql {
                $(
                    #[test]
                    fn $case() {
                        super::super::check_in_sql(concat!(stringify!($module), "::", stringify!($case)));
                    }
                )+
            }
        }
    )+};
}

livery_contract::for_each_case!(tests);

#[test]
fn a_name_that_is_no_case_is_told() {
    let memory = Memory::new("").unwrap();
    let outcome = livery_contract::run("nothing", &memory).now_or_never();
    assert_eq!(outcome, Some(Err("there is no case nothing".into())));
}

#[test]
fn every_case_has_a_name_of_its_own() {
    let mut names = livery_contract::names().to_vec();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), livery_contract::names().len());
}
