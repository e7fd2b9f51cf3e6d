//! What the module declares to the house.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::TimeDelta;
use futures::future::BoxFuture;
use parvis_kernel::{
    Ctx, Result,
    app::App,
    context::Moment,
    db::{Db, Migration, Reader, Tx},
    deeds::Deed,
    found::Found,
    jobs::{Failure, JobKind},
    mail::Mail,
    module::{
        Forget, LeftAddress, Merge, Module, NavEntry, OpenData, PastEvent, PersonalData, TextPlace, TextRow, Union,
    },
    permission::{Actor, Right, decide},
    retention::Retention,
    routes::Routes,
    sections::{SettingsSection, Standing},
    settings::Settings,
    sheet::DeskList,
    words::{Lang, WordsFile},
};
use uuid::Uuid;

use crate::{
    areas, blocks, confirm, consents, directory, erased, lists, passes, persons, second, sessions, sign_in, space,
    team, tokens,
};

/// The module.
#[derive(Debug, Default)]
pub struct People;

macro_rules! words {
    ($($name:literal),*) => { vec![$(
        WordsFile { lang: Lang::Fr, name: $name, source: include_str!(concat!("../locales/fr/", $name)) },
        WordsFile { lang: Lang::En, name: $name, source: include_str!(concat!("../locales/en/", $name)) },
    )*] };
}

