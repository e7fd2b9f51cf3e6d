//! The list of the projects on the desk.

use askama::Template;
use axum::response::Response;
use chrono::NaiveDate;
use parvis_kernel::{Ctx, Result, found::LONGEST, permission::Right};
use parvis_ui::{Page, html};

use crate::projects::{
    Phase, Project,
    admin_store::{self, Counted},
    by_folder, languages, phases, store,
};

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
    let (alone, mut folders) = by_folder(all, |l| &l.project.folder);
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
