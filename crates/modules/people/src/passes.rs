//! Links and codes sent by mail: each for one purpose, one address, one use.

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Refusal, Result, args,
    context::Moment,
    db::{self, Tx},
    retention::{Goes, Retention},
    secrets::hash,
    url,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{persons, urls};

/// What a link or code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Signing in.
    SignIn,
    /// Confirming the address left with an idea, a comment or a support; signs in too.
    Confirm,
    /// Joining the team.
    Invite,
    /// Signing into the demo: printed by the demo only, can be used again.
    Demo,
}

impl Purpose {
    /// The code kept in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Confirm => "confirm",
            Self::Invite => "invite",
            Self::Demo => "demo",
        }
    }

    /// How long it is valid.
    #[must_use]
    pub const fn lasts(self) -> TimeDelta {
        match self {
            Self::SignIn => TimeDelta::minutes(30),
            // Somebody who reads mail once a week can still confirm an idea.
            Self::Confirm => TimeDelta::days(14),
            Self::Invite => TimeDelta::days(7),
            Self::Demo => TimeDelta::days(365),
        }
    }
}

/// A pass to make.
#[derive(Debug, Clone)]
pub struct NewPass {
    /// What for.
    pub purpose: Purpose,
    /// Whose address.
    pub email: String,
    /// First name given with it.
    pub name: String,
    /// The browser that asked: what it holds goes to the person.
    pub visitor: Option<Uuid>,
    /// The contribution it confirms, if any.
    pub subject: Option<Uuid>,
    /// What it confirms: `idea`, `comment`, `supports`, `follow`; empty for the rest.
    pub about: String,
    /// The first words of what it confirms.
    pub quote: String,
    /// What its click agrees to, by the key of whoever asked; see [`parvis_kernel::module::Union`].
    pub agreed: Option<Uuid>,
    /// The words of that consent, read in the mail and behind the link; empty without any.
    pub consent: String,
    /// Where to go after, a path of this site.
    pub return_to: String,
}

impl NewPass {
    /// A pass of this purpose, with nothing else.
    #[must_use]
    pub fn new(purpose: Purpose, email: &str, return_to: &str) -> Self {
        Self {
            purpose,
            email: email.trim().to_owned(),
            name: String::new(),
            visitor: None,
            subject: None,
            about: String::new(),
            quote: String::new(),
            agreed: None,
            consent: String::new(),
            return_to: url::local_path(return_to).unwrap_or("/").to_owned(),
        }
    }
}

/// The secrets of a new pass: they go in the mail, the database keeps their hashes.
#[derive(Debug, Clone)]
pub struct Secret {
    /// For the link.
    pub token: String,
    /// Six digits, typed by hand in the browser that asked.
    pub code: String,
}

/// A pass as used.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Pass {
    /// Key.
    pub id: Uuid,
    /// Purpose code.
    pub purpose: String,
    /// Address it proves.
    pub email: String,
    /// First name given.
    pub name: String,
    /// Browser that asked.
    pub visitor_id: Option<Uuid>,
    /// Contribution it confirms.
    pub subject_id: Option<Uuid>,
    /// What it confirms.
    pub about: String,
    /// First words of it.
    pub quote: String,
    /// What its click agrees to.
    pub agreed_id: Option<Uuid>,
    /// The words of that consent.
    pub consent: String,
    /// Where to go after.
    pub return_to: String,
    /// Wrong codes typed so far.
    pub attempts: i64,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// Until when.
    pub expires_at: DateTime<Utc>,
    /// When it was used.
    pub used_at: Option<DateTime<Utc>>,
}

impl Pass {
    /// What it is for.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        match self.purpose.as_str() {
            "confirm" => Purpose::Confirm,
            "invite" => Purpose::Invite,
            "demo" => Purpose::Demo,
            _ => Purpose::SignIn,
        }
    }

    /// Whether its link still works.
    #[must_use]
    pub fn is_valid(&self, now: DateTime<Utc>) -> bool {
        self.expires_at > now && (self.used_at.is_none() || self.purpose() == Purpose::Demo)
    }

    /// Whether its code had too many wrong tries.
    #[must_use]
    pub const fn is_code_dead(&self) -> bool {
        self.attempts >= CODE_ATTEMPTS
    }

    /// The same pass, to send once more.
    #[must_use]
    pub fn again(&self) -> NewPass {
        NewPass {
            purpose: self.purpose(),
            email: self.email.clone(),
            name: self.name.clone(),
            visitor: self.visitor_id,
            subject: self.subject_id,
            about: self.about.clone(),
            quote: self.quote.clone(),
            agreed: self.agreed_id,
            consent: self.consent.clone(),
            return_to: self.return_to.clone(),
        }
    }
}

