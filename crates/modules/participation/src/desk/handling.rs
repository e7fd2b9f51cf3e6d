//! Who has a contribution open, whom it is given to, and who decided on it last.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Result, args,
    context::Moment,
    db::{self, Tx},
    permission::Right,
};
use parvis_people::persons::{self, Person};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

/// Who opened a contribution is shown to the others this long.
pub const HOLD: TimeDelta = TimeDelta::minutes(10);
/// Rows written by one statement.
const AT_ONCE: usize = 200;

/// What is known of one contribution's handling.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Handling {
    /// The contribution.
    pub contribution_id: Uuid,
    /// Who has it open.
    pub holder_id: Option<Uuid>,
    /// Since when.
    pub held_at: Option<DateTime<Utc>>,
    /// Whom it is given to.
    pub assignee_id: Option<Uuid>,
    /// Who decided on it last.
    pub actor_id: Option<Uuid>,
    /// When.
    pub acted_at: Option<DateTime<Utc>>,
}

impl Handling {
    /// Who else has it open now.
    #[must_use]
    pub fn held_by_another(&self, me: Option<Uuid>, now: DateTime<Utc>) -> Option<Uuid> {
        let fresh = self.held_at.is_some_and(|at| now - at < HOLD);
        self.holder_id.filter(|holder| fresh && Some(*holder) != me)
    }
}

/// The handling of these contributions, by their keys.
///
/// # Errors
/// When the database refuses.
pub async fn of(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, Handling>> {
    let mut found = HashMap::new();
    for some in ids.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT contribution_id, holder_id, held_at, assignee_id, actor_id, acted_at FROM handling \
             WHERE contribution_id IN ({})",
            db::placeholders(1, some.len())
        );
        let rows: Vec<Handling> = db::all(c, &sql, some.iter().map(|id| Value::from(*id)).collect()).await?;
        found.extend(rows.into_iter().map(|h| (h.contribution_id, h)));
    }
    Ok(found)
}

/// Whoever opens a contribution holds it, unless somebody else does.
///
/// # Errors
/// When the database refuses.
pub async fn hold(tx: &Tx, moment: &Moment, person: Uuid, contribution: Uuid) -> Result<()> {
    db::run(
        tx,
        "INSERT INTO handling (contribution_id, holder_id, held_at) VALUES ($1, $2, $3) \
         ON CONFLICT (contribution_id) DO UPDATE SET holder_id = excluded.holder_id, held_at = excluded.held_at \
         WHERE handling.holder_id IS NULL OR handling.holder_id = excluded.holder_id OR handling.held_at <= $4",
        args![contribution, person, moment.now, moment.now - HOLD],
    )
    .await?;
    Ok(())
}

/// Gives contributions to somebody, or to nobody.
///
/// # Errors
/// When the database refuses.
pub async fn assign(tx: &Tx, contributions: &[Uuid], person: Option<Uuid>) -> Result<()> {
    for some in contributions.chunks(AT_ONCE) {
        let rows: Vec<String> = (0..some.len()).map(|i| format!("(${}, $1)", i + 2)).collect();
        let mut values = args![person];
        values.extend(some.iter().map(|id| Value::from(*id)));
        let sql = format!(
            "INSERT INTO handling (contribution_id, assignee_id) VALUES {} \
             ON CONFLICT (contribution_id) DO UPDATE SET assignee_id = excluded.assignee_id",
            rows.join(", ")
        );
        db::run(tx, &sql, values).await?;
    }
    Ok(())
}

/// Notes who decided, and lets go of what was open.
///
/// # Errors
/// When the database refuses.
pub async fn acted(tx: &Tx, moment: &Moment, person: Option<Uuid>, contributions: &[Uuid]) -> Result<()> {
    for some in contributions.chunks(AT_ONCE) {
        let rows: Vec<String> = (0..some.len()).map(|i| format!("(${}, $1, $2)", i + 3)).collect();
        let mut values = args![person, moment.now];
        values.extend(some.iter().map(|id| Value::from(*id)));
        let sql = format!(
            "INSERT INTO handling (contribution_id, actor_id, acted_at) VALUES {} ON CONFLICT (contribution_id) \
             DO UPDATE SET actor_id = excluded.actor_id, acted_at = excluded.acted_at, holder_id = NULL, held_at = NULL",
            rows.join(", ")
        );
        db::run(tx, &sql, values).await?;
    }
    Ok(())
}

/// Members of the team who decide, somewhere at least, and who came once: who only was invited can be given nothing.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn deciders(c: &impl ConnectionTrait) -> Result<Vec<Person>> {
    deciding(c, None).await
}

/// Those of them who decide in a project.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn deciders_of(c: &impl ConnectionTrait, project: Uuid) -> Result<Vec<Person>> {
    deciding(c, Some(project)).await
}

async fn deciding(c: &impl ConnectionTrait, project: Option<Uuid>) -> Result<Vec<Person>> {
    let came = persons::seen(c).await?;
    let team = persons::members(c).await?.into_iter();
    let deciding = team.filter(|(person, role)| role.may(Right::Moderate, project) && came.contains(&person.id));
    Ok(deciding.map(|(person, _)| person).collect())
}

/// Forgets a member of the team who leaves: nothing is theirs any more.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, person: Uuid) -> Result<()> {
    for column in ["holder_id", "assignee_id", "actor_id"] {
        db::run(tx, &format!("UPDATE handling SET {column} = NULL WHERE {column} = $1"), args![person]).await?;
    }
    Ok(())
}
