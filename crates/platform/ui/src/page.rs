//! The frame around every page: what templates ask of it.

mod shortcuts;
mod texts;
mod values;

use std::sync::Arc;

use parvis_kernel::{
    Ctx,
    form::Form,
    permission::Right,
    settings::Kind,
    words::{Lang, Word},
};

use crate::{SafeHtml, asset_url, french, icons, keys, settings::SectionLink, theming};

/// A link of the trail above a page's title.
#[derive(Debug, Clone)]
pub struct Crumb {
    /// Words.
    pub label: String,
    /// Address, empty for the page itself.
    pub href: String,
    /// The language of the words, where it may be another than the page's; empty otherwise.
    pub lang: &'static str,
}

/// A link of the team's navigation.
#[derive(Debug, Clone)]
pub struct NavLink {
    /// Words.
    pub label: String,
    /// Address.
    pub href: String,
    /// Drawing.
    pub icon: SafeHtml,
    /// Whether this is the page shown.
    pub current: bool,
    /// What waits there.
    pub count: i64,
    /// The keys that lead there; empty for none.
    pub keys: &'static str,
}

/// A feed that tells of a page.
#[derive(Debug, Clone)]
pub struct Feed {
    /// Its type.
    pub kind: &'static str,
    /// Its format in one word.
    pub word: &'static str,
    /// What it tells of.
    pub title: String,
    /// Its address.
    pub href: String,
}

/// The pages at the foot of each public page, by the end of their address.
pub const FOOT: [&str; 8] = [
    "aide",
    "facile-a-lire",
    "participer-sur-papier",
    "charte",
    "accessibilite",
    "donnees-personnelles",
    "mentions-legales",
    "parvis",
];

/// The frame of one page. Templates call it `p`.
#[derive(Debug, Clone)]
pub struct Page {
    /// The request.
    pub ctx: Ctx,
    /// Title, also the `<title>`.
    pub title: String,
    /// One line for search engines and shared links.
    pub description: String,
    /// Trail.
    pub crumbs: Vec<Crumb>,
    /// The team's navigation (team pages only).
    pub nav: Vec<NavLink>,
    /// The menu of the settings (pages of the settings only).
    pub sections: Vec<SectionLink>,
    /// What has just been done, said at the top.
    pub done: String,
    /// Whether that is what did not work.
    pub missed: bool,
    /// Whether it shows a form again with what is wrong: its title says so first.
    pub faulty: bool,
    /// Address of the picture that is shown with a link to it elsewhere; empty for none.
    pub image: String,
    /// Feeds that tell of it.
    pub feeds: Vec<Feed>,
    /// Whether search engines are asked to stay away.
    pub private: bool,
    /// The keys named while the page is written.
    named: Arc<keys::Named>,
}

impl Page {
    /// A page with this title (already in the reader's language).
    #[must_use]
    pub fn new(ctx: &Ctx, title: impl Into<String>) -> Self {
        let done = done_words(ctx);
        let title = title.into();
        let title = if ctx.lang == Lang::Fr { french(&title) } else { title };
        Self {
            ctx: ctx.clone(),
            title,
            description: String::new(),
            crumbs: Vec::new(),
            nav: Vec::new(),
            sections: Vec::new(),
            done,
            missed: done_code(ctx).ends_with(MISSED),
            faulty: false,
            image: String::new(),
            feeds: Vec::new(),
            private: false,
            named: Arc::default(),
        }
    }

