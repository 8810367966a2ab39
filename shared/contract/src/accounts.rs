//! The stores' promises about sign-ins: attempts counted exactly, refresh tokens used once.

use crate::{Platform, fresh, holds, same, text};
use futures_util::future::{join, join_all};
use livery_domain::{
    id::{SessionId, UserId},
    identity::{
        attempt::{AttemptLimit, Bucket},
        credential::{Credential, CredentialKind},
    },
};
use livery_platform::fresh_bytes;
use livery_store::identity::{
    attempts::{self, Verdict},
    refresh_tokens::{self, Rotated},
    sessions::{self, Ended},
};

const FEW: AttemptLimit = AttemptLimit { name: "contract_few", most: 5, window_secs: 900 };
const MANY: AttemptLimit = AttemptLimit { name: "contract_many", most: 30, window_secs: 900 };

fn bucket<P: Platform>(platform: &P, limit: AttemptLimit) -> Bucket {
    Bucket::new(limit, &[&fresh::word(platform)])
}

pub async fn of_many_tries_at_once_exactly_the_limit_is_granted<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let buckets = [bucket(platform, MANY), bucket(platform, FEW)];
    let now = platform.now();
    let tries = join_all((0..20).map(|_| attempts::reserve(platform, &buckets, now))).await;
    let verdicts = tries.into_iter().collect::<Result<Vec<_>, _>>().map_err(text)?;
    let granted = verdicts.iter().filter(|verdict| **verdict == Verdict::Granted).count();
    same("granted", &granted, &5)?;
    let refused = verdicts.iter().find(|verdict| **verdict != Verdict::Granted);
    same("told to wait", &refused, &Some(&Verdict::Refused { retry_after: 900 }))
}

pub async fn a_try_that_one_bucket_refuses_uses_up_nothing_of_those_after_it<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let (own, shared) = (bucket(platform, FEW), bucket(platform, MANY));
    let now = platform.now();
    for _ in 0..40 {
        attempts::reserve(platform, &[own.clone(), shared.clone()], now).await.map_err(text)?;
    }
    for _ in 0..25 {
        let verdict = attempts::reserve(platform, std::slice::from_ref(&shared), now).await.map_err(text)?;
        same("a try of another", &verdict, &Verdict::Granted)?;
    }
    let verdict = attempts::reserve(platform, &[shared], now).await.map_err(text)?;
    same("the thirty-first", &verdict, &Verdict::Refused { retry_after: 900 })
}

pub async fn a_window_that_is_over_begins_anew_and_one_that_is_cleared_too<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let few = bucket(platform, FEW);
    let now = platform.now();
    let full = async |at| {
        for _ in 0..5 {
            let verdict = attempts::reserve(platform, std::slice::from_ref(&few), at).await.map_err(text)?;
            same("one of five", &verdict, &Verdict::Granted)?;
        }
        let at = at.plus_secs(899);
        let verdict = attempts::reserve(platform, std::slice::from_ref(&few), at).await.map_err(text)?;
        same("the sixth, a second before the end", &verdict, &Verdict::Refused { retry_after: 1 })
    };
    full(now).await?;
    full(now.plus_secs(900)).await?;
    platform.query(attempts::cleared(&few)).await.map_err(text)?;
    full(now.plus_secs(901)).await?;
    platform.query(attempts::given_back(&few)).await.map_err(text)?;
    let at = now.plus_secs(902);
    let verdict = attempts::reserve(platform, std::slice::from_ref(&few), at).await.map_err(text)?;
    holds("nothing is given back to who was refused", verdict != Verdict::Granted)
}

/// A session of an hour with its first token.
async fn signed_in<P: Platform>(platform: &P) -> Result<(UserId, SessionId, String), String> {
    let scope = fresh::tenant(platform).await?;
    let (user, _) = fresh::member(platform, &scope).await?;
    let session = fresh::session(platform, &scope, user).await?;
    let hash = token(platform);
    platform.query(refresh_tokens::issued(&hash, session, platform.now())).await.map_err(text)?;
    Ok((user, session, hash))
}

fn token<P: Platform>(platform: &P) -> String {
    Credential::new(CredentialKind::Refresh, fresh_bytes(platform)).hash()
}

pub async fn of_two_refreshes_at_once_both_go_on_and_the_first_use_is_remembered<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let (_, session, hash) = signed_in(platform).await?;
    let now = platform.now();
    let later = now.plus_secs(1);
    let nexts = [token(platform), token(platform)];
    let rotate = |next, at| {
        let seen = sessions::seen(session, at, None, None);
        refresh_tokens::rotate(platform, &hash, next, session, at, seen)
    };
    let (one, other) = join(rotate(&nexts[0], now), rotate(&nexts[1], later)).await;
    let outcomes = [one.map_err(text)?, other.map_err(text)?];
    let first = if outcomes[0] == Rotated::Next { now } else { later };
    holds("one was first", outcomes.contains(&Rotated::Next))?;
    holds("the other came again", outcomes.contains(&Rotated::Again(first)))?;
    let used = refresh_tokens::found(platform, &hash, later).await.map_err(text)?;
    same("first used", &used.and_then(|found| found.used_at), &Some(first))?;
    for next in &nexts {
        let found = refresh_tokens::found(platform, next, later).await.map_err(text)?;
        same("what either was given", &found.map(|found| (found.live, found.used_at)), &Some((true, None)))?;
    }
    Ok(())
}

pub async fn a_session_that_was_ended_gives_no_token_any_more<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let (user, session, hash) = signed_in(platform).await?;
    let now = platform.now();
    let ended = sessions::ended(user, session, now, Ended::SignedOut);
    same("ended", &platform.query(ended.clone()).await.map_err(text)?.len(), &1)?;
    same("ended again", &platform.query(ended).await.map_err(text)?.len(), &0)?;
    let next = token(platform);
    let seen = sessions::seen(session, now, None, None);
    let outcome = refresh_tokens::rotate(platform, &hash, &next, session, now, seen).await.map_err(text)?;
    same("a refresh", &outcome, &Rotated::Over)?;
    same("the next token", &refresh_tokens::found(platform, &next, now).await.map_err(text)?, &None)
}

pub async fn everything_a_person_is_signed_in_with_ends_at_once<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let (user, session, _) = signed_in(platform).await?;
    let (_, others, _) = signed_in(platform).await?;
    let elsewhere = fresh::tenant(platform).await?;
    fresh::join(platform, &elsewhere, user).await?;
    let second = fresh::session(platform, &elsewhere, user).await?;
    let now = platform.now();
    let live = async || {
        let live = sessions::live_of(platform, user, now).await.map_err(text)?;
        let mut ids: Vec<_> = live.iter().map(|one| one.id).collect();
        ids.sort();
        Ok::<_, String>(ids)
    };
    let mut both = vec![session, second];
    both.sort();
    same("in both tenants", &live().await?, &both)?;
    let ended = sessions::all_ended(user, Some(session), now, Ended::SignedOutEverywhere);
    same("ended", &platform.query(ended).await.map_err(text)?.len(), &1)?;
    same("left", &live().await?, &vec![session])?;
    let ended = sessions::all_ended(user, None, now, Ended::SignedOutEverywhere);
    same("ended at last", &platform.query(ended).await.map_err(text)?.len(), &1)?;
    holds("nobody else's", session != others && live().await?.is_empty())
}
