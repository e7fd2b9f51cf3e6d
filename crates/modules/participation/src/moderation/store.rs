//! A decision of the team, written once: state, reports, journal and mails in one transaction.

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Ctx, Refusal, Result,
    activity::{self, Entry},
    app::App,
    args,
    context::Moment,
    db::{self, Tx},
    mail,
    permission::Actor,
    settings::Settings,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{
    Action, State, appeals, letters,
    log::{self, Deed},
};
use crate::{
    desk::handling,
    follows::{self, News},
    ideas::{Contribution, Status, store},
    screening::contact,
};

/// Mails about a decision leave after this long: until then it can be undone.
pub const UNDO: TimeDelta = TimeDelta::minutes(10);

/// Who decides, and what deciding needs.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// The instance.
    pub app: &'a App,
    /// Its settings.
    pub settings: &'a Settings,
    /// Who decides.
    pub actor: &'a Actor,
    /// When.
    pub moment: &'a Moment,
}

impl<'a> By<'a> {
    /// Whoever sent this request.
    #[must_use]
    pub fn of(ctx: &'a Ctx) -> Self {
        Self { app: &ctx.app, settings: &ctx.settings, actor: &ctx.actor, moment: &ctx.moment }
    }

    /// When mails about a decision of now may leave.
    #[must_use]
    pub fn after(&self) -> DateTime<Utc> {
        self.moment.now + UNDO
    }
}

/// One decision on one contribution.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Public number of the contribution.
    pub number: i64,
    /// Its version when it was read by whoever decides.
    pub version: i64,
    /// What is decided.
    pub action: Action,
    /// Why, as the author reads it (refusal; hiding, when the team writes something).
    pub reason: String,
    /// Why, as the public log counts it: a code of `desk::decide::MOTIVES`. Empty for what most reports say.
    pub motive: String,
    /// Whether telephone numbers and mail addresses are masked first ([`Action::Publish`]).
    pub masked: bool,
    /// The new status ([`Action::SetStatus`]).
    pub status: Option<Status>,
    /// The theme word ([`Action::Classify`]).
    pub tag: String,
    /// The area ([`Action::Classify`]).
    pub area: Option<Uuid>,
}

impl Decision {
    /// A decision that needs no more words.
    #[must_use]
    pub const fn new(number: i64, version: i64, action: Action) -> Self {
        Self {
            number,
            version,
            action,
            reason: String::new(),
            motive: String::new(),
            masked: false,
            status: None,
            tag: String::new(),
            area: None,
        }
    }
}

/// Applies a decision. Nothing is written unless all is allowed.
///
/// # Errors
/// `NotFound`, `changed_meanwhile`, the refusals of [`super::may`], or when the database refuses.
pub async fn apply(tx: &Tx, by: By<'_>, decision: &Decision) -> Result<Contribution> {
    let before = store::by_number(tx, decision.number).await?;
    parvis_kernel::permission::decide(by.actor, parvis_kernel::permission::Right::Moderate, Some(before.project_id))?;
    // The older page is named first: "already published" would puzzle whoever still sees it waiting.
    if before.version != decision.version {
        return Err(Refusal::CHANGED_MEANWHILE.into());
    }
    super::possible(State::of(&before), decision.action)?;
    let masked =
        decision.masked && decision.action == Action::Publish && contact::hide(tx, by.moment.now, &before).await?;
    let mut change = change_of(decision, &before);
    if decision.action == Action::Publish {
        change.status = Some(status_of_file(tx, before.id).await?.unwrap_or(Status::Proposed));
    }
    let after = store::change(tx, by.moment, before.id, Some(decision.version), by.actor.person(), &change).await?;
    follow_up(tx, by, decision, &before, &after).await?;
    log_it(tx, by, decision, &before).await?;
    handling::acted(tx, by.moment, by.actor.person(), &[before.id]).await?;
    let number = before.number.to_string();
    let entry = Entry {
        actor: by.actor.person(),
        kind: kind_of(decision.action),
        subject_kind: "contribution",
        subject: Some(before.id),
        project: Some(before.project_id),
        detail: &number,
    };
    activity::record(tx, by.moment, entry.clone()).await?;
    let after = store::find(tx, before.id).await?;
    if masked {
        activity::record(tx, by.moment, Entry { kind: "contribution.masked", ..entry }).await?;
        letters::masked(tx, by, &after).await?;
    }
    Ok(after)
}

