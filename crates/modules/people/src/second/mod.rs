//! The second factor of the team: an authenticator app, and recovery codes for the day it is lost.
//!
//! A link or a code of a mail proves the address. For whoever has a second factor, or must have one (owners and
//! administrators, where the instance says so), no session opens before it is given.

mod manage;
mod pages;
pub mod passkeys;
mod store;
pub mod totp;
mod webauthn;

use parvis_kernel::{
    Ctx, Refusal, Result, args,
    context::Moment,
    db::{self, Tx},
    permission::Access,
    rate::{self, Limit},
    routes::Routes,
    settings::Settings,
};
use parvis_ui::SafeHtml;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{persons::Person, urls};

pub use store::{Step, all, has, remove, sweep};

/// Whoever asks it of others has one first.
pub const SECOND_FIRST: Refusal = Refusal::new("second_first");
/// The instance asks it of this role.
pub const SECOND_NEEDED: Refusal = Refusal::new("second_needed");

/// Codes typed from one place.
const TRIES: Limit = Limit::per_minutes("second", 40, 15);
/// Codes typed for one account in a day.
const TRIES_FOR: Limit = Limit::per_minutes("second-day", 30, 24 * 60);

/// The pages and forms of the second factor.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(urls::Verify::ROUTE, Access::Public, pages::show)
        .post(urls::Verify::ROUTE, Access::Public, pages::check)
        .get(urls::SecondFactor::ROUTE, Access::SignedIn, manage::show)
        .post(urls::SecondFactor::ROUTE, Access::SignedIn, manage::change)
        .post(urls::Passkeys::ROUTE, Access::SignedIn, passkeys::change)
        .post(urls::PasskeySignIn::ROUTE, Access::Public, passkeys::sign_in)
}

/// Whether the instance asks a second factor of this role.
#[must_use]
pub fn is_needed(settings: &Settings, role: Option<&str>) -> bool {
    settings.second_factor && matches!(role, Some("owner" | "administrator"))
}

/// Whether this person's sign-in waits for a second factor; one that is needed and not there yet is begun.
///
/// # Errors
/// When the database refuses.
pub async fn asked(tx: &Tx, settings: &Settings, moment: &Moment, person: &Person) -> Result<bool> {
    if has(tx, person.id).await? {
        return Ok(true);
    }
    if is_needed(settings, person.role.as_deref()) {
        store::begin(tx, moment, person.id).await?;
        return Ok(true);
    }
    Ok(false)
}

/// A sign-in waits in this browser for its second factor.
///
/// # Errors
/// When the database refuses.
pub async fn wait(tx: &Tx, moment: &Moment, visitor: Uuid, step: Step) -> Result<()> {
    store::wait(tx, moment, visitor, &step).await
}

/// Ends the sessions of owners and administrators who have no second factor, where the instance asks one of them.
///
/// # Errors
/// When the database refuses.
pub async fn end_weak_sessions(tx: &Tx, settings: &Settings) -> Result<u64> {
    if !settings.second_factor {
        return Ok(0);
    }
    let sql = "DELETE FROM session WHERE person_id IN (SELECT id FROM person WHERE role IN ('owner', 'administrator')) \
               AND person_id NOT IN (SELECT person_id FROM authenticator WHERE confirmed_at IS NOT NULL)";
    db::run(tx, sql, vec![]).await
}

/// How a person's second factor stands, for the download of their data.
///
/// # Errors
/// When the database refuses.
pub async fn personal_data(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<serde_json::Value>> {
    let app = store::authenticator(c, person).await?;
    let left = store::codes_left(c, person).await?;
    Ok(app.iter().map(|a| serde_json::json!({"since": a.confirmed_at, "recovery_codes_left": left})).collect())
}

/// Takes the second factor away with whatever waits for it, and ends every session: its telephone may be in other hands.
///
/// # Errors
/// When the database refuses.
pub async fn reset(tx: &Tx, person: Uuid) -> Result<()> {
    remove(tx, person).await?;
    db::run(tx, "DELETE FROM session WHERE person_id = $1", args![person]).await?;
    Ok(())
}

/// One try of a code, within the limits of the place and of the account. `None` beyond the account's.
async fn within_limits(tx: &Tx, ctx: &Ctx, person: Uuid) -> Result<bool> {
    rate::hit(tx, TRIES, &ctx.address, ctx.now()).await?;
    rate::within(tx, TRIES_FOR, &person.to_string(), ctx.now()).await
}

#[derive(askama::Template)]
#[template(path = "second/qr.html")]
struct Qr {
    side: usize,
    path: String,
    label: String,
}

/// What an app needs to begin: a square to photograph, and the same as letters.
struct Begin {
    qr: SafeHtml,
    letters: String,
}

async fn begin_with(ctx: &Ctx, person: &Person) -> Result<Option<Begin>> {
    const MARGIN: usize = 4;
    let Some(app) = store::authenticator(ctx.app.db.read(), person.id).await? else { return Ok(None) };
    let secret = totp::secret(&ctx.app.secrets, &app.salt);
    let address = totp::address(&ctx.settings.name, person.email.as_deref().unwrap_or_default(), &secret);
    let code = qrcode::QrCode::new(address).map_err(parvis_kernel::Error::other)?;
    let width = code.width().max(1);
    let path: String = code
        .to_colors()
        .iter()
        .enumerate()
        .filter(|(_, colour)| **colour == qrcode::Color::Dark)
        .map(|(i, _)| format!("M{} {}h1v1h-1z", i % width + MARGIN, i / width + MARGIN))
        .collect();
    let qr = Qr { side: width + 2 * MARGIN, path, label: ctx.t("second-qr") };
    let letters = totp::base32(&secret).as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ");
    Ok(Some(Begin { qr: SafeHtml::from_template(&qr).map_err(parvis_kernel::Error::other)?, letters }))
}
