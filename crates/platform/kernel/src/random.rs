//! Randomness and identifiers, passed in so that tests repeat.

use std::sync::Mutex;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use rand::{Rng, SeedableRng, rngs::StdRng};
use uuid::Uuid;

/// A source of random bytes.
pub trait Entropy: Send + Sync + 'static {
    /// Fills the buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// The operating system's generator.
#[derive(Debug, Default, Clone, Copy)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        rand::rng().fill_bytes(buffer);
    }
}

/// A seeded generator for tests and the demo. Never for a real instance: its tokens can be guessed.
#[derive(Debug)]
pub struct SeededEntropy(Mutex<StdRng>);

impl SeededEntropy {
    /// The same seed gives the same bytes.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).fill_bytes(buffer);
    }
}

/// A new UUIDv7: keys sort by the time they were made.
#[must_use]
pub fn uuid_v7(now: DateTime<Utc>, entropy: &dyn Entropy) -> Uuid {
    let mut random = [0_u8; 10];
    entropy.fill(&mut random);
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// A 256-bit token for links and cookies, in URL-safe base64 (43 characters).
#[must_use]
pub fn token(entropy: &dyn Entropy) -> String {
    let mut bytes = [0_u8; 32];
    entropy.fill(&mut bytes);
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// A six-digit code, uniform from 000000 to 999999.
#[must_use]
pub fn six_digits(entropy: &dyn Entropy) -> String {
    loop {
        let mut bytes = [0_u8; 4];
        entropy.fill(&mut bytes);
        let n = u32::from_le_bytes(bytes);
        // Rejection keeps every code as likely as the next.
        if n < u32::MAX - u32::MAX % 1_000_000 {
            return format!("{:06}", n % 1_000_000);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_repeat_with_the_seed() {
        let t = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        let a = uuid_v7(t, &SeededEntropy::new(1));
        assert_eq!(a, uuid_v7(t, &SeededEntropy::new(1)));
        assert!(a < uuid_v7(t + chrono::TimeDelta::seconds(1), &SeededEntropy::new(2)));
    }

    #[test]
    fn tokens_are_long_and_codes_have_six_digits() {
        let e = SeededEntropy::new(7);
        assert_eq!(token(&e).len(), 43);
        for _ in 0..200 {
            let code = six_digits(&e);
            assert!(code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()));
        }
    }
}
