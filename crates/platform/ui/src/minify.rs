//! Makes style sheets and scripts smaller. Shared by the build script and the library,
//! so it knows nothing but text: it strips comments and blanks, it never rewrites a rule.

/// Strips the comments and the needless blanks of a style sheet; strings are kept as they are.
pub fn css(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let mut out = String::with_capacity(source.len());
    let mut parens = 0_usize;
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        match c {
            '/' if chars.get(at + 1) == Some(&'*') => {
                at = end_of_comment(&chars, at);
                continue;
            }
            '"' | '\'' => {
                at = copy_string(&chars, at, &mut out);
                continue;
            }
            c if c.is_whitespace() => {
                let next = next_solid(&chars, at);
                if needs_blank(out.chars().last(), next, parens) {
                    out.push(' ');
                }
            }
            '}' => {
                while out.ends_with(';') {
                    out.pop();
                }
                out.push('}');
            }
            c => {
                match c {
                    '(' => parens += 1,
                    ')' => parens = parens.saturating_sub(1),
                    _ => {}
                }
                out.push(c);
            }
        }
        at += 1;
    }
    out
}

fn end_of_comment(chars: &[char], start: usize) -> usize {
    let mut at = start + 2;
    while at < chars.len() {
        if chars.get(at) == Some(&'*') && chars.get(at + 1) == Some(&'/') {
            return at + 2;
        }
        at += 1;
    }
    at
}

fn copy_string(chars: &[char], start: usize, out: &mut String) -> usize {
    let Some(&quote) = chars.get(start) else {
        return start + 1;
    };
    out.push(quote);
    let mut at = start + 1;
    while let Some(&c) = chars.get(at) {
        out.push(c);
        at += 1;
        if c == '\\' {
            if let Some(&escaped) = chars.get(at) {
                out.push(escaped);
                at += 1;
            }
        } else if c == quote {
            break;
        }
    }
    at
}

/// The next character that is neither a blank nor inside a comment.
fn next_solid(chars: &[char], start: usize) -> Option<char> {
    let mut at = start;
    while let Some(&c) = chars.get(at) {
        if c.is_whitespace() {
            at += 1;
        } else if c == '/' && chars.get(at + 1) == Some(&'*') {
            at = end_of_comment(chars, at);
        } else {
            return Some(c);
        }
    }
    None
}

/// Inside parentheses blanks can be operators (`calc(1px + 2px)`), so they stay.
fn needs_blank(last: Option<char>, next: Option<char>, parens: usize) -> bool {
    let (Some(last), Some(next)) = (last, next) else {
        return false;
    };
    if last.is_whitespace() {
        return false;
    }
    let tight = if parens > 0 { ",(" } else { "{};,>:(" };
    let tight_before = if parens > 0 { ",)" } else { "{};,>" };
    !tight.contains(last) && !tight_before.contains(next)
}

/// Strips whole-line comments, indentation and empty lines of a script; line ends stay, so
/// that automatic semicolons are never a question. Template literals must stay on one line.
pub fn js(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut in_comment = false;
    for line in source.lines() {
        let line = line.trim();
        if in_comment {
            in_comment = !line.ends_with("*/");
            continue;
        }
        if line.starts_with("/*") {
            in_comment = !line.ends_with("*/");
            continue;
        }
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{css, js};

    #[test]
    fn css_loses_comments_and_blanks() {
        assert_eq!(
            css("/* a */ .a , .b > c {\n  color : red ;\n  margin: 0 auto;\n}\n"),
            ".a,.b>c{color :red;margin:0 auto}"
        );
    }

    #[test]
    fn css_keeps_what_blanks_mean() {
        assert_eq!(css("a:not(.b) .c { d: e }"), "a:not(.b) .c{d:e}");
        assert_eq!(css("x { y: calc(1px + (2px - 3px)) }"), "x{y:calc(1px + (2px - 3px))}");
        assert_eq!(css("@media (min-width:2rem) and (a) { b{c:d} }"), "@media (min-width:2rem) and (a){b{c:d}}");
        assert_eq!(css(".a :hover + b ~ c { d: e }"), ".a :hover + b ~ c{d:e}");
    }

    #[test]
    fn css_keeps_strings() {
        assert_eq!(
            css(r#"a::before { content: "/* x */ ; \" }" / "" }"#),
            r#"a::before{content:"/* x */ ; \" }" / ""}"#
        );
    }

    #[test]
    fn css_joins_around_comments() {
        assert_eq!(css("a{b:c; /* why */ d:e;/* f */}"), "a{b:c;d:e}");
        assert_eq!(css("a /* never closed"), "a");
    }

    #[test]
    fn js_loses_comments_but_not_addresses() {
        assert_eq!(js("// a\n/* b\n c */\n  f('https://x'); // kept\n\n"), "f('https://x'); // kept\n");
    }
}
