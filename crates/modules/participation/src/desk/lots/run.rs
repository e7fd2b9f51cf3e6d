//! Doing a lot, part by part. Each part is one transaction; what is done is in the database, so that whoever comes
//! back after a power cut goes on where it stopped, and nobody is told twice.

use std::collections::HashMap;

use parvis_kernel::{
    Error, Refusal, Result,
    activity::{self, Entry},
    args, db,
    db::Tx,
    permission::{self, Actor, Right},
};
use parvis_people::persons;
use uuid::Uuid;

use super::{
    AT_ONCE, Act, Detail, Lot, Outcome, State, answer, filled, memory,
    store::{self, Item, Mark},
};
use crate::{
    desk::{handling, queue},
    follows,
    ideas::{self, Contribution},
    moderation::{
        self, NOT_IN_THIS_STATE, TAKEN_BACK,
        store::{By, Decision},
    },
    projects,
};

/// Does the next part of a lot. Says whether something is left to do.
///
/// # Errors
/// When the database refuses. What is refused of one contribution is noted, and does not stop the others.
pub async fn step(tx: &Tx, by: By<'_>, id: Uuid) -> Result<bool> {
    let lot = store::find(tx, id).await?;
    let Some(act) = lot.act().filter(|_| lot.state() == State::Running) else { return Ok(false) };
    // Two workers on PostgreSQL: the second waits here, then finds other contributions.
    db::run(tx, "UPDATE lot SET moved_at = $2 WHERE id = $1", args![id, by.moment.now]).await?;
    let items = store::items(tx, id, "waiting", AT_ONCE).await?;
    let more = i64::try_from(items.len()).unwrap_or(0) == AT_ONCE;
    let ids: Vec<Uuid> = items.iter().map(|i| i.contribution_id).collect();
    let now: HashMap<Uuid, Contribution> = queue::by_ids(tx, &ids).await?.into_iter().map(|c| (c.id, c)).collect();
    let handled = handling::of(tx, &ids).await?;
    let alone = lot.detail().alone;
    let mut sorted = Sorted::default();
    for item in &items {
        let Some(c) = now.get(&item.contribution_id) else { continue };
        let holder = handled.get(&c.id).and_then(|h| h.held_by_another(by.actor.person(), by.moment.now));
        match judge(by.actor, act, item, c, holder.is_some() && !alone) {
            Outcome::Done => sorted.ready.push((item.clone(), c.clone())),
            outcome => sorted.skipped.push((item.contribution_id, outcome)),
        }
    }
    for outcome in [Outcome::Changed, Outcome::Held, Outcome::Impossible, Outcome::Refused] {
        let ids: Vec<Uuid> = sorted.skipped.iter().filter(|(_, o)| *o == outcome).map(|(id, _)| *id).collect();
        store::mark_all(tx, id, outcome.code(), &ids).await?;
    }
    carry_out(tx, by, &lot, act, sorted.ready).await?;
    if !more {
        let lot = Lot { state: State::Running.code().into(), ..lot };
        store::set_state(tx, &lot, State::Done, by.moment.now).await?;
        // The journal names the decision itself.
        if !alone || act == Act::Assign {
            record(tx, by, &lot, "lot.done").await?;
        }
    }
    Ok(more)
}

#[derive(Default)]
struct Sorted {
    ready: Vec<(Item, Contribution)>,
    skipped: Vec<(Uuid, Outcome)>,
}

/// Whether the act may be done on a contribution: what [`moderation::may`] says of one, and the version chosen.
fn judge(actor: &Actor, act: Act, item: &Item, c: &Contribution, held: bool) -> Outcome {
    if permission::decide(actor, Right::Moderate, Some(c.project_id)).is_err() {
        Outcome::Refused
    } else if c.version != item.version {
        Outcome::Changed
    } else if held && act != Act::Assign {
        Outcome::Held
    } else if act.is_possible(moderation::State::of(c)) {
        Outcome::Done
    } else {
        Outcome::Impossible
    }
}

