//! Projects on the desk: the list, one project with its timeline, its short link.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use chrono::{Datelike, NaiveDate};
use parvis_kernel::{
    Ctx, Result,
    form::{Form, is_blank},
    found::LONGEST,
    permission::Right,
    url,
};
use parvis_people::{areas::Area, persons};
use parvis_ui::{Page, SafeHtml, html, html_with, redirect};
use uuid::Uuid;

use super::{
    Phase, Project,
    admin_form::{self, CAN, Fix, MAX_PHASES, Mistake, Row},
    admin_store::{self, Counted, Saved},
    areas, easy, languages,
    media::{self, Media},
    phases,
    rows::{self, Moved},
    store,
};
use crate::{
    desk::with_parameter,
    links::{self, Link},
    urls,
};

/// Kinds of activity recorded here.
pub const ACTIVITY: [&str; 3] = ["project.created", "project.changed", "project.translated"];

/// Longest texts, in characters: title, summary, easy summary, who read it again, description, folder.
const LIMITS: [(&str, usize); 6] =
    [("titre", 120), ("resume", 400), ("facile", 1_000), ("relecteurs", 120), ("description", 20_000), ("dossier", 80)];
/// Who may see a project.
const VISIBILITIES: [&str; 3] = ["public", "link", "team"];
/// Where a project is in its life.
const STATES: [&str; 3] = ["draft", "published", "archived"];

/// Class of the badge of a project's state.
pub(crate) fn badge(state: &str) -> &'static str {
    match state {
        "published" => "badge badge-ok",
        "draft" => "badge badge-warn",
        _ => "badge",
    }
}

/// Name of the icon of a project's state.
pub(crate) fn badge_icon(state: &str) -> &'static str {
    match state {
        "published" => "check",
        "draft" => "eye-off",
        _ => "layers",
    }
}

struct Listed {
    project: Project,
    ideas: i64,
    now: String,
    /// When a draft goes online by itself, in words; else empty.
    scheduled: String,
    /// What is missing in which language.
    lacks: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "projects_admin/list.html")]
struct List<'a> {
    p: &'a Page,
    /// Those of each folder; those of none first.
    folders: Vec<(String, Vec<Listed>)>,
    manages: bool,
    /// Words that the list is narrowed to; empty for all projects.
    asked: String,
}

impl List<'_> {
    /// Where the list leaves as a file, narrowed the same way.
    fn export(&self) -> String {
        match self.asked.as_str() {
            "" => "/equipe/exports?liste=projets".to_owned(),
            asked => format!("/equipe/exports?liste=projets&q={}", parvis_kernel::url::encode(asked)),
        }
    }
}

/// The projects of the desk, all or those that hold words. Permission: read; a moderator sees theirs.
pub async fn list(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    let c = ctx.app.db.read();
    let p = Page::team(&ctx, ctx.t("desk-projects-title")).await?;
    let counts = admin_store::ideas(c).await?;
    let all_phases = store::all_phases(c).await?;
    let asked: String = crate::desk::query(&ctx).text("q").trim().chars().take(LONGEST).collect();
    let projects = store::all(c).await?.into_iter().filter(|x| {
        crate::desk::holds(&ctx.actor, x.id) && (asked.is_empty() || crate::desk::found::holds_words(x, &asked))
    });
    let projects: Vec<(Project, Vec<Phase>)> = projects
        .map(|project| {
            let own = all_phases.iter().filter(|(id, _)| *id == project.id).map(|(_, phase)| phase.clone()).collect();
            (project, own)
        })
        .collect();
    let mut lacking = languages::lacking(&ctx, &projects).await?;
    let mut all = Vec::with_capacity(projects.len());
    for (project, own) in projects {
        let ideas = counts.iter().find(|n: &&Counted| n.id == project.id).map_or(0, |n| n.ideas);
        let day: Option<NaiveDate> = project.publish_on.as_deref().and_then(|d| d.parse().ok());
        let scheduled = day.map_or_else(String::new, |d| p.t1("desk-project-scheduled", "date", p.day(&d)));
        let lacks = lacking.remove(&project.id).unwrap_or_default();
        all.push(Listed { now: now_words(&p, &own), scheduled, lacks, ideas, project });
    }
    let (alone, mut folders) = super::by_folder(all, |l| &l.project.folder);
    if !alone.is_empty() {
        folders.insert(0, (String::new(), alone));
    }
    html(&List { p: &p, folders, manages: ctx.may(Right::ManageProjects, None), asked })
}