/// The status that a file gave a text that was to be checked first.
async fn status_of_file(tx: &Tx, id: Uuid) -> Result<Option<Status>> {
    let sql = "SELECT status_then FROM contribution WHERE id = $1";
    let then: Option<String> = db::scalar(tx, sql, args![id]).await?;
    Ok(then.and_then(|code| Status::parse(&code)).filter(|s| s.is_public()))
}

fn change_of(decision: &Decision, before: &Contribution) -> store::Change {
    let mut change = store::Change::default();
    match decision.action {
        Action::Publish => {
            change.status = Some(Status::Proposed);
            change.hidden = Some(false);
            change.reason = Some(String::new());
        }
        Action::Refuse => {
            change.status = Some(Status::Ineligible);
            change.reason = Some(decision.reason.clone());
        }
        Action::Reconsider => {
            change.status = Some(Status::Prescreening);
            change.reason = Some(String::new());
        }
        Action::Hide => change.hidden = Some(true),
        Action::Show => change.hidden = Some(false),
        Action::SetStatus => change.status = decision.status.filter(|s| s.is_public()).or(Some(before.status())),
        Action::Classify | Action::Answer => {}
    }
    change
}

async fn follow_up(
    tx: &Tx,
    by: By<'_>,
    decision: &Decision,
    before: &Contribution,
    after: &Contribution,
) -> Result<()> {
    match decision.action {
        Action::Publish if before.kind == "idea" => {
            take_back_mails(tx, before.id).await?;
            follows::announce(tx, by.app, by.settings, by.moment, before.id, News::Status, by.after()).await
        }
        Action::SetStatus if after.status != before.status => {
            follows::announce(tx, by.app, by.settings, by.moment, before.id, News::Status, by.after()).await
        }
        Action::Refuse => letters::refusal(tx, by, after).await,
        Action::Reconsider => reconsider(tx, by, before).await,
        Action::Hide | Action::Show => {
            let why = match decision.action {
                Action::Hide => hide(tx, by, decision, before, after).await?,
                _ => {
                    mail::cancel(tx, &format!("hidden/{}/", before.id)).await?;
                    String::new()
                }
            };
            db::run(tx, "UPDATE contribution SET reason = $2 WHERE id = $1", args![before.id, why]).await?;
            settle_reports(tx, by.moment, before.id).await?;
            // Once a person left it online, it takes a person to hide it.
            let kept = "UPDATE contribution SET kept = $2 WHERE id = $1";
            db::run(tx, kept, args![before.id, decision.action == Action::Show]).await?;
            Ok(())
        }
        Action::Classify => classify(tx, before.id, &decision.tag, decision.area).await,
        Action::Publish | Action::SetStatus | Action::Answer => Ok(()),
    }
}

/// Tells the author that a text is hidden, and notes why: what the team says, else what most reports say. Gives back the
/// words.
async fn hide(tx: &Tx, by: By<'_>, decision: &Decision, before: &Contribution, after: &Contribution) -> Result<String> {
    if before.hidden && before.appeal {
        // Upheld after a reply: the reports are settled since, and the reason is the one replied to, unless the team
        // gives another.
        let why = match (decision.reason.as_str(), decision.motive.as_str()) {
            ("", "") => before.reason.clone(),
            ("", motive) => letters::sentence(by, after, motive),
            (words, _) => words.to_owned(),
        };
        letters::upheld(tx, by, after, &why).await?;
        return Ok(why);
    }
    // That somebody will read it again is no news any more.
    mail::cancel(tx, &format!("hidden/{}/reported/", before.id)).await?;
    let code = if decision.motive.is_empty() { main_reason(tx, before.id).await? } else { decision.motive.clone() };
    // Hidden already by reports: that was noted then.
    if !before.hidden {
        log::note_hidden(tx, by.moment, before.id, &code).await?;
    }
    letters::hidden(tx, by, after, &code, &decision.reason).await
}

/// The reason that most open reports of a text give; empty without reports.
///
/// # Errors
/// When the database refuses.
pub async fn main_reason(tx: &Tx, id: Uuid) -> Result<String> {
    let sql = "SELECT reason FROM report WHERE contribution_id = $1 AND settled_at IS NULL \
               GROUP BY reason ORDER BY count(*) DESC, reason LIMIT 1";
    Ok(db::scalar(tx, sql, args![id]).await?.unwrap_or_default())
}