    /// A page of the team's desk, with its navigation.
    ///
    /// # Errors
    /// When the count of what waits can't be read.
    pub async fn team(ctx: &Ctx, title: impl Into<String>) -> parvis_kernel::Result<Self> {
        let mut page = Self::new(ctx, title);
        page.private = true;
        let mut entries: Vec<_> =
            ctx.app.modules.iter().flat_map(|m| m.navigation()).filter(|e| ctx.may(e.right, None)).collect();
        entries.sort_by_key(|e| e.order);
        let mut waiting = Vec::new();
        for module in &ctx.app.modules {
            waiting.extend(module.waiting(&ctx.app.db, &ctx.actor).await?);
        }
        let here = ctx.uri.split('?').next().unwrap_or_default();
        // The first page of the desk is above all others: a page of no entry is not one of its own.
        let root = entries.iter().map(|e| e.path).min_by_key(|path| path.len()).unwrap_or_default();
        let longest = entries
            .iter()
            .filter(|e| here == e.path || (e.path != root && here.starts_with(&format!("{}/", e.path))))
            .map(|e| e.path.len())
            .max()
            .unwrap_or(0);
        page.nav = entries
            .into_iter()
            .map(|e| NavLink {
                label: ctx.t(e.key),
                href: e.path.to_owned(),
                icon: icons::icon(e.icon),
                current: e.path.len() == longest && (here == e.path || here.starts_with(&format!("{}/", e.path))),
                keys: keys::go(e.path),
                count: waiting.iter().find(|(path, _)| *path == e.path).map_or(0, |(_, n)| *n),
            })
            .collect();
        Ok(page)
    }

    /// The same page with a description.
    #[must_use]
    pub fn described(mut self, text: impl Into<String>) -> Self {
        self.description = text.into();
        self
    }

    /// The same page with one more link in its trail.
    #[must_use]
    pub fn crumb(mut self, label: impl Into<String>, href: impl ToString) -> Self {
        self.crumbs.push(Crumb { label: label.into(), href: href.to_string(), lang: "" });
        self
    }

    /// The same page with one more link in its trail, whose words stand in this language.
    #[must_use]
    pub fn crumb_in(mut self, lang: &'static str, label: impl Into<String>, href: impl ToString) -> Self {
        let lang = if lang == self.lang() { "" } else { lang };
        self.crumbs.push(Crumb { label: label.into(), href: href.to_string(), lang });
        self
    }

    /// The same page, kept out of search engines.
    #[must_use]
    pub fn private(mut self) -> Self {
        self.private = true;
        self
    }

    /// The same page, whose title says first that this form has errors, if it has.
    #[must_use]
    pub fn with(mut self, form: &Form) -> Self {
        self.faulty = !form.is_valid();
        self
    }

    // Words.

