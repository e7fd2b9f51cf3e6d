//! Sheets that may be one person: the list, the two side by side, the merge and its undo.

use axum::{extract::Path, response::Response};
use chrono::{DateTime, Utc};
use parvis_kernel::{Ctx, Error, Result, form::Form, module::Merge, permission::Right};
use parvis_ui::{Page, html, redirect};
use uuid::Uuid;

use super::{
    done_on_sheet,
    merge::{self, MERGE_SELF},
    pairs::{self, Pair},
    phone,
    sheet::{called, facts},
    store,
};
use crate::{
    areas, consents,
    persons::{self, Person},
    sign_in::query,
    urls,
};

/// A sheet of a pair: what it is called, and what tells it from the other.
struct Who {
    name: String,
    about: String,
}

/// A pair in words.
struct Line {
    sides: [Who; 2],
    evidence: String,
    href: String,
}

#[derive(askama::Template)]
#[template(path = "directory/duplicates.html")]
struct Duplicates<'a> {
    p: &'a Page,
    lines: Vec<Line>,
    more: bool,
}

/// What two sheets have in common, in words.
pub fn evidence(ctx: &Ctx, pair: &Pair) -> String {
    let words: Vec<String> = pair.evidence().into_iter().map(|code| ctx.t(&format!("pair-same-{code}"))).collect();
    words.join(", ")
}

/// Owners and administrators.
pub async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let p = Page::team(&ctx, ctx.t("pair-list")).await?.crumb(ctx.t("directory-title"), urls::Directory {});
    let mut all = pairs::waiting(ctx.app.db.read(), None).await?;
    let most = usize::try_from(pairs::SHOWN).unwrap_or(usize::MAX);
    let more = all.len() > most;
    all.truncate(most);
    let areas = areas::names(ctx.app.db.read()).await?;
    let who = |name: &str, reached: Option<String>, area: Option<Uuid>, since: &DateTime<Utc>| {
        let nameless = name.is_empty();
        let place = area.and_then(|id| areas.get(&id)).map_or_else(|| p.t("directory-area-unknown"), |a| p.text(a));
        let known = p.t1("directory-known-since", "date", p.date(since));
        let reached_at = reached.clone().filter(|_| !nameless);
        Who {
            name: if nameless { reached.unwrap_or_else(|| ctx.t("sheet-nameless")) } else { name.to_owned() },
            about: reached_at.into_iter().chain([place, known]).collect::<Vec<_>>().join(". "),
        }
    };
    let reached =
        |email: &Option<String>, number: &Option<String>| email.clone().or_else(|| number.as_deref().map(phone::shown));
    let lines = all
        .iter()
        .map(|pair| Line {
            sides: [
                who(&pair.one_name, reached(&pair.one_email, &pair.one_phone), pair.one_area, &pair.one_since),
                who(
                    &pair.other_name,
                    reached(&pair.other_email, &pair.other_phone),
                    pair.other_area,
                    &pair.other_since,
                ),
            ],
            evidence: evidence(&ctx, pair),
            href: format!("{}?avec={}", urls::MergePerson { id: pair.one }, pair.other),
        })
        .collect();
    html(&Duplicates { lines, more, p: &p })
}

/// A sheet beside another.
struct Beside {
    id: Uuid,
    name: String,
    facts: Vec<(String, String)>,
    member: bool,
}

#[derive(askama::Template)]
#[template(path = "directory/compare.html")]
struct Compare<'a> {
    p: &'a Page,
    sheets: [Beside; 2],
    evidence: String,
    action: String,
}

/// Owners and administrators: two sheets side by side. Both openings are journaled.
pub async fn compare(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let other = query(&ctx, "avec").and_then(|v| v.parse::<Uuid>().ok()).ok_or(Error::NotFound)?;
    if other == id {
        return Err(MERGE_SELF.into());
    }
    let db = ctx.app.db.read();
    let one = persons::find(db, id).await?.ok_or(Error::NotFound)?;
    let two = persons::find(db, other).await?.ok_or(Error::NotFound)?;
    for person in [id, other] {
        store::opened(&ctx, person).await?;
    }
    let p = Page::team(&ctx, ctx.t("pair-compare")).await?.crumb(ctx.t("directory-title"), urls::Directory {});
    let pair = pairs::waiting(db, Some(id)).await?.into_iter().find(|pair| pair.beside(id).0 == other);
    let view = Compare {
        sheets: [beside(&p, &one).await?, beside(&p, &two).await?],
        evidence: pair.map(|pair| evidence(&ctx, &pair)).unwrap_or_default(),
        action: urls::MergePerson { id }.to_string(),
        p: &p,
    };
    html(&view)
}

async fn beside(p: &Page, person: &Person) -> Result<Beside> {
    let db = p.ctx.app.db.read();
    let mut facts = facts(p, person);
    if let Some(area) = person.area_id {
        let name = areas::names(db).await?.remove(&area).unwrap_or_default();
        facts.push((p.t("space-area"), name));
    }
    let ledger = consents::of_person(db, person.id).await?;
    let given = consents::standing(&ledger).into_iter().filter(|c| c.state == "given").count();
    facts.push((p.t("pair-accords"), given.to_string()));
    let mut events = 0;
    for module in &p.ctx.app.modules {
        events += module.past_events(&p.ctx.app.db, person.id, 1000).await?.len();
    }
    facts.push((p.t("pair-events"), events.to_string()));
    facts.push((p.t("pair-since"), p.date(&person.created_at)));
    Ok(Beside { id: person.id, name: called(&p.ctx, person), facts, member: person.role.is_some() })
}

/// Owners and administrators: unites two sheets, or notes that they are two people.
pub async fn decide(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let other = form.get("avec").parse::<Uuid>().map_err(|_| Error::BadRequest("no other sheet"))?;
    if other == id {
        return Err(MERGE_SELF.into());
    }
    let apart = form.get("faire") == "separees";
    let kept = form.get("garder").parse::<Uuid>().ok().filter(|k| [id, other].contains(k)).unwrap_or(id);
    let two = Merge { kept, merged: if kept == id { other } else { id } };
    let shared = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, two) = (shared.clone(), two.clone());
            Box::pin(async move {
                if apart {
                    persons::find(tx, two.kept).await?.ok_or(Error::NotFound)?;
                    persons::find(tx, two.merged).await?.ok_or(Error::NotFound)?;
                    pairs::keep_apart(tx, &ctx, two.kept, two.merged).await?;
                    return store::journal(tx, &ctx, "person.kept_apart", Some(two.kept), "").await;
                }
                merge::unite(tx, &ctx.app, &ctx.moment, ctx.actor.person(), &two).await?;
                store::journal(tx, &ctx, "person.merged", Some(two.kept), "").await
            })
        })
        .await?;
    let done = if apart { "personnes-separees" } else { "personnes-fusionnees" };
    Ok(redirect(done_on_sheet(&ctx, kept, done, "")))
}

/// Owners and administrators, within ten minutes.
pub async fn undo(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let key = form.get("fusion").parse::<Uuid>().map_err(|_| Error::BadRequest("no merge"))?;
    let shared = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let ctx = shared.clone();
            Box::pin(async move {
                let two = merge::undo(tx, &ctx.app, &ctx.moment, key).await?;
                store::journal(tx, &ctx, "person.unmerged", Some(two.kept), "").await
            })
        })
        .await?;
    Ok(redirect(done_on_sheet(&ctx, id, "fusion-annulee", "")))
}
