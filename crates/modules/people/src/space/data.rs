//! All of a person's data in one file: what every module knows, with a page that explains it.

use std::io::{Cursor, Write};

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Datelike, Timelike, Utc};
use parvis_kernel::{
    Ctx, Error, Result,
    app::App,
    args,
    db::{self, Reader},
    locale,
    module::{PastEvent, PersonalData},
    rate::{self, Limit},
    settings::Settings,
    words::Lang,
};
use sea_orm::FromQueryResult;
use serde_json::json;
use uuid::Uuid;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{
    blocks, consents,
    directory::{
        self,
        receipts::{self, Receipt},
    },
    persons::{self, Person},
    second, sessions, tokens,
};

const DOWNLOADS: Limit = Limit::per_minutes("download", 10, 60);

/// The person themselves: everything, made at once and kept nowhere.
pub async fn download(ctx: Ctx) -> Result<Response> {
    let person = ctx.person()?;
    hit_download(&ctx).await?;
    let data = receipts::gather(&ctx, &ctx.app.db.reader(), person).await?;
    answer_with(&ctx, &data, &receipts::of_person(ctx.app.db.read(), person).await?)
}

/// Counts a download for whoever asks.
///
/// # Errors
/// `too_many`, or when the database refuses.
pub async fn hit_download(ctx: &Ctx) -> Result<()> {
    let (asks, now) = (ctx.person()?, ctx.now());
    ctx.app.db.write(move |tx| Box::pin(async move { rate::hit(tx, DOWNLOADS, &asks.to_string(), now).await })).await
}

/// The data of a person as a file, with the receipts of what the team handed over.
///
/// # Errors
/// When a value can't be written.
pub fn answer_with(ctx: &Ctx, all: &[PersonalData], receipts: &[Receipt]) -> Result<Response> {
    let bytes = archive(&ctx.app, &ctx.settings, ctx.now(), all, receipts)?;
    let name = format!("attachment; filename=\"{}-{}.zip\"", ctx.t("data-file"), ctx.today());
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(Error::other)?);
    Ok(response)
}

/// The file: one JSON for each kind of thing that holds something, and a page in each language that explains them and says
/// which hold nothing.
///
/// # Errors
/// When a value can't be written.
pub fn archive(
    app: &App,
    settings: &Settings,
    now: DateTime<Utc>,
    all: &[PersonalData],
    receipts: &[Receipt],
) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(zip_time(settings, now));
    for lang in Lang::ALL {
        zip.start_file(app.words.get(lang, "data-readme-file"), options).map_err(Error::other)?;
        zip.write_all(readme(app, settings, lang, all, receipts).as_bytes()).map_err(Error::other)?;
    }
    for data in all.iter().filter(|d| !d.rows.is_empty()) {
        zip.start_file(format!("{}.json", data.name), options).map_err(Error::other)?;
        let text = serde_json::to_string_pretty(&data.rows).map_err(Error::other)?;
        zip.write_all(text.as_bytes()).map_err(Error::other)?;
    }
    Ok(zip.finish().map_err(Error::other)?.into_inner())
}

/// The hour of the town, as a ZIP says it; its own beginning, 1980, for what it can't say.
fn zip_time(settings: &Settings, now: DateTime<Utc>) -> zip::DateTime {
    let at = now.with_timezone(&settings.tz());
    let part = |n: u32| u8::try_from(n).unwrap_or_default();
    let (day, hour) = ((part(at.month()), part(at.day())), (part(at.hour()), part(at.minute()), part(at.second())));
    let year = u16::try_from(at.year()).unwrap_or_default();
    zip::DateTime::from_date_and_time(year, day.0, day.1, hour.0, hour.1, hour.2).unwrap_or_default()
}