/// The present phase in one sentence.
fn now_words(p: &Page, own: &[Phase]) -> String {
    let today = p.ctx.today();
    if let Some(phase) = phases::current(own, today) {
        return match phase.ends_on {
            Some(end) => p.t2("desk-projects-now-until", "phase", p.text(&phase.title), "date", p.day(&end)),
            None => p.t1("desk-projects-now", "phase", p.text(&phase.title)),
        };
    }
    match own.iter().find(|x| x.starts_on > today) {
        Some(next) => p.t2("desk-projects-next", "phase", p.text(&next.title), "date", p.day(&next.starts_on)),
        None => p.t(if own.is_empty() { "desk-projects-no-phase" } else { "desk-projects-over" }),
    }
}

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

struct Shown<'a> {
    project: Option<&'a Project>,
    rows: Vec<Row>,
    mistakes: Vec<Mistake>,
    current: Option<Uuid>,
    notice: &'static str,
    moved: Option<Moved>,
}

/// The images of a project; none of a new one.
async fn images(ctx: &Ctx, project: Option<&Project>) -> Result<Vec<Media>> {
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

async fn render(ctx: &Ctx, shown: Shown<'_>, f: &Form, status: StatusCode) -> Result<Response> {
    let title = shown.project.map_or_else(|| ctx.t("desk-project-new"), |x| x.title.clone());
    let p = Page::team(ctx, title).await?;
    let link = match shown.project {
        Some(project) => links::store::of_project(ctx.app.db.read(), project.id).await?,
        None => None,
    };
    let base = ctx.app.base_url(&ctx.settings);
    let link_url = link.as_ref().map_or_else(String::new, |l| links::desk::address(ctx, &l.code));
    let secret_url = shown.project.filter(|x| x.visibility == "link").map_or_else(String::new, |x| {
        format!("{base}{}", with_parameter(&urls::Project { slug: x.slug.clone() }.to_string(), "cle", &x.secret))
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
    };
    html_with(status, &edit)
}

/// A new project, blank or, with `?copie=`, as a copy of another without its contributions: nothing is made before the
/// form is sent. Permission: manage projects.
pub async fn new(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let of = crate::desk::query(&ctx).get("copie").to_owned();
    let (f, rows, notice) = if of.is_empty() {
        let f = Form::of(&[("visibilite", "public"), ("etat", "draft"), ("version", "0")]);
        (f, vec![Row::fresh(ctx.t("desk-phase-first-title"), Some(ctx.today()))], "")
    } else {
        let c = ctx.app.db.read();
        let original = store::by_slug(c, &of).await?;
        let mut f = form(&Project { state: "draft".into(), publish_on: None, version: 0, ..original.clone() });
        f.set("description", media::without_images(&original.description));
        f.set("copie", original.slug.clone());
        put_areas(&mut f, &areas::of(c, original.id).await?);
        f.set("titre", ctx.app.words.with(ctx.lang, "desk-project-copy-title", &[("title", &original.title)]));
        let phases = store::phases(c, original.id).await?;
        (f, phases.iter().map(|x| Row { id: Uuid::nil(), ..Row::of(x) }).collect(), "desk-project-copied")
    };
    let shown = Shown { project: None, rows, mistakes: vec![], current: None, notice, moved: None };
    render(&ctx, shown, &f, StatusCode::OK).await
}

fn put_areas(f: &mut Form, places: &[areas::Place]) {
    places.iter().for_each(|place| f.push(areas::FIELD, place.id.to_string()));
}

/// The fields of a project, as its form shows them.
fn form(project: &Project) -> Form {
    Form::of(&[
        ("version", &project.version.to_string()),
        ("titre", &project.title),
        ("resume", &project.summary),
        ("facile", &project.easy),
        ("relu", if project.easy_by.is_empty() { "" } else { "1" }),
        ("relecteurs", &project.easy_by),
        ("description", &project.description),
        ("dossier", &project.folder),
        ("visibilite", &project.visibility),
        ("etat", &project.state),
        ("publier", project.publish_on.as_deref().unwrap_or_default()),
    ])
}

/// One project. Permission: read, in that project; changes ask for more.
pub async fn show(ctx: Ctx, Path(slug): Path<String>) -> Result<Response> {
    let c = ctx.app.db.read();
    ctx.require(Right::Read, None)?;
    let project = store::by_slug(c, &slug).await?;
    ctx.require(Right::Read, Some(project.id))?;
    let own = store::phases(c, project.id).await?;
    let mut f = form(&project);
    put_areas(&mut f, &areas::of(c, project.id).await?);
    let shown = Shown {
        project: Some(&project),
        rows: own.iter().map(Row::of).collect(),
        mistakes: vec![],
        current: phases::current(&own, ctx.today()).map(|x| x.id),
        notice: "",
        moved: None,
    };
    render(&ctx, shown, &f, StatusCode::OK).await
}

fn check(ctx: &Ctx, f: &mut Form) {
    if is_blank(&f.text("titre")) {
        f.fail("titre", ctx.t("desk-project-error-title"));
    }
    let day = f.text("publier");
    let to_come = day.is_empty() || day.parse().is_ok_and(|d: NaiveDate| d > ctx.today() && d.year() <= 2100);
    if f.is("etat", "draft") && !to_come {
        f.fail("publier", ctx.t("desk-project-error-publish"));
    }
    let easy = f.text("facile");
    if easy::sentences(&easy) > easy::MOST {
        f.fail("facile", ctx.app.words.with(ctx.lang, "desk-project-error-easy", &[("n", &easy::MOST)]));
    }
    if !f.is("relu", "1") && !is_blank(&f.text("relecteurs")) {
        f.fail("relecteurs", ctx.t("desk-project-error-reread-box"));
    }
    if f.is("relu", "1") && is_blank(&f.text("relecteurs")) {
        f.fail("relecteurs", ctx.t("desk-project-error-reread"));
    } else if f.is("relu", "1") && is_blank(&easy) {
        f.fail("facile", ctx.t("desk-project-error-reread-nothing"));
    }
    for (field, max) in LIMITS {
        if f.text(field).chars().count() > max {
            f.fail(field, ctx.app.words.with(ctx.lang, "desk-project-error-long", &[("n", &max)]));
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read(f: &Form, before: Option<&Project>) -> Project {
    let choice = |name: &str, all: [&str; 3]| {
        all.into_iter().find(|v| f.is(name, v)).unwrap_or_else(|| all.first().copied().unwrap_or_default()).to_owned()
    };
    let blank = Project { slug: url::slug(&f.text("titre")), ..Project::default() };
    let state = choice("etat", STATES);
    Project {
        title: f.text("titre"),
        summary: f.text("resume"),
        easy: f.text("facile"),
        easy_by: one_line(&if f.is("relu", "1") { f.text("relecteurs") } else { String::new() }),
        description: f.text("description"),
        visibility: choice("visibilite", VISIBILITIES),
        // What is online has no day to come.
        publish_on: Some(f.text("publier")).filter(|day| state == "draft" && !day.is_empty()),
        folder: one_line(&f.text("dossier")),
        state,
        version: f.get("version").parse().unwrap_or(0),
        ..before.cloned().unwrap_or(blank)
    }
}

/// Makes a project. Permission: manage projects.
pub async fn create(ctx: Ctx, f: Form) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    submit(&ctx, None, f).await
}

/// Saves a project, or changes the rows of its form. Permission: manage projects.
pub async fn save(ctx: Ctx, Path(slug): Path<String>, f: Form) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let project = store::by_slug(ctx.app.db.read(), &slug).await?;
    submit(&ctx, Some(project), f).await
}

async fn submit(ctx: &Ctx, before: Option<Project>, mut f: Form) -> Result<Response> {
    let own = match &before {
        Some(project) => store::phases(ctx.app.db.read(), project.id).await?,
        None => Vec::new(),
    };
    let known: Vec<Uuid> = own.iter().map(|x| x.id).collect();
    let mut rows = admin_form::rows(&f, &known);
    let current = phases::current(&own, ctx.today()).map(|x| x.id);
    if let Some(done) = rows::edit(&f, &mut rows) {
        let mistakes = if done.added { vec![] } else { admin_form::timeline(&rows).err().unwrap_or_default() };
        let (notice, moved) = (done.notice, done.moved);
        let shown = Shown { project: before.as_ref(), rows, mistakes, current, notice, moved };
        return render(ctx, shown, &f, StatusCode::OK).await;
    }
    if f.is("faire", "brouillon") {
        f.set("etat", "draft");
    }
    check(ctx, &mut f);
    let text = f.text("description");
    if let [line, ..] = media::unknown(&text, &images(ctx, before.as_ref()).await?).as_slice() {
        f.fail("description", ctx.app.words.with(ctx.lang, "media-unknown", &[("line", line)]));
    }
    let timeline = admin_form::timeline(&rows);
    let (Ok(timeline), true) = (&timeline, f.is_valid()) else {
        let mistakes = timeline.err().unwrap_or_default();
        let shown = Shown { project: before.as_ref(), rows, mistakes, current, notice: "", moved: None };
        return render(ctx, shown, &f, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let saved = Saved {
        project: read(&f, before.as_ref()),
        timeline: timeline.clone(),
        areas: areas::read(&f),
        new: before.is_none(),
        copy_of: f.get("copie").to_owned(),
    };
    let slug = admin_store::save(ctx, saved).await?;
    let to = urls::DeskProject { slug }.to_string();
    let done = if before.is_none() { "projet-cree" } else { "projet-enregistre" };
    Ok(redirect(with_parameter(&to, "fait", done)))
}

/// Makes the short link of a project, once. Permission: manage projects.
pub async fn make_link(ctx: Ctx, Path(slug): Path<String>) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let project = store::by_slug(ctx.app.db.read(), &slug).await?;
    admin_store::make_link(&ctx, &project).await?;
    Ok(redirect(format!("{}#lien", urls::DeskProject { slug })))
}
