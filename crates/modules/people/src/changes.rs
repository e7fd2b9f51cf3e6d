//! What was changed last on a page of the settings that keeps no values of its own: the team, the areas.

use parvis_kernel::{Result, activity};
use parvis_ui::Page;

use crate::told;

/// Changes that a page shows.
const SHOWN: i64 = 5;

/// A change in words.
pub(crate) struct Changed {
    /// Who did what.
    pub sentence: String,
    /// Since when.
    pub ago: String,
}

/// The last lines of the journal of these kinds, newest first.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn recent(p: &Page, kinds: &[&'static str]) -> Result<Vec<Changed>> {
    let lines = activity::of_kinds(&p.ctx.app.db, kinds, SHOWN).await?;
    let told = told::lines(&p.ctx, &lines).await?.into_iter().zip(&lines);
    Ok(told.map(|(said, line)| Changed { sentence: said.sentence, ago: p.ago(&line.at) }).collect())
}
