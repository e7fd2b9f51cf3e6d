//! The page of one project on the desk: its form with what is wrong in it, who moderates it, its short link.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use chrono::NaiveDate;
use parvis_kernel::{Ctx, Result, form::Form, permission::Right};
use parvis_people::{areas::Area, persons};
use parvis_ui::{Page, SafeHtml, html_with};
use uuid::Uuid;

use super::{
    STATES, VISIBILITIES,
    withdrawing::{AGREED, Loss, STAYS},
};
use crate::{
    desk::with_param,
    links::{self, Link},
    projects::{
        Project,
        admin_form::{CAN, Fix, MAX_PHASES, Mistake, Row},
        admin_store, areas,
        media::{self, Media},
        rows::Moved,
    },
    urls,
};

#[derive(Template)]
#[template(path = "projects_admin/edit.html")]
struct Edit<'a> {
    p: &'a Page,
    f: &'a Form,
    project: Option<&'a Project>,
    rows: &'a [Row],
    mistakes: &'a [Mistake],
    current: Option<Uuid>,
    link: Option<&'a Link>,
    link_url: String,
    qr: SafeHtml,
    secret_url: String,
    folders: Vec<String>,
    /// The areas of the town, which the project may be about.
    areas: Vec<Area>,
    /// The phase that took the place of a neighbour just now.
    moved: Option<Moved>,
    /// Images that the text may show.
    images: Vec<Media>,
    manages: bool,
    /// Names of those who moderate it alone; owners and administrators do everywhere.
    moderators: Vec<String>,
    /// Whether whoever asks may open the page of the team.
    administers: bool,
    notice: &'static str,
    loss: Option<Loss>,
}

impl Edit<'_> {
    fn errors(&self) -> usize {
        self.f.errors().len() + self.mistakes.len()
    }

    fn of(&self, i: &usize) -> Vec<&Mistake> {
        self.mistakes.iter().filter(|m| m.phase == *i).collect()
    }

    fn at(&self, i: &usize, field: &str) -> Option<&Mistake> {
        self.mistakes.iter().find(|m| m.phase == *i && m.field == field)
    }

    fn say(&self, m: &Mistake) -> String {
        let day = m.day.map_or_else(String::new, |d| self.p.day(&d));
        let other = m.other.map_or(0, |n| n + 1);
        self.p.t2(&format!("desk-phase-error-{}", m.code), "day", day, "other", other)
    }

    fn label(&self, m: &Mistake, fix: &Fix) -> String {
        let day = self.p.day(&fix.day);
        match (fix.field, fix.phase == m.phase) {
            ("debut", _) => self.p.t1("desk-phase-fix-start", "day", day),
            (_, true) => self.p.t1("desk-phase-fix-end", "day", day),
            (_, false) => self.p.t2("desk-phase-fix-end-other", "n", fix.phase + 1, "day", day),
        }
    }

    /// Dates and rights of a phase in one line.
    fn sub(&self, row: &Row) -> String {
        let (p, day) = (self.p, |text: &str| text.parse::<NaiveDate>().ok().map(|d| self.p.day(&d)));
        let dates = match (day(&row.start), day(&row.end)) {
            (Some(a), Some(b)) => p.t2("desk-phase-dates", "start", a, "end", b),
            (Some(a), None) => p.t1("desk-phase-dates-open", "start", a),
            _ => p.t("desk-phase-dates-none"),
        };
        let can: Vec<String> = row
            .can
            .iter()
            .filter(|code| row.keeps(code))
            .map(|code| p.t(&format!("desk-phase-short-{code}")))
            .collect();
        if can.is_empty() { dates } else { format!("{dates} {}", p.t1("desk-phase-allows", "list", can.join(", "))) }
    }

    fn about(&self, area: &Area) -> bool {
        self.f.all(areas::FIELD).any(|id| id == area.id.to_string())
    }

    fn has_moved(&self, i: &usize) -> bool {
        self.moved.is_some_and(|m| m.to == *i)
    }

    /// Whether the keyboard goes on at this button: at that which moved the phase, while it still can.
    fn is_next(&self, i: &usize, button: &str) -> bool {
        let ends = |by: &str| if by == "haut" { *i == 0 } else { *i + 1 == self.rows.len() };
        self.moved.is_some_and(|m| m.to == *i && (m.by == button) != ends(m.by))
    }

    fn is_now(&self, row: &Row) -> bool {
        !row.id.is_nil() && self.current == Some(row.id)
    }

    fn file(&self, m: &Media) -> String {
        let slug = self.project.map_or_else(String::new, |x| x.slug.clone());
        urls::ProjectFile { slug, id: m.id }.to_string()
    }

    /// What tells the kept draft of this form from those of others.
    fn draft(&self) -> String {
        format!("projet-{}-{}", self.project.map_or("nouveau", |x| x.slug.as_str()), self.f.get("version"))
    }

    fn action(&self) -> String {
        self.project
            .map_or_else(|| urls::NewProject {}.to_string(), |x| urls::DeskProject { slug: x.slug.clone() }.to_string())
    }

    fn public(&self) -> String {
        self.project.map_or_else(String::new, |x| match x.visibility.as_str() {
            "link" => self.secret_url.clone(),
            _ => urls::Project { slug: x.slug.clone() }.to_string(),
        })
    }

    fn saved_state(&self) -> &str {
        self.project.map_or("draft", |x| &x.state)
    }
}

