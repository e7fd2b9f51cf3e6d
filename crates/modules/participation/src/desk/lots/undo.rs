//! Undoing a lot: each contribution becomes what it was, its mails stay here, and what somebody changed since is left.

use parvis_kernel::{
    Result,
    activity::{self, Entry},
    args,
    db::{self, Tx},
    mail,
    permission::{self, Right},
};
use uuid::Uuid;

use super::{
    AT_ONCE, Act, Lot, State, memory, run,
    store::{self, Item},
};
use crate::{
    desk::handling,
    follows,
    ideas::{Contribution, Status, store as ideas},
    moderation::{appeals, log, store::By},
    screening::contact,
};

/// Undoes the next part of a lot. Says whether something is left to undo.
///
/// # Errors
/// When the database refuses.
pub async fn step_back(tx: &Tx, by: By<'_>, id: Uuid) -> Result<bool> {
    let lot = store::find(tx, id).await?;
    let Some(act) = lot.act().filter(|_| lot.state() == State::Undoing) else { return Ok(false) };
    db::run(tx, "UPDATE lot SET moved_at = $2 WHERE id = $1", args![id, by.moment.now]).await?;
    let items = store::items(tx, id, "done", AT_ONCE).await?;
    let more = i64::try_from(items.len()).unwrap_or(0) == AT_ONCE;
    let (mut undone, mut kept) = (Vec::new(), Vec::new());
    for item in items {
        if back(tx, by, &lot, act, &item).await? {
            undone.push(item);
        } else {
            kept.push(item.contribution_id);
        }
    }
    take_back_letters(tx, act, &undone).await?;
    if act == Act::Project {
        let homes: std::collections::HashSet<Uuid> = undone.iter().map(|i| i.project_id).collect();
        for project in homes {
            run::arrived(tx, project).await?;
        }
    }
    let undone: Vec<Uuid> = undone.iter().map(|i| i.contribution_id).collect();
    store::mark_all(tx, id, "undone", &undone).await?;
    store::mark_all(tx, id, "kept", &kept).await?;
    if !more {
        store::set_state(tx, &lot, State::Undone, by.moment.now).await?;
        record(tx, by, &lot).await?;
    }
    Ok(more)
}

/// The journal's line: of one decision it names the contribution, of many how many.
async fn record(tx: &Tx, by: By<'_>, lot: &Lot) -> Result<()> {
    if !lot.detail().alone {
        return run::record(tx, by, lot, "lot.undone").await;
    }
    let Some(item) = store::items(tx, lot.id, "undone", 1).await?.into_iter().next() else { return Ok(()) };
    let entry = Entry {
        actor: by.actor.person(),
        kind: "contribution.undone",
        subject_kind: "contribution",
        subject: Some(item.contribution_id),
        project: Some(item.project_id),
        detail: &item.number.to_string(),
    };
    activity::record(tx, by.moment, entry).await
}

/// Puts one contribution back as it was. Not when somebody changed it since.
async fn back(tx: &Tx, by: By<'_>, lot: &Lot, act: Act, item: &Item) -> Result<bool> {
    let c = run::reread(tx, item.contribution_id).await?;
    if permission::decide(by.actor, Right::Moderate, Some(c.project_id)).is_err() {
        return Ok(false);
    }
    if act == Act::Assign {
        let now = handling::of(tx, &[c.id]).await?.remove(&c.id).and_then(|h| h.assignee_id);
        if now != lot.person_id {
            return Ok(false);
        }
        handling::assign(tx, &[c.id], item.assignee_id).await?;
        return Ok(true);
    }
    if Some(c.version) != item.version_after {
        return Ok(false);
    }
    if act == Act::Project {
        if permission::decide(by.actor, Right::Moderate, Some(item.project_id)).is_err() {
            return Ok(false);
        }
        return Ok(run::move_to(tx, by, &c, item.project_id).await? == super::Outcome::Done);
    }
    restore(tx, by, lot, &c, act, item).await?;
    Ok(true)
}

async fn restore(tx: &Tx, by: By<'_>, lot: &Lot, c: &Contribution, act: Act, item: &Item) -> Result<()> {
    let memory = if act == Act::Answer { None } else { memory::read(&item.memory)? };
    let change = ideas::Change {
        hidden: memory.as_ref().map(|m| m.hidden),
        status: Some(Status::parse(&item.status).unwrap_or_else(|| c.status())),
        reason: Some(item.reason.clone()),
        quiet: true,
        ..ideas::Change::default()
    };
    if act == Act::Answer {
        let sql = "DELETE FROM status_change WHERE contribution_id = $1 AND at = (SELECT a.published_at FROM answer a \
                   WHERE a.id = $2)";
        db::run(tx, sql, args![c.id, item.told]).await?;
        db::run(tx, "DELETE FROM answer WHERE id = $1", args![item.told]).await?;
        memory::give_draft_back(tx, &item.memory).await?;
    } else {
        db::run(tx, "DELETE FROM status_change WHERE id = $1", args![item.told]).await?;
    }
    ideas::change(tx, by.moment, c.id, Some(c.version), by.actor.person(), &change).await?;
    if act == Act::Publish && lot.detail().masked {
        contact::show(tx, c).await?;
    }
    if matches!(act, Act::Publish | Act::Refuse | Act::Reconsider | Act::Hide | Act::Show) {
        // A text decided on since it was chosen is skipped: what was noted since the lot began, the lot noted.
        let since = lot.started_at.unwrap_or(lot.created_at);
        log::take_back(tx, c.id, since).await?;
        appeals::reopen(tx, c.id, since).await?;
    }
    db::run(
        tx,
        "UPDATE contribution SET published_at = $2, answered_at = $3, tag = $4, area_id = $5 WHERE id = $1",
        args![c.id, item.published_at, item.answered_at, item.tag.clone(), item.area_id],
    )
    .await?;
    match memory {
        Some(memory) => memory.give_back(tx, by, act, c.id).await,
        None => Ok(()),
    }
}

async fn take_back_letters(tx: &Tx, act: Act, undone: &[Item]) -> Result<()> {
    match act {
        Act::Publish | Act::Status | Act::Answer => {
            let told: Vec<(Uuid, Uuid)> =
                undone.iter().filter_map(|i| i.told.map(|told| (i.contribution_id, told))).collect();
            let masked: Vec<String> = undone
                .iter()
                .filter_map(|i| i.version_after.map(|v| format!("masked/{}/{v}", i.contribution_id)))
                .collect();
            mail::cancel_all(tx, &masked).await?;
            follows::take_back_told(tx, &told).await
        }
        Act::Refuse | Act::Hide => {
            let letter = if act == Act::Hide { "hidden" } else { "refusal" };
            let reasons: Vec<String> = undone
                .iter()
                .filter_map(|i| i.version_after.map(|v| format!("{letter}/{}/{v}", i.contribution_id)))
                .collect();
            mail::cancel_all(tx, &reasons).await?;
            Ok(())
        }
        Act::Reconsider | Act::Show | Act::Theme | Act::Area | Act::Classify | Act::Project | Act::Assign => Ok(()),
    }
}
