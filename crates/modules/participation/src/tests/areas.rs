//! The areas of a project: chosen in its form, read by everybody, copied, gone with an area that is removed.

use parvis_kernel::permission::Role;

use super::*;
use crate::projects::{admin, areas};

fn owner(town: &Town, uri: &str) -> Ctx {
    let id = Uuid::from_u128(901);
    town.as_actor(Actor::Person { id, name: "Ana".into(), session: Uuid::nil(), role: Some(Role::Owner) }, 1, uri)
}

const CENTRE: Uuid = Uuid::from_u128(11);
const PORT: Uuid = Uuid::from_u128(12);
const PLATEAU: Uuid = Uuid::from_u128(13);

impl Town {
    async fn with_areas(self) -> Self {
        self.t
            .write(|tx, _, _| {
                Box::pin(async move {
                    for (place, (id, name)) in (1_i64..).zip([(CENTRE, "Centre"), (PORT, "Port"), (PLATEAU, "Plateau")]) {
                        let sql = "INSERT INTO area (id, name, position, lon, lat, outline) VALUES ($1, $2, $3, 4.0, 44.0, '{}')";
                        db::run(tx, sql, args![id, name, place]).await?;
                    }
                    Ok(())
                })
            })
            .await;
        self
    }

    async fn about(&self, project: Uuid) -> Vec<Uuid> {
        areas::of(self.t.app.db.read(), project).await.unwrap().into_iter().map(|p| p.id).collect()
    }

