//! Supports and oppositions: one per holder and contribution, whatever races.

pub mod confirm;
pub mod pages;

use parvis_kernel::{
    Refusal, Result, args,
    context::Moment,
    db::{self, Tx},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::entry;

/// How often a reaction gives way to one of the same holder that came at the same time.
const TRIES: usize = 8;

/// What somebody says of a contribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reaction {
    /// For it.
    Support,
    /// Against it.
    Oppose,
}

impl Reaction {
    /// The code kept in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Support => "support",
            Self::Oppose => "oppose",
        }
    }

    const fn column(self) -> &'static str {
        match self {
            Self::Support => "supports",
            Self::Oppose => "opposes",
        }
    }

    fn parse(code: &str) -> Self {
        if code == "oppose" { Self::Oppose } else { Self::Support }
    }
}

/// The state after a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    /// Whether the holder's reaction now stands.
    pub pressed: bool,
    /// Whether it counts in public totals.
    pub confirmed: bool,
}

/// Sets or takes back a reaction. The unique index decides races; totals move with it, in the same transaction.
/// A confirmed reaction (its holder is a person with a confirmed address) counts in public totals.
///
/// # Errors
/// `changed_meanwhile` when the same holder sends too many at once, or when the database refuses.
pub async fn set(
    tx: &Tx,
    moment: &Moment,
    contribution: Uuid,
    holder: Uuid,
    confirmed: bool,
    want: Option<Reaction>,
) -> Result<After> {
    let Some(reaction) = want else {
        remove(tx, contribution, holder, ANY).await?;
        return Ok(After { pressed: false, confirmed });
    };
    for _ in 0..TRIES {
        remove(tx, contribution, holder, ANY).await?;
        let added = db::run(
            tx,
            "INSERT INTO reaction (id, contribution_id, holder, kind, confirmed, created_at) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (contribution_id, holder) DO NOTHING",
            args![moment.id(), contribution, holder, reaction.code(), confirmed, moment.now],
        )
        .await?;
        if added == 0 {
            // The same hand said something else at the same time, and that is stored now: this comes after it.
            continue;
        }
        if confirmed {
            total(tx, contribution, reaction, 1).await?;
            entry::gathered::own(tx, contribution, holder).await?;
        }
        return Ok(After { pressed: true, confirmed });
    }
    Err(Refusal::CHANGED_MEANWHILE.into())
}

/// Takes back this reaction, if it is the one that stands: a page that was opened before its reader changed their mind
/// does not take the new one away.
///
/// # Errors
/// When the database refuses.
pub async fn take_back(tx: &Tx, contribution: Uuid, holder: Uuid, confirmed: bool, what: Reaction) -> Result<After> {
    remove(tx, contribution, holder, [what, what]).await?;
    Ok(After { pressed: false, confirmed })
}

#[derive(FromQueryResult)]
struct Row {
    contribution_id: Uuid,
    kind: String,
    confirmed: bool,
}

const ANY: [Reaction; 2] = [Reaction::Support, Reaction::Oppose];

async fn remove(tx: &Tx, contribution: Uuid, holder: Uuid, [one, other]: [Reaction; 2]) -> Result<()> {
    let gone: Option<Row> = db::one(
        tx,
        "DELETE FROM reaction WHERE contribution_id = $1 AND holder = $2 AND kind IN ($3, $4) \
         RETURNING contribution_id, kind, confirmed",
        args![contribution, holder, one.code(), other.code()],
    )
    .await?;
    if let Some(row) = gone.filter(|r| r.confirmed) {
        total(tx, row.contribution_id, Reaction::parse(&row.kind), -1).await?;
    }
    Ok(())
}

async fn total(tx: &Tx, contribution: Uuid, reaction: Reaction, by: i64) -> Result<()> {
    let column = reaction.column();
    let sql = format!("UPDATE contribution SET {column} = {column} + $2 WHERE id = $1");
    db::run(tx, &sql, args![contribution, by]).await?;
    Ok(())
}

/// The reactions of a holder to some contributions: those supported and those opposed.
///
/// # Errors
/// When the database refuses.
pub async fn held(c: &impl ConnectionTrait, holder: Uuid, contributions: &[Uuid]) -> Result<Vec<(Uuid, Reaction)>> {
    if contributions.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT contribution_id, kind, confirmed FROM reaction WHERE holder = $1 AND contribution_id IN ({})",
        db::placeholders(2, contributions.len())
    );
    let mut args = args![holder];
    args.extend(contributions.iter().map(|id| sea_orm::Value::from(*id)));
    let rows: Vec<Row> = db::all(c, &sql, args).await?;
    Ok(rows.into_iter().map(|r| (r.contribution_id, Reaction::parse(&r.kind))).collect())
}

/// What a browser held becomes a person's, confirmed, and counts once: where the person already reacted, theirs stays.
///
/// # Errors
/// When the database refuses.
pub async fn unite(tx: &Tx, moment: &Moment, visitor: Uuid, person: Uuid) -> Result<()> {
    let rows: Vec<Row> = db::all(
        tx,
        "DELETE FROM reaction WHERE holder = $1 RETURNING contribution_id, kind, confirmed",
        args![visitor],
    )
    .await?;
    for row in rows {
        let reaction = Reaction::parse(&row.kind);
        if row.confirmed {
            total(tx, row.contribution_id, reaction, -1).await?;
        }
        let mine = "SELECT count(*) FROM reaction WHERE contribution_id = $1 AND holder = $2";
        if db::count(tx, mine, args![row.contribution_id, person]).await? == 0 {
            set(tx, moment, row.contribution_id, person, true, Some(reaction)).await?;
        }
    }
    Ok(())
}

/// How many reactions of this browser wait for a confirmed address.
///
/// # Errors
/// When the database refuses.
pub async fn unconfirmed(c: &impl ConnectionTrait, holder: Uuid) -> Result<i64> {
    db::count(c, "SELECT count(*) FROM reaction WHERE holder = $1 AND NOT confirmed", args![holder]).await
}

/// How many reactions of whoever asks wait for a confirmed address: none for a person.
///
/// # Errors
/// When the database refuses.
pub async fn unconfirmed_of(ctx: &parvis_kernel::Ctx) -> Result<i64> {
    if ctx.actor.person().is_some() { Ok(0) } else { unconfirmed(ctx.app.db.read(), ctx.visitor).await }
}
