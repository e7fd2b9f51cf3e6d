//! Entry for somebody: once, as told, counted apart, undone whole, and by whoever moderates there.

use parvis_kernel::permission::Role;

use super::*;
use crate::entry::{
    gathered, pages,
    store::{self as entries},
};

impl Town {
    async fn enter(&self, role: Role, fields: &[(&str, &str)]) -> Result<Response> {
        self.t.clock.advance(TimeDelta::seconds(1));
        let project = self.project.to_string();
        let day = self.t.app.clock.now().date_naive().to_string();
        let mut f = Form::of(&[
            ("projet", project.as_str()),
            ("canal", "stand"),
            ("ou", "au marché du samedi"),
            ("le", day.as_str()),
            ("accord", "1"),
            ("quand-meme", "1"),
        ]);
        for (name, value) in fields {
            f.set(name, *value);
        }
        let pile = f.is("canal", "paper");
        pages::save(self.team(role, "/equipe/contributions/saisir"), Arc::new(Caches::default()), f, pile).await
    }

    async fn entered(&self, fields: &[(&str, &str)]) -> StatusCode {
        self.enter(Role::Owner, fields).await.unwrap().status()
    }

    async fn last_entry(&self) -> entries::Entry {
        entries::last(self.t.app.db.read(), Some(Uuid::from_u128(900)), 1).await.unwrap().remove(0)
    }

    async fn undo_entry(&self, id: Uuid) -> Result<Response> {
        pages::undo(self.owner("/"), Path(id), Form::of(&[("retour", "/equipe/contributions/saisir")])).await
    }

    async fn gathered(&self, idea: Uuid) -> i64 {
        self.gathered_in(idea, 11).await
    }

