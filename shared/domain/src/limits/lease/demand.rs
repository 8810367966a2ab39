use crate::clock::UnixMillis;

/// A lease is spent for 2 s, and its units are counted here when it is settled: a window of twice that misses none.
const WINDOW_MILLIS: i64 = 4_000;

/// How many units are asked for lately, in two windows that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demand {
    window: i64,
    units: u64,
    before: u64,
}

impl Default for Demand {
    fn default() -> Self {
        Self { window: i64::MIN, units: 0, before: 0 }
    }
}

impl Demand {
    pub fn note(&mut self, units: u64, now: UnixMillis) {
        let window = now.0.div_euclid(WINDOW_MILLIS);
        // A clock that goes back goes on in the window that is there.
        if window > self.window {
            self.before = if window - 1 == self.window { self.units } else { 0 };
            self.units = 0;
            self.window = window;
        }
        self.units = self.units.saturating_add(units);
    }

    /// The higher of the two windows' means: a burst shows at once, and is not forgotten where a window ends.
    #[must_use]
    pub fn per_second(&self, now: UnixMillis) -> u64 {
        let units = match now.0.div_euclid(WINDOW_MILLIS).saturating_sub(self.window) {
            ..=0 => self.units.max(self.before),
            1 => self.units,
            _ => 0,
        };
        units.saturating_mul(1000) / WINDOW_MILLIS.unsigned_abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(millis: i64) -> UnixMillis {
        UnixMillis(1_795_251_600_000 + millis)
    }

    #[test]
    fn a_burst_shows_at_once_and_is_remembered_over_the_next_window() {
        let mut demand = Demand::default();
        assert_eq!(demand.per_second(at(0)), 0);
        demand.note(400, at(0));
        for later in [0, 3_999, 4_000, 7_999] {
            assert_eq!(demand.per_second(at(later)), 100, "{later}");
        }
        assert_eq!(demand.per_second(at(8_000)), 0);
    }

    #[test]
    fn a_steady_demand_reads_the_same_at_every_moment() {
        let mut demand = Demand::default();
        for step in 0..400 {
            demand.note(1, at(step * 25));
            if step >= 160 {
                assert_eq!(demand.per_second(at(step * 25)), 40, "{step}");
            }
        }
    }

    #[test]
    fn a_pause_and_a_clock_that_goes_back_do_no_harm() {
        let mut demand = Demand::default();
        demand.note(400, at(0));
        demand.note(4, at(9_000));
        assert_eq!(demand.per_second(at(9_000)), 1);
        demand.note(4, at(0));
        assert_eq!(demand.per_second(at(0)), 2);
    }
}
