//! Letters: what Parvis writes by mail, in HTML and in text, with the same words in the same order.
//!
//! ```ignore
//! let (html, text) = Letter::new(&app, &settings, lang, title)
//!     .text(intro)
//!     .button(label, format!("{}{path}", app.base_url(&settings)))
//!     .why(reason)
//!     .unsubscribe(url)
//!     .render()?;
//! ```

use askama::Template;
use parvis_kernel::{Error, Result, app::App, settings::Settings, words::Lang};

use crate::{BrandTokens, SafeHtml, Theme, french};

/// Columns of the text version.
const COLUMNS: usize = 72;
const FONT: &str = "font-family:'Atkinson Hyperlegible Next',Verdana,Arial,sans-serif;font-size:17px;line-height:26px";

/// The official answer, given in full inside the mail.
#[derive(Debug, Clone, Default)]
pub struct OfficialAnswer {
    /// Who answers: "Réponse de la mairie".
    pub title: String,
    /// When it was published, and how long after the idea.
    pub when: String,
    /// The answer, formatted.
    pub html: SafeHtml,
    /// The answer, in plain text.
    pub plain: String,
    /// Decision, cost, date….
    pub pairs: Vec<(String, String)>,
    /// Who signs.
    pub name: String,
    /// Their office.
    pub office: String,
}

/// One thing among those a summary tells.
#[derive(Debug, Clone, Default)]
pub struct Item {
    /// What it is: a status, a date.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// A sentence.
    pub detail: String,
}

/// A part of the body.
#[derive(Debug, Clone)]
enum Block {
    Text(String),
    Small(String),
    Heading(String),
    Quote(String),
    Prose(SafeHtml, String),
    Code(String),
    Pairs(Vec<(String, String)>),
    Button(String, String),
    Link(String, String),
    Item(Item),
    Answer(OfficialAnswer),
}

/// A mail being written. Every text given is plain: markup in it is shown, never obeyed.
#[derive(Debug)]
pub struct Letter<'a> {
    app: &'a App,
    settings: &'a Settings,
    lang: Lang,
    title: String,
    preview: String,
    blocks: Vec<Block>,
    why_title: Option<String>,
    why: Vec<String>,
    ways_out: Vec<(String, String)>,
}

impl<'a> Letter<'a> {
    /// A letter whose title is its news, never "Bonjour".
    #[must_use]
    pub fn new(app: &'a App, settings: &'a Settings, lang: Lang, title: impl Into<String>) -> Self {
        let mut letter = Self {
            app,
            settings,
            lang,
            title: String::new(),
            preview: String::new(),
            blocks: Vec::new(),
            why_title: None,
            why: Vec::new(),
            ways_out: Vec::new(),
        };
        letter.title = letter.set(&title.into());
        letter
    }

    /// Typography of the language.
    fn set(&self, text: &str) -> String {
        if self.lang == Lang::Fr { french(text) } else { text.to_owned() }
    }

    fn push(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    /// The line that mail programs show beside the subject.
    #[must_use]
    pub fn preview(mut self, text: impl Into<String>) -> Self {
        self.preview = self.set(&text.into());
        self
    }

    /// A paragraph.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        let text = self.set(&text.into());
        self.push(Block::Text(text))
    }

    /// A paragraph of less weight.
    #[must_use]
    pub fn small(self, text: impl Into<String>) -> Self {
        let text = self.set(&text.into());
        self.push(Block::Small(text))
    }

    /// A heading between parts.
    #[must_use]
    pub fn heading(self, text: impl Into<String>) -> Self {
        let text = self.set(&text.into());
        self.push(Block::Heading(text))
    }

    /// Words somebody wrote, between quotation marks. Nothing when they are empty.
    #[must_use]
    pub fn quote(self, text: impl Into<String>) -> Self {
        let text: String = text.into();
        if text.trim().is_empty() {
            return self;
        }
        let quoted = self.app.words.with(self.lang, "mail-quote", &[("text", &text.trim())]);
        let quoted = self.set(&quoted);
        self.push(Block::Quote(quoted))
    }

