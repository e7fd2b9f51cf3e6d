//! Pictures inside a text: a line that names one of those at hand, and no other.

use std::fmt::Write;

use super::{SafeHtml, push_escaped};

/// A picture that a text may show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What its line names it by.
    pub key: String,
    /// Its address, a path of this site.
    pub src: String,
    /// What it shows, for those who do not see it.
    pub words: String,
    /// Width in pixels.
    pub width: i64,
    /// Height in pixels.
    pub height: i64,
}

/// Marks the place of a picture while the text is formatted: signs of no language, taken out of what people wrote.
const BEGIN: char = '\u{E000}';
const END: char = '\u{E001}';

/// The line that shows a picture: `![Plan of the square](image:3f9a2c1b)`. Its words are for whoever writes the text.
#[must_use]
pub fn picture_line(key: &str, words: &str) -> String {
    let words: String = words.chars().filter(|c| !['[', ']', '\n', '\r'].contains(c)).collect();
    format!("![{words}](image:{key})")
}

/// The key of the picture that a line names, when it is such a line and nothing else.
#[must_use]
pub fn picture_of(line: &str) -> Option<&str> {
    let (_, rest) = line.trim().strip_prefix("![")?.split_once("](image:")?;
    let key = rest.strip_suffix(')')?;
    let fits = (1..=40).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    fits.then_some(key)
}

fn unmarked(text: &str) -> String {
    text.chars().filter(|c| ![BEGIN, END].contains(c)).collect()
}

impl SafeHtml {
    /// Formats a Markdown text as [`Self::from_markdown`], and shows those of `pictures` that a line of it names. The
    /// words beside a picture are its own, whatever the line says; a line that names another picture shows nothing.
    #[must_use]
    pub fn from_markdown_with(text: &str, pictures: &[Picture]) -> Self {
        let mut marked = String::with_capacity(text.len());
        for line in text.lines() {
            match picture_of(line).map(|key| pictures.iter().position(|p| p.key == key)) {
                Some(Some(at)) => drop(write!(marked, "\n\n{BEGIN}{at}{END}\n\n")),
                Some(None) => marked.push_str("\n\n"),
                None => {
                    marked.push_str(&unmarked(line));
                    marked.push('\n');
                }
            }
        }
        let mut html = Self::from_markdown(&marked).0.into_owned();
        for (at, picture) in pictures.iter().enumerate() {
            html = html.replace(&format!("<p>{BEGIN}{at}{END}</p>"), &figure(picture));
        }
        // What stood inside a block of code shows nothing.
        while let Some((before, rest)) = html.split_once(BEGIN) {
            let after = rest.split_once(END).map_or(rest, |(_, after)| after);
            html = format!("{before}{after}");
        }
        Self::built(html)
    }
}

fn figure(p: &Picture) -> String {
    let mut out = String::from("<figure><img src=\"");
    push_escaped(&mut out, &p.src);
    out.push_str("\" alt=\"");
    push_escaped(&mut out, &p.words);
    let _ = write!(out, "\" width=\"{}\" height=\"{}\" loading=\"lazy\"></figure>", p.width, p.height);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Picture {
        let words = "Plan « de la place » \"><script>".into();
        Picture { key: "3f9a2c1b".into(), src: "/projets/a/fichiers/b?cle=x&y".into(), words, width: 800, height: 600 }
    }

    #[test]
    fn a_line_shows_the_picture_it_names_with_the_pictures_own_words() {
        let text = format!("Avant.\n{}\nAprès **tout**.", picture_line("3f9a2c1b", "n’importe [quoi]"));
        let html = SafeHtml::from_markdown_with(&text, &[plan()]);
        let shown = "<figure><img src=\"/projets/a/fichiers/b?cle=x&amp;y\" alt=\"Plan « de la place » &quot;&gt;&lt;script&gt;\" \
                     width=\"800\" height=\"600\" loading=\"lazy\"></figure>";
        assert!(html.as_str().contains(shown), "{html}");
        assert!(
            html.as_str().starts_with("<p>Avant.</p>") && html.as_str().contains("<strong>tout</strong>"),
            "{html}"
        );
    }

    #[test]
    fn nothing_else_becomes_a_picture() {
        for text in [
            "![x](image:other)",
            "![x](https://x.example/a.png)",
            "voir ![x](image:3f9a2c1b) ici",
            "![x](image:../../b)",
            "![x](image:3f9a2c1b\" onerror=\"alert(1))",
            "```\n![x](image:3f9a2c1b)\n```",
            "\u{E000}0\u{E001}",
            "<p>\u{E000}0\u{E001}</p>",
            "<img src=x onerror=alert(1)>",
        ] {
            let html = SafeHtml::from_markdown_with(text, &[plan()]);
            assert!(!html.as_str().contains("<img") && !html.as_str().contains('\u{E000}'), "{text}: {html}");
        }
        assert_eq!(picture_of(" ![a](image:b1) "), Some("b1"));
        assert_eq!(picture_of("![a](image:)"), None);
        assert_eq!(picture_of(&picture_line("k", "a]b[c\nd")), Some("k"));
    }

    #[test]
    fn a_text_without_pictures_is_as_before() {
        for text in ["# Un\n\n## Deux\n\n- a\n- b", "un\ndeux", "    code", "> cité\n> encore\n\nfin"] {
            assert_eq!(SafeHtml::from_markdown_with(text, &[plan()]), SafeHtml::from_markdown(text), "{text}");
        }
    }
}