    /// Supports told of so many minutes from now.
    async fn gathered_in(&self, idea: Uuid, minutes: i64) -> i64 {
        let at = self.t.app.clock.now() + TimeDelta::minutes(minutes);
        gathered::told(self.t.app.db.read(), &[idea], at).await.unwrap().get(&idea).map_or(0, |t| t.supports)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idea_told_at_a_stand_says_so_everywhere() {
    for engine in engines() {
        let town = town(engine).await;
        let fields = [("idee", "Un banc à l’arrêt <b>"), ("prenom", "Odette"), ("quartier", "x")];
        let answer = town.enter(Role::Moderator(vec![town.project]), &fields).await.unwrap();
        let to = answer.headers().get("location").unwrap().to_str().unwrap().to_owned();
        assert!(to.contains("fait=saisie-idee") && to.contains("ou=au%20march") && !to.contains("Odette"), "{to}");
        let idea = town.last_entry().await;
        let told = gathered::told(town.t.app.db.read(), &[idea.contribution_id], town.t.app.clock.now()).await.unwrap();
        assert_eq!(told[&idea.contribution_id].place(), "au marché du samedi");
        let stored = store::find(town.t.app.db.read(), idea.contribution_id).await.unwrap();
        assert_eq!((stored.origin.as_str(), stored.author_name.as_str()), ("stand", "Odette"));
        assert_ne!(stored.holder, Uuid::from_u128(900), "it is not the idea of whoever typed it");
        let caches = Arc::new(Caches::default());
        let page = body(ideas::view::show(town.ctx(1, "/idees/1"), caches, Path(stored.number)).await.unwrap()).await;
        assert!(page.contains("Recueillie au marché du samedi, le ") && !page.contains('⟦'), "{page}");
        let csv =
            body(projects::csv::download(town.ctx(1, "/x"), Arc::default(), Path("bouger".into())).await.unwrap())
                .await;
        assert!(csv.contains(";stand;au marché du samedi;"), "{csv}");
        let by = "SELECT count(*) FROM activity WHERE kind = 'entry.idea' AND actor_id IS NOT NULL";
        assert_eq!(town.count(by).await, 1);
        for pile in [false, true] {
            let page =
                body(pages::show(town.owner("/equipe/contributions/saisir?canal=phone"), pile).await.unwrap()).await;
            assert!(
                !page.contains('⟦') && page.contains("value=\"phone\" checked") && page.contains("Un banc"),
                "{page}"
            );
        }
    }
}

/// The name of the draft on a page of entries, and what of it the browser never keeps.
fn draft_of(page: &str) -> (&str, &str) {
    let between = |from: &str, to: &str| page.split(from).nth(1).unwrap().split(to).next().unwrap();
    (between("data-draft=\"", "\""), between("data-no-draft>", "<p class=\"row\">"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_one_persons_and_holds_nobody_elses_name() {
    for engine in engines() {
        let town = town(engine).await;
        let mut names = Vec::new();
        for who in [901, 902, 901] {
            let id = Uuid::from_u128(who);
            let actor = Actor::Person { id, name: "Camille".into(), session: id, role: Some(Role::Owner) };
            let ctx = town.as_actor(actor, who, "/equipe/contributions/saisir");
            let page = body(pages::show(ctx, false).await.unwrap()).await;
            let (name, apart) = draft_of(&page);
            assert!(name.starts_with("saisie-idee-") && !name.contains(&id.to_string()), "{name}");
            for field in ["prenom", "courriel", "accord"] {
                assert!(apart.contains(&format!("name=\"{field}\"")), "{field}: {apart}");
            }
            names.push(name.to_owned());
        }
        assert!(names[0] != names[1] && names[0] == names[2], "{names:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_on_a_sheet_waits_and_is_said_to() {
    for engine in engines() {
        let town = town(engine).await;
        let fields = [("idee", "Un banc. Me joindre au 06 12 34 56 78"), ("prenom", "Odette")];
        assert_eq!(town.entered(&fields).await, StatusCode::SEE_OTHER);
        let entry = town.last_entry().await;
        let stored = store::find(town.t.app.db.read(), entry.contribution_id).await.unwrap();
        assert!(entry.held && !stored.visible && stored.status == "prescreening", "{stored:?}");
        let kept = crate::screening::store::reasons(town.t.app.db.read(), &[stored.id]).await.unwrap();
        assert_eq!(kept[&stored.id][0].why, "contact");
        let page = body(pages::show(town.owner("/equipe/contributions/saisir"), false).await.unwrap()).await;
        assert!(page.contains("à vérifier avant d’être en ligne"), "{page}");
        town.undo_entry(entry.id).await.unwrap();
        assert_eq!(town.count("SELECT count(*) FROM screening").await, 0);
        assert_eq!(town.count("SELECT count(*) FROM moderation_event").await, 0);
        assert_eq!(town.entered(&[("idee", "Un autre banc")]).await, StatusCode::SEE_OTHER);
        assert!(!town.last_entry().await.held);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_not_stand_is_told_beside_its_field_and_kept() {
    for engine in engines() {
        let town = town(engine).await;
        let (long, past) = ("é".repeat(121), (town.t.app.clock.now().date_naive() - TimeDelta::days(9)).to_string());
        for (field, value, error) in [
            ("idee", "", "e-idee"),
            ("accord", "", "e-accord"),
            ("le", "2026-02-31", "e-le"),
            ("le", "2031-01-01", "e-le"),
            ("le", past.as_str(), "e-le"),
            ("canal", "web", "e-canal"),
            ("ou", long.as_str(), "e-ou"),
            ("projet", "00000000-0000-0000-0000-000000000001", "e-projet"),
            ("courriel", "lea@", "e-courriel"),
            ("soutenir", "9999", "e-idee"),
        ] {
            let answer =
                town.enter(Role::Owner, &[("idee", "Un banc"), ("prenom", "Léa"), (field, value)]).await.unwrap();
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{field}={value}");
            let page = body(answer).await;
            assert!(page.contains(&format!("id=\"{error}\"")) && !page.contains('⟦'), "{field}: {page}");
            assert!(field == "idee" || page.contains("Un banc"), "what was typed is kept: {page}");
        }
        let support = town.enter(Role::Owner, &[("quoi", "soutien"), ("soutenir", "n° 9999")]).await.unwrap();
        assert!(body(support).await.contains("id=\"e-soutenir\""));
        let sheet =
            town.enter(Role::Owner, &[("canal", "paper"), ("idee", "Un banc"), ("feuille", " ")]).await.unwrap();
        assert_eq!(sheet.status(), StatusCode::UNPROCESSABLE_ENTITY, "a sheet of a pile has a number");
        assert_eq!(town.count("SELECT count(*) FROM contribution").await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moderator_enters_in_their_projects_only() {
    for engine in engines() {
        let town = town(engine).await;
        let foreign = town.enter(Role::Moderator(vec![Uuid::from_u128(5)]), &[("idee", "Un banc")]).await.unwrap();
        assert_eq!(foreign.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = body(pages::show(town.team(Role::Moderator(vec![]), "/"), false).await.unwrap()).await;
        assert!(!page.contains("Se déplacer"));
        assert!(matches!(town.enter(Role::Analyst, &[("idee", "Un banc")]).await, Err(Error::Refused(_))));
        town.entered(&[("idee", "Un banc")]).await;
        let id = town.last_entry().await.id;
        let other = town.team(Role::Moderator(vec![Uuid::from_u128(5)]), "/");
        assert!(matches!(pages::undo(other, Path(id), Form::new()).await, Err(Error::Refused(_))));
        assert_eq!(town.count("SELECT count(*) FROM entry").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_is_entered_once_and_the_next_has_its_number() {
    for engine in engines() {
        let town = Arc::new(town(engine).await);
        let sheet = |n: &'static str| [("canal", "paper"), ("idee", "Un banc place du Marché"), ("feuille", n)];
        assert_eq!(town.entered(&sheet("012")).await, StatusCode::SEE_OTHER);
        let again = town.enter(Role::Owner, &sheet("12")).await.unwrap();
        assert_eq!(again.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = body(again).await;
        assert!(page.contains("La feuille 12 est déjà saisie") && page.contains("place du Marché"), "{page}");
        let page = body(pages::show(town.owner("/equipe/contributions/saisir/feuilles"), true).await.unwrap()).await;
        assert!(page.contains("name=\"propose\" value=\"13\"") && page.contains("Feuille 12"), "{page}");
        // Proposed to two at once: each gets a number of their own. Typed by sixteen at once: one has it.
        let proposed = [("canal", "paper"), ("idee", "Une fontaine"), ("feuille", "12"), ("propose", "12")];
        assert_eq!(town.entered(&proposed).await, StatusCode::SEE_OTHER);
        assert_eq!(town.last_entry().await.sheet.as_deref(), Some("13"));
        let sends = (0..16).map(|_| {
            let town = town.clone();
            tokio::spawn(
                async move { town.entered(&[("canal", "paper"), ("idee", "Un bus"), ("feuille", "A-7")]).await },
            )
        });
        let all = futures::future::join_all(sends).await;
        let done = all.into_iter().filter(|s| s.as_ref().is_ok_and(|s| *s == StatusCode::SEE_OTHER)).count();
        assert_eq!(done, 1);
        let form = [("idee", "Un bus de nuit"), ("envoi", "00000000-0000-7000-8000-000000000009")];
        for _ in 0..3 {
            assert_eq!(town.entered(&form).await, StatusCode::SEE_OTHER);
        }
        assert_eq!(town.count("SELECT count(*) FROM contribution WHERE body = 'Un bus de nuit'").await, 1);
        // The browser went back, and another sheet was typed over the old form: nothing is lost.
        let over = town.enter(Role::Owner, &[("idee", "Une autre fiche"), ("envoi", form[1].1)]).await.unwrap();
        assert_eq!(over.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = body(over).await;
        assert!(page.contains("Une autre fiche") && page.contains("déjà servi") && !page.contains(form[1].1), "{page}");
        assert_eq!(town.count("SELECT count(*) FROM contribution").await, 4);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_support_counts_apart_until_its_person_confirms_it() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Un bus le dimanche").await;
        let number = idea.number.to_string();
        let support = |mail: &'static str| [("soutenir", number.as_str()), ("courriel", mail)];
        assert_eq!(town.entered(&support("Lea@exemple.fr")).await, StatusCode::SEE_OTHER);
        assert_eq!(town.entered(&support("")).await, StatusCode::SEE_OTHER);
        let twice = town.enter(Role::Owner, &support("lea@EXEMPLE.fr")).await.unwrap();
        assert_eq!(twice.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(body(twice).await.contains("id=\"e-courriel\""));
        assert_eq!((town.gathered(idea.id).await, town.count("SELECT supports FROM contribution").await), (2, 0));
        assert_eq!(town.gathered_in(idea.id, 9).await, 0, "nothing is told while it can be undone");
        let later = "SELECT count(*) FROM mail WHERE kind = 'confirmation' AND send_after > created_at";
        assert_eq!(town.count(later).await, 1, "the letter leaves once nobody can undo it");
        // The click of the letter.
        let lea = town.person("lea@exemple.fr").await;
        let holder: Uuid =
            db::scalar(town.t.app.db.read(), "SELECT holder FROM entry WHERE holder IS NOT NULL", args![])
                .await
                .unwrap()
                .unwrap();
        town.unite(holder.as_u128(), lea.id, "lea@exemple.fr").await;
        assert_eq!((town.gathered(idea.id).await, town.count("SELECT supports FROM contribution").await), (1, 1));
        // Whoever supports it by themselves is not counted twice, and nobody learns it.
        let paul = town.person("paul@exemple.fr").await;
        town.support(idea.id, paul.id, true, Some(Reaction::Support)).await;
        assert_eq!(town.entered(&support("paul@exemple.fr")).await, StatusCode::SEE_OTHER);
        assert_eq!((town.gathered(idea.id).await, town.count("SELECT supports FROM contribution").await), (1, 2));
        // Whoever supports it later by themselves, without the letter, counts once too.
        let zoe = town.person("zoe@exemple.fr").await;
        assert_eq!(town.entered(&support("Zoe@exemple.fr")).await, StatusCode::SEE_OTHER);
        assert_eq!(town.gathered(idea.id).await, 2);
        town.support(idea.id, zoe.id, true, Some(Reaction::Support)).await;
        assert_eq!((town.gathered(idea.id).await, town.count("SELECT supports FROM contribution").await), (1, 3));
        town.t.clock.advance(TimeDelta::minutes(11));
        let caches = Arc::new(Caches::default());
        let page = body(ideas::view::show(town.ctx(1, "/idees/1"), caches, Path(idea.number)).await.unwrap()).await;
        assert!(page.contains("1 soutien recueilli par l’équipe"), "{page}");
        let data = crate::personal::data(&town.t.app.db.reader(), lea.id).await.unwrap();
        assert!(data.iter().any(|p| p.name == "entered-supports" && p.rows.len() == 1));
        town.t
            .write(move |tx, _, moment| {
                Box::pin(async move { crate::personal::forget(tx, &moment, lea.id, Forget::EraseTexts).await })
            })
            .await;
        assert_eq!(
            town.count("SELECT count(*) FROM entry WHERE email IS NOT NULL").await,
            2,
            "those of Paul and Zoé are left"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn close_ideas_are_offered_before_a_double() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Des bancs et de l’ombre sur le chemin de l’hôpital").await;
        let text = [("idee", "Il faudrait un banc sur le chemin de l’hôpital"), ("quand-meme", "")];
        let answer = town.enter(Role::Owner, &text).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        let page = body(answer).await;
        assert!(page.contains("name=\"soutenir\" value=\"1\"") && page.contains("name=\"quand-meme\""), "{page}");
        let number = idea.number.to_string();
        assert_eq!(town.entered(&[text[0], text[1], ("soutenir", &number)]).await, StatusCode::SEE_OTHER);
        assert_eq!((town.gathered(idea.id).await, town.count("SELECT count(*) FROM contribution").await), (1, 1));
        assert_eq!(town.entered(&[text[0], ("quand-meme", "1")]).await, StatusCode::SEE_OTHER);
        assert_eq!(town.count("SELECT count(*) FROM contribution").await, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_undone_whole_within_ten_minutes() {
    for engine in engines() {
        let town = town(engine).await;
        let fields = [
            ("canal", "paper"),
            ("idee", "Un banc"),
            ("feuille", "4"),
            ("prenom", "Léa"),
            ("courriel", "lea@exemple.fr"),
        ];
        town.entered(&fields).await;
        let entry = town.last_entry().await;
        for _ in 0..2 {
            assert_eq!(town.undo_entry(entry.id).await.unwrap().status(), StatusCode::SEE_OTHER);
        }
        for left in [
            "SELECT count(*) FROM contribution WHERE visible OR body <> '' OR author_name <> '' OR pending_email IS NOT NULL",
            "SELECT count(*) FROM entry",
            "SELECT count(*) FROM pass",
            "SELECT count(*) FROM mail",
        ] {
            assert_eq!(town.count(left).await, 0, "{left}");
        }
        assert_eq!(town.entered(&fields).await, StatusCode::SEE_OTHER, "the sheet's number is free");
        let idea = town.idea(1, "Une fontaine").await;
        town.entered(&[("soutenir", idea.number.to_string().as_str()), ("courriel", "paul@exemple.fr")]).await;
        town.undo_entry(town.last_entry().await.id).await.unwrap();
        assert_eq!((town.gathered(idea.id).await, town.count("SELECT count(*) FROM reaction").await), (0, 0));
        // Somebody decided on it since.
        let again = town.last_entry().await;
        let change = Change { hidden: Some(true), ..Change::default() };
        town.t
            .write(move |tx, _, moment| {
                let change = change.clone();
                Box::pin(async move { store::change(tx, &moment, again.contribution_id, None, None, &change).await })
            })
            .await;
        let meanwhile = town.undo_entry(again.id).await;
        assert!(matches!(meanwhile, Err(Error::Refused(r)) if r == parvis_kernel::Refusal::CHANGED_MEANWHILE));
        town.entered(&[("idee", "Un arbre")]).await;
        let late = town.last_entry().await;
        town.t.clock.advance(TimeDelta::minutes(11));
        assert!(matches!(town.undo_entry(late.id).await, Err(Error::Refused(_))));
        assert_eq!(town.count("SELECT count(*) FROM entry").await, 2);
    }
}

#[tokio::test]
async fn a_place_that_would_be_cut_is_said_beside_its_field() {
    for engine in engines() {
        let town = town(engine).await;
        let long = "p".repeat(201);
        let refused = town.enter(Role::Owner, &[("idee", "Un banc"), ("lieu", &long)]).await.unwrap();
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = body(refused).await;
        assert!(page.contains(r#"id="e-lieu""#) && page.contains(&long), "what was typed is kept: {page}");
        assert_eq!(town.entered(&[("idee", "Un banc"), ("lieu", &"p".repeat(200))]).await, StatusCode::SEE_OTHER);
        assert_eq!(town.count("SELECT CAST(length(place) AS BIGINT) FROM contribution").await, 200);
    }
}
