//! Links on the desk: the list with how many came by each, one link with its code to print.

use std::collections::HashMap;

use askama::Template;
use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use parvis_documents::qr::Code;
use parvis_kernel::{
    Ctx, Error, Result,
    form::{Form, is_blank},
    permission::Right,
};
use parvis_ui::{Page, SafeHtml, html_with, redirect};
use uuid::Uuid;

use super::{
    Link, MAX_LABEL,
    store::{self, New},
};
use crate::{
    desk::{holds, query, with_param},
    ideas::{Contribution, post},
    projects::{self, Project},
    urls,
};

/// The width of a downloaded picture of a code, in pixels: sharp on a hand's width of paper.
const PIXELS: usize = 1_000;
/// Ideas shown under a link.
const LAST: i64 = 10;

/// A link and what it is called.
struct Line {
    link: Link,
    /// The team's name for it, else its place, else its project.
    name: String,
    /// Area and place, empty for the whole town.
    place: String,
    project: String,
    url: String,
}

/// Names of projects and areas, to say what a link carries.
pub(super) struct Names {
    pub projects: HashMap<Uuid, String>,
    pub areas: HashMap<Uuid, String>,
}

pub(super) async fn names(ctx: &Ctx) -> Result<Names> {
    let c = ctx.app.db.read();
    let projects = projects::store::all(c).await?.into_iter().map(|x| (x.id, x.title)).collect();
    Ok(Names { projects, areas: parvis_people::areas::names(c).await? })
}

fn line(p: &Page, names: &Names, link: Link) -> Line {
    let area = link.area_id.and_then(|id| names.areas.get(&id)).map(|a| p.text(a));
    let place: Vec<String> = area.into_iter().chain(Some(p.text(&link.place)).filter(|t| !t.is_empty())).collect();
    let place = place.join(", ");
    let project = names.projects.get(&link.project_id).map(|t| p.text(t)).unwrap_or_default();
    let own = [p.text(&link.label), place.clone(), project.clone()];
    let name = own.into_iter().find(|t| !t.is_empty()).unwrap_or_default();
    Line { name, place, project, url: urls::DeskLink { code: link.code.clone() }.to_string(), link }
}

#[derive(Template)]
#[template(path = "links/list.html")]
struct List<'a> {
    p: &'a Page,
    f: &'a Form,
    lines: Vec<Line>,
    projects: Vec<Project>,
    areas: Vec<(Uuid, String)>,
    manages: bool,
    visits: i64,
    ideas: i64,
}

impl List<'_> {
    fn chosen(&self, name: &str, id: &Uuid) -> bool {
        self.f.is(name, &id.to_string())
    }
}

async fn list_page(ctx: &Ctx, f: &Form, status: StatusCode) -> Result<Response> {
    let c = ctx.app.db.read();
    let p = Page::team(ctx, ctx.t("links-title")).await?;
    let names = names(ctx).await?;
    let own = store::all(c).await?.into_iter().filter(|l| holds(&ctx.actor, l.project_id));
    let lines: Vec<Line> = own.map(|l| line(&p, &names, l)).collect();
    let list = List {
        visits: lines.iter().map(|l| l.link.visits).sum(),
        ideas: lines.iter().map(|l| l.link.ideas).sum(),
        p: &p,
        f,
        lines,
        projects: projects::store::all(c).await?.into_iter().filter(|x| x.state != "archived").collect(),
        areas: parvis_people::areas::all(c).await?.into_iter().map(|a| (a.id, a.name)).collect(),
        manages: ctx.may(Right::ManageProjects, None),
    };
    html_with(status, &list)
}

/// All links, and a form for a new one. Permission: read; a moderator sees those of their projects.
///
/// # Errors
/// When the database refuses.
pub async fn list(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    list_page(&ctx, &query(&ctx), StatusCode::OK).await
}

/// A name as it is stored, with an error beside its field when it is too long.
fn label(ctx: &Ctx, f: &mut Form) -> String {
    let text = f.text("nom");
    let text = if is_blank(&text) { String::new() } else { text.split_whitespace().collect::<Vec<_>>().join(" ") };
    if text.chars().count() > MAX_LABEL {
        let max = i64::try_from(MAX_LABEL).unwrap_or(i64::MAX);
        f.fail("nom", ctx.app.words.with(ctx.lang, "links-error-long", &[("n", &max)]));
    }
    text
}

/// Makes a link. Permission: manage projects.
///
/// # Errors
/// When the database refuses.
pub async fn make(ctx: Ctx, mut f: Form) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let label = label(&ctx, &mut f);
    let all = projects::store::all(ctx.app.db.read()).await?;
    let project = f.get("projet").parse::<Uuid>().ok().and_then(|id| all.iter().find(|x| x.id == id));
    if project.is_none() {
        f.fail("projet", ctx.t("links-error-project"));
    }
    let (Some(project), true) = (project, f.is_valid()) else {
        return list_page(&ctx, &f, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let new = New {
        project: project.id,
        area: post::area(&ctx, f.get("quartier")).await?,
        place: post::place(f.get("lieu")),
        label,
    };
    let inner = ctx.clone();
    let code = ctx.app.db.write(move |tx| {
        let (ctx, new) = (inner.clone(), new.clone());
        Box::pin(async move { store::make(tx, &ctx, &new).await })
    });
    let to = urls::DeskLink { code: code.await? }.to_string();
    Ok(redirect(with_param(&to, "fait", "lien-cree")))
}

#[derive(Template)]
#[template(path = "links/one.html")]
struct One<'a> {
    p: &'a Page,
    f: &'a Form,
    l: Line,
    address: String,
    qr: SafeHtml,
    ideas: Vec<Contribution>,
    manages: bool,
}

