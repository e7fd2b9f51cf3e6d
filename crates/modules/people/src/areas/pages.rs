//! The areas of the town on the desk: a file to add them, a name and a count to correct.

use axum::{
    extract::{Path, Request},
    http::StatusCode,
    response::Response,
};
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    activity::{self, Entry},
    db::{self, Tx},
    form::{Form, is_blank},
    permission::{Access, Right},
    routes::Routes,
    upload,
};
use parvis_ui::{
    Page, SafeHtml,
    charts::{AreaShape, MapOptions, area_map},
    html_with, redirect,
};
use uuid::Uuid;

use super::{
    ACTIVITY, Area, import,
    names::are_alike,
    rings, taken_back, trial,
    undo::{self, Kept},
};
use crate::{
    changes::{self, Changed},
    urls,
};

/// Letters of a name.
const NAME: usize = 80;

/// The pages and forms of areas.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(urls::Areas::ROUTE, Access::Team(Right::ManageProjects), show)
        .post(urls::AreaFile::ROUTE, Access::Team(Right::ManageProjects), upload)
        .get(urls::AreaTrial::ROUTE, Access::Team(Right::ManageProjects), trial::show)
        .post(urls::AreaTrial::ROUTE, Access::Team(Right::ManageProjects), trial::act)
        .get(urls::AreaRefused::ROUTE, Access::Team(Right::ManageProjects), trial::refused)
        .get(urls::AreaImport::ROUTE, Access::Team(Right::ManageProjects), taken_back::show)
        .post(urls::AreaImport::ROUTE, Access::Team(Right::ManageProjects), taken_back::act)
        .post(urls::Area::ROUTE, Access::Team(Right::ManageProjects), change)
}

#[derive(askama::Template)]
#[template(path = "areas/areas.html")]
struct Areas<'a> {
    p: &'a Page,
    f: &'a Form,
    areas: Vec<Area>,
    map: SafeHtml,
    /// The area whose form is being corrected.
    open: Option<Uuid>,
    /// What was changed last.
    recent: Vec<Changed>,
    /// Files that can be taken back.
    imports: Vec<Kept>,
}

impl Areas<'_> {
    fn is_open(&self, area: &Area) -> bool {
        self.open == Some(area.id)
    }

    fn name<'a>(&'a self, area: &'a Area) -> &'a str {
        if self.is_open(area) { self.f.get("nom") } else { &area.name }
    }

    fn population(&self, area: &Area) -> String {
        if self.is_open(area) {
            self.f.get("population").to_owned()
        } else {
            area.population.map(|n| n.to_string()).unwrap_or_default()
        }
    }
}

/// Administrators and owners.
async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    page(&ctx, &Form::new(), None).await
}

pub(super) async fn page(ctx: &Ctx, form: &Form, open: Option<Uuid>) -> Result<Response> {
    let p = Page::settings(ctx, urls::Areas::ROUTE).await?;
    let areas = super::all(ctx.app.db.read()).await?;
    let imports = undo::last(ctx.app.db.read()).await?;
    let shapes: Vec<_> = areas.iter().map(shape).collect();
    let names = areas.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ");
    let title = p.t("areas-map");
    let options = MapOptions { id: "quartiers", title: &title, desc: &names, hidden_label: None };
    let map = if areas.is_empty() { SafeHtml::default() } else { area_map(&shapes, &[], &options) };
    let view = Areas { f: form, areas, map, open, imports, recent: changes::recent(&p, &ACTIVITY).await?, p: &p };
    html_with(if form.is_valid() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &view)
}

/// An area as a map draws it.
pub(super) fn shape(area: &Area) -> AreaShape {
    AreaShape { id: area.id.to_string(), name: area.name.clone(), rings: rings(&area.outline), ..AreaShape::default() }
}

/// Administrators and owners. The file is read in memory, and only what was understood of it is kept, for its trial.
async fn upload(ctx: Ctx, request: Request) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let (mut form, sent) = upload::read(request, "fichier", import::MAX_BYTES).await?;
    let Some(file) = sent.filter(|file| !file.bytes.is_empty()) else {
        form.fail("fichier", ctx.t("areas-file-missing"));
        return page(&ctx, &form, None).await;
    };
    match import::read_each(&file.bytes) {
        Ok(read) => Ok(redirect(urls::AreaTrial { id: trial::keep(&ctx, file.name, read).await? })),
        Err(problem) => {
            form.fail("fichier", trial::why(&ctx, problem.code(), &problem.what()));
            page(&ctx, &form, None).await
        }
    }
}

/// Administrators and owners: a new name or count, or away with it.
async fn change(ctx: Ctx, Path(id): Path<Uuid>, mut form: Form) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let areas = super::all(ctx.app.db.read()).await?;
    let Some(area) = areas.iter().find(|a| a.id == id) else { return Err(Error::NotFound) };
    if form.has("supprimer") {
        return remove(&ctx, id, &area.name).await;
    }
    let name = form.text("nom").split_whitespace().collect::<Vec<_>>().join(" ");
    if is_blank(&name) {
        form.fail("nom", ctx.t("areas-name-missing"));
    } else if name.chars().count() > NAME {
        form.fail("nom", ctx.t("areas-name-long"));
    } else if name != area.name && areas.iter().any(|a| a.id != id && are_alike(&a.name, &name)) {
        form.fail("nom", ctx.t("areas-name-taken"));
    }
    let digits: String = form.get("population").chars().filter(|c| !c.is_whitespace()).collect();
    let population = digits.parse::<i64>().ok().filter(|n| (1..100_000_000).contains(n));
    if population.is_none() && !digits.is_empty() {
        form.fail("population", ctx.t("areas-population-wrong"));
    }
    if !form.is_valid() {
        return page(&ctx, &form, Some(id)).await;
    }
    let (kind, detail) = match area.name == name {
        true => ("area.changed", name.clone()),
        false => ("area.renamed", format!("{} → {name}", area.name)),
    };
    let shared = ctx.clone();
    let done = ctx
        .app
        .db
        .write(move |tx| {
            let (ctx, name, detail) = (shared.clone(), name.clone(), detail.clone());
            Box::pin(async move {
                super::change(tx, id, &name, population).await?;
                note(tx, &ctx, kind, Some(id), &detail).await
            })
        })
        .await;
    match done {
        Err(e) if db::is_duplicate(&e) => Err(Refusal::CHANGED_MEANWHILE.into()),
        done => {
            done?;
            Ok(redirect(format!("{}?fait=quartier", urls::Areas {})))
        }
    }
}

async fn remove(ctx: &Ctx, id: Uuid, name: &str) -> Result<Response> {
    let (shared, name) = (ctx.clone(), name.to_owned());
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, name) = (shared.clone(), name.clone());
            Box::pin(async move {
                super::remove(tx, id).await?;
                note(tx, &ctx, "area.removed", Some(id), &name).await
            })
        })
        .await?;
    Ok(redirect(format!("{}?fait=quartier-supprime", urls::Areas {})))
}

pub(super) async fn note(tx: &Tx, ctx: &Ctx, kind: &'static str, area: Option<Uuid>, detail: &str) -> Result<()> {
    let entry = Entry { actor: ctx.actor.person(), kind, subject_kind: "area", subject: area, project: None, detail };
    activity::record(tx, &ctx.moment, entry).await
}
