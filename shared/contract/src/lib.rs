//! What every adapter must do, as plain async functions.
//!
//! *In scope*: the promises of the port traits, and of the stores on top of them, each as a case that reports
//! what it found instead. *Out of scope*: a test harness; each runtime has its own in `tests/contract-*`.
//!
//! Cases share a platform and may run at the same time: each makes tenants of its own and reads nothing else.

#![allow(async_fn_in_trait)]

mod accounts;
mod busy_counter;
mod cache;
mod clock_and_entropy;
mod counter;
mod database;
mod fresh;
mod hub;
mod hub_listening;
mod keys;
mod stores;
mod tenancy;

use livery_platform::{Clock, Database, EdgeCache, Entropy, ExactCounter, Hub};
use std::fmt::{Debug, Display};

/// All ports that a case may use.
pub trait Platform: Database + EdgeCache + ExactCounter + Hub + Clock + Entropy {}

impl<T: Database + EdgeCache + ExactCounter + Hub + Clock + Entropy> Platform for T {}

/// Calls `$of!` with every case, by module: the one list of them.
#[macro_export]
macro_rules! for_each_case {
    ($of:ident) => {
        $of! {
            database {
                a_write_is_read_at_once
                a_batch_sees_its_own_writes
                a_batch_gives_the_rows_of_each_statement_in_order
                a_read_gives_the_rows_of_each_statement_whichever_plane_it_is_of
                a_batch_that_breaks_a_constraint_writes_nothing
                a_batch_with_a_statement_that_is_no_sql_writes_nothing
                a_key_that_is_taken_is_a_constraint
                a_reference_to_nothing_is_a_constraint
                a_value_that_a_check_refuses_is_a_constraint
                a_null_where_none_may_be_is_a_constraint
                what_is_no_sql_is_no_constraint
                returning_gives_what_was_written
                returning_gives_nothing_where_nothing_was_written
                on_conflict_the_old_row_stays_or_is_changed
                integers_survive_to_the_last_unit
                null_is_null_and_no_empty_text
                text_survives_in_every_script
                a_megabyte_of_text_survives
                columns_come_in_the_order_of_the_statement
                parameters_may_be_named_twice_and_in_any_order
                sql_in_a_parameter_is_text
                many_rows_come_in_the_order_asked_for
                of_many_writers_of_one_key_one_wins
                no_increment_is_lost_among_many
            }
            stores {
                the_exact_domain_comes_before_the_subdomain
                a_domain_without_its_proof_finds_nobody
                of_two_changes_at_once_one_is_made_and_the_other_told
                of_two_first_drafts_one_is_kept
                of_two_drafts_for_one_version_one_is_kept
                a_release_is_live_with_its_files
                a_revision_is_published_once
                of_many_publishers_of_one_revision_one_wins
                releases_are_paged_newest_first
                a_visitor_has_one_open_conversation_however_often_it_is_opened
                messages_are_numbered_without_gaps
                messages_of_many_senders_are_numbered_without_gaps
                a_repeated_key_uses_no_number
                a_conversation_that_is_not_there_takes_no_message
                a_mail_that_is_kept_is_found_whole
            }
            keys {
                a_key_is_found_by_its_hash_for_whom_it_is
                another_tenants_keys_are_not_seen
                the_last_use_of_a_key_is_written_once_a_minute
                a_rotation_leaves_two_keys_of_a_line_that_count_as_one
                of_many_who_make_keys_at_once_the_limit_is_met_exactly
                a_partner_finds_its_own_tenants_alone
                the_platforms_own_log_is_a_chain_too
                a_flag_counts_by_override_then_by_plan
            }
            accounts {
                of_many_tries_at_once_exactly_the_limit_is_granted
                a_try_that_one_bucket_refuses_uses_up_nothing_of_those_after_it
                a_window_that_is_over_begins_anew_and_one_that_is_cleared_too
                of_two_refreshes_at_once_both_go_on_and_the_first_use_is_remembered
                a_session_that_was_ended_gives_no_token_any_more
                everything_a_person_is_signed_in_with_ends_at_once
            }
            tenancy {
                another_tenants_name_plan_and_policy_are_not_seen
                another_tenants_people_are_not_seen
                another_tenants_draft_is_not_seen
                another_tenants_releases_and_files_are_not_seen
                another_tenants_conversations_are_not_seen
                another_tenants_conversation_takes_no_message
                what_one_tenant_writes_changes_nothing_of_anothers
            }
            cache {
                a_key_that_was_never_written_is_not_there
                what_is_read_was_once_written_there
                any_bytes_survive
                a_megabyte_survives
                keys_of_the_longest_and_oddest_kind_are_kept_apart
                many_keys_at_once_are_not_mixed_up
            }
            counter {
                units_are_granted_to_the_limit_and_not_beyond
                of_fifty_at_once_exactly_the_limit_is_granted
                a_limit_of_nothing_grants_nothing
                units_are_held_all_or_none
                an_id_counts_once_however_often_it_is_sent
                one_id_at_once_many_times_counts_once
                a_released_unit_is_free_again_once
                a_released_id_can_be_reserved_again
                a_committed_unit_stays_counted
                ids_that_are_unknown_are_ignored
                a_limit_that_was_lowered_grants_no_more
                a_limit_that_was_raised_grants_the_rest
                periods_are_counted_apart
                tenants_are_counted_apart
            }
            busy_counter {
                of_a_flood_every_id_is_granted_and_counted_once
                of_a_flood_what_is_released_comes_back_once_and_what_is_committed_stays
                a_flood_over_the_limit_is_granted_exactly_to_it
                a_limit_that_was_lowered_amid_a_flood_grants_no_more
            }
            hub {
                a_tenant_without_a_release_has_only_the_hello
                releases_come_once_and_in_order
                a_client_that_is_current_or_ahead_misses_nothing
                a_revision_that_is_known_or_older_is_told_to_nobody_again
                a_client_too_far_behind_gets_the_newest_alone
                messages_of_a_visitor_are_not_remembered
                tenants_hear_nothing_of_each_other
            }
            hub_listening {
                without_a_cursor_a_listener_is_greeted_at_once
                what_comes_after_a_cursor_is_heard_once_and_in_order
                a_visitors_messages_are_heard_by_nobody_else
                a_release_that_is_known_is_heard_once
                a_cursor_that_no_hub_knows_is_greeted_anew
                a_listener_with_nothing_to_hear_is_held_back_and_answered_empty
                a_frame_that_comes_meanwhile_ends_the_wait
                many_who_wait_all_hear_the_same
                a_burst_is_heard_to_the_end_over_as_many_calls_as_it_takes
                listeners_hear_nothing_of_another_tenant
                pages_that_are_closed_hear_of_it_once_and_those_that_come_later_do_not
            }
            clock_and_entropy {
                the_clock_tells_a_time_of_this_century_and_never_goes_back
                no_two_draws_are_alike
                every_byte_is_filled
            }
        }
    };
}

macro_rules! register {
    ($($module:ident { $($case:ident)+ })+) => {
        /// The name of every case.
        #[must_use]
        pub const fn names() -> &'static [&'static str] {
            &[$($(concat!(stringify!($module), "::", stringify!($case)),)+)+]
        }

        /// Runs one case.
        ///
        /// # Errors
        /// A description of what the adapter did instead, or that the case does not exist.
        pub async fn run<P: Platform>(name: &str, platform: &P) -> Result<(), String> {
            $($(
                if name == concat!(stringify!($module), "::", stringify!($case)) {
                    return $module::$case(platform).await;
                }
            )+)+
            Err(format!("there is no case {name}"))
        }
    };
}

for_each_case!(register);

/// A fault as a case reports it.
fn text(fault: impl Display) -> String {
    fault.to_string()
}

fn holds(told: &str, is: bool) -> Result<(), String> {
    if is { Ok(()) } else { Err(told.to_owned()) }
}

fn same<T: PartialEq + Debug>(told: &str, is: &T, wanted: &T) -> Result<(), String> {
    if is == wanted { Ok(()) } else { Err(format!("{told}: {is:?} instead of {wanted:?}")) }
}
