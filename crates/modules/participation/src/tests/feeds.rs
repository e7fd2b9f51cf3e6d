//! Feeds, the map of the site and the frame hold what anybody may read, and nothing else, on both databases.

use axum::http::{HeaderMap, header};
use parvis_kernel::{permission::Role, settings};

use super::*;
use crate::{
    feeds::{self, sitemap, xml::Format},
    sharing, widget,
};

/// A word of texts that nobody may read.
const HIDDEN: &str = "turlupinade";

impl Town {
    async fn machines(&self) -> Vec<(&'static str, String)> {
        let (at, none) = (|| self.ctx(1, "/"), HeaderMap::new);
        let mut all = Vec::new();
        for format in [Format::Atom, Format::Rss] {
            let project = feeds::project(at(), none(), Path("bouger".into()), format).await.unwrap();
            all.push(("ideas", body(feeds::ideas(at(), none(), format).await.unwrap()).await));
            all.push(("project", body(project).await));
            all.push(("answers", body(feeds::answers(at(), none(), format).await.unwrap()).await));
        }
        all.push(("index", body(sitemap::index(at(), none()).await.unwrap()).await));
        all.push(("pages", body(sitemap::part(at(), none(), Path(0)).await.unwrap()).await));
        all.push(("map", body(sitemap::part(at(), none(), Path(1)).await.unwrap()).await));
        all.push(("frame", body(widget::show(self.ctx(1, "/integrer")).await.unwrap()).await));
        all.push(("frame", body(widget::show(self.ctx(1, "/integrer?projet=bouger")).await.unwrap()).await));
        all
    }