const COLUMNS: &str = "id, purpose, email, name, visitor_id, subject_id, about, quote, agreed_id, consent, return_to, \
                       attempts, created_at, expires_at, used_at";
/// Wrong codes accepted before the code is dead (the link still works).
pub const CODE_ATTEMPTS: i64 = 5;

/// Makes a pass.
///
/// # Errors
/// When the database refuses.
pub async fn create(tx: &Tx, moment: &Moment, new: &NewPass) -> Result<Secret> {
    let secret = Secret { token: moment.token(), code: moment.code() };
    let id = moment.id();
    db::run(
        tx,
        "INSERT INTO pass (id, purpose, token_hash, code_hash, email, name, visitor_id, subject_id, about, \
         quote, agreed_id, consent, return_to, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        args![
            id,
            new.purpose.code(),
            hash(&secret.token),
            // Salted by the key of the pass: six digits alone would be found in a table.
            hash(&format!("{id} {}", secret.code)),
            new.email.trim(),
            new.name.clone(),
            new.visitor,
            new.subject,
            new.about.clone(),
            new.quote.clone(),
            new.agreed,
            new.consent.clone(),
            new.return_to.clone(),
            moment.now,
            moment.now + new.purpose.lasts()
        ],
    )
    .await?;
    Ok(secret)
}

/// The pass of a link, valid or not: to say why it no longer works. Looking does not use it: link scanners look too.
///
/// # Errors
/// `link_invalid` when it was never ours, or when the database refuses.
pub async fn find(c: &impl ConnectionTrait, token: &str) -> Result<Pass> {
    let sql = format!("SELECT {COLUMNS} FROM pass WHERE token_hash = $1");
    db::one(c, &sql, args![hash(token)]).await?.ok_or_else(|| Refusal::LINK_INVALID.into())
}

/// The pass of a link, if it is still valid.
///
/// # Errors
/// `link_invalid`, or when the database refuses.
pub async fn look(c: &impl ConnectionTrait, token: &str, now: DateTime<Utc>) -> Result<Pass> {
    let pass = find(c, token).await?;
    if pass.is_valid(now) { Ok(pass) } else { Err(Refusal::LINK_INVALID.into()) }
}

/// The newest pass that this browser asked for and that still waits.
///
/// # Errors
/// When the database refuses.
pub async fn waiting(c: &impl ConnectionTrait, visitor: Uuid, now: DateTime<Utc>) -> Result<Option<Pass>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM pass WHERE visitor_id = $1 AND expires_at > $2 AND used_at IS NULL \
         ORDER BY created_at DESC, id DESC LIMIT 1"
    );
    db::one(c, &sql, args![visitor, now]).await
}

/// Uses the pass of a link.
///
/// # Errors
/// `link_invalid` when it is used, expired or unknown; or when the database refuses.
pub async fn use_token(tx: &Tx, token: &str, now: DateTime<Utc>) -> Result<Pass> {
    let pass = look(tx, token, now).await?;
    mark_used(tx, &pass, now).await?;
    Ok(pass)
}

async fn mark_used(tx: &Tx, pass: &Pass, now: DateTime<Utc>) -> Result<()> {
    let sql = "UPDATE pass SET used_at = $2 WHERE id = $1 AND (used_at IS NULL OR purpose = 'demo')";
    // Two requests at once: the second changes nothing and is refused.
    if db::run(tx, sql, args![pass.id, now]).await? == 1 { Ok(()) } else { Err(Refusal::LINK_INVALID.into()) }
}

/// The confirmations that this browser asked for and nobody used.
///
/// # Errors
/// When the database refuses.
pub async fn confirming(c: &impl ConnectionTrait, visitor: Uuid) -> Result<Vec<Pass>> {
    let sql = format!("SELECT {COLUMNS} FROM pass WHERE visitor_id = $1 AND purpose = 'confirm' AND used_at IS NULL");
    db::all(c, &sql, args![visitor]).await
}