async fn carry_out(tx: &Tx, by: By<'_>, lot: &Lot, act: Act, ready: Vec<(Item, Contribution)>) -> Result<()> {
    let detail = lot.detail();
    match act {
        Act::Answer => answer::publish_all(tx, by, lot.id, &detail, ready).await,
        Act::Assign => assign(tx, lot, ready).await,
        Act::Project => move_all(tx, by, lot.id, &detail, ready).await,
        Act::Publish
        | Act::Refuse
        | Act::Reconsider
        | Act::Hide
        | Act::Show
        | Act::Status
        | Act::Theme
        | Act::Area
        | Act::Classify => {
            for (item, c) in ready {
                let kept = memory::of(tx, by.moment, act, &c).await?;
                let mark = decide(tx, by, act, &detail, &item, &c).await?;
                if !kept.is_empty() {
                    store::remember(tx, lot.id, item.contribution_id, &kept).await?;
                }
                store::mark(tx, lot.id, item.contribution_id, mark).await?;
            }
            Ok(())
        }
    }
}

async fn decide(tx: &Tx, by: By<'_>, act: Act, detail: &Detail, item: &Item, c: &Contribution) -> Result<Mark> {
    let left = |outcome| Ok(Mark { outcome, told: None, version: None });
    let Some(action) = act.action() else { return left(Outcome::Impossible) };
    let mut decision = Decision::new(c.number, item.version, action);
    decision.reason = filled(&detail.reason, &c.author_name, c.number, &c.heading());
    decision.motive.clone_from(&detail.motive);
    decision.masked = detail.masked;
    decision.status = detail.status();
    let (theme, area) = (matches!(act, Act::Theme | Act::Classify), matches!(act, Act::Area | Act::Classify));
    decision.tag = if theme { detail.tag.clone() } else { c.tag.clone() };
    decision.area = if area { detail.area } else { c.area_id };
    match moderation::store::apply(tx, by, &decision).await {
        Ok(after) => {
            // Put back to be read again, it leaves no line of its own.
            let noted = after.status != c.status && act != Act::Reconsider;
            let told = if noted { newest_line(tx, c.id).await? } else { None };
            Ok(Mark { outcome: Outcome::Done, told, version: Some(after.version) })
        }
        Err(Error::Refused(Refusal::CHANGED_MEANWHILE)) => left(Outcome::Changed),
        Err(Error::Refused(r)) if [TAKEN_BACK, NOT_IN_THIS_STATE].contains(&r) => left(Outcome::Impossible),
        Err(Error::Refused(_)) => left(Outcome::Refused),
        Err(e) => Err(e),
    }
}

async fn newest_line(tx: &Tx, id: Uuid) -> Result<Option<Uuid>> {
    let sql = "SELECT id FROM status_change WHERE contribution_id = $1 ORDER BY at DESC, id DESC LIMIT 1";
    db::scalar(tx, sql, args![id]).await
}

/// Gives contributions to somebody who may act on them. Their versions stay: nobody's decision is overtaken by it.
async fn assign(tx: &Tx, lot: &Lot, ready: Vec<(Item, Contribution)>) -> Result<()> {
    let to = match lot.person_id {
        Some(person) => Some(somebody(tx, person).await?),
        None => None,
    };
    let may = |c: &Contribution| {
        to.as_ref().is_none_or(|actor| permission::decide(actor, Right::Moderate, Some(c.project_id)).is_ok())
    };
    let (given, not): (Vec<_>, Vec<_>) = ready.into_iter().partition(|(_, c)| may(c));
    let ids: Vec<Uuid> = given.iter().map(|(_, c)| c.id).collect();
    handling::assign(tx, &ids, lot.person_id).await?;
    store::mark_all(tx, lot.id, Outcome::Done.code(), &ids).await?;
    let not: Vec<Uuid> = not.iter().map(|(_, c)| c.id).collect();
    store::mark_all(tx, lot.id, Outcome::Impossible.code(), &not).await
}

