//! What the module declares to the house.

use async_trait::async_trait;
use parvis_kernel::{
    Ctx, Result,
    context::Moment,
    db::{Db, Migration, Reader, Tx},
    deeds::Deed,
    found::Found,
    jobs::JobKind,
    mail::Mail,
    module::{
        Forget, LeftAddress, Merge, Module, NavEntry, OpenData, PastEvent, PersonalData, TextPlace, TextRow, Union,
    },
    permission::Actor,
    retention::Retention,
    routes::Routes,
    sections::{SettingsSection, Standing},
    sheet::DeskList,
    words::{Lang, WordsFile},
};
use uuid::Uuid;

/// The module.
#[derive(Debug, Default)]
pub struct Participation {
    caches: std::sync::Arc<crate::caches::Caches>,
}

#[async_trait]
impl Module for Participation {
    fn name(&self) -> &'static str {
        "participation"
    }

    fn migrations(&self) -> Vec<Migration> {
        vec![
            Migration {
                id: "participation/0001_participation",
                sql: include_str!("../migrations/0001_participation.sql"),
            },
            Migration { id: "participation/0002_desk", sql: include_str!("../migrations/0002_desk.sql") },
            Migration { id: "participation/0003_orders", sql: include_str!("../migrations/0003_orders.sql") },
            Migration { id: "participation/0015_safety", sql: include_str!("../migrations/0015_safety.sql") },
            Migration { id: "participation/0020_lots", sql: include_str!("../migrations/0020_lots.sql") },
            Migration { id: "participation/0021_merge", sql: include_str!("../migrations/0021_merge.sql") },
            Migration { id: "participation/0022_notes", sql: include_str!("../migrations/0022_notes.sql") },
            Migration { id: "participation/0030_import", sql: include_str!("../migrations/0030_import.sql") },
            Migration { id: "participation/0040_links", sql: include_str!("../migrations/0040_links.sql") },
            Migration { id: "participation/0045_api", sql: include_str!("../migrations/0045_api.sql") },
            Migration { id: "participation/0046_news", sql: include_str!("../migrations/0046_news.sql") },
            Migration { id: "participation/0060_projects", sql: include_str!("../migrations/0060_projects.sql") },
            Migration { id: "participation/0061_entry", sql: include_str!("../migrations/0061_entry.sql") },
            Migration {
                id: "participation/0062_project_texts",
                sql: include_str!("../migrations/0062_project_texts.sql"),
            },
            Migration { id: "participation/0070_screening", sql: include_str!("../migrations/0070_screening.sql") },
            Migration { id: "participation/0071_appeal", sql: include_str!("../migrations/0071_appeal.sql") },
            Migration { id: "participation/0080_morning", sql: include_str!("../migrations/0080_morning.sql") },
            Migration { id: "participation/0081_import_undo", sql: include_str!("../migrations/0081_import_undo.sql") },
            Migration { id: "participation/0085_found", sql: include_str!("../migrations/0085_found.sql") },
            Migration { id: "participation/0090_acts", sql: include_str!("../migrations/0090_acts.sql") },
            Migration {
                id: "participation/0095_asked_follow",
                sql: include_str!("../migrations/0095_asked_follow.sql"),
            },
            Migration {
                id: "participation/0096_asked_follow",
                sql: include_str!("../migrations/0096_asked_follow.sql"),
            },
            Migration { id: "participation/0097_motive", sql: include_str!("../migrations/0097_motive.sql") },
            Migration { id: "participation/0098_contact", sql: include_str!("../migrations/0098_contact.sql") },
            Migration { id: "participation/0099_easy", sql: include_str!("../migrations/0099_easy.sql") },
            Migration {
                id: "participation/0100_answer_draft",
                sql: include_str!("../migrations/0100_answer_draft.sql"),
            },
            Migration { id: "participation/0114_draw", sql: include_str!("../migrations/0114_draw.sql") },
            Migration { id: "participation/0116_undone", sql: include_str!("../migrations/0116_undone.sql") },
            Migration { id: "participation/0117_status_then", sql: include_str!("../migrations/0117_status_then.sql") },
            Migration {
                id: "participation/0121_import_changes",
                sql: include_str!("../migrations/0121_import_changes.sql"),
            },
            Migration { id: "participation/0123_hold", sql: include_str!("../migrations/0123_hold.sql") },
            Migration { id: "participation/0125_new_project", sql: include_str!("../migrations/0125_new_project.sql") },
            Migration {
                id: "participation/0130_shown_comments",
                sql: include_str!("../migrations/0130_shown_comments.sql"),
            },
            Migration { id: "participation/0134_areas", sql: include_str!("../migrations/0134_areas.sql") },
            Migration { id: "participation/0135_next", sql: include_str!("../migrations/0135_next.sql") },
            Migration { id: "participation/0136_visit", sql: include_str!("../migrations/0136_visit.sql") },
            Migration { id: "participation/0138_growth", sql: include_str!("../migrations/0138_growth.sql") },
            Migration {
                id: "participation/0139_project_follow",
                sql: include_str!("../migrations/0139_project_follow.sql"),
            },
            Migration { id: "participation/0142_signed", sql: include_str!("../migrations/0142_signed.sql") },
            Migration { id: "participation/0144_tagged", sql: include_str!("../migrations/0144_tagged.sql") },
            Migration { id: "participation/0160_by_command", sql: include_str!("../migrations/0160_by_command.sql") },
            Migration { id: "participation/0161_arrived", sql: include_str!("../migrations/0161_arrived.sql") },
            Migration { id: "participation/0162_held", sql: include_str!("../migrations/0162_held.sql") },
            Migration {
                id: "participation/0163_project_news",
                sql: include_str!("../migrations/0163_project_news.sql"),
            },
            Migration { id: "participation/0170_parked", sql: include_str!("../migrations/0170_parked.sql") },
        ]
    }

    fn routes(&self) -> Routes {
        crate::citizens::citizens_routes(&self.caches)
            .and(crate::desk::desk_routes(&self.caches))
            .and(crate::entry::pages::routes(&self.caches))
            .and(crate::import::screen::routes())
            .and(crate::api::routes(&self.caches))
    }

    fn words(&self) -> Vec<WordsFile> {
        let mut files = vec![
            WordsFile {
                lang: Lang::Fr,
                name: "participation.ftl",
                source: include_str!("../locales/fr/participation.ftl"),
            },
            WordsFile { lang: Lang::Fr, name: "lists.ftl", source: include_str!("../locales/fr/lists.ftl") },
            WordsFile { lang: Lang::En, name: "lists.ftl", source: include_str!("../locales/en/lists.ftl") },
            WordsFile { lang: Lang::Fr, name: "safety.ftl", source: include_str!("../locales/fr/safety.ftl") },
            WordsFile { lang: Lang::En, name: "safety.ftl", source: include_str!("../locales/en/safety.ftl") },
            WordsFile { lang: Lang::Fr, name: "moderation.ftl", source: include_str!("../locales/fr/moderation.ftl") },
            WordsFile { lang: Lang::En, name: "moderation.ftl", source: include_str!("../locales/en/moderation.ftl") },
            WordsFile { lang: Lang::Fr, name: "projects.ftl", source: include_str!("../locales/fr/projects.ftl") },
            WordsFile { lang: Lang::En, name: "projects.ftl", source: include_str!("../locales/en/projects.ftl") },
            WordsFile { lang: Lang::Fr, name: "morning.ftl", source: include_str!("../locales/fr/morning.ftl") },
            WordsFile { lang: Lang::En, name: "morning.ftl", source: include_str!("../locales/en/morning.ftl") },
            WordsFile { lang: Lang::Fr, name: "lots.ftl", source: include_str!("../locales/fr/lots.ftl") },
            WordsFile { lang: Lang::En, name: "lots.ftl", source: include_str!("../locales/en/lots.ftl") },
            WordsFile { lang: Lang::Fr, name: "import.ftl", source: include_str!("../locales/fr/import.ftl") },
            WordsFile { lang: Lang::Fr, name: "texts.ftl", source: include_str!("../locales/fr/texts.ftl") },
            WordsFile { lang: Lang::En, name: "texts.ftl", source: include_str!("../locales/en/texts.ftl") },
            WordsFile { lang: Lang::Fr, name: "preview.ftl", source: include_str!("../locales/fr/preview.ftl") },
            WordsFile { lang: Lang::En, name: "preview.ftl", source: include_str!("../locales/en/preview.ftl") },
            WordsFile { lang: Lang::Fr, name: "entry.ftl", source: include_str!("../locales/fr/entry.ftl") },
            WordsFile { lang: Lang::En, name: "entry.ftl", source: include_str!("../locales/en/entry.ftl") },
            WordsFile { lang: Lang::Fr, name: "links.ftl", source: include_str!("../locales/fr/links.ftl") },
            WordsFile { lang: Lang::En, name: "links.ftl", source: include_str!("../locales/en/links.ftl") },
            WordsFile { lang: Lang::Fr, name: "desk.ftl", source: include_str!("../locales/fr/desk.ftl") },
            WordsFile { lang: Lang::En, name: "desk.ftl", source: include_str!("../locales/en/desk.ftl") },
            WordsFile {
                lang: Lang::En,
                name: "participation.ftl",
                source: include_str!("../locales/en/participation.ftl"),
            },
            WordsFile { lang: Lang::En, name: "import.ftl", source: include_str!("../locales/en/import.ftl") },
        ];
        files.push(WordsFile {
            lang: Lang::Fr,
            name: "import_screen.ftl",
            source: include_str!("../locales/fr/import_screen.ftl"),
        });
        files.push(WordsFile {
            lang: Lang::En,
            name: "import_screen.ftl",
            source: include_str!("../locales/en/import_screen.ftl"),
        });
        files.extend(crate::citizens::words());
        files
    }

    fn jobs(&self) -> Vec<JobKind> {
        let mut jobs = crate::citizens::jobs().to_vec();
        jobs.push(JobKind { name: crate::desk::lots::job::NAME, run: crate::desk::lots::job::run, every: None });
        jobs.push(JobKind {
            name: crate::desk::morning::JOB,
            run: crate::desk::morning::run,
            every: Some(chrono::TimeDelta::minutes(15)),
        });
        jobs.push(JobKind {
            name: "desk.forget_masked",
            run: crate::desk::forget_masked,
            every: Some(chrono::TimeDelta::minutes(15)),
        });
        jobs.extend(crate::import::screen::jobs());
        jobs
    }

    fn navigation(&self) -> Vec<NavEntry> {
        crate::desk::NAVIGATION.to_vec()
    }

    fn settings_sections(&self) -> Vec<SettingsSection> {
        vec![crate::screening::pages::SECTION]
    }

    fn activity_kinds(&self) -> Vec<&'static str> {
        let mut kinds = crate::desk::activity_kinds();
        kinds.extend(crate::citizens::ACTIVITY);
        kinds.push("import.done");
        kinds.push(crate::import::screen::undo::ACTIVITY);
        kinds
    }

    fn open_data(&self) -> Vec<OpenData> {
        crate::open::SETS.to_vec()
    }

    fn desk_lists(&self) -> Vec<DeskList> {
        let others = [
            crate::links::lists::LIST,
            crate::projects::lists::LIST,
            crate::reports::list::LIST,
            crate::desk::templates::LIST,
            crate::import::list::LIST,
        ];
        crate::desk::lists::LISTS.into_iter().chain(others).collect()
    }

    fn retention(&self) -> Vec<Retention> {
        crate::personal::PERIODS.to_vec()
    }

    async fn texts(&self, db: &Db, after: Option<TextPlace>, most: i64) -> Result<Vec<TextRow>> {
        crate::personal::texts(db, after, most).await
    }

    async fn news(
        &self,
        app: &parvis_kernel::app::App,
        since: chrono::DateTime<chrono::Utc>,
        until: chrono::DateTime<chrono::Utc>,
    ) -> Result<Vec<parvis_kernel::news::News>> {
        crate::api::news::since(app, since, until).await
    }

    async fn personal_data(&self, c: &Reader<'_>, person: Uuid) -> Result<Vec<PersonalData>> {
        crate::personal::data(c, person).await
    }

    async fn past_events(&self, db: &Db, person: Uuid, most: i64) -> Result<Vec<PastEvent>> {
        crate::personal::past_events(db, person, most).await
    }

    fn stays(&self, how: Forget) -> Vec<(&'static str, &'static str)> {
        crate::personal::stays(how)
    }

    fn deeds(&self) -> Vec<Deed> {
        crate::personal::DEEDS.to_vec()
    }

    async fn forget(&self, tx: &Tx, moment: &Moment, person: Uuid, how: Forget) -> Result<()> {
        crate::personal::forget(tx, moment, person, how).await
    }

    async fn unite(&self, tx: &Tx, moment: &Moment, union: &Union) -> Result<()> {
        crate::personal::unite(tx, moment, union).await
    }

    async fn let_go(&self, tx: &Tx, left: &LeftAddress) -> Result<()> {
        crate::personal::let_go(tx, left).await
    }

    async fn absorb(&self, tx: &Tx, _moment: &Moment, merge: &Merge) -> Result<serde_json::Value> {
        serde_json::to_value(crate::merging::absorb(tx, merge).await?).map_err(parvis_kernel::Error::other)
    }

    async fn release(&self, tx: &Tx, _moment: &Moment, merge: &Merge, moved: &serde_json::Value) -> Result<()> {
        let moved = serde_json::from_value(moved.clone()).map_err(parvis_kernel::Error::other)?;
        crate::merging::release(tx, merge, &moved).await
    }

    async fn own_space(&self, ctx: &Ctx, person: Uuid) -> Result<String> {
        let own = crate::own_space::html(ctx, person).await?;
        Ok(own + &crate::desk::morning::pages::part(ctx, person).await?)
    }

    async fn on_set_up(&self, tx: &Tx, moment: &Moment, settings: &parvis_kernel::settings::Settings) -> Result<()> {
        crate::projects::first::open(tx, moment, settings).await
    }

    async fn settings_standing(&self, _ctx: &Ctx, code: &str) -> Result<Option<Standing>> {
        Ok((code == crate::screening::pages::SECTION.code).then_some(Standing::Key("settings-state-moderation")))
    }

    async fn still_holds(&self, app: &parvis_kernel::app::App, letter: &Mail) -> Result<bool> {
        crate::letters::still_holds(app, letter).await
    }

    async fn waiting(&self, db: &Db, actor: &Actor) -> Result<Option<(&'static str, i64)>> {
        crate::desk::waiting(db, actor).await
    }

    async fn find(&self, ctx: &Ctx, words: &str) -> Result<Vec<Found>> {
        crate::desk::found::find(ctx, words).await
    }

    async fn scopes(&self, db: &Db) -> Result<Vec<(Uuid, String)>> {
        #[derive(sea_orm::FromQueryResult)]
        struct Row {
            id: Uuid,
            title: String,
        }
        let sql = "SELECT id, title FROM project ORDER BY position, title";
        let rows: Vec<Row> = parvis_kernel::db::all(db.read(), sql, vec![]).await?;
        Ok(rows.into_iter().map(|r| (r.id, r.title)).collect())
    }
}