    /// The words of a key.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.ctx.t(key)
    }

    /// The words of a key with one argument.
    #[must_use]
    pub fn t1(&self, key: &str, name: &str, value: impl Word) -> String {
        self.ctx.app.words.with(self.ctx.lang, key, &[(name, &value)])
    }

    /// The words of a key with two arguments.
    #[must_use]
    pub fn t2(&self, key: &str, n1: &str, v1: impl Word, n2: &str, v2: impl Word) -> String {
        self.ctx.app.words.with(self.ctx.lang, key, &[(n1, &v1), (n2, &v2)])
    }

    /// The words of a key with three arguments.
    #[must_use]
    #[allow(clippy::too_many_arguments, reason = "names and values alternate, as templates read")]
    pub fn t3(&self, key: &str, n1: &str, v1: impl Word, n2: &str, v2: impl Word, n3: &str, v3: impl Word) -> String {
        self.ctx.app.words.with(self.ctx.lang, key, &[(n1, &v1), (n2, &v2), (n3, &v3)])
    }

    /// Language code of the page.
    #[must_use]
    pub fn lang(&self) -> &'static str {
        self.ctx.lang.code()
    }

    /// The languages one may read in, but the present one: code and own name.
    #[must_use]
    pub fn other_languages(&self) -> Vec<(&'static str, &'static str)> {
        self.ctx
            .settings
            .languages
            .iter()
            .filter(|l| **l != self.ctx.lang)
            .map(|l| (l.code(), if *l == Lang::Fr { "Français" } else { "English" }))
            .collect()
    }

    // The frame.

    /// The hidden field that each form carries.
    #[must_use]
    pub fn csrf(&self) -> SafeHtml {
        SafeHtml::csrf_field(&self.ctx.csrf())
    }

    /// The form token alone, for the address of a form that sends a file.
    #[must_use]
    pub fn csrf_token(&self) -> String {
        self.ctx.csrf()
    }

    /// Address of an embedded file.
    #[must_use]
    pub fn asset(&self, name: &str) -> &'static str {
        asset_url(name)
    }

    /// A drawing.
    #[must_use]
    pub fn icon(&self, name: &str) -> SafeHtml {
        icons::icon(name)
    }

    /// The mark of the instance.
    #[must_use]
    pub fn mark(&self) -> SafeHtml {
        match self.ctx.settings.kind {
            Kind::Campaign => icons::mark_campaign(),
            Kind::TownHall => icons::mark_town(),
        }
    }

    /// The mark of the program, on team pages.
    #[must_use]
    pub fn mark_parvis(&self) -> SafeHtml {
        icons::mark_parvis()
    }

    /// Whether the instance is a town hall.
    #[must_use]
    pub fn is_town(&self) -> bool {
        self.ctx.settings.kind == Kind::TownHall
    }

    /// Address of the style sheet made from the instance's colour.
    #[must_use]
    pub fn theme_url(&self) -> String {
        theming::url(&self.ctx.settings.colour)
    }

    /// Name of the instance.
    #[must_use]
    pub fn site(&self) -> String {
        self.text(&self.ctx.settings.name)
    }

    /// Whether the person may read the desk.
    #[must_use]
    pub fn is_team(&self) -> bool {
        self.ctx.may(Right::Read, None)
    }

    /// Whether mail can leave this site.
    #[must_use]
    pub fn sends_mail(&self) -> bool {
        self.ctx.app.sends_mail(&self.ctx.settings)
    }

    /// Whether somebody is signed in.
    #[must_use]
    pub fn signed_in(&self) -> bool {
        self.ctx.actor.person().is_some()
    }

    /// The name of a draft kept in the browser, for whoever is signed in alone. It does not tell who.
    #[must_use]
    pub fn own_draft(&self, key: impl std::fmt::Display) -> String {
        let Some(person) = self.ctx.actor.person() else { return key.to_string() };
        let own: String = self.ctx.app.secrets.sign("browser-draft", &person.to_string()).chars().take(16).collect();
        format!("{key}-{own}")
    }

    /// Name of the person signed in.
    #[must_use]
    pub fn who(&self) -> &str {
        match &self.ctx.actor {
            parvis_kernel::permission::Actor::Person { name, .. } => name,
            parvis_kernel::permission::Actor::Visitor => "",
        }
    }

    /// Initials of a name, for the disc beside it.
    #[must_use]
    pub fn initials(&self, name: &str) -> String {
        crate::initials(name)
    }

    /// Words of the person's role.
    #[must_use]
    pub fn role(&self) -> String {
        self.ctx.actor.role().map_or_else(String::new, |r| self.t(&format!("role-{}", r.code())))
    }

    /// An address of this site as others write it, whole.
    #[must_use]
    pub fn whole(&self, path: &str) -> String {
        format!("{}{path}", self.ctx.app.base_url(&self.ctx.settings))
    }

    /// The path of the page, without what was asked of it.
    #[must_use]
    pub fn path(&self) -> &str {
        self.ctx.uri.split('?').next().unwrap_or_default()
    }

    /// `page` when the address starts with this path: for `aria-current`.
    #[must_use]
    pub fn at(&self, path: &str) -> bool {
        self.ctx.uri == path
            || self.ctx.uri.starts_with(&format!("{path}/"))
            || self.ctx.uri.starts_with(&format!("{path}?"))
    }

    /// The address asked, to come back to after a sign-in.
    #[must_use]
    pub fn back(&self) -> String {
        parvis_kernel::url::encode(&self.ctx.uri)
    }
}

/// How a code ends that says that what was asked did not work.
const MISSED: &str = "-manque";

fn done_code(ctx: &Ctx) -> &str {
    let query = ctx.uri.split_once('?').map_or("", |(_, q)| q);
    query.split('&').find_map(|pair| pair.strip_prefix("fait=")).unwrap_or_default()
}

/// The sentence of `?fait=CODE`: a code no module knows says nothing.
fn done_words(ctx: &Ctx) -> String {
    let code = done_code(ctx);
    let plain = !code.is_empty() && code.len() < 40 && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let key = format!("done-{code}");
    if plain && ctx.app.words.has(ctx.lang, &key) { ctx.t(&key) } else { String::new() }
}
