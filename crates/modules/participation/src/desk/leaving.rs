//! When the mails about a decision really leave: after the ten minutes of its undo, and not while it is quiet.

use chrono::{DateTime, Utc};
use parvis_kernel::Result;
use parvis_ui::Page;

use crate::{answers, ideas::Contribution, moderation::store::UNDO};

/// When the letters of this kind about a decision of `at` leave: `None` after the ten minutes, as promised; a day and a time
/// where the quiet hours hold them.
pub(super) fn held(p: &Page, kind: &str, at: DateTime<Utc>) -> Option<String> {
    let (after, settings) = (at + UNDO, &p.ctx.settings);
    let leaves = settings.quiet.leaves(kind, after, after, settings.tz());
    (leaves > after).then(|| p.t2("desk-leaves", "day", p.weekday(&p.local(&leaves)), "time", p.time(&leaves)))
}

/// What the page says once an answer is published.
///
/// # Errors
/// When the database refuses.
pub(super) async fn of_answer(p: &Page, idea: &Contribution, answer: &answers::Answer) -> Result<String> {
    let ctx = &p.ctx;
    let audience = answers::store::audience(ctx.app.db.read(), idea, ctx.now()).await?;
    let server = ctx.app.sends_mail(&ctx.settings);
    Ok(match (audience.total(), held(p, "answer", answer.published_at)) {
        (0, _) => p.t("desk-answered-nobody"),
        (_, _) if !server => p.t("desk-answered-unset"),
        (_, Some(when)) => p.t1("desk-answered-held", "when", when),
        (_, None) => p.t("done-reponse"),
    })
}