    /// A longer text, formatted, and the same in plain text.
    #[must_use]
    pub fn prose(self, html: SafeHtml, plain: impl Into<String>) -> Self {
        let html = self.prose_html(html);
        let plain = self.set(&plain.into());
        self.push(Block::Prose(html, plain))
    }

    /// A code of six digits, alone on its line and without spaces: telephones offer to fill it in.
    #[must_use]
    pub fn code(self, digits: &str) -> Self {
        self.push(Block::Code(digits.to_owned()))
    }

    /// Names and values in two columns.
    #[must_use]
    pub fn pairs(self, pairs: Vec<(String, String)>) -> Self {
        if pairs.is_empty() {
            return self;
        }
        let pairs = pairs.into_iter().map(|(n, v)| (self.set(&n), self.set(&v))).collect();
        self.push(Block::Pairs(pairs))
    }

    /// The one button of the letter, with a full address.
    #[must_use]
    pub fn button(self, label: impl Into<String>, url: impl Into<String>) -> Self {
        let label = self.set(&label.into());
        self.push(Block::Button(label, url.into()))
    }

    /// A quieter link.
    #[must_use]
    pub fn link(self, label: impl Into<String>, url: impl Into<String>) -> Self {
        let label = self.set(&label.into());
        self.push(Block::Link(label, url.into()))
    }

    /// One thing of a summary.
    #[must_use]
    pub fn item(self, item: Item) -> Self {
        let item = Item {
            label: self.set(&item.label),
            title: self.set(&item.title),
            url: item.url,
            detail: self.set(&item.detail),
        };
        self.push(Block::Item(item))
    }

    /// The official answer in full.
    #[must_use]
    pub fn answer(self, answer: OfficialAnswer) -> Self {
        let answer = OfficialAnswer {
            title: self.set(&answer.title),
            when: self.set(&answer.when),
            html: self.prose_html(answer.html),
            plain: self.set(&answer.plain),
            pairs: answer.pairs.iter().map(|(n, v)| (self.set(n), self.set(v))).collect(),
            name: answer.name,
            office: self.set(&answer.office),
        };
        self.push(Block::Answer(answer))
    }

    /// A reason for which the person receives this. Several make a list.
    #[must_use]
    pub fn why(mut self, reason: impl Into<String>) -> Self {
        let reason = self.set(&reason.into());
        self.why.push(reason);
        self
    }

    /// Another heading than "Pourquoi recevez-vous ce courriel ?".
    #[must_use]
    pub fn why_title(mut self, title: impl Into<String>) -> Self {
        self.why_title = Some(self.set(&title.into()));
        self
    }

    /// The way out, in the usual words. The same address goes in the header of the mail.
    #[must_use]
    pub fn unsubscribe(self, url: impl Into<String>) -> Self {
        let label = self.app.words.get(self.lang, "mail-unsubscribe");
        self.way_out(label, url)
    }

    /// A way out, or a choice to change, in words of its own.
    #[must_use]
    pub fn way_out(mut self, label: impl Into<String>, url: impl Into<String>) -> Self {
        let label = self.set(&label.into());
        self.ways_out.push((label, url.into()));
        self
    }

    /// The HTML and text versions.
    ///
    /// # Errors
    /// When a template fails, which is a fault of ours.
    pub fn render(self) -> Result<(String, String)> {
        let theme = self.theme();
        let (site, tagline) = (self.set(&self.settings.name), self.set(&self.settings.tagline));
        let role = self.app.words.get(self.lang, "mail-role");
        let why_title = self.why_title.clone().unwrap_or_else(|| self.app.words.get(self.lang, "mail-why"));
        let foot = self.foot();
        let html = Html {
            lang: self.lang.code(),
            title: &self.title,
            preview: &self.preview,
            site: &site,
            tagline: &tagline,
            role: &role,
            light: &theme.light,
            dark: &theme.dark,
            blocks: &self.blocks,
            why_title: &why_title,
            why: &self.why,
            ways_out: &self.ways_out,
            foot: &foot,
        };
        let text = Text {
            colon: if self.lang == Lang::Fr { "\u{a0}:" } else { ":" },
            title: &self.title,
            site: &site,
            blocks: &self.blocks,
            why_title: &why_title,
            why: &self.why,
            ways_out: &self.ways_out,
            foot: &foot,
        };
        Ok((html.render().map_err(Error::other)?, text.render().map_err(Error::other)?))
    }

