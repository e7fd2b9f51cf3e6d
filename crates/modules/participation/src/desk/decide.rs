//! What the buttons of the queue do: one line's own button, or a lot of those chosen.

use axum::{http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Error, Result,
    form::{self, Form},
    permission::Right,
};
use parvis_people::{areas, persons};
use parvis_ui::redirect;
use uuid::Uuid;

use super::{
    back_to, conflict, contributions, done_at,
    lots::{
        Act, Detail,
        pages::begin,
        single::{self, One},
        store::{Chosen, NewLot},
    },
    merge,
    queue::Tab,
    templates, with_param,
};
use crate::{
    ideas::{self, Contribution, Status},
    moderation::{State, store::By},
    projects,
};

/// Reasons offered for a refusal; each but the last has a sentence ready.
pub(crate) const MOTIVES: [&str; 5] = ["recognisable", "hurtful", "off_topic", "advertising", "other"];
/// Longest message to an author, in characters.
pub(crate) const MAX_REASON: usize = 2_000;
/// Longest theme word, in characters.
pub(super) const MAX_TAG: usize = 60;

/// Decides on one line (its own button), on the lines ticked, or on all that answer to the filters.
/// Permission: moderate, in each one's project.
pub async fn decide(ctx: Ctx, mut f: Form) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    if let Some(act) = Act::parse(f.get("faire")) {
        return lot(&ctx, act, f).await;
    }
    if f.is("faire", "fusionner") {
        let pairs = ticked(&f);
        if pairs.len() < 2 {
            f.fail("tout", ctx.t("merge-error-few"));
            return again(&ctx, f).await;
        }
        return Ok(redirect(merge::pages::address(&pairs, &back_to(f.get("retour")))));
    }
    let Some((act, number, version)) = asked(&f) else { return Err(Error::BadRequest("no action")) };
    let mut detail = Detail { masked: f.has(MASKED), ..Detail::default() };
    if act == Act::Refuse {
        match reason_of(&ctx, &f, &format!("-{number}")).await? {
            Ok(reason) => (detail.reason, detail.motive) = (reason.words, reason.motive),
            Err(words) => {
                f.fail("message", words);
                return again(&ctx, f).await;
            }
        }
    }
    match one(&ctx, One { number, version, act, detail, person: None }, &f).await? {
        Done::Told(page) => Ok(page),
        Done::Lot(id) => Ok(redirect(done_at(&back_to(f.get("retour")), "lot", id))),
    }
}

/// What became of one decision.
pub(super) enum Done {
    /// Somebody came first: the page that says so.
    Told(Response),
    /// It is done, and undone as this lot.
    Lot(Uuid),
}

/// Decides on one contribution, unless somebody else came first.
///
/// # Errors
/// The refusals of [`single::decide`], or when the database refuses.
pub(super) async fn one(ctx: &Ctx, new: One, f: &Form) -> Result<Done> {
    let item = ideas::store::by_number(ctx.app.db.read(), new.number).await?;
    ctx.require(Right::Moderate, Some(item.project_id))?;
    // Whom it is given to concerns nobody who has it open.
    if new.act != Act::Assign {
        let possible = new.act.is_possible(State::of(&item));
        let asked = conflict::Asked { item: &item, version: new.version, possible, form: f };
        if let Some(told) = conflict::check(ctx, asked).await? {
            return Ok(Done::Told(told));
        }
    }
    let ctx2 = ctx.clone();
    let lot = ctx.app.db.write(move |tx| {
        let (ctx, new) = (ctx2.clone(), new.clone());
        Box::pin(async move { single::decide(tx, By::of(&ctx), new).await })
    });
    Ok(Done::Lot(lot.await?))
}

