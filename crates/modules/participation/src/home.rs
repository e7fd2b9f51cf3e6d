//! The home page: the question, what runs now, what becomes of ideas.

use askama::Template;
use axum::response::Response;
use chrono::NaiveDate;
use parvis_kernel::{Ctx, Result, args, db};
use parvis_ui::{Page, SafeHtml, charts, icons};
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

use crate::{
    caches::Caches,
    ideas::{
        Status,
        answers::{self, Outcome},
    },
    projects::{Act, Project, store, texts::Field},
    seen::{self, Seen},
    urls,
};

/// Fewer people than this are no figure.
pub(crate) const FEWEST: i64 = parvis_statistics::suppress::MINIMUM.cast_signed();

/// How many people, said as "more than" so many tens. Exact, the figure would tell of a small group when it is put beside
/// those of a project, or beside itself a while ago.
const fn more_than(voices: i64) -> i64 {
    if voices < FEWEST { 0 } else { (voices - 1) / 10 * 10 }
}

/// What the home page shows, as the database holds it.
#[derive(Debug, Clone)]
pub struct Snapshot {
    projects: Vec<Seen>,
    ideas: Vec<(Uuid, i64)>,
    outcomes: Vec<Outcome>,
    answered: i64,
    areas: HashMap<Uuid, String>,
}

/// Six queries, whatever the instance holds.
async fn read(ctx: &Ctx) -> Result<Snapshot> {
    let db = ctx.app.db.read();
    let projects = seen::public(ctx).await?;
    let ids: Vec<Uuid> = projects.iter().map(|s| s.project.id).collect();
    if ids.is_empty() {
        return Ok(Snapshot { projects, ideas: vec![], outcomes: vec![], answered: 0, areas: HashMap::new() });
    }
    let counts = store::counts(db).await?;
    let mut outcomes = answers::latest(db, &ids, None, 3, 0).await?;
    if outcomes.len() == 3 && outcomes.iter().all(|o| o.status() != Status::Rejected) {
        // Refusals are answered too, and shown: a list of successes would not be believed.
        if let Some(refused) = answers::latest(db, &ids, Some(Status::Rejected), 1, 0).await?.pop() {
            outcomes.truncate(2);
            outcomes.push(refused);
        }
    }
    let answered = answers::count(db, &ids).await?;
    let areas = parvis_people::areas::names(db).await?;
    Ok(Snapshot {
        projects,
        ideas: counts.into_iter().map(|c| (c.project_id, c.n)).collect(),
        outcomes,
        answered,
        areas,
    })
}

/// How many people wrote something that is online, counted once each.
async fn voices(ctx: &Ctx) -> Result<i64> {
    let sql = "SELECT count(*) FROM (SELECT DISTINCT c.holder FROM contribution c JOIN project p ON p.id = c.project_id \
               WHERE c.visible = TRUE AND p.visibility = 'public' AND p.state <> 'draft' \
               AND (c.idea_id IS NULL OR c.idea_id NOT IN (SELECT id FROM contribution WHERE kind = 'idea' AND visible = FALSE)) \
               AND (c.reply_to IS NULL OR c.reply_to NOT IN (SELECT id FROM contribution WHERE kind = 'comment' AND visible = FALSE))) \
               AS v";
    db::count(ctx.app.db.read(), sql, args![]).await
}

/// A project in its present phase.
pub struct Now<'a> {
    seen: &'a Seen,
    project: &'a Project,
    phase: &'a str,
    phase_lang: &'static str,
    ideas: i64,
    posting: bool,
    ends_on: Option<NaiveDate>,
    days: i64,
    meter: SafeHtml,
}

impl Now<'_> {
    fn url(&self) -> String {
        urls::Project { slug: self.project.slug.clone() }.to_string()
    }
}

/// The card of a project that has a phase today.
fn now<'a>(ctx: &Ctx, snapshot: &'a Snapshot, seen: &'a Seen) -> Option<Now<'a>> {
    let today = ctx.today();
    let phase = seen.phase(ctx).filter(|_| seen.project.state == "published")?;
    let gone = |end: NaiveDate| {
        let whole = (end - phase.starts_on).num_days() + 1;
        #[allow(clippy::cast_precision_loss, reason = "days of a phase")]
        let share = (today - phase.starts_on).num_days() as f64 / whole.max(1) as f64;
        charts::meter(share * 100.0)
    };
    Some(Now {
        seen,
        project: &seen.project,
        phase: &phase.title,
        phase_lang: seen.spoken.lang(Field::Phase(phase.id)),
        ideas: snapshot.ideas.iter().find(|(id, _)| *id == seen.project.id).map_or(0, |(_, n)| *n),
        posting: seen.may(ctx, Act::Post).is_ok(),
        ends_on: phase.ends_on,
        days: phase.ends_on.map_or(0, |end| (end - today).num_days()),
        meter: phase.ends_on.map_or_else(SafeHtml::default, gone),
    })
}

#[derive(Template)]
#[template(path = "home/home.html")]
struct Home<'a> {
    p: &'a Page,
    /// The words of the question: one with a hyphen stays on its line.
    question: Vec<String>,
    /// The language it stands in: the team writes it in one.
    question_lang: &'static str,
    scene: SafeHtml,
    voices: i64,
    now: Vec<Now<'a>>,
    /// The projects an idea may be posted in now.
    posting: Vec<&'a Seen>,
    snapshot: &'a Snapshot,
}

/// The home page. Public.
///
/// # Errors
/// When the database refuses.
pub async fn show(ctx: Ctx, caches: Arc<Caches>) -> Result<Response> {
    let snapshot = caches.home.get(ctx.now(), ctx.lang, read(&ctx)).await?;
    let voices = *caches.voices.get(ctx.now(), (), voices(&ctx)).await?;
    let mut page = Page::new(&ctx, ctx.settings.name.clone()).described(ctx.t("home-description"));
    page.image = urls::SiteCard {}.to_string();
    page.feeds = crate::feeds::of_site(&ctx);
    let now: Vec<Now<'_>> = snapshot.projects.iter().filter_map(|s| now(&ctx, &snapshot, s)).collect();
    let posting: Vec<&Seen> = now.iter().filter(|n| n.posting).map(|n| n.seen).collect();
    let asked = ctx.settings.question.trim();
    let question = if asked.is_empty() { page.t("home-question") } else { page.text(asked) };
    let home = Home {
        question: question.split(' ').map(str::to_owned).collect(),
        question_lang: if asked.is_empty() { ctx.lang.code() } else { ctx.settings.lang.code() },
        p: &page,
        scene: icons::scene(),
        voices: more_than(voices),
        now,
        posting,
        snapshot: &snapshot,
    };
    parvis_ui::html(&home)
}

#[cfg(test)]
mod tests {
    use super::more_than;

    #[test]
    fn people_are_counted_in_tens_from_eleven_on() {
        for (voices, said) in [(0, 0), (10, 0), (11, 10), (20, 10), (21, 20), (1234, 1230)] {
            assert_eq!(more_than(voices), said, "{voices}");
        }
    }
}
