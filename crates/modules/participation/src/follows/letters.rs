//! The mails about followed ideas. The official answer is in the mail itself.

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Result,
    app::App,
    locale,
    mail::NewMail,
    settings::{Kind, Settings},
    words::{Lang, Word},
};
use parvis_ui::{
    SafeHtml,
    mail::{Letter, OfficialAnswer},
};
use uuid::Uuid;

use super::{Follower, Rhythm, rhythm};
use crate::{
    answers::{Answer, terms::Terms},
    desk::merge::store::Own,
    ideas::{Contribution, Status, answers::plain},
    projects::Project,
    urls,
};

/// The address that stops mails: what for, and for whom. Worth nothing on another instance.
#[must_use]
pub fn unsubscribe(app: &App, settings: &Settings, what: &str, person: Uuid) -> String {
    let sealed = app.secrets.seal("unsubscribe", &format!("{what}_{person}"));
    format!("{}{}", app.base_url(settings), urls::Unsubscribe { sealed })
}

/// What a sealed value of [`unsubscribe`] says: what for, and for whom.
#[must_use]
pub fn open(app: &App, sealed: &str) -> Option<(String, Uuid)> {
    let (what, person) = app.secrets.open("unsubscribe", sealed)?.split_once('_')?;
    Some((what.to_owned(), person.parse().ok()?))
}

/// A status in the team's words, in the language of a mail.
#[must_use]
pub fn status_words(app: &App, settings: &Settings, lang: Lang, status: Status) -> String {
    let own = settings.status_words.get(status.code()).and_then(|w| w.get(&lang)).filter(|w| !w.is_empty());
    own.cloned().unwrap_or_else(|| app.words.get(lang, &format!("status-{}", status.code())))
}

/// One mail about one change.
#[derive(Debug)]
pub struct Told<'a> {
    /// The instance.
    pub app: &'a App,
    /// Its settings.
    pub settings: &'a Settings,
    /// The idea.
    pub c: &'a Contribution,
    /// Its project.
    pub project: &'a Project,
    /// Its answer, when that is the news.
    pub answer: Option<&'a Answer>,
    /// Who is told.
    pub follower: &'a Follower,
}

impl Told<'_> {
    fn lang(&self) -> Lang {
        Lang::parse(&self.follower.lang).unwrap_or_default()
    }

    fn say(&self, key: &str, args: &[(&str, &dyn Word)]) -> String {
        self.app.words.with(self.lang(), key, args)
    }

    fn day(&self, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
        let tz = self.settings.tz();
        locale::day(self.lang(), locale::local_day(at, tz), locale::local_day(now, tz))
    }

    fn mine(&self) -> bool {
        self.follower.wrote(self.c)
    }

    /// What the reader proposed, when it is not the idea itself.
    fn united(&self) -> Option<&Own> {
        self.follower.own.as_ref().filter(|_| self.c.author_id != Some(self.follower.person_id))
    }

    /// What the idea is to the reader.
    fn intro(&self, heading: &str) -> String {
        match self.united() {
            Some(own) => self.say("letter-change-intro-united", &[("own", &own.heading), ("title", &heading)]),
            None if self.mine() => self.say("letter-change-intro-mine", &[("title", &heading)]),
            None => self.say("letter-change-intro-followed", &[("title", &heading)]),
        }
    }

    /// Why they are written to.
    fn why(&self, now: DateTime<Utc>) -> String {
        let (key, since) = match self.united() {
            Some(own) => ("letter-change-why-united", own.at),
            None if self.mine() => ("letter-change-why-mine", self.c.created_at),
            None => ("letter-change-why-followed", self.follower.created_at),
        };
        self.say(key, &[("date", &self.day(since, now))])
    }

    /// The news in a few words: also the subject.
    fn title(&self) -> String {
        let status = self.c.status();
        let known =
            matches!(status, Status::Accepted | Status::Rejected | Status::Implemented | Status::UnderConsideration);
        let code = match (self.answer.is_some(), status) {
            (_, _) if known => status.code(),
            (true, _) => "answered",
            (false, Status::Proposed) => "proposed",
            (false, _) => "other",
        };
        let who = if self.mine() { "mine" } else { "followed" };
        self.say(
            &format!("letter-change-{who}-{code}"),
            &[("status", &status_words(self.app, self.settings, self.lang(), status))],
        )
    }

    /// The mail, ready to queue.
    ///
    /// # Errors
    /// When a template fails, which is a fault of ours.
    pub fn mail(&self, dedupe: String, after: DateTime<Utc>) -> Result<NewMail> {
        let base = self.app.base_url(self.settings);
        let page = format!("{base}{}", self.project.link(urls::Idea { number: self.c.number }));
        let stop = unsubscribe(self.app, self.settings, &self.c.id.to_string(), self.follower.person_id);
        let heading = self.c.heading();
        let title = self.title();
        let mut letter = Letter::new(self.app, self.settings, self.lang(), title.clone())
            .preview(heading.clone())
            .text(self.intro(&heading));
        letter = match self.answer {
            Some(a) => letter.answer(self.official(a, after)),
            None => letter.text(self.say(
                "letter-change-status",
                &[("status", &status_words(self.app, self.settings, self.lang(), self.c.status()))],
            )),
        };
        letter = letter.button(self.say("letter-change-button", &[]), page).why(self.why(after));
        for other in rhythm::others(Rhythm::Now) {
            let (idea, person) = (self.c.id.to_string(), self.follower.person_id);
            let label = self.say(&format!("letter-rather-{}", other.code()), &[]);
            letter = letter.way_out(label, rhythm::link(self.app, self.settings, &idea, other, person));
        }
        let (html, text) = letter
            .unsubscribe(stop.clone())
            .way_out(self.say("letter-change-choices", &[]), format!("{base}{}#suivre", parvis_people::urls::Space {}))
            .render()?;
        Ok(NewMail {
            dedupe,
            person: Some(self.follower.person_id),
            kind: if self.answer.is_some() { "answer" } else { "change" },
            to: self.follower.email.clone(),
            subject: self.say("letter-change-subject", &[("news", &title), ("title", &heading)]),
            text,
            html,
            unsubscribe: stop,
            after,
        })
    }

    fn official(&self, a: &Answer, now: DateTime<Utc>) -> OfficialAnswer {
        let tz = self.settings.tz();
        let days = (locale::local_day(a.published_at, tz) - locale::local_day(self.c.created_at, tz)).num_days();
        let who = if self.settings.kind == Kind::TownHall { "answer-of-town" } else { "answer-of-team" };
        let today = locale::local_day(now, tz);
        let lines = Terms::of(a).lines(|key| self.say(key, &[]), |day| locale::day(self.lang(), day, today));
        OfficialAnswer {
            title: self.say(who, &[]),
            when: self.say("letter-answer-when", &[("date", &self.day(a.published_at, now)), ("n", &days.max(0))]),
            html: SafeHtml::from_markdown(&a.with_bold_start()),
            plain: plain(&a.body),
            pairs: lines.into_iter().map(|(key, words)| (self.say(key, &[]), words)).collect(),
            name: a.signer.clone(),
            office: a.office.clone(),
        }
    }
}
