//! Settings of the instance, section by section, each with its state in words.

pub mod identity;
pub mod languages;
pub mod licence;
pub mod look;
pub mod mail;
pub mod pace;
pub mod quiet;
mod sections;
pub mod statuses;
pub mod undo;
mod verdict;
pub mod zones;

use parvis_kernel::{
    Ctx, Result,
    activity::{self, Entry},
    args, db, locale,
    settings::{self, Settings},
};
use parvis_ui::Page;

use crate::{keeping, pages, urls};

pub use sections::Section;
use sections::{Facts, State};
pub use verdict::{Verdict, read as read_verdict};

/// A line of the navigation of settings.
#[derive(Debug, Clone)]
pub struct SectionLink {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: &'static str,
    /// How things stand there.
    pub state: String,
    /// Whether it is the one shown.
    pub current: bool,
    /// What whoever reads it changed there minutes ago and can take back; of the one shown.
    pub recent: Vec<undo::Step>,
}

/// The frame of a page of settings: its title, and the navigation.
#[derive(Debug)]
pub struct Frame {
    /// The page.
    pub page: Page,
    /// Its navigation.
    pub sections: Vec<SectionLink>,
}

/// The frame around a section.
///
/// # Errors
/// When the database refuses.
pub async fn frame(ctx: &Ctx, here: Section) -> Result<Frame> {
    let label = ctx.t(here.key());
    let title = ctx.app.words.with(ctx.lang, "settings-title-of", &[("section", &label)]);
    let mut page = Page::team(ctx, title).await?;
    // The journal lives in the settings but not under their address.
    for link in &mut page.nav {
        link.current = link.href == urls::Settings::ROUTE;
    }
    let facts = facts(ctx).await?;
    let mut recent = match ctx.actor.person() {
        Some(me) => undo::of(ctx.app.db.read(), here, me, ctx.now()).await?,
        None => Vec::new(),
    };
    let sections = Section::ALL
        .into_iter()
        .map(|s| SectionLink {
            label: ctx.t(s.key()),
            href: s.href(),
            state: words(ctx, &s.state(&facts)),
            current: s == here,
            recent: if s == here { std::mem::take(&mut recent) } else { Vec::new() },
        })
        .collect();
    Ok(Frame { page, sections })
}

fn words(ctx: &Ctx, state: &State) -> String {
    match state {
        State::Text(text) => text.clone(),
        State::Key(key) => ctx.t(key),
        State::Count(key, n) => ctx.app.words.with(ctx.lang, key, &[("n", n)]),
        State::Named(key, value) => ctx.app.words.with(ctx.lang, key, &[("value", value)]),
    }
}

async fn facts(ctx: &Ctx) -> Result<Facts> {
    let c = ctx.app.db.read();
    let mails = |state: &'static str| async move {
        db::count(c, "SELECT count(*) FROM mail WHERE state = $1", args![state]).await
    };
    Ok(Facts {
        settings: ctx.settings.clone(),
        waiting: mails("waiting").await?,
        failed: mails("failed").await?,
        written: db::count(c, "SELECT count(*) FROM page", vec![]).await?,
        pages: i64::try_from(pages::SLUGS.len()).unwrap_or(0),
        team: db::count(c, "SELECT count(*) FROM person WHERE role IS NOT NULL AND erased_at IS NULL", vec![]).await?,
        webhooks: db::count(c, "SELECT count(*) FROM webhook", vec![]).await?,
        tokens: db::count(c, "SELECT count(*) FROM api_token WHERE expires_at > $1", args![ctx.now()]).await?,
        areas: db::count(c, "SELECT count(*) FROM area", vec![]).await?,
        backup: keeping::store::latest(c).await?.into_iter().find(|b| b.state != "running").map(|b| {
            (b.state == "done", locale::day(ctx.lang, locale::local_day(b.started_at, ctx.settings.tz()), ctx.today()))
        }),
    })
}

/// Changes a section of the settings: they are read in the transaction of the change, so that somebody else's change
/// to another section made meanwhile is kept. What they were is kept for ten minutes.
///
/// # Errors
/// When the database refuses.
pub async fn save<F>(ctx: &Ctx, section: Section, edit: F) -> Result<()>
where
    F: Fn(&mut Settings) + Clone + Send + Sync + 'static,
{
    let (moment, actor) = (ctx.moment.clone(), ctx.actor.person());
    ctx.app
        .db
        .write(move |tx| {
            let (moment, edit) = (moment.clone(), edit.clone());
            Box::pin(async move {
                let mut before = Settings::default();
                let change = |s: &mut Settings| {
                    before.clone_from(s);
                    edit(s);
                };
                let after = settings::change(tx, change).await?;
                if let Some(actor) = actor {
                    undo::keep(tx, &moment, section, actor, &before, &after).await?;
                }
                let entry = Entry {
                    actor,
                    kind: "settings.changed",
                    subject_kind: "setting",
                    subject: None,
                    project: None,
                    detail: section.code(),
                };
                activity::record(tx, &moment, entry).await
            })
        })
        .await?;
    ctx.app.store.forget().await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use parvis_kernel::db::Migration;
    use parvis_testing::{TestDb, engines};

    const MIGRATIONS: &[Migration] = &parvis_kernel::settings::MIGRATIONS;

    /// Two people change two sections from the same old page: both changes stay.
    #[tokio::test]
    async fn no_section_is_lost() {
        for engine in engines() {
            let t = TestDb::open(engine, MIGRATIONS).await;
            let change = |edit: fn(&mut Settings)| {
                t.db.write(move |tx| Box::pin(async move { settings::change(tx, edit).await.map(|_| ()) }))
            };
            let (a, b) = tokio::join!(
                change(|s| s.name = "Rivemont en commun".into()),
                change(|s| s.smtp.host = "smtp.example".into())
            );
            a.unwrap();
            b.unwrap();
            let s = settings::read(t.db.read()).await.unwrap();
            assert_eq!((s.name.as_str(), s.smtp.host.as_str()), ("Rivemont en commun", "smtp.example"));
        }
    }
}
