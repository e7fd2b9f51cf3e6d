//! Who took imports back, and when, as the journal noted it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use parvis_kernel::{Ctx, Result, activity, brought::Row};
use uuid::Uuid;

use super::pages::Screen;
use crate::Page;

/// By whom and when some files were taken back.
pub(super) struct Undone(HashMap<Uuid, (Option<Uuid>, DateTime<Utc>)>);

impl Undone {
    /// Of these files, in one query; in none where no import was taken back.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn of<F: Screen>(ctx: &Ctx, rows: &[Row<F::Own>]) -> Result<Self> {
        let files: Vec<Uuid> = rows.iter().filter(|r| F::undo_state(&r.own) == "done").map(|r| r.id).collect();
        let lines = activity::about(ctx.app.db.read(), F::UNDONE, &files).await?;
        Ok(Self(lines.into_iter().filter_map(|l| Some((l.subject_id?, (l.actor_id, l.at)))).collect()))
    }

    /// Those who did.
    pub(super) fn actors(&self) -> impl Iterator<Item = Uuid> {
        self.0.values().filter_map(|(actor, _)| *actor)
    }

    /// `Annulé par Nadia Benali, hier`; empty for what stands.
    pub(super) fn words(&self, p: &Page, file: Uuid, names: &HashMap<Uuid, String>) -> String {
        let Some((actor, at)) = self.0.get(&file) else { return String::new() };
        let when = p.ago(at);
        match actor.and_then(|id| names.get(&id)).filter(|n| !n.is_empty()) {
            Some(who) => p.t2("import-undone-by", "who", who, "when", when),
            None => p.t1("import-undone-when", "when", when),
        }
    }
}