/// A member of the team as somebody who acts, with the rights of now.
pub(super) async fn somebody(tx: &Tx, person: Uuid) -> Result<Actor> {
    let Some(found) = persons::find(tx, person).await? else { return Ok(Actor::Visitor) };
    let role = persons::role_of(tx, person, found.role.as_deref()).await?;
    Ok(Actor::Person { id: person, name: found.name, session: Uuid::nil(), role })
}

async fn move_all(tx: &Tx, by: By<'_>, lot: Uuid, detail: &Detail, ready: Vec<(Item, Contribution)>) -> Result<()> {
    let to = detail.project.ok_or(Error::BadRequest("no project"))?;
    let may = permission::decide(by.actor, Right::Moderate, Some(to)).is_ok();
    for (item, c) in ready {
        let outcome = match (may, c.project_id == to) {
            (false, _) => Outcome::Refused,
            (true, true) => Outcome::Impossible,
            (true, false) => move_to(tx, by, &c, to).await?,
        };
        let version = (outcome == Outcome::Done).then_some(c.version + 1);
        store::mark(tx, lot, item.contribution_id, Mark { outcome, told: None, version }).await?;
    }
    arrived(tx, to).await
}

/// What nobody finds any more is told to nobody but its author.
pub(super) async fn arrived(tx: &Tx, project: Uuid) -> Result<()> {
    if projects::store::find(tx, project).await?.is_public() {
        return Ok(());
    }
    follows::take_back_project(tx, project).await
}

/// Moves an idea and its comments to another project.
pub(super) async fn move_to(tx: &Tx, by: By<'_>, c: &Contribution, to: Uuid) -> Result<Outcome> {
    // A file imported into both projects: the other project has this very line already.
    let clash = "SELECT count(*) FROM contribution a JOIN contribution b ON b.external_id = a.external_id \
                 AND b.project_id = $2 WHERE a.id = $1 OR a.idea_id = $1 OR a.merged_into = $1";
    if db::count(tx, clash, args![c.id, to]).await? > 0 {
        return Ok(Outcome::Impossible);
    }
    let moved = db::run(
        tx,
        "UPDATE contribution SET project_id = $2, version = version + 1 WHERE id = $1 AND version = $3",
        args![c.id, to, c.version],
    )
    .await?;
    if moved != 1 {
        return Ok(Outcome::Changed);
    }
    db::run(tx, "UPDATE contribution SET project_id = $2 WHERE idea_id = $1", args![c.id, to]).await?;
    let parts = "WITH RECURSIVE part (id) AS (SELECT m.id FROM contribution m WHERE m.merged_into = $1 UNION \
                 SELECT m.id FROM contribution m JOIN part ON m.merged_into = part.id) \
                 UPDATE contribution SET project_id = $2 WHERE id IN (SELECT id FROM part)";
    db::run(tx, parts, args![c.id, to]).await?;
    handling::acted(tx, by.moment, by.actor.person(), &[c.id]).await?;
    let number = c.number.to_string();
    let entry = Entry {
        actor: by.actor.person(),
        kind: "contribution.moved",
        subject_kind: "contribution",
        subject: Some(c.id),
        project: Some(to),
        detail: &number,
    };
    activity::record(tx, by.moment, entry).await?;
    Ok(Outcome::Done)
}

/// The journal's line about a lot: how many, never what.
pub(super) async fn record(tx: &Tx, by: By<'_>, lot: &Lot, kind: &'static str) -> Result<()> {
    let counts = store::counts(tx, lot.id).await?;
    let n = if kind == "lot.undone" { counts.undone } else { counts.done };
    let entry = Entry {
        actor: by.actor.person(),
        kind,
        subject_kind: "lot",
        subject: Some(lot.id),
        project: None,
        detail: &n.to_string(),
    };
    activity::record(tx, by.moment, entry).await
}

/// The contribution as stored now.
pub(super) async fn reread(tx: &Tx, id: Uuid) -> Result<Contribution> {
    ideas::store::find(tx, id).await
}
