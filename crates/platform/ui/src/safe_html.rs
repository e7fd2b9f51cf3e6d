//! HTML that may be printed as it is. There are few ways to make some, and all of them are safe.

mod pictures;
mod plain;

use std::borrow::Cow;
use std::fmt::{self, Write};

use askama::filters::HtmlSafe;

pub use pictures::{Picture, picture_line, picture_of};

/// HTML that a template prints without escaping it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SafeHtml(Cow<'static, str>);

/// Says that a link was written by the public: no credit given, no window handed over.
const REL: &str = "nofollow ugc noopener";

impl SafeHtml {
    /// Formats a Markdown text written by anybody. Raw HTML, images and unknown address schemes
    /// are dropped; titles start at the third level, under those of the page.
    #[must_use]
    pub fn from_markdown(text: &str) -> Self {
        let mut options = comrak::Options::default();
        options.extension.autolink = true;
        options.extension.strikethrough = true;
        options.render.hardbreaks = true;
        options.render.escape = true;
        let html = comrak::markdown_to_html(text, &options);
        Self(Cow::Owned(markdown_policy().clean(&lower_titles(&html, 3)).to_string()))
    }

    /// Formats a Markdown text of the team that is a page by itself: as [`Self::from_markdown`], but titles start at
    /// the second level, right under the page's, and links to paths of this site stay.
    #[must_use]
    pub fn from_page_markdown(text: &str) -> Self {
        let mut options = comrak::Options::default();
        options.extension.autolink = true;
        options.extension.strikethrough = true;
        options.render.escape = true;
        let html = comrak::markdown_to_html(text, &options);
        let mut policy = markdown_policy();
        policy
            .add_tags(["h2"])
            .link_rel(Some("noopener"))
            .url_relative(ammonia::UrlRelative::Custom(Box::new(own_path)));
        Self(Cow::Owned(policy.clean(&lower_titles(&html, 2)).to_string()))
    }

    /// Formats a plain text: blank lines make paragraphs, line ends make line breaks, web
    /// addresses make links; everything is escaped.
    #[must_use]
    pub fn from_plain_text(text: &str) -> Self {
        Self(Cow::Owned(plain::format(text)))
    }

    /// HTML written by a programmer, in the source of the program.
    #[must_use]
    pub const fn trusted_static(html: &'static str) -> Self {
        Self(Cow::Borrowed(html))
    }

    /// The hidden field that proves a form came from our page.
    #[must_use]
    pub fn csrf_field(token: &str) -> Self {
        Self(Cow::Owned(format!(r#"<input type="hidden" name="_csrf" value="{}">"#, escape(token))))
    }

    /// HTML rendered by a template, which escaped what it was given.
    ///
    /// # Errors
    /// When the template fails, which is a fault of ours.
    pub fn from_template(template: &impl askama::Template) -> Result<Self, askama::Error> {
        template.render().map(|html| Self(Cow::Owned(html)))
    }

    /// HTML built by this crate, which escapes what it is given.
    pub(crate) const fn built(html: String) -> Self {
        Self(Cow::Owned(html))
    }

    /// The same, set in French: see [`crate::french_html`].
    #[must_use]
    pub fn french(self) -> Self {
        Self(Cow::Owned(crate::french_html(&self.0)))
    }

    /// The HTML.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to print.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for SafeHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for SafeHtml {}

impl askama::FastWritable for SafeHtml {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(dest.write_str(&self.0)?)
    }
}

/// Escapes a text for an HTML text node or a quoted attribute.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

pub(crate) fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

/// Titles of a text stand under those of its page: its highest level becomes `first`, and none is skipped on the way
/// down, whatever its author chose. The HTML is the one comrak just made from escaped text, so a `<h1>` in it is a
/// title and nothing else.
fn lower_titles(html: &str, first: u8) -> String {
    let Some(highest) = html.split('<').filter_map(|piece| title(piece, "h")).map(|(level, _)| level).min() else {
        return html.to_owned();
    };
    let (mut out, mut level) = (String::with_capacity(html.len()), first - 1);
    for (n, piece) in html.split('<').enumerate() {
        if n > 0 {
            out.push('<');
        }
        if let Some((written, rest)) = title(piece, "h") {
            level = (first + written - highest).min(level + 1).min(6);
            let _ = write!(out, "h{level}{rest}");
        } else if let Some((_, rest)) = title(piece, "/h") {
            let _ = write!(out, "/h{level}{rest}");
        } else {
            out.push_str(piece);
        }
    }
    out
}

/// The level of a title's tag, and what follows its name.
fn title<'a>(piece: &'a str, name: &str) -> Option<(u8, &'a str)> {
    let rest = piece.strip_prefix(name)?;
    let level = u8::try_from(rest.chars().next()?.to_digit(10)?).ok()?;
    let rest = rest.get(1..)?;
    rest.starts_with('>').then_some((level, rest))
}

fn markdown_policy() -> ammonia::Builder<'static> {
    let mut policy = ammonia::Builder::empty();
    policy
        .add_tags([
            "p",
            "br",
            "strong",
            "em",
            "del",
            "code",
            "pre",
            "blockquote",
            "ul",
            "ol",
            "li",
            "a",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
        ])
        .add_tag_attributes("a", ["href"])
        .add_tag_attributes("ol", ["start"])
        .add_clean_content_tags(["script", "style"])
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some(REL));
    policy
}

/// A link to a path of this site; any other relative link is dropped.
fn own_path(url: &str) -> Option<Cow<'_, str>> {
    parvis_kernel::url::local_path(url).map(|path| Cow::Owned(path.to_owned()))
}

#[cfg(test)]
mod tests {
    use askama::Template;
    use proptest::prelude::*;

    use super::*;