/// What the page shows of a project, or of a new one.
#[derive(Default)]
pub(super) struct Shown<'a> {
    pub project: Option<&'a Project>,
    pub rows: Vec<Row>,
    pub mistakes: Vec<Mistake>,
    pub current: Option<Uuid>,
    pub notice: &'static str,
    pub moved: Option<Moved>,
    /// What the public loses by what is asked, where it is to be agreed to first.
    pub loss: Option<Loss>,
}

/// The images of a project; none of a new one.
pub(super) async fn images(ctx: &Ctx, project: Option<&Project>) -> Result<Vec<Media>> {
    let Some(project) = project else { return Ok(Vec::new()) };
    let mut all = media::store::of(ctx.app.db.read(), project.id).await?;
    all.retain(Media::is_image);
    Ok(all)
}

async fn moderators(ctx: &Ctx, project: Option<&Project>) -> Result<Vec<String>> {
    let Some(project) = project else { return Ok(Vec::new()) };
    let all = persons::moderators_of(ctx.app.db.read(), project.id).await?;
    Ok(all
        .into_iter()
        .map(|person| if person.name.is_empty() { ctx.t("today-somebody") } else { person.name })
        .collect())
}

/// The page, with what was typed.
pub(super) async fn render(ctx: &Ctx, shown: Shown<'_>, f: &Form, status: StatusCode) -> Result<Response> {
    let title = shown.project.map_or_else(|| ctx.t("desk-project-new"), |x| x.title.clone());
    let p = Page::team(ctx, title).await?;
    let link = match shown.project {
        Some(project) => links::store::of_project(ctx.app.db.read(), project.id).await?,
        None => None,
    };
    let base = ctx.app.base_url(&ctx.settings);
    let link_url = link.as_ref().map_or_else(String::new, |l| links::desk::address(ctx, &l.code));
    let secret_url = shown.project.filter(|x| x.visibility == "link").map_or_else(String::new, |x| {
        format!("{base}{}", with_param(&urls::Project { slug: x.slug.clone() }.to_string(), "cle", &x.secret))
    });
    let edit = Edit {
        qr: if link_url.is_empty() { SafeHtml::default() } else { links::desk::drawing(&link_url, &p.t("links-qr"))? },
        p: &p,
        f,
        project: shown.project,
        rows: &shown.rows,
        mistakes: &shown.mistakes,
        current: shown.current,
        link: link.as_ref(),
        link_url,
        secret_url,
        folders: admin_store::folders(ctx.app.db.read()).await?,
        areas: parvis_people::areas::all(ctx.app.db.read()).await?,
        moved: shown.moved,
        images: images(ctx, shown.project).await?,
        manages: ctx.may(Right::ManageProjects, None),
        moderators: moderators(ctx, shown.project).await?,
        administers: ctx.may(Right::Administer, None),
        notice: shown.notice,
        loss: shown.loss,
    };
    html_with(status, &edit)
}
