//! The keys that a page answers to, as its template names them, and the help that lists them.

use super::Page;
use crate::{SafeHtml, keys, safe_html::escape};

impl Page {
    /// The attributes of what a key uses: a button, a link, a field, a form whose first field is entered. The help lists it.
    #[must_use]
    pub fn key(&self, name: &str) -> SafeHtml {
        self.named(name, |keys| {
            let aria = escape(keys::aria(keys));
            let aria = if aria.is_empty() { aria } else { format!(r#" aria-keyshortcuts="{aria}""#) };
            format!(r#" data-key="{}"{aria}"#, escape(keys))
        })
    }

    /// The same for what each line of a list has: the key means the line one is on.
    #[must_use]
    pub fn row_key(&self, name: &str) -> SafeHtml {
        self.named(name, |keys| format!(r#" data-key="{}""#, escape(keys)))
    }

    /// The key of an action, for eyes; what assistive tools read is `aria-keyshortcuts`, and the help.
    #[must_use]
    pub fn kbd(&self, name: &str) -> SafeHtml {
        if !self.ctx.shortcuts {
            return SafeHtml::default();
        }
        keys::find(name).map_or_else(SafeHtml::default, |(_, k)| self.kbd_of(k.keys))
    }

    /// Keys as one reads them.
    #[must_use]
    pub fn kbd_of(&self, keys: &str) -> SafeHtml {
        let all = keys::shown(keys, &self.t("keys-enter"));
        SafeHtml::built(all.iter().map(|k| format!(r#" <kbd aria-hidden="true">{}</kbd>"#, escape(k))).collect())
    }

    /// The lines of the help: the keys as the script hears them, as one reads them, and what they do.
    #[must_use]
    pub fn keys_help(&self) -> Vec<(&'static str, SafeHtml, String)> {
        let enter = self.t("keys-enter");
        let read = |keys: &str| {
            let all = keys::shown(keys, &enter);
            SafeHtml::built(all.iter().map(|k| format!("<kbd>{}</kbd> ", escape(k))).collect())
        };
        let own = self.named.all().into_iter().map(|k| (k.keys, read(k.keys), self.t(&format!("key-{}", k.name))));
        let go = self.nav.iter().filter(|l| !l.keys.is_empty()).map(|l| (l.keys, read(l.keys), l.label.clone()));
        let site = (keys::go("/"), read(keys::go("/")), self.t("nav-public-site"));
        own.chain(go).chain([site]).collect()
    }

    fn named(&self, name: &str, attributes: impl FnOnce(&'static str) -> String) -> SafeHtml {
        let Some((at, key)) = keys::find(name).filter(|_| self.ctx.shortcuts) else { return SafeHtml::default() };
        self.named.note(at);
        SafeHtml::built(attributes(key.keys))
    }
}
