//! RSS 2.0 (rssboard.org/rss-specification) and Atom (RFC 4287), written by hand: a feed is a list of a few fields.

use chrono::{DateTime, Utc};
use std::fmt::Write as _;

/// The two languages of feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RSS 2.0.
    Rss,
    /// Atom.
    Atom,
}

impl Format {
    /// Its type.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
        }
    }
}

/// A feed.
#[derive(Debug, Clone)]
pub struct Feed {
    /// Title.
    pub title: String,
    /// One sentence.
    pub about: String,
    /// The page it tells of.
    pub home: String,
    /// Its own address.
    pub own: String,
    /// BCP 47 language.
    pub lang: &'static str,
    /// When its newest entry changed.
    pub updated: DateTime<Utc>,
    /// Entries, newest first.
    pub entries: Vec<Entry>,
}

/// An entry.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its page, also what tells it apart.
    pub link: String,
    /// Title, plain text.
    pub title: String,
    /// Text as safe HTML.
    pub html: String,
    /// First name or signature; empty for anonymous.
    pub author: String,
    /// Project, theme, state.
    pub categories: Vec<String>,
    /// When it went online.
    pub published: DateTime<Utc>,
    /// When it changed.
    pub updated: DateTime<Utc>,
}

/// Escapes a text for an element or an attribute, and drops what XML 1.0 can't hold at all.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c < ' ' || matches!(c, '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// An element with a text, when there is one.
fn element(out: &mut String, name: &str, text: &str) {
    if !text.is_empty() {
        let _ = write!(out, "<{name}>{}</{name}>", escape(text));
    }
}

/// A time as Atom and maps of sites write it.
#[must_use]
pub fn iso(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

impl Feed {
    /// The document.
    #[must_use]
    pub fn write(&self, format: Format) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        match format {
            Format::Rss => self.rss(&mut out),
            Format::Atom => self.atom(&mut out),
        }
        out.push('\n');
        out
    }

    fn rss(&self, out: &mut String) {
        out.push_str(
            "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel>",
        );
        element(out, "title", &self.title);
        element(out, "link", &self.home);
        element(out, "description", &self.about);
        element(out, "language", self.lang);
        element(out, "lastBuildDate", &self.updated.to_rfc2822());
        let own = escape(&self.own);
        let _ = write!(out, "<atom:link href=\"{own}\" rel=\"self\" type=\"application/rss+xml\"/>");
        for e in &self.entries {
            out.push_str("\n<item>");
            element(out, "title", &e.title);
            element(out, "link", &e.link);
            element(out, "guid", &e.link);
            element(out, "pubDate", &e.published.to_rfc2822());
            element(out, "dc:creator", &e.author);
            e.categories.iter().for_each(|c| element(out, "category", c));
            element(out, "description", &e.html);
            out.push_str("</item>");
        }
        out.push_str("</channel></rss>");
    }

    fn atom(&self, out: &mut String) {
        let _ = write!(out, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">", self.lang);
        element(out, "title", &self.title);
        element(out, "subtitle", &self.about);
        element(out, "id", &self.own);
        element(out, "updated", &iso(self.updated));
        let (own, home) = (escape(&self.own), escape(&self.home));
        let _ = write!(out, "<link rel=\"self\" href=\"{own}\"/><link rel=\"alternate\" href=\"{home}\"/>");
        // An entry without an author needs one of the feed.
        out.push_str("<author>");
        element(out, "name", &self.title);
        out.push_str("</author>");
        for e in &self.entries {
            out.push_str("\n<entry>");
            element(out, "title", &e.title);
            element(out, "id", &e.link);
            let _ = write!(out, "<link rel=\"alternate\" href=\"{}\"/>", escape(&e.link));
            element(out, "published", &iso(e.published));
            element(out, "updated", &iso(e.updated));
            if !e.author.is_empty() {
                out.push_str("<author>");
                element(out, "name", &e.author);
                out.push_str("</author>");
            }
            for c in &e.categories {
                let _ = write!(out, "<category term=\"{}\"/>", escape(c));
            }
            let _ = write!(out, "<content type=\"html\">{}</content></entry>", escape(&e.html));
        }
        out.push_str("</feed>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_texts_stay_texts() {
        let hostile = "]]></title><script>alert(1)</script>&amp;\u{0}\u{8}\u{ffff}\"' 🚲";
        let entry = Entry {
            link: "https://a.example/idees/1".into(),
            title: hostile.into(),
            html: format!("<p>{}</p>", parvis_ui::safe_html::escape(hostile)),
            author: hostile.into(),
            categories: vec![hostile.into()],
            published: DateTime::UNIX_EPOCH,
            updated: DateTime::UNIX_EPOCH,
        };
        let feed = Feed {
            title: hostile.into(),
            about: hostile.into(),
            home: "https://a.example/?a=1&b=2".into(),
            own: "https://a.example/flux".into(),
            lang: "fr",
            updated: DateTime::UNIX_EPOCH,
            entries: vec![entry],
        };
        for format in [Format::Rss, Format::Atom] {
            let text = feed.write(format);
            assert!(!text.contains("<script") && !text.contains("?a=1&b"), "{text}");
            assert!(text.chars().all(|c| c >= ' ' || c == '\n'), "{text}");
            // Read as XML and then as HTML, the text is the one that was written.
            let document = roxmltree::Document::parse(&text).unwrap();
            let title = |name: &str| {
                let mut all = document.descendants().filter(|n| n.tag_name().name() == name);
                all.rfind(|n| n.text().is_some()).unwrap().text().unwrap().to_owned()
            };
            assert_eq!(title("title"), "]]></title><script>alert(1)</script>&amp;\"' 🚲");
            let body = title(if format == Format::Rss { "description" } else { "content" });
            assert!(body.starts_with("<p>]]&gt;&lt;/title&gt;&lt;script&gt;"), "{body}");
        }
    }
}
