//! `EdgeCache`: it may lose values, but never returns one that was not put there.

use crate::{Platform, fresh, holds, text};
use bytes::Bytes;
use futures_util::future::join_all;

/// Reads a key that was given these values, in this order: any of them or none.
async fn read<P: Platform>(platform: &P, key: &str, given: &[&Bytes]) -> Result<Option<Bytes>, String> {
    let found = platform.cached(key).await.map_err(text)?;
    match &found {
        Some(value) if !given.contains(&value) => {
            Err(format!("{} octets that nobody put there", value.len()))
        }
        _ => Ok(found),
    }
}

async fn survives<P: Platform>(platform: &P, key: &str, value: Bytes) -> Result<(), String> {
    platform.put_cached(key, value.clone()).await.map_err(text)?;
    read(platform, key, &[&value]).await.map(|_| ())
}

fn key<P: Platform>(platform: &P) -> String {
    format!("contract:{}", fresh::word(platform))
}

pub async fn a_key_that_was_never_written_is_not_there<P: Platform>(platform: &P) -> Result<(), String> {
    let missing = key(platform);
    holds("a made-up key", platform.cached(&missing).await.map_err(text)?.is_none())?;
    platform.put_cached(&missing, Bytes::from_static(b"x")).await.map_err(text)?;
    for near in [format!("{missing}x"), missing.to_uppercase(), missing.replace("contract:", "")] {
        holds("a key like one that was written", platform.cached(&near).await.map_err(text)?.is_none())?;
    }
    Ok(())
}

pub async fn what_is_read_was_once_written_there<P: Platform>(platform: &P) -> Result<(), String> {
    let key = key(platform);
    let (old, new) = (Bytes::from_static(b"old"), Bytes::from_static(b"new"));
    survives(platform, &key, old.clone()).await?;
    platform.put_cached(&key, new.clone()).await.map_err(text)?;
    for _ in 0..5 {
        read(platform, &key, &[&old, &new]).await?;
    }
    Ok(())
}

pub async fn any_bytes_survive<P: Platform>(platform: &P) -> Result<(), String> {
    let every: Vec<u8> = (0..=255).collect();
    for value in [
        Bytes::from(every),
        Bytes::from_static(b"\0"),
        Bytes::from_static(b"\xff\xfe\xfd"),
        Bytes::from_static(b"\xef\xbb\xbfwith a mark"),
        Bytes::from_static(b"\r\n \t"),
        Bytes::from_static(b"null"),
        Bytes::new(),
    ] {
        survives(platform, &key(platform), value).await?;
    }
    Ok(())
}

pub async fn a_megabyte_survives<P: Platform>(platform: &P) -> Result<(), String> {
    let value: Vec<u8> = (0..1024 * 1024_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    survives(platform, &key(platform), Bytes::from(value)).await
}

pub async fn keys_of_the_longest_and_oddest_kind_are_kept_apart<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let start = key(platform);
    let longest = |last: char| format!("{start}{}{last}", "k".repeat(512 - start.len() - 1));
    let odd =
        ["/a/../b", " space ", "%2F", "?a=b&c#d", "\u{e9}", "e\u{301}", "\u{1f44b}", "a:b", "a\\b", "\"'<>"];
    let keys: Vec<String> =
        odd.iter().map(|odd| format!("{start}{odd}")).chain([longest('a'), longest('b')]).collect();
    let values: Vec<Bytes> = (0..keys.len()).map(|n| Bytes::from(format!("value {n}"))).collect();
    for (key, value) in keys.iter().zip(&values) {
        platform.put_cached(key, value.clone()).await.map_err(text)?;
    }
    for (key, value) in keys.iter().zip(&values) {
        read(platform, key, &[value]).await.map_err(|fault| format!("{key}: {fault}"))?;
    }
    Ok(())
}

pub async fn many_keys_at_once_are_not_mixed_up<P: Platform>(platform: &P) -> Result<(), String> {
    let start = key(platform);
    let entries: Vec<_> =
        (0..30).map(|n| (format!("{start}:{n}"), Bytes::from(format!("value {n}").repeat(n + 1)))).collect();
    for put in join_all(entries.iter().map(|(key, value)| platform.put_cached(key, value.clone()))).await {
        put.map_err(text)?;
    }
    let given: Vec<[&Bytes; 1]> = entries.iter().map(|(_, value)| [value]).collect();
    let reads = entries.iter().zip(&given).map(|((key, _), given)| read(platform, key, given));
    for found in join_all(reads).await {
        found?;
    }
    Ok(())
}
