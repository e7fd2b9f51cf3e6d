//! Second factors in the database.

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Result, args,
    context::Moment,
    db::{self, Tx},
    secrets::Secrets,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::totp;

/// Codes given at once.
pub const RECOVERY_CODES: usize = 10;
/// The second factor is asked for within this.
pub const WAITS: TimeDelta = TimeDelta::minutes(10);
/// Wrong codes in one sign-in.
pub const ATTEMPTS: i64 = 5;

/// An authenticator app.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Authenticator {
    /// With the instance's key, its secret.
    pub salt: String,
    /// Since when it is asked for.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// The newest step used.
    pub last_step: i64,
}

/// The authenticator of a person, confirmed or not.
///
/// # Errors
/// When the database refuses.
pub async fn authenticator(c: &impl ConnectionTrait, person: Uuid) -> Result<Option<Authenticator>> {
    db::one(c, "SELECT salt, confirmed_at, last_step FROM authenticator WHERE person_id = $1", args![person]).await
}

/// Whether a second factor is asked of a person.
///
/// # Errors
/// When the database refuses.
pub async fn has(c: &impl ConnectionTrait, person: Uuid) -> Result<bool> {
    let sql = "SELECT count(*) FROM authenticator WHERE person_id = $1 AND confirmed_at IS NOT NULL";
    Ok(db::count(c, sql, args![person]).await? > 0)
}

/// Those of the team with a second factor.
///
/// # Errors
/// When the database refuses.
pub async fn all(c: &impl ConnectionTrait) -> Result<Vec<Uuid>> {
    db::column(c, "SELECT person_id FROM authenticator WHERE confirmed_at IS NOT NULL", vec![]).await
}

/// The authenticator to confirm: the one begun before, else a new one.
///
/// # Errors
/// When the database refuses.
pub async fn begin(tx: &Tx, moment: &Moment, person: Uuid) -> Result<()> {
    let sql = "INSERT INTO authenticator (person_id, salt, created_at) VALUES ($1, $2, $3) ON CONFLICT (person_id) DO NOTHING";
    db::run(tx, sql, args![person, moment.token(), moment.now]).await?;
    Ok(())
}

/// Tries a code of the app. A right code is used by it: the same code, or an older one, does not work again.
///
/// # Errors
/// When the database refuses.
pub async fn try_app(tx: &Tx, secrets: &Secrets, person: Uuid, typed: &str, now: DateTime<Utc>) -> Result<bool> {
    let Some(app) = authenticator(tx, person).await? else { return Ok(false) };
    let key = totp::secret(secrets, &app.salt);
    let Some(step) = totp::matching(&key, typed, now.timestamp(), app.last_step) else { return Ok(false) };
    // Two requests with one code: the second changes nothing.
    let sql = "UPDATE authenticator SET last_step = $2 WHERE person_id = $1 AND last_step < $2";
    Ok(db::run(tx, sql, args![person, step]).await? == 1)
}

/// From now on the second factor is asked for. Answers the recovery codes, shown once.
///
/// # Errors
/// When the database refuses.
pub async fn confirm(tx: &Tx, secrets: &Secrets, moment: &Moment, person: Uuid) -> Result<Vec<String>> {
    let sql = "UPDATE authenticator SET confirmed_at = $2 WHERE person_id = $1 AND confirmed_at IS NULL";
    db::run(tx, sql, args![person, moment.now]).await?;
    new_codes(tx, secrets, moment, person).await
}

/// Replaces the recovery codes.
///
/// # Errors
/// When the database refuses.
pub async fn new_codes(tx: &Tx, secrets: &Secrets, moment: &Moment, person: Uuid) -> Result<Vec<String>> {
    db::run(tx, "DELETE FROM recovery_code WHERE person_id = $1", args![person]).await?;
    let mut codes = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        let code = recovery_code(&moment.token());
        let sql = "INSERT INTO recovery_code (id, person_id, hash) VALUES ($1, $2, $3)";
        db::run(tx, sql, args![moment.id(), person, hash(secrets, person, &code)]).await?;
        codes.push(code);
    }
    Ok(codes)
}

/// Twelve letters that are not mistaken for one another, in three groups: 60 bits.
fn recovery_code(token: &str) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let bytes = parvis_kernel::secrets::hash(token).into_bytes();
    let mut out = String::new();
    for (i, pair) in bytes.chunks(2).take(12).enumerate() {
        if i > 0 && i % 4 == 0 {
            out.push('-');
        }
        let text = std::str::from_utf8(pair).unwrap_or("0");
        let index = usize::from_str_radix(text, 16).unwrap_or(0) % LETTERS.len();
        out.push(LETTERS.get(index).map_or('A', |b| char::from(*b)));
    }
    out
}