fn readme(app: &App, settings: &Settings, lang: Lang, all: &[PersonalData], receipts: &[Receipt]) -> String {
    let mut text = app.words.with(lang, "data-readme-title", &[("site", &settings.name)]);
    text.push_str("\n\n");
    text.push_str(&app.words.get(lang, "data-readme-intro"));
    text.push('\n');
    for receipt in receipts {
        let date = locale::full(lang, locale::local_day(receipt.at, settings.tz()));
        text.push('\n');
        let args: [(&str, &dyn parvis_kernel::words::Word); 2] = [("number", &receipt.number()), ("date", &date)];
        text.push_str(&app.words.with(lang, "data-readme-receipt", &args));
    }
    if !receipts.is_empty() {
        text.push('\n');
    }
    for data in all.iter().filter(|d| !d.rows.is_empty()) {
        let args: &[(&str, &dyn parvis_kernel::words::Word)] = &[
            ("file", &format!("{}.json", data.name)),
            ("about", &app.words.get(lang, data.about)),
            ("n", &data.rows.len()),
        ];
        text.push('\n');
        text.push_str(&app.words.with(lang, "data-readme-line", args));
    }
    let empty: Vec<&PersonalData> = all.iter().filter(|d| d.rows.is_empty()).collect();
    if !empty.is_empty() {
        text.push_str("\n\n");
        text.push_str(&app.words.get(lang, "data-readme-none"));
    }
    for data in empty {
        text.push_str("\n- ");
        text.push_str(&app.words.get(lang, data.about));
    }
    text.push_str("\n\n");
    text.push_str(&app.words.get(lang, "data-readme-end"));
    if !settings.contact.is_empty() {
        text.push(' ');
        text.push_str(&settings.contact);
    }
    text.push('\n');
    text
}

/// A link to sign in or to confirm that was mailed: what it was for, never what opens it.
#[derive(FromQueryResult)]
struct Link {
    purpose: String,
    email: String,
    name: String,
    about: String,
    quote: String,
    return_to: String,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    used_at: Option<DateTime<Utc>>,
}

impl Link {
    fn json(&self) -> serde_json::Value {
        json!({
            "purpose": self.purpose, "email": self.email, "name": self.name, "about": self.about,
            "quote": self.quote, "leads_to": self.return_to, "made": self.created_at, "ends": self.expires_at,
            "used": self.used_at,
        })
    }
}

/// What this module knows of a person.
///
/// # Errors
/// When the database refuses.
pub async fn personal_data(c: &Reader<'_>, person: Uuid) -> Result<Vec<PersonalData>> {
    let Some(row) = persons::find(c, person).await? else { return Ok(vec![]) };
    let account = account(c, &row).await?;
    let ledger = consents::of_person(c, person).await?;
    let agreed = ledger.iter().map(|c| {
        json!({
            "purpose": c.purpose, "channel": c.channel, "state": c.state, "wording": c.wording,
            "version": c.wording_version, "source": c.source, "at": c.at, "until": c.expires_at, "proof": c.proof,
            "written_down": c.noted_at,
        })
    });
    let notes = directory::notes::of_person(c, person).await?;
    let notes = notes.iter().map(|n| json!({"note": n.body, "at": n.at}));
    let opened = directory::store::openings(c, person).await?;
    let opened = opened.iter().map(|at| json!({"at": at}));
    let devices = sessions::all_of_person(c, person).await?;
    let devices = devices.iter().map(|s| json!({"device": s.device, "since": s.created_at, "last_use": s.seen_at}));
    let tokens = tokens::of_person(c, person).await?;
    let tokens = tokens.iter().map(|t| {
        json!({"name": t.name, "rights": t.scopes, "since": t.created_at, "ends": t.expires_at, "last_use": t.used_at})
    });
    let links = links(c, row.email.as_deref()).await?;
    let blocked = blocks::store::personal_data(c, person).await?;
    let second = second::personal_data(c, person).await?;
    let keys = second::passkeys::of_person(c, person).await?;
    let keys = keys.iter().map(|k| json!({"name": k.label, "since": k.created_at, "last_use": k.used_at}));
    Ok(vec![
        PersonalData { name: "passkeys", about: "data-passkeys", rows: keys.collect() },
        PersonalData { name: "second_factor", about: "data-second", rows: second },
        PersonalData { name: "account", about: "data-account", rows: vec![account] },
        PersonalData { name: "consents", about: "data-consents", rows: agreed.collect() },
        PersonalData { name: "tokens", about: "data-tokens", rows: tokens.collect() },
        PersonalData { name: "sessions", about: "data-sessions", rows: devices.collect() },
        PersonalData { name: "notes", about: "data-notes", rows: notes.collect() },
        PersonalData { name: "blocks", about: "data-blocks", rows: blocked },
        PersonalData { name: "imports", about: "data-imports", rows: crate::import::of_person(c, person).await? },
        PersonalData { name: "openings", about: "data-openings", rows: opened.collect() },
        PersonalData { name: "links", about: "data-links", rows: links.iter().map(Link::json).collect() },
    ])
}