impl One<'_> {
    fn svg(&self) -> String {
        urls::DeskLinkSvg { code: self.l.link.code.clone() }.to_string()
    }

    fn png(&self) -> String {
        urls::DeskLinkPng { code: self.l.link.code.clone() }.to_string()
    }

    fn pdf(&self, sheet: &str) -> String {
        format!("{}/{sheet}.pdf", self.l.url)
    }

    fn desk(&self, idea: &Contribution) -> String {
        urls::Handle { number: idea.number }.to_string()
    }
}

/// The address of a link as people type it.
pub(crate) fn address(ctx: &Ctx, code: &str) -> String {
    format!("{}{}", ctx.app.base_url(&ctx.settings), urls::Short { code: code.to_owned() })
}

/// The link, if whoever asks may read the desk of its project.
pub(crate) async fn seen(ctx: &Ctx, code: &str) -> Result<Link> {
    ctx.require(Right::Read, None)?;
    let link = store::find(ctx.app.db.read(), code).await?;
    ctx.require(Right::Read, Some(link.project_id))?;
    Ok(link)
}

async fn page(ctx: &Ctx, link: Link, f: &Form, status: StatusCode) -> Result<Response> {
    let mut p = Page::team(ctx, "").await?;
    let l = line(&p, &names(ctx).await?, link);
    p.title.clone_from(&l.name);
    let address = address(ctx, &l.link.code);
    let one = One {
        qr: drawing(&address, &p.t("links-qr"))?,
        ideas: store::ideas(ctx.app.db.read(), &l.link.code, LAST).await?,
        manages: ctx.may(Right::ManageProjects, None),
        p: &p,
        f,
        l,
        address,
    };
    html_with(status, &one)
}

/// One link, with its code to print. Permission: read, in its project.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn show(ctx: Ctx, Path(code): Path<String>) -> Result<Response> {
    let link = seen(&ctx, &code).await?;
    let f = Form::of(&[("nom", &link.label)]);
    page(&ctx, link, &f, StatusCode::OK).await
}

/// Names a link, stops it or starts it again. Permission: manage projects.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn change(ctx: Ctx, Path(code): Path<String>, mut f: Form) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let link = store::find(ctx.app.db.read(), &code).await?;
    let action = f.get("faire").to_owned();
    let (done, name) = match action.as_str() {
        "nommer" => ("lien-nomme", label(&ctx, &mut f)),
        "arreter" => ("lien-arrete", String::new()),
        "reprendre" => ("lien-repris", String::new()),
        _ => return Err(Error::BadRequest("no such action")),
    };
    if !f.is_valid() {
        return page(&ctx, link, &f, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let inner = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, link, name, action) = (inner.clone(), link.clone(), name.clone(), action.clone());
            Box::pin(async move {
                match action.as_str() {
                    "nommer" => store::rename(tx, &ctx, &link, &name).await,
                    stop => store::stop(tx, &ctx, &link, stop == "arreter").await,
                }
            })
        })
        .await?;
    Ok(redirect(with_param(&urls::DeskLink { code }.to_string(), "fait", done)))
}

#[derive(Template)]
#[template(
    source = "<svg viewBox=\"0 0 {{ side }} {{ side }}\" width=\"176\" height=\"176\" role=\"img\" aria-label=\"{{ label }}\"><rect width=\"{{ side }}\" height=\"{{ side }}\" fill=\"#fff\"/><path d=\"{{ path }}\" fill=\"#000\" shape-rendering=\"crispEdges\"/></svg>",
    ext = "html"
)]
struct Drawing<'a> {
    side: usize,
    path: String,
    label: &'a str,
}

/// The QR code of an address, for a page.
///
/// # Errors
/// When the address is too long for one.
pub(crate) fn drawing(address: &str, label: &str) -> Result<SafeHtml> {
    let code = Code::of(address).map_err(Error::other)?;
    SafeHtml::from_template(&Drawing { side: code.whole(), path: code.path(), label }).map_err(Error::other)
}

/// A file to keep, not to show.
pub(crate) fn download(kind: &'static str, name: &str, bytes: impl IntoResponse) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, bytes).into_response()
}

/// The code as a drawing, to place in a flyer. Permission: read, in its project.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn svg(ctx: Ctx, Path(code): Path<String>) -> Result<Response> {
    let link = seen(&ctx, &code).await?;
    let code = Code::of(&address(&ctx, &link.code)).map_err(Error::other)?;
    Ok(download("image/svg+xml", &format!("{}.svg", link.code), code.svg()))
}

/// The code as a picture. Permission: read, in its project.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn png(ctx: Ctx, Path(code): Path<String>) -> Result<Response> {
    let link = seen(&ctx, &code).await?;
    let code = Code::of(&address(&ctx, &link.code)).map_err(Error::other)?;
    Ok(download("image/png", &format!("{}.png", link.code), code.png(PIXELS).map_err(Error::other)?))
}