/// Takes a pass back: its link and its code open nothing, and its address is forgotten.
///
/// # Errors
/// When the database refuses.
pub async fn cancel(tx: &Tx, pass: &Pass) -> Result<()> {
    db::run(tx, "DELETE FROM pass WHERE id = $1 AND used_at IS NULL", args![pass.id]).await?;
    Ok(())
}

/// Whether the mail of a pass holds a code: not that of a confirmation to somebody on the team.
///
/// # Errors
/// When the database refuses.
pub async fn has_code(c: &impl ConnectionTrait, purpose: Purpose, email: &str) -> Result<bool> {
    if purpose != Purpose::Confirm {
        return Ok(true);
    }
    Ok(persons::by_email(c, email).await?.is_none_or(|p| p.role.is_none()))
}

/// What came of a typed code.
#[derive(Debug)]
pub enum CodeOutcome {
    /// Right: the pass is used.
    Right(Box<Pass>),
    /// Wrong, with the tries left.
    Wrong(i64),
    /// No code is waiting in this browser, or it had too many tries.
    Dead,
}

/// Tries the code of the newest pass this browser asked for. Tries are counted, so the caller must commit.
///
/// # Errors
/// When the database refuses.
pub async fn try_code(tx: &Tx, visitor: Uuid, code: &str, now: DateTime<Utc>) -> Result<CodeOutcome> {
    let Some(pass) = waiting(tx, visitor, now).await? else { return Ok(CodeOutcome::Dead) };
    // Counted before it is compared: a thousand tries at once still get five answers.
    let sql = "UPDATE pass SET attempts = attempts + 1 WHERE id = $1 AND attempts < $2 AND used_at IS NULL \
               RETURNING attempts, code_hash";
    #[derive(FromQueryResult)]
    struct Row {
        attempts: i64,
        code_hash: String,
    }
    let row: Option<Row> = db::one(tx, sql, args![pass.id, CODE_ATTEMPTS]).await?;
    let Some(row) = row else { return Ok(CodeOutcome::Dead) };
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    // Whoever guesses the code of a confirmation must not enter the team's desk: their mail holds a link alone.
    if hash(&format!("{} {digits}", pass.id)) != row.code_hash || !has_code(tx, pass.purpose(), &pass.email).await? {
        return Ok(CodeOutcome::Wrong((CODE_ATTEMPTS - row.attempts).max(0)));
    }
    mark_used(tx, &pass, now).await?;
    Ok(CodeOutcome::Right(Box::new(pass)))
}

/// The path of a one-time link, for a command that prints it instead of mailing it.
///
/// # Errors
/// When the database refuses.
pub async fn link_for(tx: &Tx, moment: &Moment, email: &str, purpose: Purpose, return_to: &str) -> Result<String> {
    let secret = create(tx, moment, &NewPass::new(purpose, email, return_to)).await?;
    Ok(urls::Link { token: secret.token }.to_string())
}

/// Takes back every pass of an address.
///
/// # Errors
/// When the database refuses.
pub async fn drop_for(tx: &Tx, email: &str) -> Result<u64> {
    // The address as typed may differ from the key by its capitals, which SQL folds differently on each engine.
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        email: String,
    }
    let key = persons::email_key(email);
    let rows: Vec<Row> = db::all(
        tx,
        "SELECT id, email FROM pass WHERE lower(email) = lower($1) OR email = $2",
        args![email.trim(), key.clone()],
    )
    .await?;
    let mut dropped = 0;
    for row in rows.iter().filter(|r| persons::email_key(&r.email) == key) {
        dropped += db::run(tx, "DELETE FROM pass WHERE id = $1", args![row.id]).await?;
    }
    Ok(dropped)
}

/// Links that ended: until they go, their page says why they no longer work.
pub const PERIOD: Retention = Retention {
    code: "liens",
    key: "keep-passes",
    days: 7,
    least: 1,
    most: 60,
    table: "pass",
    goes: Goes::Row,
    when: "expires_at < $1 OR (used_at < $1 AND purpose <> 'demo')",
};

#[cfg(test)]
mod tests {
    use parvis_kernel::mail::stale;

    use super::*;

    #[test]
    fn mails_know_how_long_the_links_in_them_last() {
        let known = [("code", Purpose::SignIn), ("confirmation", Purpose::Confirm), ("invitation", Purpose::Invite)];
        assert_eq!(stale::LASTS, known.map(|(kind, purpose)| (kind, purpose.lasts())));
    }
}