#[async_trait]
impl Module for People {
    fn name(&self) -> &'static str {
        "people"
    }

    fn migrations(&self) -> Vec<Migration> {
        vec![
            Migration { id: "people/0001_people", sql: include_str!("../migrations/0001_people.sql") },
            Migration { id: "people/0012_safety", sql: include_str!("../migrations/0012_safety.sql") },
            Migration { id: "people/0020_directory", sql: include_str!("../migrations/0020_directory.sql") },
            Migration { id: "people/0021_merge", sql: include_str!("../migrations/0021_merge.sql") },
            Migration { id: "people/0022_receipts", sql: include_str!("../migrations/0022_receipts.sql") },
            Migration { id: "people/0023_second_factor", sql: include_str!("../migrations/0023_second_factor.sql") },
            Migration { id: "people/0024_passkey", sql: include_str!("../migrations/0024_passkey.sql") },
            Migration { id: "people/0030_margins", sql: include_str!("../migrations/0030_margins.sql") },
            Migration { id: "people/0040_api_token", sql: include_str!("../migrations/0040_api_token.sql") },
            Migration { id: "people/0070_block", sql: include_str!("../migrations/0070_block.sql") },
            Migration { id: "people/0071_block_reply", sql: include_str!("../migrations/0071_block_reply.sql") },
            Migration { id: "people/0092_person_file", sql: include_str!("../migrations/0092_person_file.sql") },
            Migration { id: "people/0095_visit", sql: include_str!("../migrations/0095_visit.sql") },
            Migration { id: "people/0096_agreed", sql: include_str!("../migrations/0096_agreed.sql") },
            Migration { id: "people/0097_started", sql: include_str!("../migrations/0097_started.sql") },
            Migration { id: "people/0122_hold", sql: include_str!("../migrations/0122_hold.sql") },
            Migration { id: "people/0124_several", sql: include_str!("../migrations/0124_several.sql") },
            Migration { id: "people/0130_brought", sql: include_str!("../migrations/0130_brought.sql") },
            Migration { id: "people/0137_consent_left", sql: include_str!("../migrations/0137_consent_left.sql") },
            Migration { id: "people/0141_accords", sql: include_str!("../migrations/0141_accords.sql") },
            Migration { id: "people/0143_receipts", sql: include_str!("../migrations/0143_receipts.sql") },
            Migration { id: "people/0160_by_command", sql: include_str!("../migrations/0160_by_command.sql") },
            Migration { id: "people/0161_directory", sql: include_str!("../migrations/0161_directory.sql") },
            Migration { id: "people/0170_area_import", sql: include_str!("../migrations/0170_area_import.sql") },
            Migration { id: "people/0171_person_word", sql: include_str!("../migrations/0171_person_word.sql") },
        ]
    }

    fn routes(&self) -> Routes {
        sign_in::routes()
            .and(space::routes())
            .and(team::routes())
            .and(areas::routes())
            .and(areas::api::routes())
            .and(crate::margins::routes())
            .and(crate::import::routes())
            .and(directory::routes())
            .and(directory::api::routes())
            .and(second::routes())
            .and(tokens::routes())
            .and(blocks::routes())
    }

    fn words(&self) -> Vec<WordsFile> {
        words![
            "people.ftl",
            "sign_in.ftl",
            "space.ftl",
            "team.ftl",
            "areas.ftl",
            "margins.ftl",
            "import.ftl",
            "safety.ftl",
            "directory.ftl",
            "pair.ftl",
            "rights.ftl",
            "second.ftl",
            "passkey.ftl",
            "tokens.ftl",
            "blocks.ftl",
            "lists.ftl"
        ]
    }

    fn jobs(&self) -> Vec<JobKind> {
        let mut jobs = vec![
            JobKind { name: "people.tidy", run: tidy, every: Some(TimeDelta::hours(1)) },
            JobKind { name: directory::words::JOB, run: directory::words::fill, every: Some(TimeDelta::days(1)) },
            JobKind { name: erased::JOB, run: erased::write_file, every: None },
            JobKind { name: consents::expiry::JOB, run: consents::expiry::run, every: Some(TimeDelta::hours(1)) },
            JobKind { name: crate::trials::JOB, run: crate::trials::sweep, every: Some(TimeDelta::hours(1)) },
        ];
        jobs.extend(crate::import::jobs());
        jobs
    }

    fn navigation(&self) -> Vec<NavEntry> {
        vec![directory::NAVIGATION]
    }

    fn settings_sections(&self) -> Vec<SettingsSection> {
        crate::settings::SECTIONS.to_vec()
    }

    fn activity_kinds(&self) -> Vec<&'static str> {
        let mut kinds = vec![
            "person.erased",
            "consent.given",
            "consent.withdrawn",
            consents::expiry::ACTIVITY,
            "census.imported",
            crate::import::ACTIVITY,
            crate::import::UNDONE,
            "token.made",
            "token.revoked",
        ];
        kinds.extend(team::ACTIVITY);
        kinds.extend(areas::ACTIVITY);
        kinds.extend(directory::ACTIVITY);
        kinds.extend(blocks::ACTIVITY);
        kinds
    }

    fn open_data(&self) -> Vec<OpenData> {
        lists::SETS.to_vec()
    }

    fn desk_lists(&self) -> Vec<DeskList> {
        lists::all()
    }

    fn retention(&self) -> Vec<Retention> {
        vec![
            passes::PERIOD,
            sessions::PERIOD,
            tokens::PERIOD,
            blocks::store::PERIOD,
            consents::expiry::PERIOD,
            areas::undo::PERIOD,
        ]
    }

    async fn texts(&self, _db: &Db, _after: Option<TextPlace>, _most: i64) -> Result<Vec<TextRow>> {
        Ok(vec![])
    }

    async fn news(
        &self,
        _app: &parvis_kernel::app::App,
        _since: chrono::DateTime<chrono::Utc>,
        _until: chrono::DateTime<chrono::Utc>,
    ) -> Result<Vec<parvis_kernel::news::News>> {
        Ok(vec![])
    }

    async fn personal_data(&self, c: &Reader<'_>, person: Uuid) -> Result<Vec<PersonalData>> {
        space::personal_data(c, person).await
    }

    async fn past_events(&self, db: &Db, person: Uuid, most: i64) -> Result<Vec<PastEvent>> {
        space::past_events(db, person, most).await
    }

    fn stays(&self, _how: Forget) -> Vec<(&'static str, &'static str)> {
        vec![("openings", "stays-journal")]
    }

    fn deeds(&self) -> Vec<Deed> {
        vec![]
    }

    async fn forget(&self, tx: &Tx, moment: &Moment, person: Uuid, _how: Forget) -> Result<()> {
        blocks::store::forget(tx, person).await?;
        crate::import::forget(tx, moment, person).await?;
        persons::erase(tx, person, moment.now).await
    }

    async fn unite(&self, _tx: &Tx, _moment: &Moment, _union: &Union) -> Result<()> {
        Ok(())
    }

    async fn let_go(&self, _tx: &Tx, _left: &LeftAddress) -> Result<()> {
        Ok(())
    }

    async fn absorb(&self, tx: &Tx, moment: &Moment, merge: &Merge) -> Result<serde_json::Value> {
        serde_json::to_value(directory::merge::absorb(tx, moment, merge).await?).map_err(parvis_kernel::Error::other)
    }

    async fn release(&self, tx: &Tx, _moment: &Moment, merge: &Merge, moved: &serde_json::Value) -> Result<()> {
        let moved = serde_json::from_value(moved.clone()).map_err(parvis_kernel::Error::other)?;
        directory::merge::release(tx, merge, &moved).await
    }

    async fn own_space(&self, _ctx: &Ctx, _person: Uuid) -> Result<String> {
        // The page itself is this module's: it writes its own sections.
        Ok(String::new())
    }

    async fn settings_standing(&self, ctx: &Ctx, code: &str) -> Result<Option<Standing>> {
        crate::settings::standing(ctx, code).await
    }

    async fn still_holds(&self, app: &App, letter: &Mail) -> Result<bool> {
        confirm::still_holds(app.db.read(), letter).await
    }

    async fn waiting(&self, db: &Db, actor: &Actor) -> Result<Option<(&'static str, i64)>> {
        if decide(actor, Right::Persons, None).is_err() {
            return Ok(None);
        }
        Ok(Some((directory::NAVIGATION.path, blocks::store::unread(db.read()).await?)))
    }

    async fn on_set_up(&self, _tx: &Tx, _moment: &Moment, _settings: &Settings) -> Result<()> {
        Ok(())
    }

    async fn find(&self, ctx: &Ctx, words: &str) -> Result<Vec<Found>> {
        directory::found::find(ctx, words).await
    }

    async fn scopes(&self, _db: &Db) -> Result<Vec<(Uuid, String)>> {
        Ok(vec![])
    }
}

/// Each hour: what was kept for an undo that can't come any more, sign-ins nobody finished, challenges answered.
fn tidy(app: Arc<App>, _payload: String) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move {
        let now = app.clock.now();
        app.db
            .write(move |tx| {
                Box::pin(async move {
                    directory::merge::sweep(tx, now).await?;
                    second::sweep(tx, now).await?;
                    blocks::store::sweep(tx, now).await?;
                    second::passkeys::sweep(tx, now).await
                })
            })
            .await?;
        Ok(())
    })
}