    fn theme(&self) -> Theme {
        Theme::from_hex(&self.settings.colour).unwrap_or_else(|_| {
            let plain = |brand: &str, on: &str, tint: &str| BrandTokens {
                brand: brand.into(),
                strong: brand.into(),
                on: on.into(),
                tint: tint.into(),
                tint2: tint.into(),
                line: brand.into(),
            };
            Theme {
                light: plain("#0B6670", "#FFFFFF", "#EAF6F7"),
                dark: plain("#6FC9D3", "#121716", "#0D1110"),
                moved: false,
            }
        })
    }

    /// Address, telephone, and whether an answer is read: said only when it is true.
    fn foot(&self) -> String {
        let s = self.settings;
        let mut parts = Vec::new();
        if !s.address.is_empty() {
            parts.push(format!("{}.", s.address.replace('\n', ", ").trim_end_matches('.')));
        }
        if !s.telephone.is_empty() {
            // A number that a line cuts in two is not dialled.
            let number = s.telephone.replace(' ', "\u{a0}");
            parts.push(self.app.words.with(self.lang, "mail-telephone", &[("number", &number)]));
        }
        if !s.contact.is_empty() {
            parts.push(self.app.words.get(self.lang, "mail-reply"));
        }
        self.set(&parts.join(" "))
    }

