//! What people wrote, with the typography of the language it is read in.

use parvis_kernel::words::Lang;

use super::{Crumb, Page};
use crate::{SafeHtml, french, safe_html::Picture};

impl Crumb {
    /// The language of its words.
    #[must_use]
    pub fn lang_in(&self, page: &Page) -> &'static str {
        if self.lang.is_empty() { page.lang() } else { self.lang }
    }
}

impl Page {
    /// A short text somebody wrote (title, name) with the typography of its reader's language. Escaped by the template.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        if self.ctx.lang == Lang::Fr { french(text) } else { text.to_owned() }
    }

    /// The same for a text in this language, whatever its reader's.
    #[must_use]
    pub fn text_in(&self, lang: &str, text: &str) -> String {
        if lang == Lang::Fr.code() { french(text) } else { text.to_owned() }
    }

    /// The language of what the team writes to everybody, such as an answer: the first of the instance, for its `lang`.
    #[must_use]
    pub fn team_lang(&self) -> &'static str {
        self.ctx.settings.lang.code()
    }

    /// A longer text somebody wrote, as paragraphs.
    #[must_use]
    pub fn prose(&self, text: &str) -> SafeHtml {
        self.typography(SafeHtml::from_plain_text(text))
    }

    /// A text of the team in Markdown.
    #[must_use]
    pub fn markdown(&self, text: &str) -> SafeHtml {
        self.typography(SafeHtml::from_markdown(text))
    }

    /// The same, with the pictures at hand that its lines name.
    #[must_use]
    pub fn markdown_with(&self, text: &str, pictures: &[Picture]) -> SafeHtml {
        self.typography(SafeHtml::from_markdown_with(text, pictures))
    }

    fn typography(&self, html: SafeHtml) -> SafeHtml {
        if self.ctx.lang == Lang::Fr { html.french() } else { html }
    }
}
