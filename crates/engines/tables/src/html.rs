//! Texts that a platform exports as HTML, made plain: what is left is text, to be escaped like any other.

/// Elements that begin and end a line.
const BLOCKS: [&str; 14] = ["p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr"];
/// Elements whose content is no text.
const HIDDEN: [&str; 2] = ["script", "style"];

/// The text of a cell: as it is, unless it is written in HTML.
pub(crate) fn plain(text: String) -> String {
    if is_html(&text) { strip(&text) } else { text }
}

/// A text that says "a < b" or names one tag is none: it takes a closed element, or a line break.
fn is_html(text: &str) -> bool {
    text.contains('<')
        && ["</p>", "<br>", "<br/>", "<br />", "</li>", "</div>", "</a>", "</strong>", "</em>", "</h2>", "</h3>"]
            .iter()
            .any(|sign| text.contains(sign))
}

fn strip(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        push(&mut out, before);
        let Some((tag, tail)) = after.split_once('>').filter(|(tag, _)| is_tag(tag)) else {
            out.push('<');
            rest = after;
            continue;
        };
        rest = tail;
        let name = name(tag);
        if BLOCKS.contains(&name.as_str()) {
            let ends = out.trim_end_matches(' ').len();
            out.truncate(ends);
            if !out.is_empty() && !out.ends_with("\n\n") && (name != "br" || !out.ends_with('\n')) {
                out.push('\n');
            }
            if name == "li" && !tag.starts_with('/') {
                out.push_str("- ");
            }
        } else if HIDDEN.contains(&name.as_str()) && !tag.starts_with('/') {
            let end = format!("</{name}");
            rest = rest.split_once(end.as_str()).map_or("", |(_, tail)| tail);
            rest = rest.split_once('>').map_or("", |(_, tail)| tail);
        }
    }
    push(&mut out, rest);
    out.trim().to_owned()
}

fn is_tag(tag: &str) -> bool {
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!')
}

fn name(tag: &str) -> String {
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    tag.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// Text between two tags, its entities read and its spaces made one, as a browser shows it.
fn push(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        spaced(out, before);
        let entity = after.split_once(';').filter(|(name, _)| name.len() <= 8);
        match entity.and_then(|(name, tail)| Some((entity_of(name)?, tail))) {
            Some((c, tail)) => {
                out.push(c);
                rest = tail;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    spaced(out, rest);
}

fn spaced(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            ' ' | '\n' | '\r' | '\t' if out.is_empty() || out.ends_with([' ', '\n']) => {}
            ' ' | '\n' | '\r' | '\t' => out.push(' '),
            c => out.push(c),
        }
    }
}

fn entity_of(name: &str) -> Option<char> {
    let code = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "rsquo" => '’',
        "laquo" => '«',
        "raquo" => '»',
        "hellip" => '…',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "ecirc" => 'ê',
        "euro" => '€',
        _ => {
            let digits = name.strip_prefix('#')?;
            match digits.strip_prefix(['x', 'X']) {
                Some(hex) => code(hex, 16)?,
                None => code(digits, 10)?,
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_text_and_text_stays() {
        for (html, text) in [
            ("<p>Un banc</p>\n<p>devant l&#39;<strong>&eacute;cole</strong></p>", "Un banc\n\ndevant l'école"),
            ("<ul><li>un</li><li>deux</li></ul>", "- un\n\n- deux"),
            ("a<br>b<br/>c", "a\nb\nc"),
            ("<p>x</p><script>alert('<p>')</script><p>y &amp; &lt;b&gt; &inconnu; &</p>", "x\n\ny & <b> &inconnu; &"),
            ("a < b, et <3 <script>", "a < b, et <3 <script>"),
            ("", ""),
        ] {
            assert_eq!(plain(html.to_owned()), text, "{html}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "[<>/a-z&;# \n!]{0,60}") {
            let _ = strip(&text);
        }
    }
}