/// Writes a decision to the public log, and ends the author's reply that waited for it.
async fn log_it(tx: &Tx, by: By<'_>, decision: &Decision, before: &Contribution) -> Result<()> {
    let changed = before.appeal && matches!(decision.action, Action::Publish | Action::Show);
    let (deed, reason) = match decision.action {
        Action::Publish | Action::Show if changed => (Some(Deed::Changed), ""),
        Action::Refuse => (Some(Deed::Refused), if decision.motive.is_empty() { "other" } else { &decision.motive }),
        _ => (None, ""),
    };
    if decision.action == Action::Show && !changed {
        log::note_shown(tx, by.moment, before.id).await?;
    }
    if let Some(deed) = deed {
        log::note(tx, by.moment, before.id, deed, reason).await?;
    }
    let decides =
        matches!(decision.action, Action::Publish | Action::Refuse | Action::Reconsider | Action::Hide | Action::Show);
    if before.appeal && decides { appeals::decided(tx, by.moment, before.id).await } else { Ok(()) }
}

/// What was decided within the last minutes leaves no trace in the public history, and its mails stay here.
async fn reconsider(tx: &Tx, by: By<'_>, before: &Contribution) -> Result<()> {
    take_back_mails(tx, before.id).await?;
    contact::show(tx, before).await?;
    log::take_back(tx, before.id, by.moment.now - UNDO).await?;
    db::run(tx, "UPDATE contribution SET published_at = NULL WHERE id = $1", args![before.id]).await?;
    db::run(
        tx,
        "DELETE FROM status_change WHERE contribution_id = $1 AND at >= $2 AND actor_id IS NOT NULL",
        args![before.id, by.moment.now - UNDO],
    )
    .await?;
    Ok(())
}

async fn take_back_mails(tx: &Tx, id: Uuid) -> Result<()> {
    follows::take_back_all(tx, id).await?;
    mail::cancel(tx, &format!("refusal/{id}/")).await?;
    mail::cancel(tx, &format!("hidden/{id}/")).await?;
    mail::cancel(tx, &format!("masked/{id}/")).await?;
    Ok(())
}

async fn settle_reports(tx: &Tx, moment: &Moment, id: Uuid) -> Result<()> {
    let settle = "UPDATE report SET settled_at = $2 WHERE contribution_id = $1 AND settled_at IS NULL";
    db::run(tx, settle, args![id, moment.now]).await?;
    db::run(tx, "UPDATE contribution SET reports = 0 WHERE id = $1", args![id]).await?;
    Ok(())
}

async fn classify(tx: &Tx, id: Uuid, tag: &str, area: Option<Uuid>) -> Result<()> {
    db::run(tx, "UPDATE contribution SET tag = $2, area_id = $3 WHERE id = $1", args![id, tag, area]).await?;
    Ok(())
}

const fn kind_of(action: Action) -> &'static str {
    match action {
        Action::Publish => "contribution.published",
        Action::Refuse => "contribution.refused",
        Action::Reconsider => "contribution.reconsidered",
        Action::Hide => "contribution.hidden",
        Action::Show => "contribution.shown",
        Action::SetStatus => "contribution.status",
        Action::Classify => "contribution.classified",
        Action::Answer => "answer.published",
    }
}

/// Kinds of activity that decisions record.
pub const ACTIVITY: [&str; 7] = [
    "contribution.published",
    "contribution.refused",
    "contribution.reconsidered",
    "contribution.hidden",
    "contribution.shown",
    "contribution.status",
    "contribution.classified",
];

/// A report that waits or was settled.
#[derive(Debug, Clone, FromQueryResult)]
pub struct ReportLine {
    /// What was reported.
    pub contribution_id: Uuid,
    /// Reason code.
    pub reason: String,
    /// Words of whoever reported, may be empty.
    pub note: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The reports of these contributions that wait to be settled, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn open_reports(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<ReportLine>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT contribution_id, reason, note, at FROM report WHERE settled_at IS NULL AND contribution_id IN ({}) \
         ORDER BY at, id LIMIT 500",
        db::placeholders(1, ids.len())
    );
    db::all(c, &sql, ids.iter().map(|id| sea_orm::Value::from(*id)).collect()).await
}
