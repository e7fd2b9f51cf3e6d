//! What a reader of the public pages may see and do, and the addresses that keep the key of a project's secret link.

use std::collections::HashMap;

pub use parvis_kernel::url::{done_at, with_param};
use parvis_kernel::{Ctx, Refusal, Result, form::Form, url};
use uuid::Uuid;

use crate::projects::{
    self, Act, Phase, Project, phases, store,
    texts::{self, Field, Spoken},
};

/// A project its reader may see, with its phases.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The project.
    pub project: Project,
    /// Its timeline.
    pub phases: Vec<Phase>,
    /// In which language its texts stand.
    pub spoken: Spoken,
}

/// The query of the address asked.
#[must_use]
pub fn query(ctx: &Ctx) -> Form {
    Form::parse(ctx.uri.split_once('?').map_or("", |(_, q)| q).as_bytes())
}

/// The project at this address, if whoever asks may see it.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn by_slug(ctx: &Ctx, slug: &str) -> Result<Seen> {
    let project = store::by_slug(ctx.app.db.read(), slug).await?;
    seen(ctx, project).await
}

/// The project of this key, if whoever asks may see it.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn by_id(ctx: &Ctx, id: Uuid) -> Result<Seen> {
    let project = store::find(ctx.app.db.read(), id).await?;
    seen(ctx, project).await
}

async fn seen(ctx: &Ctx, project: Project) -> Result<Seen> {
    project.may_be_seen(&ctx.actor, query(ctx).get("cle"))?;
    localised(ctx, project).await
}

/// A project in the language of whoever reads, the caller having decided that they may.
///
/// # Errors
/// When the database refuses.
pub async fn localised(ctx: &Ctx, mut project: Project) -> Result<Seen> {
    let c = ctx.app.db.read();
    let mut phases = store::phases(c, project.id).await?;
    let (own, reader) = (ctx.settings.lang, ctx.lang);
    // Most read in the first language: nothing more is asked for them.
    let known = if own == reader { None } else { texts::of(c, project.id).await?.remove(&reader) };
    let spoken = texts::put(&mut project, &mut phases, &known.unwrap_or_default(), (own, reader));
    Ok(Seen { project, phases, spoken })
}

/// The projects anybody finds, in order, each with its phases: two queries.
///
/// # Errors
/// When the database refuses.
pub async fn public(ctx: &Ctx) -> Result<Vec<Seen>> {
    let db = ctx.app.db.read();
    let mut phases = store::all_phases(db).await?;
    let (first, reader) = (ctx.settings.lang, ctx.lang);
    let mut texts = if first == reader { HashMap::new() } else { texts::all_in(db, reader).await? };
    let projects = store::all(db).await?.into_iter().filter(Project::is_public);
    Ok(projects
        .map(|mut project| {
            let (own, others) = phases.drain(..).partition(|(id, _)| *id == project.id);
            phases = others;
            let own: Vec<(Uuid, Phase)> = own;
            let mut own: Vec<Phase> = own.into_iter().map(|(_, p)| p).collect();
            let known = texts.remove(&project.id).unwrap_or_default();
            let spoken = texts::put(&mut project, &mut own, &known, (first, reader));
            Seen { project, phases: own, spoken }
        })
        .collect())
}

impl Seen {
    /// An address that keeps the key of a project seen by its link. The key goes before an anchor.
    #[must_use]
    pub fn link(&self, to: impl ToString) -> String {
        self.project.link(to)
    }

    /// The language of its title, for its `lang`.
    #[must_use]
    pub fn title_lang(&self) -> &'static str {
        self.spoken.lang(Field::Title)
    }

    /// The language of its sentence.
    #[must_use]
    pub fn summary_lang(&self) -> &'static str {
        self.spoken.lang(Field::Summary)
    }

    /// Whether something may be done here today.
    ///
    /// # Errors
    /// The named refusal.
    pub fn may(&self, ctx: &Ctx, act: Act) -> std::result::Result<(), Refusal> {
        projects::may(&self.project, &self.phases, ctx.today(), act)
    }

    /// The phase of today.
    #[must_use]
    pub fn phase(&self, ctx: &Ctx) -> Option<&Phase> {
        phases::current(&self.phases, ctx.today())
    }

    /// When what is refused was or will be possible: words for the line that stands where the button was.
    #[must_use]
    pub fn when(&self, ctx: &Ctx, act: Act) -> String {
        let today = ctx.today();
        let words = |key: &str, day| {
            let day = parvis_kernel::locale::day(ctx.lang, day, today);
            ctx.app.words.with(ctx.lang, key, &[("date", &day)])
        };
        if self.project.state == "archived" {
            return String::new();
        }
        let allowing = || self.phases.iter().filter(|p| p.allows(act));
        if let Some(next) = allowing().filter(|p| p.starts_on > today).min_by_key(|p| p.starts_on) {
            return words("refused-from", next.starts_on);
        }
        allowing()
            .filter_map(|p| p.ends_on)
            .filter(|end| *end < today)
            .max()
            .map_or_else(String::new, |end| words("refused-since", end))
    }
}

/// An address without the parameter of that name.
#[must_use]
pub fn without(to: &str, name: &str) -> String {
    let (rest, anchor) = to.split_once('#').map_or((to, String::new()), |(r, a)| (r, format!("#{a}")));
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let own = format!("{name}=");
    let pairs: Vec<&str> = query.split('&').filter(|p| !p.is_empty() && !p.starts_with(&own)).collect();
    if pairs.is_empty() { format!("{path}{anchor}") } else { format!("{path}?{}{anchor}", pairs.join("&")) }
}

/// Where to go back to after a change: the path a form names, else `other`.
#[must_use]
pub fn back(form: &Form, other: &str) -> String {
    url::local_path(form.get("retour")).unwrap_or(other).to_owned()
}

/// The same, saying at the top that something was done.
#[must_use]
pub fn back_with(form: &Form, other: &str, done: &str) -> String {
    done_at(&back(form, other), done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        let form = Form::of(&[("retour", "https://evil.example/")]);
        assert_eq!(back(&form, "/idees/3"), "/idees/3");
    }
}
