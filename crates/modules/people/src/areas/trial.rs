//! What a file of areas would change: shown first, written by a second button.

use std::{fs::File, io::Write};

use axum::{extract::Path, response::Response};
use geojson::FeatureCollection;
use parvis_kernel::{Ctx, Error, Result, form::Form, permission::Right, words::Word};
use parvis_ui::{
    Page, SafeHtml,
    brought::LISTED,
    charts::{AreaShape, MapOptions, area_map},
    html, redirect,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Area,
    import::{AreaFile, NewArea, RefusedArea},
    keep::{self, Becomes},
    pages::{note, page, shape},
    rings,
    whereabouts::{self, Whereabouts},
};
use crate::{trials, urls};

/// Areas that the page names.
const NAMED: usize = 40;

/// What is kept of a file.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    name: String,
    areas: Vec<NewArea>,
    refused: Vec<Refused>,
}

/// An outline that is not taken.
#[derive(Debug, Serialize, Deserialize)]
struct Refused {
    place: usize,
    name: String,
    code: String,
    what: String,
}

/// An area of the file, as the page names it.
struct Line {
    name: String,
    becomes: &'static str,
    /// The area that is called so, where it is written otherwise.
    known: Option<String>,
}

/// A refused outline, as the page tells it.
struct Told {
    place: usize,
    name: String,
    why: String,
}

#[derive(askama::Template)]
#[template(path = "areas/trial.html")]
struct Show<'a> {
    p: &'a Page,
    id: Uuid,
    name: String,
    created: usize,
    updated: usize,
    same: usize,
    refused_count: usize,
    lines: Vec<Line>,
    refused: Vec<Told>,
    map: SafeHtml,
    /// Whether the map shows the areas of today beneath.
    over: bool,
    /// Where the outlines are: what is as it should be, and what is not.
    place: Option<String>,
    doubts: Vec<String>,
}

impl Show<'_> {
    /// Areas that the button writes.
    fn touched(&self) -> usize {
        self.created + self.updated
    }
}

/// Why an outline, or a file of them, is not taken.
pub(super) fn why(ctx: &Ctx, code: &str, what: &str) -> String {
    ctx.app.words.with(ctx.lang, &format!("areas-problem-{code}"), &[("what", &what)])
}

/// Keeps what was understood of a file; the key of its trial.
pub(super) async fn keep(ctx: &Ctx, name: String, file: AreaFile) -> Result<Uuid> {
    let id = ctx.moment.id();
    let told = |r: &RefusedArea| Refused {
        place: r.place,
        name: r.name.clone(),
        code: r.problem.code().to_owned(),
        what: r.problem.what(),
    };
    let refused = file.refused.iter().map(told).collect();
    let lines = if file.refused.is_empty() { None } else { Some(corrigible(ctx, file.refused)?) };
    let kept = Kept { name, areas: file.areas, refused };
    trials::put(&ctx.app, trials::AREAS, id, &kept, lines).await?;
    Ok(id)
}

/// The refused outlines as they are in the file, each with why in one more property.
fn corrigible(ctx: &Ctx, refused: Vec<RefusedArea>) -> Result<File> {
    let features = refused.into_iter().map(|r| {
        let mut feature = r.feature;
        let why = why(ctx, r.problem.code(), &r.problem.what());
        feature.set_property(ctx.t("areas-trial-property"), why);
        feature
    });
    let all = FeatureCollection { bbox: None, features: features.collect(), foreign_members: None };
    let mut file = tempfile::tempfile_in(&ctx.app.data_dir).map_err(Error::other)?;
    file.write_all(all.to_string().as_bytes()).map_err(Error::other)?;
    Ok(file)
}

/// The page of a file that is not kept any more.
async fn gone(ctx: &Ctx) -> Result<Response> {
    let mut form = Form::new();
    form.fail("fichier", ctx.t("trials-gone"));
    page(ctx, &form, None).await
}

