//! One official answer to many ideas: each keeps its own answer, its history and its letters, written in batches.

use std::collections::{HashMap, HashSet};

use parvis_kernel::{
    Refusal, Result, args,
    db::{self, Tx},
    mail,
};
use sea_orm::Value;
use uuid::Uuid;

use super::{
    Detail, Outcome, filled, memory, plain,
    store::{self, Item},
};
use crate::{
    answers::{self, Answer},
    desk::handling,
    follows::{self, letters::Told},
    ideas::{Contribution, Status},
    moderation::store::By,
    projects::{self, Project},
};

/// Answers these ideas. All that is written of one is written with the others: a dozen statements whatever their number.
pub(super) async fn publish_all(
    tx: &Tx,
    by: By<'_>,
    lot: Uuid,
    detail: &Detail,
    ready: Vec<(Item, Contribution)>,
) -> Result<()> {
    let actor = by.actor.person().ok_or(Refusal::NOT_SIGNED_IN)?;
    let status = detail.status().unwrap_or(Status::Answered);
    let changed = set_status(tx, by, status, &ready).await?;
    let lost: Vec<Uuid> = ready.iter().map(|(_, c)| c.id).filter(|id| !changed.contains(id)).collect();
    store::mark_all(tx, lot, Outcome::Changed.code(), &lost).await?;
    let ideas: Vec<Contribution> = ready.into_iter().map(|(_, c)| c).filter(|c| changed.contains(&c.id)).collect();
    if ideas.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = ideas.iter().map(|c| c.id).collect();
    // Somebody's words that wait, perhaps for a colleague: the answers take their place, the undo gives them back.
    for (id, draft) in memory::drafts(tx, &ids).await? {
        store::remember(tx, lot, id, &draft).await?;
    }
    let answers: Vec<Answer> = ideas.iter().map(|c| answer_to(by, c, detail, status, actor)).collect();
    answers::store::insert(tx, &answers).await?;
    history(tx, by, status, &ideas).await?;
    mark(tx, lot, &answers).await?;
    handling::acted(tx, by.moment, Some(actor), &ids).await?;
    letters(tx, by, status, &ideas, &answers).await
}

/// Gives the status to those nobody changed meanwhile, and says which.
async fn set_status(tx: &Tx, by: By<'_>, status: Status, ready: &[(Item, Contribution)]) -> Result<HashSet<Uuid>> {
    if ready.is_empty() {
        return Ok(HashSet::new());
    }
    let mut values = args![status.code(), by.moment.now];
    let mut same = Vec::with_capacity(ready.len());
    for (item, c) in ready {
        same.push(format!("(id = ${} AND version = ${})", values.len() + 1, values.len() + 2));
        values.push(Value::from(c.id));
        values.push(Value::from(item.version));
    }
    let sql = format!(
        "UPDATE contribution SET status = $1, version = version + 1, answered_at = $2 WHERE {} RETURNING id",
        same.join(" OR ")
    );
    let set: Vec<Uuid> = db::column(tx, &sql, values).await?;
    Ok(set.into_iter().collect())
}

fn answer_to(by: By<'_>, c: &Contribution, detail: &Detail, status: Status, actor: Uuid) -> Answer {
    Answer {
        id: by.moment.id(),
        contribution_id: c.id,
        status: status.code().into(),
        decision: detail.decision.clone(),
        // No name goes into a public answer, where it would outlive its bearer: the form refuses that field. A title is
        // words, not Markdown.
        body: filled(&detail.body, "", c.number, &plain(&c.heading())),
        cost: detail.cost.clone(),
        next: detail.next.clone(),
        next_on: detail.next_on.clone(),
        funding: detail.funding.clone(),
        signer: detail.signer.clone(),
        office: detail.office.clone(),
        actor_id: actor,
        status_before: c.status.clone(),
        published_at: by.moment.now,
        previous: String::new(),
    }
}

async fn history(tx: &Tx, by: By<'_>, status: Status, ideas: &[Contribution]) -> Result<()> {
    let changed: Vec<&Contribution> = ideas.iter().filter(|c| c.status() != status).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let mut values = Vec::with_capacity(changed.len() * 5);
    for c in &changed {
        values.extend(args![by.moment.id(), c.id, status.code(), by.actor.person(), by.moment.now]);
    }
    let sql = format!(
        "INSERT INTO status_change (id, contribution_id, status, actor_id, at) VALUES {}",
        db::rows(changed.len(), 5)
    );
    db::run(tx, &sql, values).await?;
    Ok(())
}

/// Notes that each is done, by which answer.
async fn mark(tx: &Tx, lot: Uuid, answers: &[Answer]) -> Result<()> {
    let ids: Vec<Value> = answers.iter().map(|a| Value::from(a.contribution_id)).collect();
    let mut values = args![lot];
    values.extend(ids);
    let sql = format!(
        "UPDATE lot_item SET state = 'done', version_after = version + 1, told = (SELECT a.id FROM answer a \
         WHERE a.contribution_id = lot_item.contribution_id) WHERE lot_id = $1 AND contribution_id IN ({})",
        db::placeholders(2, answers.len())
    );
    db::run(tx, &sql, values).await?;
    Ok(())
}

async fn letters(tx: &Tx, by: By<'_>, status: Status, ideas: &[Contribution], answers: &[Answer]) -> Result<()> {
    let ids: Vec<Uuid> = ideas.iter().map(|c| c.id).collect();
    let public: HashSet<Uuid> = crate::ideas::store::public_among(tx, &ids).await?.into_iter().collect();
    let after: HashMap<Uuid, (Contribution, &Answer)> = ideas
        .iter()
        .zip(answers)
        .map(|(c, a)| {
            let now = Contribution { status: status.code().into(), answered_at: Some(by.moment.now), ..c.clone() };
            (c.id, (now, a))
        })
        .collect();
    let projects: HashMap<Uuid, Project> =
        projects::store::all(tx).await?.into_iter().map(|project| (project.id, project)).collect();
    let mut mails = Vec::new();
    for (idea, follower) in follows::followers_of(tx, &ids, by.moment.now).await? {
        let Some((c, answer)) = after.get(&idea) else { continue };
        let Some(project) = projects.get(&c.project_id) else { continue };
        if !public.contains(&idea) && !follower.wrote(c) {
            continue;
        }
        let dedupe = format!("change/{idea}/{}/{}", answer.id, follower.person_id);
        if follower.rhythm == "now" {
            let told =
                Told { app: by.app, settings: by.settings, c, project, answer: Some(answer), follower: &follower };
            mails.push(told.mail(dedupe, by.after())?);
        } else {
            follows::notice(tx, by.moment, c, follows::News::Answer, &follower, &dedupe, by.after()).await?;
        }
    }
    mail::queue_all(tx, by.moment, mails).await
}
