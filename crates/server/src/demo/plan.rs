//! Everything that goes into the database for Rivemont, decided before anything is written: the same each time, but for
//! the dates, which end today.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Days, NaiveTime, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use parvis_kernel::{args, context::Moment, random::SeededEntropy};
use parvis_participation::ideas::{Status, batch::Ready, store::New};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use sea_orm::Value;
use uuid::Uuid;

use super::{
    data::{AnswerText, AreaText, CommentText, IdeaText, Texts},
    persons::{self, Everybody},
    points,
};

/// Any number: the town is always the same.
const SEED: u64 = 4807;

/// The rows of the town.
pub struct Plan {
    pub areas: Vec<(AreaText, Uuid)>,
    pub people: Everybody,
    /// Contributions with the index of their project: ideas, then comments, then replies.
    pub texts: Vec<(usize, Ready)>,
    /// Rows of `reaction`.
    pub reactions: Vec<Vec<Value>>,
    /// Rows of `status_change`.
    pub history: Vec<Vec<Value>>,
    /// Rows of `answer`.
    pub answers: Vec<Vec<Value>>,
    /// Ideas with a person who follows them since some time.
    pub follows: Vec<(Uuid, Uuid, DateTime<Utc>)>,
    /// What the team did: who, kind, contribution, project's index, when, number.
    pub journal: Vec<Deed>,
}

/// Something the team did.
pub struct Deed {
    pub actor: Uuid,
    pub kind: &'static str,
    pub subject: Uuid,
    pub project: usize,
    pub at: DateTime<Utc>,
    pub number: i64,
}

/// What is at hand while the rows are made.
struct Making<'a> {
    plan: Plan,
    texts: &'a Texts,
    now: Moment,
    tz: Tz,
    rng: StdRng,
    rings: HashMap<Uuid, Vec<(f64, f64)>>,
    offices: HashMap<&'a str, &'a str>,
    comments: Vec<(usize, Ready)>,
    replies: Vec<(usize, Ready)>,
    /// Supports to hand out once everybody is known: contribution, author, how many, since when.
    support: Vec<(Uuid, Uuid, usize, DateTime<Utc>)>,
}

/// Decides all rows. `now` is the last instant of the town.
#[must_use]
pub fn make(texts: &Texts, now: DateTime<Utc>, tz: Tz) -> Plan {
    let now = Moment::new(now, Arc::new(SeededEntropy::new(SEED)));
    let start = now.at(now.now - TimeDelta::days(75));
    let areas: Vec<_> = texts.areas.iter().map(|a| (a.clone(), start.id())).collect();
    let rings = areas.iter().map(|(a, id)| (*id, points::ring(&a.outline))).collect();
    let answers = texts.ideas.iter().flatten().filter_map(|i| i.answer.as_ref());
    let offices = answers
        .map(|a| (a.by.as_str(), a.office.as_str()))
        .chain(texts.town.team.iter().map(|m| (m.name.as_str(), m.office.as_str())))
        .collect();
    let mut people = Everybody::default();
    people.team(&texts.town.team, &start);
    let plan = Plan {
        areas,
        people,
        texts: Vec::new(),
        reactions: Vec::new(),
        history: Vec::new(),
        answers: Vec::new(),
        follows: Vec::new(),
        journal: Vec::new(),
    };
    let rng = StdRng::seed_from_u64(SEED);
    let (comments, replies, support) = (Vec::new(), Vec::new(), Vec::new());
    let mut making = Making { plan, texts, now, tz, rng, rings, offices, comments, replies, support };
    making.ideas();
    making.supports();
    making.plan
}

