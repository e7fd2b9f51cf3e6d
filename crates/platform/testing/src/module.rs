//! A module that a test adds to those it is about, and an identity where none matters.

use std::collections::HashMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Result,
    app::App,
    context::Moment,
    db::{Db, Migration, Reader, Tx},
    deeds::Deed,
    found::Found,
    jobs::JobKind,
    mail::Mail,
    module::{
        Forget, Identity, LeftAddress, Merge, Module, NavEntry, OpenData, PastEvent, PersonalData, TextPlace, TextRow,
        Union,
    },
    news::News,
    permission::Actor,
    retention::Retention,
    routes::Routes,
    sections::{SettingsSection, Standing},
    settings::Settings,
    sheet::DeskList,
    words::WordsFile,
};
use serde_json::Value;
use uuid::Uuid;

/// Knows no session and no name.
#[derive(Debug)]
pub struct Nobody;

#[async_trait]
impl Identity for Nobody {
    async fn actor(&self, _: &Db, _: &str, _: DateTime<Utc>) -> Result<Actor> {
        Ok(Actor::Visitor)
    }
    async fn names(&self, _: &Db, _: &[Uuid]) -> Result<HashMap<Uuid, String>> {
        Ok(HashMap::new())
    }
}

/// What a test's module does; whatever it does not say is nothing. [`Module`] itself has no defaults, so that no real module
/// forgets a question.
#[async_trait]
pub trait Partly: Send + Sync + 'static {
    /// See [`Module::words`].
    fn words(&self) -> Vec<WordsFile> {
        vec![]
    }
    /// See [`Module::texts`].
    async fn texts(&self, _after: Option<TextPlace>, _most: i64) -> Result<Vec<TextRow>> {
        Ok(vec![])
    }
    /// See [`Module::forget`].
    async fn forget(&self, _tx: &Tx, _person: Uuid) -> Result<()> {
        Ok(())
    }
    /// See [`Module::unite`].
    async fn unite(&self, _tx: &Tx, _moment: &Moment) -> Result<()> {
        Ok(())
    }
    /// See [`Module::on_set_up`].
    async fn on_set_up(&self, _settings: &Settings) -> Result<()> {
        Ok(())
    }
    /// See [`Module::scopes`].
    async fn scopes(&self) -> Result<Vec<(Uuid, String)>> {
        Ok(vec![])
    }
}

/// A module of the parts that a test gives it.
#[derive(Debug, Default)]
pub struct Stub<T>(pub T);

#[async_trait]
impl<T: Partly> Module for Stub<T> {
    fn name(&self) -> &'static str {
        "stub"
    }
    fn migrations(&self) -> Vec<Migration> {
        vec![]
    }
    fn routes(&self) -> Routes {
        Routes::new()
    }
    fn words(&self) -> Vec<WordsFile> {
        self.0.words()
    }
    fn jobs(&self) -> Vec<JobKind> {
        vec![]
    }
    fn navigation(&self) -> Vec<NavEntry> {
        vec![]
    }
    fn settings_sections(&self) -> Vec<SettingsSection> {
        vec![]
    }
    fn activity_kinds(&self) -> Vec<&'static str> {
        vec![]
    }
    fn open_data(&self) -> Vec<OpenData> {
        vec![]
    }
    fn desk_lists(&self) -> Vec<DeskList> {
        vec![]
    }
    fn retention(&self) -> Vec<Retention> {
        vec![]
    }
    async fn texts(&self, _: &Db, after: Option<TextPlace>, most: i64) -> Result<Vec<TextRow>> {
        self.0.texts(after, most).await
    }
    async fn news(&self, _: &App, _: DateTime<Utc>, _: DateTime<Utc>) -> Result<Vec<News>> {
        Ok(vec![])
    }
    async fn personal_data(&self, _: &Reader<'_>, _: Uuid) -> Result<Vec<PersonalData>> {
        Ok(vec![])
    }
    async fn past_events(&self, _: &Db, _: Uuid, _: i64) -> Result<Vec<PastEvent>> {
        Ok(vec![])
    }
    fn stays(&self, _: Forget) -> Vec<(&'static str, &'static str)> {
        vec![]
    }
    fn deeds(&self) -> Vec<Deed> {
        vec![]
    }
    async fn forget(&self, tx: &Tx, _: &Moment, person: Uuid, _: Forget) -> Result<()> {
        self.0.forget(tx, person).await
    }
    async fn unite(&self, tx: &Tx, moment: &Moment, _: &Union) -> Result<()> {
        self.0.unite(tx, moment).await
    }
    async fn let_go(&self, _: &Tx, _: &LeftAddress) -> Result<()> {
        Ok(())
    }
    async fn absorb(&self, _: &Tx, _: &Moment, _: &Merge) -> Result<Value> {
        Ok(Value::Null)
    }
    async fn release(&self, _: &Tx, _: &Moment, _: &Merge, _: &Value) -> Result<()> {
        Ok(())
    }
    async fn own_space(&self, _: &Ctx, _: Uuid) -> Result<String> {
        Ok(String::new())
    }
    async fn on_set_up(&self, _: &Tx, _: &Moment, settings: &Settings) -> Result<()> {
        self.0.on_set_up(settings).await
    }
    async fn settings_standing(&self, _: &Ctx, _: &str) -> Result<Option<Standing>> {
        Ok(None)
    }
    async fn still_holds(&self, _: &App, _: &Mail) -> Result<bool> {
        Ok(true)
    }
    async fn waiting(&self, _: &Db, _: &Actor) -> Result<Option<(&'static str, i64)>> {
        Ok(None)
    }
    async fn find(&self, _: &Ctx, _: &str) -> Result<Vec<Found>> {
        Ok(vec![])
    }
    async fn scopes(&self, _: &Db) -> Result<Vec<(Uuid, String)>> {
        self.0.scopes().await
    }
}
