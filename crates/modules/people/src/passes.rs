//! Links and codes sent by mail: each for one purpose, one address, one use.

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Refusal, Result, args,
    context::Moment,
    db::{self, Tx},
    secrets::hash,
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

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
    /// Where to go after, a path of this site.
    pub return_to: String,
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
    /// Where to go after.
    pub return_to: String,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

const COLUMNS: &str = "id, purpose, email, name, visitor_id, subject_id, return_to, expires_at";
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
        "INSERT INTO pass (id, purpose, token_hash, code_hash, email, name, visitor_id, subject_id, return_to, \
         created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
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
            new.return_to.clone(),
            moment.now,
            moment.now + new.purpose.lasts()
        ],
    )
    .await?;
    Ok(secret)
}

/// The pass of a link, if it is still valid. Looking does not use it: link scanners look too.
///
/// # Errors
/// `link_invalid`, or when the database refuses.
pub async fn look(c: &impl sea_orm::ConnectionTrait, token: &str, now: DateTime<Utc>) -> Result<Pass> {
    let sql = format!(
        "SELECT {COLUMNS} FROM pass WHERE token_hash = $1 AND expires_at > $2 AND (used_at IS NULL OR purpose = 'demo')"
    );
    db::one(c, &sql, args![hash(token), now]).await?.ok_or_else(|| Refusal::LINK_INVALID.into())
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

/// What came of a typed code.
#[derive(Debug)]
pub enum CodeOutcome {
    /// Right: the pass is used.
    Right(Pass),
    /// Wrong, with the tries left.
    Wrong(i64),
    /// No code is waiting in this browser, or it had too many tries.
    Dead,
}

/// Tries the code of the newest pass this browser asked for. Wrong tries are counted, so the caller must commit.
///
/// # Errors
/// When the database refuses.
pub async fn try_code(tx: &Tx, visitor: Uuid, code: &str, now: DateTime<Utc>) -> Result<CodeOutcome> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        code_hash: String,
        attempts: i64,
    }
    let row: Option<Row> = db::one(
        tx,
        "SELECT id, code_hash, attempts FROM pass WHERE visitor_id = $1 AND expires_at > $2 AND used_at IS NULL \
         ORDER BY created_at DESC, id DESC LIMIT 1",
        args![visitor, now],
    )
    .await?;
    let Some(row) = row.filter(|r| r.attempts < CODE_ATTEMPTS) else { return Ok(CodeOutcome::Dead) };
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    if hash(&format!("{} {digits}", row.id)) != row.code_hash {
        let attempts: i64 =
            db::scalar(tx, "UPDATE pass SET attempts = attempts + 1 WHERE id = $1 RETURNING attempts", args![row.id])
                .await?
                .unwrap_or(CODE_ATTEMPTS);
        return Ok(CodeOutcome::Wrong((CODE_ATTEMPTS - attempts).max(0)));
    }
    let pass: Option<Pass> =
        db::one(tx, &format!("SELECT {COLUMNS} FROM pass WHERE id = $1"), args![row.id]).await?;
    let Some(pass) = pass else { return Ok(CodeOutcome::Dead) };
    mark_used(tx, &pass, now).await?;
    Ok(CodeOutcome::Right(pass))
}
