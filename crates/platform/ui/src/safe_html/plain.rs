//! Plain text to paragraphs, line breaks and links.

use super::{REL, push_escaped};

pub(super) fn format(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut out = String::with_capacity(text.len() + 16);
    let mut open = false;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            if open {
                out.push_str("</p>");
                open = false;
            }
            continue;
        }
        out.push_str(if open { "<br>" } else { "<p>" });
        open = true;
        push_line(&mut out, line);
    }
    if open {
        out.push_str("</p>");
    }
    out
}

fn push_line(out: &mut String, line: &str) {
    let mut rest = line;
    while let Some((start, end)) = next_address(rest) {
        let (before, tail) = rest.split_at_checked(start).unwrap_or((rest, ""));
        let (address, after) = tail.split_at_checked(end - start).unwrap_or((tail, ""));
        push_escaped(out, before);
        push_link(out, address);
        rest = after;
    }
    push_escaped(out, rest);
}

fn push_link(out: &mut String, address: &str) {
    out.push_str("<a href=\"");
    if address.starts_with("www.") {
        out.push_str("https://");
    }
    push_escaped(out, address);
    out.push_str("\" rel=\"");
    out.push_str(REL);
    out.push_str("\">");
    push_escaped(out, address);
    out.push_str("</a>");
}

/// Where the next web address starts and ends.
fn next_address(text: &str) -> Option<(usize, usize)> {
    let mut previous: Option<char> = None;
    for (start, c) in text.char_indices() {
        let fresh = previous.is_none_or(|p| !p.is_alphanumeric() && !matches!(p, '/' | '.' | '-' | '_' | '@'));
        previous = Some(c);
        if !fresh || !matches!(c, 'h' | 'w') {
            continue;
        }
        let Some(tail) = text.get(start..) else {
            continue;
        };
        let Some(head) = ["https://", "http://", "www."].into_iter().find(|h| tail.starts_with(h)) else {
            continue;
        };
        let len = address_len(tail);
        if len > head.len() {
            return Some((start, start + len));
        }
    }
    None
}

/// An address ends at a blank or a quote; the punctuation of the sentence is not part of it.
fn address_len(text: &str) -> usize {
    let whole = text
        .find(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '«' | '»' | '`'))
        .and_then(|end| text.get(..end))
        .unwrap_or(text);
    let mut address = whole;
    let mut unopened = whole.matches(')').count().saturating_sub(whole.matches('(').count());
    while let Some(last) = address.chars().next_back() {
        let is_unopened = last == ')' && unopened > 0;
        if !is_unopened && !matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '…' | '\'' | '’' | ']' | '*') {
            break;
        }
        unopened -= usize::from(is_unopened);
        address = address.strip_suffix(last).unwrap_or_default();
    }
    address.len()
}

#[cfg(test)]
mod tests {
    use super::format;

    fn link(address: &str) -> String {
        std::format!("<a href=\"{address}\" rel=\"nofollow ugc noopener\">{address}</a>")
    }

    #[test]
    fn paragraphs_and_line_breaks() {
        assert_eq!(format("un\r\ndeux\n\n\n  trois "), "<p>un<br>deux</p><p>trois</p>");
        assert_eq!(format(" \n "), "");
        assert_eq!(format("a < b & c"), "<p>a &lt; b &amp; c</p>");
    }

    #[test]
    fn addresses_become_links() {
        let x = link("https://x.example/a");
        assert_eq!(format("Voir https://x.example/a."), std::format!("<p>Voir {x}.</p>"));
        assert_eq!(format("(https://x.example/a)"), std::format!("<p>({x})</p>"));
        assert_eq!(format("https://x.example/a_(b)"), std::format!("<p>{}</p>", link("https://x.example/a_(b)")));
        assert_eq!(
            format("www.x.example"),
            "<p><a href=\"https://www.x.example\" rel=\"nofollow ugc noopener\">www.x.example</a></p>"
        );
        assert_eq!(format("xhttps://a http:// www."), "<p>xhttps://a http:// www.</p>");
    }
}
