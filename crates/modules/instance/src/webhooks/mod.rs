//! Signed calls to other programs when something happens in public.

mod call;
mod job;
pub(crate) mod pages;
pub mod store;

use std::fmt::Write;

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    news::NewsKind,
    secrets::{self, Secrets},
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

pub use call::{Failure, Outcome, Reach, Target, is_public};
pub use job::{KIND, turn};
pub use pages::routes;

/// After a change of secret both sign for so long: the other side has time to change.
const BOTH: TimeDelta = TimeDelta::hours(24);
/// Waits after each failed attempt; after the last the delivery is given up.
const WAITS: [TimeDelta; 7] = [
    TimeDelta::minutes(1),
    TimeDelta::minutes(5),
    TimeDelta::minutes(30),
    TimeDelta::hours(2),
    TimeDelta::hours(6),
    TimeDelta::hours(12),
    TimeDelta::hours(24),
];

/// An address that is told.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Webhook {
    /// Key.
    pub id: Uuid,
    /// Address.
    pub url: String,
    /// Codes of events, with spaces between.
    pub events: String,
    /// Whether it is called.
    pub active: bool,
    /// Grows with each change of secret.
    pub secret_version: i64,
    /// When the secret was changed last.
    pub rotated_at: Option<DateTime<Utc>>,
    /// What could be told until then is in its deliveries.
    pub read_until: DateTime<Utc>,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

impl Webhook {
    /// Whether it wants to know of this.
    #[must_use]
    pub fn wants(&self, kind: NewsKind) -> bool {
        self.events.split(' ').any(|code| code == kind.code())
    }

    /// Its secret. It is in no table: it comes from the instance's key.
    #[must_use]
    pub fn secret(&self, secrets: &Secrets) -> String {
        secret(secrets, self.id, self.secret_version)
    }

    /// The header that proves who calls, and when: `t=SECONDS,v1=HEX`, with a second `v1` for a day after the secret was
    /// changed. Each is the HMAC-SHA256 of `SECONDS.BODY`.
    #[must_use]
    pub fn signature(&self, secrets: &Secrets, body: &str, now: DateTime<Utc>) -> String {
        let seconds = now.timestamp();
        let signed = format!("{seconds}.{body}");
        let mut header = format!("t={seconds}");
        let before = self.rotated_at.is_some_and(|at| now - at < BOTH).then_some(self.secret_version - 1);
        for version in [Some(self.secret_version), before].into_iter().flatten() {
            let hex = secrets::hmac_hex(&secret(secrets, self.id, version), &signed);
            let _ = write!(header, ",v1={hex}");
        }
        header
    }
}

fn secret(secrets: &Secrets, id: Uuid, version: i64) -> String {
    format!("whsec_{}", secrets.sign("webhook", &format!("{id} {version}")))
}

/// When a delivery that failed this often is tried again; `None` when it is given up.
#[must_use]
pub fn next_try(attempts: i64, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let at = usize::try_from(attempts - 1).ok()?;
    WAITS.get(at).map(|wait| now + *wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn webhook(now: DateTime<Utc>) -> Webhook {
        Webhook {
            id: Uuid::from_u128(7),
            url: String::new(),
            events: "answer.published".into(),
            active: true,
            secret_version: 2,
            rotated_at: Some(now),
            read_until: now,
            created_at: now,
        }
    }

    #[test]
    fn a_signature_is_of_the_body_and_the_time_and_both_secrets_sign_for_a_day() {
        let now = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        let (secrets, hook) = (Secrets::new([3; 32]), webhook(now));
        let header = hook.signature(&secrets, "{}", now);
        let expected = secrets::hmac_hex(&hook.secret(&secrets), "1700000000.{}");
        assert!(header.starts_with(&format!("t=1700000000,v1={expected},v1=")), "{header}");
        let later = hook.signature(&secrets, "{}", now + BOTH);
        assert_eq!(later.matches("v1=").count(), 1);
        assert_ne!(hook.signature(&secrets, "{ }", now), header);
        assert_ne!(hook.secret(&Secrets::new([4; 32])), hook.secret(&secrets), "another instance");
        assert!(hook.wants(NewsKind::Answer) && !hook.wants(NewsKind::Published));
    }

    #[test]
    fn waits_grow_and_end() {
        let now = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        let waits: Vec<_> = (1..).map_while(|n| next_try(n, now)).collect();
        assert_eq!(waits.len(), 7);
        assert!(waits.windows(2).all(|w| w[0] < w[1]));
        assert_eq!(next_try(0, now), None);
    }
}
