//! Settings of the instance, section by section.

pub mod identity;
pub mod languages;
pub mod licence;
pub mod look;
pub mod mail;
pub mod pace;
pub mod quiet;
mod sections;
pub mod statuses;
mod told;
pub mod undo;
mod verdict;
pub mod zones;

use parvis_kernel::{
    Ctx, Result,
    activity::{self, Entry},
    settings::{self, Settings},
};
use parvis_ui::Page;

pub use sections::Section;
pub use told::Step;
pub use verdict::{Verdict, read as read_verdict};

/// The frame of a page of settings, and what stands above its section.
#[derive(Debug)]
pub struct Frame {
    /// The page, with the menu.
    pub page: Page,
    /// What was changed there last, value by value.
    pub recent: Vec<Step>,
}

/// The frame around a section.
///
/// # Errors
/// When the database refuses.
pub async fn frame(ctx: &Ctx, here: Section) -> Result<Frame> {
    let page = Page::settings(ctx, here.href()).await?;
    let recent = told::recent(&page, here).await?;
    Ok(Frame { page, recent })
}

/// Changes a section of the settings: they are read in the transaction of the change, so that somebody else's change
/// to another section made meanwhile is kept. What they were is kept, so that each value can be put back.
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
                    undo::keep(tx, &moment, section.code(), actor, &before, &after).await?;
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