fn hash(secrets: &Secrets, person: Uuid, code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    secrets.sign("recovery", &format!("{person} {plain}"))
}

/// Tries a recovery code, and uses it.
///
/// # Errors
/// When the database refuses.
pub async fn try_recovery(tx: &Tx, secrets: &Secrets, person: Uuid, typed: &str, now: DateTime<Utc>) -> Result<bool> {
    let sql = "UPDATE recovery_code SET used_at = $3 WHERE person_id = $1 AND hash = $2 AND used_at IS NULL";
    Ok(db::run(tx, sql, args![person, hash(secrets, person, typed), now]).await? == 1)
}

/// Recovery codes left.
///
/// # Errors
/// When the database refuses.
pub async fn codes_left(c: &impl ConnectionTrait, person: Uuid) -> Result<i64> {
    db::count(c, "SELECT count(*) FROM recovery_code WHERE person_id = $1 AND used_at IS NULL", args![person]).await
}

/// Takes the second factor of a person away, with its recovery codes and the sign-ins that wait for it.
///
/// # Errors
/// When the database refuses.
pub async fn remove(tx: &Tx, person: Uuid) -> Result<()> {
    for table in ["authenticator", "recovery_code", "second_step", "passkey"] {
        db::run(tx, &format!("DELETE FROM {table} WHERE person_id = $1"), args![person]).await?;
    }
    Ok(())
}

/// A sign-in that waits for its second factor.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Step {
    /// Key.
    pub id: Uuid,
    /// Who signs in.
    pub person_id: Uuid,
    /// Browser and system.
    pub device: String,
    /// Whether the session outlives the browser's window.
    pub keep: bool,
    /// Where to go after.
    pub return_to: String,
    /// Codes tried.
    pub attempts: i64,
}

/// The newest sign-in of this browser that waits.
///
/// # Errors
/// When the database refuses.
pub async fn waiting(c: &impl ConnectionTrait, visitor: Uuid, now: DateTime<Utc>) -> Result<Option<Step>> {
    let sql = "SELECT id, person_id, device, keep, return_to, attempts FROM second_step \
               WHERE visitor_id = $1 AND expires_at > $2 ORDER BY created_at DESC, id DESC LIMIT 1";
    db::one(c, sql, args![visitor, now]).await
}

/// A sign-in begins to wait.
///
/// # Errors
/// When the database refuses.
pub async fn wait(tx: &Tx, moment: &Moment, visitor: Uuid, new: &Step) -> Result<()> {
    db::run(
        tx,
        "INSERT INTO second_step (id, visitor_id, person_id, device, keep, return_to, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![
            new.id,
            visitor,
            new.person_id,
            new.device.clone(),
            new.keep,
            new.return_to.clone(),
            moment.now,
            moment.now + WAITS
        ],
    )
    .await?;
    Ok(())
}

/// Counts a try before it is looked at, and says how many are left after it; `None` when there were too many.
///
/// # Errors
/// When the database refuses.
pub async fn count_try(tx: &Tx, step: Uuid) -> Result<Option<i64>> {
    let sql = "UPDATE second_step SET attempts = attempts + 1 WHERE id = $1 AND attempts < $2 RETURNING attempts";
    let tried: Option<i64> = db::scalar(tx, sql, args![step, ATTEMPTS]).await?;
    Ok(tried.map(|n| ATTEMPTS - n))
}

/// The sign-in is over. Says no when another request ended it.
///
/// # Errors
/// When the database refuses.
pub async fn finish(tx: &Tx, step: Uuid) -> Result<bool> {
    Ok(db::run(tx, "DELETE FROM second_step WHERE id = $1", args![step]).await? == 1)
}

/// Drops sign-ins that nobody finished, and apps that nobody confirmed.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(tx: &Tx, now: DateTime<Utc>) -> Result<u64> {
    db::run(
        tx,
        "DELETE FROM authenticator WHERE confirmed_at IS NULL AND created_at < $1",
        args![now - TimeDelta::days(1)],
    )
    .await?;
    db::run(tx, "DELETE FROM second_step WHERE expires_at < $1", args![now]).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recovery_codes_are_read_as_typed() {
        let code = recovery_code("token");
        assert_eq!((code.len(), code.matches('-').count()), (14, 2));
        let (secrets, person) = (Secrets::new([3; 32]), Uuid::nil());
        let typed = format!(" {} ", code.to_lowercase().replace('-', " "));
        assert_eq!(hash(&secrets, person, &code), hash(&secrets, person, &typed));
        assert_ne!(hash(&secrets, person, &code), hash(&secrets, Uuid::from_u128(1), &code), "another person");
        assert_ne!(recovery_code("a"), recovery_code("b"));
    }
}
