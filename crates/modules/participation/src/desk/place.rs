//! Where somebody is in the queue: its tab, filters, order and page, carried from address to address.

use parvis_kernel::form::Form;

use super::with_param;
use crate::urls;

/// The fields of the queue's form that narrow it.
pub(crate) const FILTERS: [&str; 7] = ["projet", "theme", "quartier", "etat", "confiee", "genre", "q"];

/// An address with some of the fields of another, those that say something.
pub(crate) fn with<'a>(base: &str, f: &Form, names: impl IntoIterator<Item = &'a str>) -> String {
    let mut href = base.to_owned();
    for name in names.into_iter().filter(|n| !f.get(n).is_empty()) {
        href = with_param(&href, name, f.get(name));
    }
    href
}

/// All that says where somebody is.
fn all() -> impl Iterator<Item = &'static str> {
    ["file"].into_iter().chain(FILTERS).chain(["tri", "page"])
}

/// The queue, as it was left.
pub(crate) fn queue(f: &Form) -> String {
    with(&urls::Queue {}.to_string(), f, all())
}

/// The queue with the same filters, in another tab.
pub(crate) fn tab(f: &Form, code: &str) -> String {
    let base = with_param(&urls::Queue {}.to_string(), "file", code);
    with(&base, f, FILTERS.into_iter().chain(["tri"]))
}

/// A page about one contribution, which knows the way back.
pub(crate) fn keeping(base: &str, f: &Form) -> String {
    with(base, f, all())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_kept_and_nothing_else() {
        let f = Form::of(&[("file", "a-publier"), ("q", "vélo & bus"), ("tri", ""), ("page", "2"), ("lot", "1.2")]);
        assert_eq!(queue(&f), "/equipe/contributions?file=a-publier&q=v%C3%A9lo%20%26%20bus&page=2");
        assert_eq!(tab(&f, "traitees"), "/equipe/contributions?file=traitees&q=v%C3%A9lo%20%26%20bus");
        let base = "/equipe/contributions/4";
        assert_eq!(keeping(base, &f), format!("{base}?file=a-publier&q=v%C3%A9lo%20%26%20bus&page=2"));
        assert_eq!(keeping(base, &Form::new()), base);
    }
}