/// The same page of the queue, with what is wrong and all that was typed.
pub(super) async fn again(ctx: &Ctx, f: Form) -> Result<Response> {
    let asked = page_asked(&f);
    contributions::render(ctx, asked, f, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// The filters of the page that a form was sent from.
fn page_asked(f: &Form) -> Form {
    let back = back_to(f.get("retour"));
    Form::parse(back.split_once('?').map_or("", |(_, q)| q).as_bytes())
}

async fn lot(ctx: &Ctx, act: Act, mut f: Form) -> Result<Response> {
    let (detail, person) = detail(ctx, act, &mut f).await?;
    let back = back_to(f.get("retour"));
    let all = f.has("ensemble");
    let pairs = ticked(&f);
    if !all && pairs.is_empty() {
        f.fail("tout", ctx.t("queue-error-none"));
    }
    if !f.is_valid() {
        return again(ctx, f).await;
    }
    let chosen = if all {
        let asked = page_asked(&f);
        let projects = projects::store::all(ctx.app.db.read()).await?;
        let own: Vec<_> = projects.iter().filter(|p| super::holds(&ctx.actor, p.id)).collect();
        Chosen::Matching(Box::new(contributions::filter_of(ctx, &asked, &own)), Tab::parse(asked.get("file")))
    } else {
        Chosen::These(pairs)
    };
    // What nobody saw as a list is shown once more before it is done; an answer is written on the lot's page.
    let at_once = !all && act != Act::Answer;
    let id = begin(ctx, NewLot { act, detail, person, chosen }, at_once).await?;
    if at_once {
        return Ok(redirect(done_at(&back, "lot", id)));
    }
    Ok(redirect(with_param(&crate::urls::Lot { lot: id }.to_string(), "retour", &back)))
}

/// What is decided, as the form says; what is wrong is noted in the form.
pub(super) async fn detail(ctx: &Ctx, act: Act, f: &mut Form) -> Result<(Detail, Option<Uuid>)> {
    let mut detail = Detail::default();
    let mut person = None;
    match act {
        Act::Publish | Act::Hide | Act::Show | Act::Answer => {}
        Act::Classify | Act::Reconsider => return Err(Error::BadRequest("of one at a time")),
        Act::Refuse => match reason_of(ctx, f, "").await? {
            Ok(reason) => (detail.reason, detail.motive) = (reason.words, reason.motive),
            Err(words) => f.fail("message", words),
        },
        Act::Status => {
            let status = Status::parse(f.get("lot-etat")).filter(|s| s.is_public());
            detail.status = status.ok_or(Error::BadRequest("no such status"))?.code().into();
        }
        Act::Theme => {
            detail.tag = f.text("lot-theme");
            if form::is_blank(&detail.tag) {
                detail.tag = String::new();
            }
            if detail.tag.chars().count() > MAX_TAG {
                f.fail("theme", ctx.app.words.with(ctx.lang, "handle-error-tag", &[("n", &MAX_TAG)]));
            }
        }
        Act::Area => {
            let id: Option<Uuid> = f.get("lot-quartier").parse().ok();
            let known = areas::all(ctx.app.db.read()).await?;
            detail.area = id.filter(|id| known.iter().any(|a| a.id == *id));
        }
        Act::Project => {
            let project = projects::store::by_slug(ctx.app.db.read(), f.get("lot-projet")).await?;
            ctx.require(Right::Moderate, Some(project.id))?;
            detail.project = Some(project.id);
        }
        Act::Assign => person = assignee(ctx, f).await?,
    }
    Ok((detail, person))
}

/// Whom the contributions are given to: somebody of the team who decides, or nobody.
async fn assignee(ctx: &Ctx, f: &Form) -> Result<Option<Uuid>> {
    let c = ctx.app.db.read();
    let id = match f.get("lot-personne") {
        "moi" => return Ok(Some(ctx.person()?)),
        "" => return Ok(None),
        id => id.parse::<Uuid>().map_err(|_| Error::BadRequest("no such person"))?,
    };
    let person = persons::find(c, id).await?.ok_or(Error::BadRequest("no such person"))?;
    match persons::role_of(c, id, person.role.as_deref()).await? {
        Some(role) if role.may(Right::Moderate, None) => Ok(Some(id)),
        _ => Err(Error::BadRequest("who decides nothing")),
    }
}

type Pairs = Vec<(i64, i64)>;

/// The button that publishes without telephone numbers and mail addresses.
pub(super) const MASKED: &str = "sans-numero";

/// What a line's own button asks: the act, the number, the version.
fn asked(f: &Form) -> Option<(Act, i64, i64)> {
    let own = [Act::Publish, Act::Refuse, Act::Hide, Act::Show].map(|a| (a, a.code()));
    let (act, name) = own.into_iter().chain([(Act::Publish, MASKED)]).find(|(_, name)| f.has(name))?;
    let number: i64 = f.get(name).parse().ok()?;
    let version: i64 = f.get(&format!("v{number}")).parse().ok()?;
    Some((act, number, version))
}

fn ticked(f: &Form) -> Pairs {
    let version = |number: &str| f.get(&format!("v{number}")).parse().ok();
    let boxes: Vec<String> = if f.has("tout") && f.all("c").next().is_none() {
        f.pairs().iter().filter_map(|(name, _)| name.strip_prefix('v')).map(str::to_owned).collect()
    } else {
        f.all("c").map(str::to_owned).collect()
    };
    boxes.iter().filter_map(|n| Some((n.parse().ok()?, version(n)?))).take(50).collect()
}

/// Why a text is refused or hidden.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Reason {
    /// As its author reads it. Empty when something is hidden: the sentence of the motive, in the author's language.
    pub words: String,
    /// As the public log counts it: one of [`MOTIVES`].
    pub motive: String,
}

/// The motive of this code.
pub(super) fn motive(code: &str) -> Option<&'static str> {
    MOTIVES.into_iter().find(|m| *m == code)
}

