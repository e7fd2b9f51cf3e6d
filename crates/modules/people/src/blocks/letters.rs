//! The letter to somebody who is blocked: why, until when, and how to reply.

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Result,
    app::App,
    context::Moment,
    db::Tx,
    locale,
    mail::{self, NewMail},
    settings::Settings,
    words::{Lang, Word},
};
use parvis_ui::mail::Letter;

use super::Block;
use crate::{persons, urls};

/// What seals the address of a reply.
pub const PURPOSE: &str = "block-reply";

/// Writes to the person of a block, when their address is confirmed. Not before `after`.
///
/// # Errors
/// When the database refuses.
pub async fn tell(
    tx: &Tx,
    app: &App,
    settings: &Settings,
    moment: &Moment,
    block: &Block,
    after: DateTime<Utc>,
) -> Result<()> {
    let Some(person) = block.person_id else { return Ok(()) };
    let Some(person) = persons::find(tx, person).await? else { return Ok(()) };
    let Some(to) = person.email.clone() else { return Ok(()) };
    let lang = person.lang();
    let say = |key: &str, args: &[(&str, &dyn Word)]| app.words.with(lang, key, args);
    let subject = say("block-letter-subject", &[("site", &settings.name)]);
    let key = app.secrets.seal(PURPOSE, &block.id.to_string());
    let link = format!("{}{}?cle={}", app.base_url(settings), urls::Suspension {}, parvis_kernel::url::encode(&key));
    let (html, text) = Letter::new(app, settings, lang, say("block-letter-title", &[]))
        .text(until(app, settings, moment, block, lang))
        .quote(block.reason.clone())
        .text(say("block-letter-may", &[]))
        .button(say("block-letter-button", &[]), link)
        .why(say("block-letter-why", &[]))
        .render()?;
    let mail = NewMail {
        dedupe: format!("block/{}", block.id),
        person: Some(person.id),
        kind: "block",
        to,
        subject,
        text,
        html,
        unsubscribe: String::new(),
        after,
    };
    mail::queue(tx, moment, &mail).await
}

/// Until when a block holds, in a sentence.
#[must_use]
pub fn until(app: &App, settings: &Settings, moment: &Moment, block: &Block, lang: Lang) -> String {
    match block.last_day(settings.tz()) {
        Some(day) => {
            let today = locale::local_day(moment.now, settings.tz());
            app.words.with(lang, "block-until", &[("date", &locale::day(lang, day, today))])
        }
        None => app.words.get(lang, "block-until-undone"),
    }
}

/// Until when a block holds, for the team.
#[must_use]
pub fn until_desk(ctx: &Ctx, block: &Block) -> String {
    match block.last_day(ctx.settings.tz()) {
        Some(day) => {
            let day = locale::day(ctx.lang, day, ctx.today());
            ctx.app.words.with(ctx.lang, "block-list-until", &[("date", &day)])
        }
        None => ctx.t("block-list-until-undone"),
    }
}

/// The same, for whoever asks.
#[must_use]
pub fn until_for(ctx: &Ctx, block: &Block) -> String {
    until(&ctx.app, &ctx.settings, &ctx.moment, block, ctx.lang)
}
