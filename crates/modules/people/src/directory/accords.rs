//! Writing down an accord somebody gave on paper or aloud, and taking one back for them.

use axum::{extract::Path, response::Response};
use chrono::{DateTime, NaiveDate, Utc};
use parvis_kernel::{
    Ctx, Error, Result,
    db::Tx,
    form::{Form, is_blank},
    permission::Right,
};
use parvis_ui::redirect;
use uuid::Uuid;

use super::{ASKABLE, SOURCES, done_on_sheet, given_at, sheet, store};
use crate::{
    consents::{self, Noted},
    persons::{self, Person},
};

/// Signs of the words agreed to.
const WORDING: usize = 600;
/// Signs of a proof.
const PROOF: usize = 200;

/// The provenance of an accord: when, which words, how it came, what proves it.
#[derive(Debug, Clone)]
pub struct Provenance {
    /// When it was given.
    pub at: DateTime<Utc>,
    /// The words.
    pub wording: String,
    /// How it came.
    pub source: &'static str,
    /// Witness, or where the paper is kept.
    pub proof: String,
}

/// Reads the provenance from the fields of a form, with its errors beside them.
///
/// # Errors
/// When the database refuses.
pub async fn provenance(ctx: &Ctx, form: &mut Form) -> Result<Option<Provenance>> {
    let lasts = consents::expiry::lasts(ctx.app.db.read()).await?;
    let day = form.get("date").parse::<NaiveDate>().ok();
    let at = day.and_then(|d| given_at(d, ctx.today(), ctx.now(), ctx.settings.tz()));
    if at.is_none() {
        form.fail("date", ctx.t("accord-date-wrong"));
    } else if at.is_some_and(|at| at + lasts <= ctx.now()) {
        form.fail("date", ctx.app.words.with(ctx.lang, "accord-date-over", &[("days", &lasts.num_days())]));
    }
    let (wording, proof) = (form.text("texte"), form.text("preuve"));
    if is_blank(&wording) {
        form.fail("texte", ctx.t("accord-wording-missing"));
    } else if wording.chars().count() > WORDING {
        form.fail("texte", ctx.t("accord-wording-long"));
    }
    if is_blank(&proof) {
        form.fail("preuve", ctx.t("accord-proof-missing"));
    } else if proof.chars().count() > PROOF {
        form.fail("preuve", ctx.t("accord-proof-long"));
    }
    let source = source(ctx, form);
    let (Some(at), Some(source), true) = (at, source, form.is_valid()) else { return Ok(None) };
    Ok(Some(Provenance { at, wording, source, proof }))
}

/// How it reached the team.
pub fn source(ctx: &Ctx, form: &mut Form) -> Option<&'static str> {
    let source = SOURCES.into_iter().find(|s| *s == form.get("origine"));
    if source.is_none() {
        form.fail("origine", ctx.t("accord-source-missing"));
    }
    source
}

/// Whether a person can be reached by what an accord is for.
pub fn reachable(channel: &str, person: &Person) -> bool {
    if channel == "email" { person.email.is_some() } else { person.phone.is_some() }
}

/// Writes an accord down, in the transaction of its form.
///
/// # Errors
/// When the database refuses.
pub async fn write_down(
    tx: &Tx,
    ctx: &Ctx,
    person: Uuid,
    purpose: &'static str,
    channel: &'static str,
    from: &Provenance,
) -> Result<()> {
    let new = Noted {
        purpose,
        channel,
        wording: from.wording.clone(),
        source: from.source,
        proof: from.proof.clone(),
        at: from.at,
        actor: ctx.actor.person(),
        lasts: consents::expiry::lasts(tx).await?,
    };
    consents::note(tx, &ctx.moment, person, &new).await?;
    store::journal(tx, ctx, "person.consent_noted", Some(person), channel).await
}

/// Owners and administrators: an accord given on paper or aloud.
pub async fn note(ctx: Ctx, Path(id): Path<Uuid>, mut form: Form) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let person = persons::find(ctx.app.db.read(), id).await?.ok_or(Error::NotFound)?;
    let chosen = ASKABLE.into_iter().find(|(_, _, code)| *code == form.get("accord"));
    match chosen {
        None => form.fail("accord", ctx.t("accord-missing")),
        Some((_, channel, _)) if !reachable(channel, &person) => {
            form.fail("accord", ctx.t(if channel == "email" { "accord-no-mail" } else { "accord-no-phone" }));
        }
        Some(_) => {}
    }
    let (Some(from), Some((purpose, channel, _))) = (provenance(&ctx, &mut form).await?, chosen) else {
        return sheet::page(&ctx, &person, &form).await;
    };
    let shared = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, from) = (shared.clone(), from.clone());
            Box::pin(async move { write_down(tx, &ctx, id, purpose, channel, &from).await })
        })
        .await?;
    Ok(redirect(done_on_sheet(&ctx, id, "accord-note", "accords")))
}

/// Owners and administrators: somebody asked them to be left in peace.
pub async fn take_back(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let entry = form.get("ecriture").parse::<Uuid>().map_err(|_| Error::BadRequest("no entry of the ledger"))?;
    let shared = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let ctx = shared.clone();
            Box::pin(async move {
                persons::find(tx, id).await?.ok_or(Error::NotFound)?;
                let ledger = consents::of_person(tx, id).await?;
                let standing = consents::standing(&ledger);
                let Some(c) = standing.into_iter().find(|c| c.id == entry && c.state == "given") else {
                    // Taken back meanwhile, by the person or somebody else of the team: that is what was asked.
                    return Ok(());
                };
                consents::take_back(tx, &ctx.moment, id, c, ctx.actor.person()).await?;
                store::journal(tx, &ctx, "person.consent_taken_back", Some(id), &c.channel).await
            })
        })
        .await?;
    Ok(redirect(done_on_sheet(&ctx, id, "accord-repris", "accords")))
}