    /// An idea in each state that is not online, and in each project that is not public.
    async fn hidden(&self) -> Vec<i64> {
        let own = self.project;
        self.t
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    let mut numbers = Vec::new();
                    let text = || format!("Une {HIDDEN} près du canal");
                    for (status, change) in [
                        (Status::Prescreening, None),
                        (Status::Ineligible, None),
                        (Status::Proposed, Some(Change { hidden: Some(true), ..Change::default() })),
                        (Status::Accepted, Some(Change { withdrawn: Some(true), ..Change::default() })),
                    ] {
                        let stored = store::insert(tx, &moment, &New::idea(own, moment.id(), text(), status)).await?;
                        if let Some(change) = change {
                            store::change(tx, &moment, stored.id, None, None, &change).await?;
                        }
                        numbers.push(stored.number);
                    }
                    let pattern = projects::store::find(tx, own).await?;
                    for (visibility, state) in [("team", "published"), ("link", "published"), ("public", "draft")] {
                        let project = Project {
                            slug: format!("{HIDDEN}-{visibility}"),
                            title: HIDDEN.into(),
                            visibility: visibility.into(),
                            state: state.into(),
                            ..pattern.clone()
                        };
                        let id = projects::store::insert(tx, &moment, &project).await?;
                        let idea = New::idea(id, moment.id(), text(), Status::Accepted);
                        numbers.push(store::insert(tx, &moment, &idea).await?.number);
                    }
                    let answered = "UPDATE contribution SET answered_at = $1 WHERE number > 1";
                    db::run(tx, answered, args![moment.now]).await?;
                    let sql = "INSERT INTO answer (id, contribution_id, status, decision, body, signer, actor_id, \
                               status_before, published_at) SELECT id, id, 'accepted', 'Oui', 'Une turlupinade.', 'Nadia', \
                               id, 'proposed', created_at FROM contribution WHERE number > 1";
                    db::run(tx, sql, args![]).await?;
                    Ok(numbers)
                })
            })
            .await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_online_is_in_nothing_that_machines_read() {
    for engine in engines() {
        let town = town(engine).await;
        let shown = town.idea(1, "Une passerelle près du canal <b>&amp;</b> \"là\", écrivez à lea@exemple.fr").await;
        let numbers = town.hidden().await;
        for (what, text) in town.machines().await {
            assert!(!text.contains(HIDDEN), "{what}: {text}");
            for number in &numbers {
                assert!(!text.contains(&format!("/idees/{number}<")) && !text.contains(&format!("/idees/{number}\"")));
            }
            let xml = what != "frame";
            let address = format!("/idees/{}", shown.number);
            if ["ideas", "project", "map", "frame"].contains(&what) {
                assert!(text.contains(&address), "{what} shows what is online: {text}");
            }
            assert!(!text.contains("lea@exemple.fr") || !xml, "an address is masked in {what}");
            if xml {
                roxmltree::Document::parse(&text).unwrap();
            }
        }
        for slug in [format!("{HIDDEN}-team"), format!("{HIDDEN}-link"), format!("{HIDDEN}-public"), "rien".into()] {
            let owner = Actor::Person {
                id: Uuid::from_u128(9),
                name: "Nadia".into(),
                session: Uuid::nil(),
                role: Some(Role::Owner),
            };
            // Not even for the team: what it reads is kept by others on the way.
            let at = town.as_actor(owner, 9, &format!("/integrer?projet={slug}"));
            let feed = feeds::project(at.clone(), HeaderMap::new(), Path(slug), Format::Rss).await;
            assert!(matches!(feed, Err(Error::NotFound)));
            assert!(matches!(widget::show(at).await, Err(Error::NotFound)));
        }
        for page in [-1, 2, i64::MAX, i64::MIN] {
            let part = sitemap::part(town.ctx(1, "/"), HeaderMap::new(), Path(page)).await;
            assert!(matches!(part, Err(Error::NotFound)), "{page}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_is_sent_again_when_a_text_is_hidden() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Un banc").await;
        let at = || town.ctx(1, "/flux/idees.rss");
        let first = feeds::ideas(at(), HeaderMap::new(), Format::Rss).await.unwrap();
        let etag = first.headers()["etag"].clone();
        let ask = async |name: header::HeaderName, value: header::HeaderValue| {
            feeds::ideas(at(), HeaderMap::from_iter([(name, value)]), Format::Rss).await.unwrap().status()
        };
        assert_eq!(ask(header::IF_NONE_MATCH, etag.clone()).await, StatusCode::NOT_MODIFIED);
        town.t.clock.advance(TimeDelta::minutes(1));
        let by = town.person("nadia@exemple.fr").await.id;
        let journal = parvis_kernel::activity::Entry {
            actor: Some(by),
            kind: "contribution.hidden",
            subject_kind: "contribution",
            subject: Some(idea.id),
            project: Some(town.project),
            detail: "1",
        };
        town.t
            .write(move |tx, _, moment| {
                let journal = journal.clone();
                Box::pin(async move {
                    let change = Change { hidden: Some(true), ..Change::default() };
                    store::change(tx, &moment, idea.id, None, Some(by), &change).await?;
                    parvis_kernel::activity::record(tx, &moment, journal).await
                })
            })
            .await;
        town.t.clock.advance(TimeDelta::minutes(1));
        assert_eq!(
            ask(header::IF_NONE_MATCH, etag).await,
            StatusCode::OK,
            "the hiding counts, though nothing new came"
        );
        let now = feeds::ideas(at(), HeaderMap::new(), Format::Rss).await.unwrap();
        assert!(!now.headers().contains_key("last-modified"), "when the team works is nobody's business");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sites_of_the_frame_are_an_administrators() {
    for engine in engines() {
        let town = town(engine).await;
        let save = async |role: Role, sites: &str| {
            let id = Uuid::from_u128(900);
            let actor = Actor::Person { id, name: "Nadia".into(), session: Uuid::nil(), role: Some(role) };
            widget::desk::save(town.as_actor(actor, 900, "/equipe/liens/integrer"), Form::of(&[("sites", sites)])).await
        };
        assert!(matches!(save(Role::Moderator(vec![]), "https://a.fr").await, Err(Error::Refused(_))));
        let many = (0..21).map(|n| format!("https://a{n}.fr")).collect::<Vec<_>>().join("\n");
        for wrong in ["http://a.fr", "https://a.fr; script-src *", many.as_str()] {
            let answer = save(Role::Owner, wrong).await.unwrap();
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
            assert!(body(answer).await.contains("id=\"e-sites\""));
        }
        let sites = "https://www.rivemont.fr/accueil\nhttps://WWW.rivemont.fr\n\nhttps://agglo.example";
        assert_eq!(save(Role::Administrator, sites).await.unwrap().status(), StatusCode::SEE_OTHER);
        let kept = settings::read(town.t.app.db.read()).await.unwrap().embed_sites;
        assert_eq!(kept, ["https://www.rivemont.fr", "https://agglo.example"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_of_what_anybody_may_read() {
    for engine in engines() {
        let town = town(engine).await;
        let shown = town.idea(1, "Une passerelle près du canal").await;
        let numbers = town.hidden().await;
        let caches = Arc::new(Caches::default());
        let owner = || {
            let id = Uuid::from_u128(9);
            town.as_actor(
                Actor::Person { id, name: "Nadia".into(), session: Uuid::nil(), role: Some(Role::Owner) },
                9,
                "/",
            )
        };
        for number in numbers.into_iter().chain([0, -1, i64::MAX]) {
            // Not even for the team: what it reads is kept by others on the way.
            let picture = sharing::idea(owner(), caches.clone(), Path(number)).await;
            assert!(matches!(picture, Err(Error::NotFound)), "{number}");
        }
        for slug in [format!("{HIDDEN}-team"), format!("{HIDDEN}-link"), format!("{HIDDEN}-public"), "rien".into()] {
            assert!(matches!(sharing::project(owner(), caches.clone(), Path(slug)).await, Err(Error::NotFound)));
        }
        let idea = sharing::idea(town.ctx(1, "/"), caches.clone(), Path(shown.number)).await.unwrap();
        assert_eq!(idea.headers()["content-type"], "image/png");
        let first = to_bytes(idea.into_body(), 1_000_000).await.unwrap();
        let project = sharing::project(town.ctx(1, "/"), caches.clone(), Path("bouger".into())).await.unwrap();
        assert_ne!(to_bytes(project.into_body(), 1_000_000).await.unwrap(), first);
        sharing::site(town.ctx(1, "/"), caches.clone()).await.unwrap();
        // Its state is said: another state, another picture.
        town.announce(shown.id, Some(Status::Accepted)).await;
        let later = sharing::idea(town.ctx(1, "/"), caches.clone(), Path(shown.number)).await.unwrap();
        assert_ne!(to_bytes(later.into_body(), 1_000_000).await.unwrap(), first);
    }
}