/// Administrators and owners.
pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let Some(kept) = trials::get::<Kept>(&ctx.app, trials::AREAS, id).await? else { return gone(&ctx).await };
    let p = Page::settings(&ctx, urls::Areas::ROUTE).await?;
    let known = super::all(ctx.app.db.read()).await?;
    let all: Vec<(&NewArea, Becomes)> = kept.areas.iter().zip(keep::becomes(&known, &kept.areas)).collect();
    let count = |is: fn(&Becomes) -> bool| all.iter().filter(|(_, b)| is(b)).count();
    let line = |(area, becomes): &(&NewArea, Becomes)| Line {
        name: area.name.clone(),
        becomes: match becomes {
            Becomes::Created => "areas-trial-new",
            Becomes::Updated(_) => "areas-trial-changed",
            Becomes::Same(_) => "areas-trial-as-is",
        },
        known: becomes
            .known()
            .and_then(|id| known.iter().find(|k| k.id == id))
            .filter(|k| k.name != area.name)
            .map(|k| k.name.clone()),
    };
    let told = |r: &Refused| Told { place: r.place, name: r.name.clone(), why: why(&ctx, &r.code, &r.what) };
    let commune = parvis_communes::by_code(&ctx.settings.commune.code);
    let found = whereabouts::look(&kept.areas, &known, commune.and_then(parvis_communes::Commune::around));
    let (place, doubts) = found.map_or_else(Default::default, |found| told_place(&ctx, &found));
    html(&Show {
        id,
        map: draw(&p, &kept.areas, &known),
        over: !known.is_empty(),
        place,
        doubts,
        created: count(|b| *b == Becomes::Created),
        updated: count(|b| matches!(b, Becomes::Updated(_))),
        same: count(|b| matches!(b, Becomes::Same(_))),
        refused_count: kept.refused.len(),
        lines: all.iter().take(NAMED).map(line).collect(),
        refused: kept.refused.iter().take(LISTED).map(told).collect(),
        name: kept.name,
        p: &p,
    })
}

/// The outlines of the file over the areas of today.
fn draw(p: &Page, new: &[NewArea], known: &[Area]) -> SafeHtml {
    let today = known.iter().map(|a| AreaShape { former: true, ..shape(a) });
    let coming =
        new.iter().map(|a| AreaShape { name: a.name.clone(), rings: rings(&a.outline), ..AreaShape::default() });
    let shapes: Vec<AreaShape> = today.chain(coming).collect();
    let names = new.iter().take(NAMED).map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ");
    let title = p.t("areas-trial-map");
    area_map(&shapes, &[], &MapOptions { id: "essai", title: &title, desc: &names, hidden_label: None })
}

/// Where the outlines are, in words: as it should be, then what makes doubt.
fn told_place(ctx: &Ctx, found: &Whereabouts) -> (Option<String>, Vec<String>) {
    let commune = &ctx.settings.commune;
    let (mut place, mut doubts) = (None, Vec::new());
    if let Some(town) = found.town {
        let key = match (town.own, town.far) {
            (true, false) => "areas-where-town",
            (true, true) => "areas-where-town-far",
            (false, false) => "areas-where-department",
            (false, true) => "areas-where-department-far",
        };
        let department = parvis_communes::by_code(&commune.code).map_or("", parvis_communes::Commune::department_name);
        let words = if town.own {
            ctx.app.words.with(ctx.lang, key, &[("km", &whole(town.km)), ("commune", &commune.name)])
        } else {
            let names: [(&str, &dyn Word); 3] =
                [("km", &whole(town.km)), ("commune", &commune.name), ("department", &department)];
            ctx.app.words.with(ctx.lang, key, &names)
        };
        if town.far { doubts.push(words) } else { place = Some(words) }
    }
    if let Some(km) = found.known {
        doubts.push(ctx.app.words.with(ctx.lang, "areas-where-known", &[("km", &whole(km))]));
    }
    if !found.apart.is_empty() {
        let names = found.apart.iter().take(LISTED).cloned().collect::<Vec<_>>().join(", ");
        let n = found.apart.len();
        doubts.push(ctx.app.words.with(ctx.lang, "areas-where-apart", &[("n", &n), ("names", &names)]));
    }
    (place, doubts)
}

#[allow(clippy::cast_possible_truncation, reason = "kilometres on Earth")]
fn whole(km: f64) -> i64 {
    km.ceil() as i64
}

/// Administrators and owners: writes what can be taken of the file, or throws it away.
pub(super) async fn act(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let Some(kept) = trials::get::<Kept>(&ctx.app, trials::AREAS, id).await? else { return gone(&ctx).await };
    let to = match form.get("faire") {
        "importer" => {
            let (shared, name, areas) = (ctx.clone(), kept.name, kept.areas);
            let wrote = ctx.app.db.write(move |tx| {
                let (ctx, name, areas) = (shared.clone(), name.clone(), areas.clone());
                Box::pin(async move {
                    let n = keep::keep(tx, &ctx.moment, &name, &areas).await?;
                    if n > 0 { note(tx, &ctx, "area.imported", None, &n.to_string()).await } else { Ok(()) }
                })
            });
            wrote.await?;
            format!("{}?fait=quartiers", urls::Areas {})
        }
        "oublier" => urls::Areas {}.to_string(),
        _ => return Err(Error::BadRequest("no such button")),
    };
    trials::AREAS.forget(&ctx.app, id, true).await?;
    Ok(redirect(to))
}

/// The refused outlines, to correct. Administrators and owners.
pub(super) async fn refused(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let name = "attachment; filename=\"contours-refuses.geojson\"";
    trials::refused(&ctx.app, trials::AREAS, id, "application/geo+json", name).await
}