    pub(super) fn filled_in(&self, chosen: &[&str]) -> Form {
        let start = self.t.app.clock.now().date_naive().to_string();
        let mut f = Form::of(&[
            ("version", "1"),
            ("titre", "Se déplacer"),
            ("visibilite", "public"),
            ("etat", "published"),
            ("phases", "1"),
            ("p0-titre", "Vos idées"),
            ("p0-debut", &start),
            ("p0-methode", "ideation"),
            ("p0-avant", "ideation"),
            ("p0-deposer", "1"),
            ("p0-anonyme", "1"),
        ]);
        chosen.iter().for_each(|id| f.push(areas::FIELD, *id));
        f
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_is_about_the_areas_chosen_and_everybody_reads_it() {
    for engine in engines() {
        let town = town(engine).await.with_areas().await;
        let (plateau, centre, gone) = (PLATEAU.to_string(), CENTRE.to_string(), Uuid::from_u128(99).to_string());
        // Twice the same, an area that was removed meanwhile and a key that is none: each is harmless.
        let form = town.filled_in(&[&plateau, &centre, &plateau, &gone, "x"]);
        admin::save(owner(&town, "/"), Path("bouger".into()), form).await.unwrap();
        assert_eq!(town.about(town.project).await, [CENTRE, PLATEAU], "in the team's order");

        let html = body(admin::show(owner(&town, "/"), Path("bouger".into())).await.unwrap()).await;
        assert_eq!(html.matches("name=\"quartiers\"").count(), 3);
        for (id, chosen) in [(CENTRE, true), (PORT, false), (PLATEAU, true)] {
            assert_eq!(html.contains(&format!("value=\"{id}\" checked")), chosen, "{html}");
        }
        let copy = body(admin::new(owner(&town, "/equipe/projets/nouveau?copie=bouger")).await.unwrap()).await;
        assert!(copy.contains(&format!("value=\"{CENTRE}\" checked")) && !copy.contains(&format!("{PORT}\" checked")));

        let page = projects::pages::one(town.ctx(3, "/projets/bouger"), Arc::default(), Path("bouger".into())).await;
        assert!(body(page.unwrap()).await.contains("Centre, Plateau"));
        // The place of an idea: those of the project first.
        let draft = town.draft(3, "Un banc").await;
        let sign = ideas::sign::show(town.ctx(3, "/"), Arc::default(), Path(draft)).await.unwrap();
        let html = body(sign).await;
        let at = |id: Uuid| html.find(&format!("value=\"{id}\"")).unwrap();
        assert!(at(CENTRE) < at(PLATEAU) && at(PLATEAU) < at(PORT), "{html}");
        assert_eq!(html.matches("<optgroup").count(), 2);

        // An area that the team removes leaves the project; the last one leaves it about the whole town.
        for area in [PLATEAU, CENTRE] {
            town.t.write(move |tx, _, _| Box::pin(async move { parvis_people::areas::remove(tx, area).await })).await;
        }
        assert_eq!(town.about(town.project).await, Vec::<Uuid>::new());
        let page = projects::pages::one(town.ctx(3, "/projets/bouger"), Arc::default(), Path("bouger".into())).await;
        assert!(!body(page.unwrap()).await.contains("id=\"quartiers\""));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_changes_no_area() {
    let town = town(engines()[0]).await.with_areas().await;
    let centre = CENTRE.to_string();
    admin::save(owner(&town, "/"), Path("bouger".into()), town.filled_in(&[&centre])).await.unwrap();
    // An older form, then one that is wrong.
    let late = admin::save(owner(&town, "/"), Path("bouger".into()), town.filled_in(&[])).await;
    assert!(matches!(late, Err(Error::Refused(r)) if r.code() == "changed_meanwhile"));
    let mut wrong = town.filled_in(&[&PORT.to_string()]);
    wrong.set("titre", "");
    let answer = admin::save(owner(&town, "/"), Path("bouger".into()), wrong).await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body(answer).await.contains(&format!("value=\"{PORT}\" checked")), "what was chosen is kept");
    assert_eq!(town.about(town.project).await, [CENTRE]);
}

#[tokio::test(flavor = "multi_thread")]
async fn phases_change_places_in_the_form_and_a_draft_stays_one() {
    let town = town(engines()[0]).await.with_areas().await;
    let mut form = town.filled_in(&[&CENTRE.to_string()]);
    for (name, value) in [
        ("version", "0"),
        ("titre", "Le marché"),
        ("phases", "2"),
        ("p0-debut", "2027-01-04"),
        ("p0-fin", "2027-01-31"),
        ("p1-titre", "Analyse"),
        ("p1-debut", "2027-02-01"),
        ("p1-methode", "information"),
        ("p1-avant", "information"),
        ("p1-commenter", "1"),
    ] {
        form.set(name, value);
    }
    let mut up = form.clone();
    up.set("haut", "1");
    let html = body(admin::create(owner(&town, "/"), up).await.unwrap()).await;
    assert!(html.contains("name=\"p0-titre\" type=\"text\" value=\"Analyse\""), "{html}");
    for (field, day) in
        [("p0-debut", "2027-01-04"), ("p0-fin", "2027-01-31"), ("p1-debut", "2027-02-01"), ("p1-fin", "")]
    {
        assert!(html.contains(&format!("name=\"{field}\" type=\"date\" value=\"{day}\"")), "{field}");
    }
    assert!(html.contains(&format!("value=\"{CENTRE}\" checked")), "the rest is kept");
    // The button that moved it is gone from the first place: the other one is next for the keyboard.
    assert_eq!((html.matches("autofocus aria-describedby").count(), html.matches("name=\"haut\"").count()), (1, 1));
    let down = html.split("name=\"bas\" value=\"0\"").nth(1).and_then(|rest| rest.split('>').next());
    assert!(down.is_some_and(|attributes| attributes.contains("autofocus")), "{down:?}");
    assert_eq!(town.count("SELECT count(*) FROM project").await, 1, "nothing is saved");
    form.set("faire", "brouillon");
    admin::create(owner(&town, "/"), form).await.unwrap();
    assert_eq!(town.count("SELECT count(*) FROM project WHERE title = 'Le marché' AND state = 'draft'").await, 1);
    let html = body(admin::show(owner(&town, "/"), Path("le-marche".into())).await.unwrap()).await;
    assert!(html.contains("value=\"brouillon\""));
    let html = body(admin::show(owner(&town, "/"), Path("bouger".into())).await.unwrap()).await;
    assert!(!html.contains("value=\"brouillon\""), "what is online is not taken away by that button");
}
