//! The frame of a page of the settings, whatever its module: the menu of their sections, each with how things stand there.

use parvis_kernel::{Ctx, Result, sections};

use crate::Page;

/// A line of the menu of the settings.
#[derive(Debug, Clone)]
pub struct SectionLink {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: &'static str,
    /// How things stand there.
    pub standing: String,
    /// Whether it is the one shown.
    pub current: bool,
}

impl Page {
    /// A page of the settings, in the section that stands at this path. Its template extends `settings.html`.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn settings(ctx: &Ctx, path: &str) -> Result<Self> {
        let all = sections::all(&ctx.app.modules);
        let here = all.iter().find(|(_, s)| s.path == path);
        let title = here.map_or_else(|| ctx.t("settings-title"), |(_, s)| s.title(ctx));
        let mut page = Self::team(ctx, title).await?;
        // A section may live under another address than the settings, such as the journal.
        for link in &mut page.nav {
            link.current = all.iter().any(|(_, s)| s.path == link.href);
        }
        let mut open: Vec<_> = all.into_iter().filter(|(_, s)| ctx.may(s.right, None)).collect();
        // Whoever may open one alone needs no menu.
        if open.len() == 1 {
            open.clear();
        }
        for (module, section) in open {
            let standing = module.settings_standing(ctx, section.code).await?;
            page.sections.push(SectionLink {
                label: section.name(ctx),
                href: section.path,
                standing: standing.map(|s| s.words(ctx)).unwrap_or_default(),
                current: section.path == path,
            });
        }
        Ok(page)
    }
}