/// The sheet itself, with what stands beside it in other tables.
async fn account(c: &Reader<'_>, row: &Person) -> Result<serde_json::Value> {
    let area = match row.area_id {
        Some(id) => crate::areas::names(c).await?.remove(&id),
        None => None,
    };
    let last_seen: Option<Option<DateTime<Utc>>> =
        db::scalar(c, "SELECT seen_at FROM person WHERE id = $1", args![row.id]).await?;
    let moderates: Vec<Uuid> =
        db::column(c, "SELECT project_id FROM moderator_project WHERE person_id = $1", args![row.id]).await?;
    let others = directory::merge::shadows(c, row.id).await?;
    let others: Vec<String> = others.into_iter().filter_map(|s| s.email).collect();
    Ok(json!({
        "other_addresses": others,
        "name": row.name, "email": row.email, "language": row.lang, "area": area, "age_group": row.age,
        "telephone": row.phone, "postal_address": row.address, "origin": row.origin, "office": row.office,
        "role": row.role, "since": row.created_at, "last_seen": last_seen.flatten(),
        "moderates": moderates,
    }))
}

/// The links that were sent to an address.
async fn links(c: &Reader<'_>, email: Option<&str>) -> Result<Vec<Link>> {
    let Some(email) = email else { return Ok(Vec::new()) };
    let sql = "SELECT purpose, email, name, about, quote, return_to, created_at, expires_at, used_at FROM pass \
               WHERE lower(email) = $1 ORDER BY created_at, id";
    db::all(c, sql, args![persons::email_key(email)]).await
}

/// What happened to a person's account and accords.
///
/// # Errors
/// When the database refuses.
pub async fn past_events(database: &db::Db, person: Uuid, most: i64) -> Result<Vec<PastEvent>> {
    let Some(row) = persons::find(database.read(), person).await? else { return Ok(vec![]) };
    let event = |at, key| PastEvent { at, key, what: String::new(), href: String::new() };
    let known = if row.origin == "web" { "past-known" } else { "past-entered" };
    let mut all = vec![event(row.created_at, known)];
    let ledger = consents::of_person(database.read(), person).await?;
    for c in &ledger {
        let stood = |o: &consents::Consent| o.at < c.at && o.state == "given";
        let before = ledger.iter().any(|o| o.purpose == c.purpose && o.channel == c.channel && stood(o));
        let key = match c.state.as_str() {
            "given" => "past-agreed",
            "expired" => "past-ended",
            _ if c.source == "import_undone" => "past-undone",
            _ if before => "past-took-back",
            _ => "past-refused",
        };
        all.push(event(c.at, key));
    }
    for m in directory::merge::of_person(database.read(), person).await? {
        let what = if m.name.is_empty() { m.email.unwrap_or_default() } else { m.name };
        all.push(PastEvent { what, ..event(m.at, "past-merged") });
    }
    all.sort_by_key(|e| std::cmp::Reverse(e.at));
    all.truncate(usize::try_from(most).unwrap_or(0));
    Ok(all)
}
