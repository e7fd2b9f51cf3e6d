//! What is followed while the accord to be written to is withdrawn: said, and given again by nothing but asking for it.

use parvis_people::consents;

use super::*;
use crate::{
    follows::{Rhythm, consultation},
    own_space,
};

impl Town {
    fn as_lea(&self, person: Uuid) -> Ctx {
        let actor = Actor::Person { id: person, name: "Léa".into(), session: Uuid::nil(), role: None };
        self.as_actor(actor, 70, "/mon-espace")
    }

    pub(super) async fn space(&self, person: Uuid) -> String {
        body_of(&own_space::html(&self.as_lea(person), person).await.unwrap())
    }

    /// Presses "Enregistrer mes choix" with these fields.
    async fn choose(&self, person: Uuid, fields: &[(&str, &str)]) {
        self.t.clock.advance(TimeDelta::seconds(1));
        own_space::save(self.as_lea(person), Form::of(fields)).await.unwrap();
    }

    pub(super) async fn withdraw(&self, person: Uuid, purpose: &'static str) {
        self.t.clock.advance(TimeDelta::seconds(1));
        self.t
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    let words = "J’accepte";
                    consents::record(tx, &moment, person, purpose, "email", "withdrawn", words, "own_space").await
                })
            })
            .await;
    }

    /// Words of the accords given in the own space, in their order.
    async fn given_there(&self) -> Vec<String> {
        let sql = "SELECT wording FROM consent WHERE state = 'given' AND source = 'own_space' ORDER BY at, id";
        db::column(self.t.app.db.read(), sql, args![]).await.unwrap()
    }
}

fn body_of(html: &str) -> String {
    html.replace(['\u{a0}', '\u{202f}'], " ")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_accord_is_given_again_by_asking_for_it_alone() {
    for engine in engines() {
        let town = town(engine).await;
        let lea = town.person("lea@exemple.fr").await.id;
        let ideas = [town.idea(1, "Un banc").await.id, town.idea(2, "Une fontaine").await.id];
        let project = town.project;
        town.t
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    for idea in ideas {
                        follows::begin(tx, &moment, idea, lea, "J’accepte", "idea_page").await?;
                    }
                    follows::set(tx, ideas[1], lea, Rhythm::Never).await?;
                    consultation::begin(tx, &moment, project, lea, "J’accepte", "project_form").await
                })
            })
            .await;
        assert!(!town.space(lea).await.contains("Suspendu"));
        town.withdraw(lea, follows::PURPOSE).await;
        let page = town.space(lea).await;
        let suspended = "Suspendu : accord retiré.";
        assert_eq!(page.matches(suspended).count(), 1, "neither what is set to never nor the consultation: {page}");
        let boxed =
            |page: &str| ["accord", "accord-consultations"].map(|name| page.contains(&format!("name=\"{name}\"")));
        assert!(boxed(&page) == [true, false] && page.contains("#accords") && !page.contains("Prochain courriel"));

        let (one, two) = (format!("s-{}", ideas[0]), format!("s-{}", ideas[1]));
        let consultation = format!("p-{project}");
        // Other rhythms, and one for an idea that is not followed: no accord.
        let foreign = format!("s-{}", Uuid::from_u128(5));
        let fields =
            [(one.as_str(), "weekly"), (&two, "never"), (&consultation, "daily"), (&foreign, "now"), ("s-x", "now")];
        town.choose(lea, &fields).await;
        assert!(town.given_there().await.is_empty());
        assert!(town.space(lea).await.contains("Suspendu"));
        assert_eq!(town.count("SELECT count(*) FROM follow WHERE rhythm = 'weekly'").await, 1, "the choice is kept");
        // From never: mails are asked for.
        town.choose(lea, &[(&one, "weekly"), (&two, "now"), (&consultation, "daily")]).await;
        let given = town.given_there().await;
        assert!(given.len() == 1 && given[0].contains("une idée que je suis"), "{given:?}");
        assert!(!given[0].contains("cette consultation"), "only what was asked for: {given:?}");
        assert!(!town.space(lea).await.contains("Suspendu"));
        // By its box, whatever the lines say: each accord for itself.
        town.withdraw(lea, follows::PURPOSE).await;
        town.withdraw(lea, consultation::PURPOSE).await;
        let page = town.space(lea).await;
        assert_eq!((page.matches(suspended).count(), boxed(&page)), (3, [true, true]), "{page}");
        let lines = [(one.as_str(), "weekly"), (&two, "now"), (&consultation, "daily")];
        town.choose(lea, &[&lines[..], &[("accord", "1")]].concat()).await;
        let given = town.given_there().await;
        assert!(given.len() == 2 && !given[1].contains("cette consultation"), "{given:?}");
        let page = town.space(lea).await;
        assert_eq!((page.matches(suspended).count(), boxed(&page)), (1, [false, true]), "{page}");
        town.choose(lea, &[&lines[..], &[("accord-consultations", "1")]].concat()).await;
        let given = town.given_there().await;
        assert!(given.len() == 3 && given[2].contains("cette consultation"), "{given:?}");
        assert!(!town.space(lea).await.contains("Suspendu"));
    }
}