    const HOSTILE: &[&str] = &[
        "<script>alert(1)</script>",
        "<ScRiPt src=//x.example></sCrIpT>",
        "<img src=x onerror=alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java&#115;cript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "![x](https://x.example/\" onerror=\"alert(1))",
        "[x](https://x.example/\"onmouseover=\"alert(1))",
        "<svg/onload=alert(1)>",
        "<iframe src=https://x.example></iframe>",
        "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
        "https://x.example/\"><script>alert(1)</script>",
        "https://x.example/'onclick='alert(1)",
        "<https://x.example/\"onclick=\"x>",
        "`<script>`",
        "```\n<script>alert(1)</script>\n```",
        "<!--><script>alert(1)</script>-->",
        "<p style=\"position:fixed\" id=\"x\" class=\"y\">a</p>",
        "\u{0}<scr\u{0}ipt>alert(1)</scr\u{0}ipt>",
        "<form action=/x><button>y</button></form>",
    ];

    /// What a browser would find: every tag of the output, quotes respected.
    fn assert_safe(html: &str) {
        let lower = html.to_lowercase();
        assert!(!lower.contains("<script") && !lower.contains("<style") && !lower.contains("<img"), "{html}");
        let mut rest = lower.as_str();
        while let Some((_, after)) = rest.split_once('<') {
            let (tag, next) = after.split_once('>').expect("a tag is closed");
            if let Some((_, address)) = tag.split_once("href=\"") {
                assert!(["https://", "http://", "mailto:", "tel:"].iter().any(|s| address.starts_with(s)), "{html}");
            }
            let values = tag.split('"').step_by(2).collect::<String>();
            for attribute in values.split_whitespace().skip(1) {
                let name = attribute.trim_end_matches('=');
                assert!(["href", "rel", "start", "/"].contains(&name), "{attribute} in {html}");
            }
            rest = next;
        }
    }

    #[test]
    fn hostile_texts_are_harmless() {
        for text in HOSTILE {
            assert_safe(SafeHtml::from_markdown(text).as_str());
            assert_safe(SafeHtml::from_plain_text(text).as_str());
            assert_safe(SafeHtml::from_markdown(text).french().as_str());
            assert_safe(SafeHtml::from_page_markdown(text).as_str());
        }
    }

    #[test]
    fn a_page_starts_at_the_second_level_and_links_to_this_site_only() {
        let html = SafeHtml::from_page_markdown("# Un\n\n[a](/idees) [b](//x.example) [c](autre)");
        assert!(html.as_str().starts_with("<h2>Un</h2>"), "{html}");
        assert!(html.as_str().contains("<a href=\"/idees\" rel=\"noopener\">a</a>"), "{html}");
        assert!(!html.as_str().contains("x.example") && !html.as_str().contains("autre"), "{html}");
    }

    #[test]
    fn markdown_keeps_what_is_useful() {
        for (text, html) in [
            ("**Oui**, _bien_ ~~non~~", "<p><strong>Oui</strong>, <em>bien</em> <del>non</del></p>\n"),
            ("# Un\n\n## Deux", "<h3>Un</h3>\n<h4>Deux</h4>\n"),
            ("## Un\n\n#### Deux\n\n## Trois", "<h3>Un</h3>\n<h4>Deux</h4>\n<h3>Trois</h3>\n"),
            ("### Un\n\n# Deux", "<h3>Un</h3>\n<h3>Deux</h3>\n"),
            ("un\ndeux", "<p>un<br>\ndeux</p>\n"),
            ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
            (
                "[x](https://x.example/a?b=1&c=2)",
                "<p><a href=\"https://x.example/a?b=1&amp;c=2\" rel=\"nofollow ugc noopener\">x</a></p>\n",
            ),
        ] {
            assert_eq!(SafeHtml::from_markdown(text).as_str(), html);
        }
        assert!(SafeHtml::from_markdown("voir https://x.example/ ici").as_str().contains("<a href="));
    }

    #[test]
    fn titles_written_as_text_stay_text() {
        assert_eq!(SafeHtml::from_markdown("`<h1>`").as_str(), "<p><code>&lt;h1&gt;</code></p>\n");
    }

    #[test]
    fn templates_print_it_unescaped() {
        #[derive(Template)]
        #[template(source = "{{ html }}|{{ text }}|{{ &html }}", ext = "html")]
        struct Page {
            html: SafeHtml,
            text: &'static str,
        }
        let page = Page { html: SafeHtml::trusted_static("<b>x</b>"), text: "<b>" };
        assert_eq!(page.render().unwrap(), "<b>x</b>|&#60;b&#62;|<b>x</b>");
    }

    #[test]
    fn small_things() {
        assert!(SafeHtml::default().is_empty());
        assert_eq!(escape("<a b='c\"&"), "&lt;a b=&#39;c&quot;&amp;");
        assert_eq!(SafeHtml::from_plain_text("C'est ici ?").french().as_str(), "<p>C’est ici\u{202F}?</p>");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_hostile_comes_out(pieces in proptest::collection::vec(prop_oneof![
            proptest::sample::select(HOSTILE).prop_map(ToOwned::to_owned),
            "[<>\"'`\\[\\]()!#&;:/ \n*_-]{0,6}",
            "[a-z]{0,6}",
            Just("javascript:".to_owned()),
            Just("onclick=".to_owned()),
            Just("<script".to_owned()),
            Just("https://".to_owned()),
            any::<String>(),
        ], 0..8)) {
            let text = pieces.concat();
            assert_safe(SafeHtml::from_markdown(&text).as_str());
            assert_safe(SafeHtml::from_plain_text(&text).as_str());
            assert_safe(SafeHtml::from_plain_text(&text).french().as_str());
        }
    }
}