impl Making<'_> {
    /// An instant some days ago. Nobody writes at night: hours of past days are squeezed between 7 and 23.
    fn ago(&self, days: f64) -> DateTime<Utc> {
        #[allow(clippy::cast_possible_truncation, reason = "seconds of some weeks")]
        let at = self.now.now - TimeDelta::seconds((days * 86_400.0) as i64);
        let local = at.with_timezone(&self.tz);
        if local.date_naive() >= self.now.now.with_timezone(&self.tz).date_naive() {
            return at;
        }
        let seconds = 7 * 3600 + local.num_seconds_from_midnight() / 3 * 2;
        let squeezed = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)
            .and_then(|t| self.tz.from_local_datetime(&local.date_naive().and_time(t)).earliest());
        squeezed.map_or(at, |t| t.to_utc())
    }

    fn area(&self, name: &str) -> Option<Uuid> {
        self.plan.areas.iter().find(|(a, _)| a.name == name).map(|(_, id)| *id)
    }

    fn ideas(&mut self) {
        let texts = self.texts;
        let mut order: Vec<(usize, &IdeaText)> =
            texts.ideas.iter().enumerate().flat_map(|(p, ideas)| ideas.iter().map(move |i| (p, i))).collect();
        order.sort_by(|a, b| b.1.days_ago.total_cmp(&a.1.days_ago));
        for (project, text) in order {
            self.idea(project, text);
        }
        // Numbers follow time, comments among ideas.
        let mut all = std::mem::take(&mut self.plan.texts);
        all.append(&mut self.comments);
        all.append(&mut self.replies);
        let mut by_time: Vec<usize> = (0..all.len()).collect();
        by_time.sort_by_key(|i| all.get(*i).map(|(_, row)| (row.at, row.id)));
        for (number, i) in (1..).zip(by_time) {
            if let Some((_, row)) = all.get_mut(i) {
                row.number = number;
            }
        }
        let numbers: HashMap<Uuid, i64> = all.iter().map(|(_, row)| (row.id, row.number)).collect();
        for deed in &mut self.plan.journal {
            deed.number = numbers.get(&deed.subject).copied().unwrap_or_default();
        }
        self.plan.texts = all;
    }

    /// Who signs: a person when there is a name, else a browser.
    fn author(&mut self, name: &str, area: &str, office: &str, at: &Moment) -> (Option<Uuid>, Uuid, Option<usize>) {
        if name.is_empty() {
            return (None, at.id(), None);
        }
        // An idea is written after the discussion of the one before is whole.
        let discussion = self.plan.texts.len();
        let index = self.plan.people.named(name, area, office, discussion, at);
        let id = self.plan.people.all.get(index).map(|s| s.id).unwrap_or_default();
        (Some(id), id, Some(index))
    }

    fn idea(&mut self, project: usize, text: &IdeaText) {
        let at = self.now.at(self.ago(text.days_ago));
        let status = Status::parse(&text.status).unwrap_or(Status::Proposed);
        let area = self.area(&text.area);
        let (author, holder, index) = self.author(&text.author, &text.area, "", &at);
        let told = Some(text.age.clone()).filter(|a| !a.is_empty());
        // Whoever signs says their age more often than not.
        let age = told.or_else(|| author.and_then(|_| persons::age(&mut self.rng)).map(str::to_owned));
        if let Some(somebody) = index.and_then(|i| self.plan.people.all.get_mut(i)) {
            (somebody.area, somebody.age) = (area.or(somebody.area), age.clone().or(somebody.age.take()));
        }
        let ring = area.and_then(|id| self.rings.get(&id));
        let point = ring.and_then(|ring| points::inside(ring, &text.place, &mut self.rng));
        let new = New {
            author,
            author_name: text.author.clone(),
            title: text.title.clone(),
            lang: text.lang.clone(),
            tag: text.tag.clone(),
            area,
            place: text.place.clone(),
            point,
            age,
            origin: origin(&text.origin),
            ..New::idea(Uuid::nil(), holder, text.text.trim(), status)
        };
        let mut row = Ready::new(&at, 0, new);
        row.reason.clone_from(&text.reason);
        let read_at = self.read_at(at.now);
        row.published_at = status.is_public().then_some(read_at);
        row.supports = i64::try_from(text.supports).unwrap_or(0);
        if let Some(author) = author {
            self.plan.follows.push((row.id, author, at.now));
        }
        self.support.push((row.id, holder, text.supports, read_at));
        self.life(project, &mut row, status, read_at, text.answer.as_ref());
        row.comments = i64::try_from(text.comment.len()).unwrap_or(0);
        self.thread(project, &row, &text.comment);
        self.plan.texts.push((project, row));
    }

    /// When somebody of the team read a text: within four hours.
    fn read_at(&mut self, at: DateTime<Utc>) -> DateTime<Utc> {
        (at + TimeDelta::minutes(self.rng.random_range(6..220))).min(self.now.now)
    }

    /// The history of an idea, its answer, and who of the team did what.
    fn life(
        &mut self,
        project: usize,
        row: &mut Ready,
        status: Status,
        read_at: DateTime<Utc>,
        answer: Option<&AnswerText>,
    ) {
        let (reader, lead) = (self.member(2 + project % 2), self.member(0));
        match status {
            Status::Prescreening => return,
            Status::Ineligible => {
                self.step(row.id, status, reader, read_at);
                self.deed(reader, "contribution.refused", row.id, project, read_at);
                return;
            }
            _ => {}
        }
        self.step(row.id, Status::Proposed, reader, read_at);
        self.deed(reader, "contribution.published", row.id, project, read_at);
        let end = answer.map_or(self.now.now, |a| self.ago(a.days_ago)).max(read_at + TimeDelta::hours(1));
        let middle = read_at + (end - read_at) / 2;
        let considered = matches!(status, Status::UnderConsideration | Status::Accepted | Status::Implemented);
        if considered {
            self.step(row.id, Status::UnderConsideration, lead, middle);
            self.deed(lead, "contribution.status", row.id, project, middle);
        }
        let Some(answer) = answer else { return };
        let before = if considered { Status::UnderConsideration } else { Status::Proposed };
        if status != before {
            self.step(row.id, status, lead, end);
        }
        let who = self.plan.people.all.iter().find(|s| s.role.is_some() && s.name == answer.by).map_or(lead, |s| s.id);
        self.deed(who, "answer.published", row.id, project, end);
        row.answered_at = Some(end);
        let id = self.now.at(end).id();
        let today = self.now.now.with_timezone(&self.tz).date_naive();
        let next_on = answer.next_in_days.and_then(|n| today.checked_add_days(Days::new(n))).map(|day| day.to_string());
        self.plan.answers.push(args![
            id,
            row.id,
            status.code(),
            answer.decision.clone(),
            answer.text.trim(),
            answer.cost.clone(),
            answer.next.clone(),
            next_on,
            answer.funding.clone(),
            answer.by.clone(),
            answer.office.clone(),
            who,
            before.code(),
            end
        ]);
    }

    fn member(&self, index: usize) -> Uuid {
        self.plan.people.all.get(index).map(|s| s.id).unwrap_or_default()
    }

    fn step(&mut self, id: Uuid, status: Status, actor: Uuid, at: DateTime<Utc>) {
        self.plan.history.push(args![self.now.at(at).id(), id, status.code(), actor, at]);
    }

    fn deed(&mut self, actor: Uuid, kind: &'static str, subject: Uuid, project: usize, at: DateTime<Utc>) {
        self.plan.journal.push(Deed { actor, kind, subject, project, at, number: 0 });
    }

    fn thread(&mut self, project: usize, idea: &Ready, comments: &[CommentText]) {
        let mut top = None;
        for text in comments {
            let at = self.now.at(self.ago(text.days_ago).max(idea.at + TimeDelta::minutes(3)));
            let office =
                if text.team { self.offices.get(text.author.as_str()).copied().unwrap_or_default() } else { "" };
            let (author, holder, index) = self.author(&text.author, &text.area, office, &at);
            let area = self.area(&text.area);
            let mut age = None;
            if let Some(somebody) = index.and_then(|i| self.plan.people.all.get_mut(i)) {
                somebody.area = somebody.area.or(area);
                if somebody.age.is_none() && office.is_empty() {
                    somebody.age = persons::age(&mut self.rng).map(str::to_owned);
                }
                age.clone_from(&somebody.age);
            }
            let reply_to = top.filter(|_| text.reply);
            let new = New {
                author,
                author_name: text.author.clone(),
                office: office.to_owned(),
                area,
                age,
                side: text.side.clone(),
                reply_to,
                ..New::comment(Uuid::nil(), idea.id, holder, text.text.trim(), Status::Proposed)
            };
            let mut row = Ready::new(&at, 0, new);
            row.supports = i64::try_from(text.useful).unwrap_or(0);
            self.support.push((row.id, holder, text.useful, at.now));
            if reply_to.is_some() {
                self.replies.push((project, row));
            } else {
                top = Some(row.id);
                self.comments.push((project, row));
            }
        }
    }

    /// Each support is somebody's: never the author's, one per person, most of them in the first days.
    fn supports(&mut self) {
        self.plan.people.citizens(&self.plan.areas, &self.now, &mut self.rng);
        let mut pool: Vec<Uuid> = self.plan.people.all.iter().filter(|s| s.role.is_none()).map(|s| s.id).collect();
        for (subject, author, n, since) in std::mem::take(&mut self.support) {
            points::pick(&mut pool, n + 1, &mut self.rng);
            for (i, person) in pool.iter().copied().filter(|id| *id != author).take(n).enumerate() {
                let late: f64 = self.rng.random::<f64>().powi(3);
                let span = (self.now.now - since).max(TimeDelta::minutes(2));
                #[allow(clippy::cast_possible_truncation, reason = "seconds of some weeks")]
                let at = since + TimeDelta::seconds((span.num_seconds() as f64 * late) as i64);
                let id = self.now.at(at).id();
                self.plan.reactions.push(args![id, subject, person, "support", true, at]);
                if i == 0 && n > 20 {
                    self.plan.follows.push((subject, person, at));
                }
                self.plan.people.seen(person, at);
            }
        }
    }
}

fn origin(code: &str) -> &'static str {
    match code {
        "stand" => "stand",
        "paper" => "paper",
        "phone" => "phone",
        _ => "web",
    }
}
