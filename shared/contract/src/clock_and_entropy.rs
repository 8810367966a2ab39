//! `Clock` and `Entropy`.

use crate::{Platform, fresh, holds};
use livery_domain::clock::UnixMillis;
use livery_platform::fresh_bytes;

pub async fn the_clock_tells_a_time_of_this_century_and_never_goes_back<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let mut before = platform.now();
    // 2025-01-01 and 2100-01-01.
    let century = UnixMillis(1_735_689_600_000)..UnixMillis(4_102_444_800_000);
    for _ in 0..5 {
        // Workers' clock does not advance between one I/O and the next.
        fresh::tenant(platform).await?;
        let now = platform.now();
        holds("a time of this century", century.contains(&now))?;
        holds("a time not before the last", now >= before)?;
        before = now;
    }
    Ok(())
}

pub async fn no_two_draws_are_alike<P: Platform>(platform: &P) -> Result<(), String> {
    let mut draws: Vec<[u8; 16]> = (0..1000).map(|_| fresh_bytes(platform)).collect();
    draws.sort_unstable();
    draws.dedup();
    holds("a thousand draws differ", draws.len() == 1000)
}

pub async fn every_byte_is_filled<P: Platform>(platform: &P) -> Result<(), String> {
    let mut seen = [false; 64];
    for _ in 0..64 {
        let bytes: [u8; 64] = fresh_bytes(platform);
        for (seen, byte) in seen.iter_mut().zip(bytes) {
            *seen |= byte != 0;
        }
    }
    holds("each place holds something in one of 64 draws", seen.iter().all(|seen| *seen))
}