    /// Mail programs drop style sheets: each paragraph carries its own look.
    fn prose_html(&self, html: SafeHtml) -> SafeHtml {
        let html = if self.lang == Lang::Fr { html.french() } else { html };
        let brand = self.theme().light.brand;
        let styled = html
            .as_str()
            .replace("<p>", &format!(r#"<p class="ink" style="margin:0 0 16px;{FONT};color:#17211F">"#))
            .replace("<ul>", &format!(r#"<ul class="ink" style="margin:0 0 16px;padding:0 0 0 22px;{FONT};color:#17211F">"#))
            .replace("<ol>", &format!(r#"<ol class="ink" style="margin:0 0 16px;padding:0 0 0 22px;{FONT};color:#17211F">"#))
            .replace("<li>", r#"<li style="margin:0 0 4px">"#)
            .replace("<blockquote>", &format!(r#"<blockquote class="box" style="margin:0 0 16px;padding:0 0 0 16px;border-left:4px solid {brand}">"#))
            .replace("<h3>", &format!(r#"<h3 class="ink" style="margin:0 0 8px;{FONT};color:#17211F">"#))
            .replace("<a href", &format!(r#"<a class="lnk" style="color:{brand};text-decoration:underline" href"#));
        SafeHtml::built(styled)
    }
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    lang: &'static str,
    title: &'a str,
    preview: &'a str,
    site: &'a str,
    tagline: &'a str,
    role: &'a str,
    light: &'a BrandTokens,
    dark: &'a BrandTokens,
    blocks: &'a [Block],
    why_title: &'a str,
    why: &'a [String],
    ways_out: &'a [(String, String)],
    foot: &'a str,
}

#[derive(Template)]
#[template(path = "mail.txt", escape = "none")]
struct Text<'a> {
    /// As the language writes it: French puts a space before.
    colon: &'static str,
    title: &'a str,
    site: &'a str,
    blocks: &'a [Block],
    why_title: &'a str,
    why: &'a [String],
    ways_out: &'a [(String, String)],
    foot: &'a str,
}

impl Text<'_> {
    fn wrapped(&self, text: &str) -> String {
        wrap(text, "", "")
    }

    fn quoted(&self, text: &str) -> String {
        wrap(text, "> ", "> ")
    }

    fn listed(&self, text: &str) -> String {
        wrap(text, "- ", "  ")
    }

    /// The line under a title. Never two dashes alone: programs fold what follows.
    fn rule(&self, text: &str, sign: &str) -> String {
        sign.repeat(text.chars().count().clamp(3, COLUMNS))
    }

    /// A label, then the address alone on its line, however long.
    fn link(&self, label: &str, url: &str) -> String {
        format!("{}\n{url}", wrap(&format!("{label}{}", self.colon), "", ""))
    }

    fn pairs(&self, pairs: &[(String, String)]) -> String {
        pairs.iter().map(|(n, v)| wrap(&format!("{n}{} {v}", self.colon), "", "  ")).collect::<Vec<_>>().join("\n")
    }

    fn item(&self, item: &Item) -> String {
        let mut text = wrap(&format!("{}{} {}", item.label, self.colon, item.title), "* ", "  ");
        if !item.detail.is_empty() {
            text.push('\n');
            text.push_str(&wrap(&item.detail, "  ", "  "));
        }
        format!("{text}\n  {}", item.url)
    }

    fn answer(&self, a: &OfficialAnswer) -> String {
        let mut parts = vec![wrap(&format!("{}\n{}", a.title.to_uppercase(), a.when), "", ""), wrap(&a.plain, "", "")];
        if !a.pairs.is_empty() {
            parts.push(self.pairs(&a.pairs));
        }
        let signs = [a.name.as_str(), a.office.as_str()].into_iter().filter(|s| !s.is_empty());
        parts.push(signs.collect::<Vec<_>>().join(", "));
        parts.retain(|p| !p.trim().is_empty());
        parts.join("\n\n")
    }
}

/// Folds at spaces (never at no-break ones) so that lines hold in 72 columns; a longer word has a line of its own.
fn wrap(text: &str, first: &str, next: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for source in text.trim().lines() {
        let mut line = String::from(if lines.is_empty() { first } else { next });
        let mut width = line.chars().count();
        let start = width;
        for word in source.split([' ', '\t', '\r']).filter(|w| !w.is_empty()) {
            let length = word.chars().count();
            if width > start && width + 1 + length > COLUMNS {
                lines.push(line);
                line = next.to_owned();
                width = next.chars().count();
            } else if width > start {
                line.push(' ');
                width += 1;
            }
            line.push_str(word);
            width += length;
        }
        lines.push(line);
    }
    lines.iter().map(|l| l.trim_end()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_hold_in_72_columns_and_addresses_stay_whole() {
        let url = format!("https://exemple.fr/{}", "a".repeat(90));
        let text = format!("{} {url} fin", "mot ".repeat(60));
        let wrapped = wrap(&text, "> ", "> ");
        assert!(wrapped.lines().all(|l| l.starts_with("> ")));
        assert!(wrapped.lines().all(|l| l.chars().count() <= COLUMNS || l.ends_with(&url)), "{wrapped}");
        assert!(wrapped.lines().any(|l| l == format!("> {url}")), "the address is alone on its line");
    }

    #[test]
    fn markup_of_a_mail_is_escaped_and_light() {
        let blocks = vec![
            Block::Quote("« <script>alert(1)</script> »".into()),
            Block::Code("412808".into()),
            Block::Button("Confirmer".into(), "https://exemple.fr/connexion/abc?x=\"y".into()),
        ];
        let theme = Theme::from_hex("#3F3D9E").unwrap();
        let html = Html {
            lang: "fr",
            title: "Titre",
            preview: "",
            site: "Rivemont",
            tagline: "",
            role: "courriel",
            light: &theme.light,
            dark: &theme.dark,
            blocks: &blocks,
            why_title: "Pourquoi",
            why: &["un".into(), "deux".into()],
            ways_out: &[],
            foot: "",
        }
        .render()
        .unwrap();
        assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("x=\"y"));
        assert!(html.len() < 20_000 && html.contains("role=\"article\"") && html.contains(">412808<"));
        let text = Text {
            colon: "\u{a0}:",
            title: "Titre",
            site: "Rivemont",
            blocks: &blocks,
            why_title: "Pourquoi",
            why: &["un".into(), "deux".into()],
            ways_out: &[],
            foot: "",
        }
        .render()
        .unwrap();
        assert!(text.contains("\n    412808\n") && !text.lines().any(|l| l == "-- " || l == "--"), "{text}");
        assert!(text.lines().any(|l| l.starts_with("https://exemple.fr/connexion/abc")));
    }
}
