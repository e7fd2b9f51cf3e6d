//! Two sheets of one person become one: texts, supports, follows and reports move, each counted once, and can go back.

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Result, args,
    db::{self, Tx},
    module::Merge,
};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::follows::consultation;

/// What moved, and what made room because the person had it on both sheets.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Moved {
    authored: Vec<Uuid>,
    held: Vec<Uuid>,
    reactions: Vec<Uuid>,
    doubled: Vec<Reacted>,
    follows: Vec<Uuid>,
    followed_twice: Vec<Followed>,
    notices: Vec<Uuid>,
    reports: Vec<Uuid>,
    /// Absent from what moved before consultations could be followed.
    #[serde(default)]
    projects: consultation::Moved,
}

#[derive(Debug, Serialize, Deserialize, FromQueryResult)]
struct Reacted {
    id: Uuid,
    contribution_id: Uuid,
    kind: String,
    confirmed: bool,
    created_at: DateTime<Utc>,
}

impl Reacted {
    fn column(&self) -> &'static str {
        if self.kind == "oppose" { "opposes" } else { "supports" }
    }
}

#[derive(Debug, Serialize, Deserialize, FromQueryResult)]
struct Followed {
    contribution_id: Uuid,
    rhythm: String,
    created_at: DateTime<Utc>,
}

/// Moves what the merged sheet holds to the one that is kept. Where both supported the same thing, one support stays.
///
/// # Errors
/// When the database refuses.
pub async fn absorb(tx: &Tx, merge: &Merge) -> Result<Moved> {
    let (kept, merged) = (merge.kept, merge.merged);
    let doubled: Vec<Reacted> = db::all(
        tx,
        "DELETE FROM reaction WHERE holder = $1 AND contribution_id IN \
         (SELECT r.contribution_id FROM reaction r WHERE r.holder = $2) \
         RETURNING id, contribution_id, kind, confirmed, created_at",
        args![merged, kept],
    )
    .await?;
    for reaction in doubled.iter().filter(|r| r.confirmed) {
        total(tx, reaction, -1).await?;
    }
    let followed_twice: Vec<Followed> = db::all(
        tx,
        "DELETE FROM follow WHERE person_id = $1 AND contribution_id IN \
         (SELECT f.contribution_id FROM follow f WHERE f.person_id = $2) RETURNING contribution_id, rhythm, created_at",
        args![merged, kept],
    )
    .await?;
    let moves = [
        "UPDATE contribution SET author_id = $2 WHERE author_id = $1 RETURNING id",
        "UPDATE contribution SET holder = $2 WHERE holder = $1 RETURNING id",
        "UPDATE reaction SET holder = $2 WHERE holder = $1 RETURNING id",
        "UPDATE follow SET person_id = $2 WHERE person_id = $1 RETURNING contribution_id AS id",
        "UPDATE notice SET person_id = $2 WHERE person_id = $1 AND sent_at IS NULL RETURNING id",
        "UPDATE report SET holder = $2 WHERE holder = $1 AND NOT EXISTS (SELECT 1 FROM report r \
         WHERE r.contribution_id = report.contribution_id AND r.holder = $2) RETURNING id",
    ];
    let mut moved = Vec::new();
    for sql in moves {
        moved.push(db::column(tx, sql, args![merged, kept]).await?);
    }
    let mut moved = moved.into_iter();
    let mut next = || moved.next().unwrap_or_default();
    Ok(Moved {
        doubled,
        followed_twice,
        authored: next(),
        held: next(),
        reactions: next(),
        follows: next(),
        notices: next(),
        reports: next(),
        projects: consultation::absorb(tx, kept, merged).await?,
    })
}

async fn total(tx: &Tx, reaction: &Reacted, by: i64) -> Result<()> {
    let column = reaction.column();
    let sql = format!("UPDATE contribution SET {column} = {column} + $2 WHERE id = $1");
    db::run(tx, &sql, args![reaction.contribution_id, by]).await?;
    Ok(())
}

/// Gives back what moved, as it was. What the person changed since stays changed.
///
/// # Errors
/// When the database refuses.
pub async fn release(tx: &Tx, merge: &Merge, moved: &Moved) -> Result<()> {
    let (kept, merged) = (merge.kept, merge.merged);
    for (ids, sql) in [
        (&moved.authored, "UPDATE contribution SET author_id = $3 WHERE id = $1 AND author_id = $2"),
        (&moved.held, "UPDATE contribution SET holder = $3 WHERE id = $1 AND holder = $2"),
        (&moved.reactions, "UPDATE reaction SET holder = $3 WHERE id = $1 AND holder = $2"),
        (&moved.follows, "UPDATE follow SET person_id = $3 WHERE contribution_id = $1 AND person_id = $2"),
        (&moved.notices, "UPDATE notice SET person_id = $3 WHERE id = $1 AND person_id = $2"),
        (&moved.reports, "UPDATE report SET holder = $3 WHERE id = $1 AND holder = $2"),
    ] {
        for id in ids {
            db::run(tx, sql, args![*id, kept, merged]).await?;
        }
    }
    consultation::release(tx, kept, merged, &moved.projects).await?;
    for r in &moved.doubled {
        let sql = "INSERT INTO reaction (id, contribution_id, holder, kind, confirmed, created_at) \
                   VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (contribution_id, holder) DO NOTHING";
        let args = args![r.id, r.contribution_id, merged, r.kind.clone(), r.confirmed, r.created_at];
        if db::run(tx, sql, args).await? == 1 && r.confirmed {
            total(tx, r, 1).await?;
        }
    }
    for f in &moved.followed_twice {
        let sql = "INSERT INTO follow (contribution_id, person_id, rhythm, created_at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (contribution_id, person_id) DO NOTHING";
        db::run(tx, sql, args![f.contribution_id, merged, f.rhythm.clone(), f.created_at]).await?;
    }
    Ok(())
}