/// The reason as the author will read it: the message written, else the words kept under a title, else the sentence of
/// the motive. The motive chosen stays, whoever wrote the words. What is wrong with it is the inner error.
pub(crate) async fn reason_of(ctx: &Ctx, f: &Form, suffix: &str) -> Result<std::result::Result<Reason, String>> {
    let message = f.text(&format!("message{suffix}"));
    if message.chars().count() > MAX_REASON {
        return Ok(Err(ctx.app.words.with(ctx.lang, "desk-refuse-error-long", &[("n", &MAX_REASON)])));
    }
    let chosen = f.get(&format!("motif{suffix}")).to_owned();
    let kept = match chosen.parse::<Uuid>() {
        // Deleted since the page was opened: what was written by hand stands all the same.
        Ok(id) => match templates::find(ctx.app.db.read(), id).await {
            Err(Error::NotFound) => None,
            found => Some(found?),
        },
        Err(_) => None,
    };
    let code = kept.as_ref().map_or(chosen.as_str(), |k| k.motive.as_str());
    let motive = motive(code).unwrap_or("other").to_owned();
    Ok(if !form::is_blank(&message) {
        Ok(Reason { words: message, motive })
    } else if let Some(kept) = kept {
        Ok(Reason { words: kept.body, motive })
    } else if motive == "other" {
        Err(ctx.t("desk-refuse-error-empty"))
    } else {
        Ok(Reason { words: ctx.t(&format!("desk-refuse-text-{motive}")), motive })
    })
}

/// Why a text is hidden: a motive, and words or none. Without a motive: what most reports say, or what was replied to.
pub(super) fn hiding_of(ctx: &Ctx, c: &Contribution, f: &Form) -> std::result::Result<Reason, String> {
    let message = f.text("pourquoi");
    if message.chars().count() > MAX_REASON {
        return Err(ctx.app.words.with(ctx.lang, "desk-refuse-error-long", &[("n", &MAX_REASON)]));
    }
    let words = if form::is_blank(&message) { String::new() } else { message };
    match motive(f.get("motif")) {
        Some("other") if words.is_empty() => Err(ctx.t("desk-refuse-error-empty")),
        None if c.reports == 0 && !c.appeal => Err(ctx.t("desk-hide-error-motive")),
        found => Ok(Reason { words, motive: found.unwrap_or_default().to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_and_boxes() {
        let own = Form::of(&[("v12", "3"), ("v13", "1"), ("publier", "13"), ("c", "12")]);
        assert_eq!(asked(&own), Some((Act::Publish, 13, 1)));
        let masked = Form::of(&[("v12", "3"), (MASKED, "12")]);
        assert_eq!(asked(&masked), Some((Act::Publish, 12, 3)));
        let lot = Form::of(&[("v12", "3"), ("v13", "1"), ("faire", "refuser"), ("c", "12")]);
        assert_eq!((Act::parse(lot.get("faire")), ticked(&lot)), (Some(Act::Refuse), vec![(12, 3)]));
        let all = Form::of(&[("v12", "3"), ("v13", "1"), ("faire", "publier"), ("tout", "1")]);
        assert_eq!(ticked(&all), vec![(12, 3), (13, 1)]);
        assert_eq!(asked(&Form::of(&[("faire", "nettoyer")])), None);
        assert_eq!(asked(&Form::of(&[("publier", "13")])), None, "without a version nothing is decided");
    }
}
