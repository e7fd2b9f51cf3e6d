use parvis_kernel::args;
use parvis_participation::ideas::near;
use parvis_testing::engines;

use super::*;
use crate::compose;

#[tokio::test]
async fn the_town_is_whole_and_filled_once() {
    for engine in engines() {
        let t = parvis_testing::app(engine, compose::modules(), Arc::new(parvis_people::SessionIdentity)).await;
        let start = std::time::Instant::now();
        fill(&t.app).await.unwrap();
        println!("{engine:?}: filled in {:?}", start.elapsed());
        let links = links(&t.app).await.unwrap();
        assert_eq!(links.0.iter().filter(|(role, _)| *role == "moderator").count(), 2);
        assert_eq!(links.0.len(), 6);
        let count = |sql: &'static str| {
            let db = t.app.db.clone();
            async move { db::count(db.read(), sql, vec![]).await.unwrap() }
        };
        let texts = data::texts().unwrap();
        let ideas: Vec<_> = texts.ideas.iter().flatten().collect();
        let written: usize = ideas.iter().map(|i| i.comment.len()).sum();
        assert!(ideas.len() >= 240 && written >= 480, "{} ideas, {written} comments", ideas.len());
        assert_eq!(
            count("SELECT count(*) FROM contribution WHERE kind = 'idea'").await,
            i64::try_from(ideas.len()).unwrap()
        );
        assert_eq!(
            count("SELECT count(*) FROM contribution WHERE kind = 'comment'").await,
            i64::try_from(written).unwrap()
        );
        assert_eq!(count("SELECT count(*) FROM area").await, 9);
        let census = count("SELECT CAST(sum(people) AS BIGINT) FROM census_margin").await;
        assert_eq!(census, texts.town.instance.population, "the census counts everybody");
        assert_eq!(count("SELECT CAST(sum(population) AS BIGINT) FROM area").await, census, "and so do the areas");
        let off = "SELECT count(*) FROM contribution i WHERE \
                   comments <> (SELECT count(*) FROM contribution c WHERE c.idea_id = i.id AND c.visible) OR \
                   supports <> (SELECT count(*) FROM reaction r WHERE r.contribution_id = i.id AND r.confirmed)";
        assert_eq!(count(off).await, 0, "totals are those of the reactions and comments");
        let given: usize = ideas.iter().map(|i| i.supports + i.comment.iter().map(|c| c.useful).sum::<usize>()).sum();
        let stored = count("SELECT CAST(sum(supports) AS BIGINT) FROM contribution").await;
        assert_eq!(stored, i64::try_from(given).unwrap(), "as many supports as the texts say");
        let promised: usize = texts.town.link.iter().map(|l| l.ideas).sum();
        let came =
            count("SELECT count(*) FROM contribution c JOIN short_link s ON s.code = c.link AND s.area_id = c.area_id")
                .await;
        assert_eq!(came, i64::try_from(promised).unwrap(), "as many ideas came by the posters as their texts say");
        let later = args![t.app.clock.now()];
        let future = "SELECT count(*) FROM contribution WHERE created_at > $1 OR published_at > $1 OR answered_at > $1";
        assert_eq!(db::count(t.app.db.read(), future, later).await.unwrap(), 0, "nothing from the future");
        let alone =
            "SELECT count(*) FROM reaction r JOIN contribution c ON c.id = r.contribution_id WHERE r.holder = c.holder";
        assert_eq!(count(alone).await, 0, "nobody supports their own text");
        let unknown = "SELECT count(*) FROM contribution WHERE author_name <> '' AND author_id IS NULL";
        assert_eq!(count(unknown).await, 0, "who signs is somebody");
        fill(&t.app).await.unwrap();
        assert_eq!(count("SELECT count(*) FROM project").await, 3, "not twice");
    }
}

#[test]
fn points_are_inside_their_area_and_the_town_repeats() {
    let texts = data::texts().unwrap();
    let now = parvis_testing::start();
    let plan = plan::make(&texts, now, chrono_tz::Tz::Europe__Paris);
    let mut placed = 0;
    for (_, row) in &plan.texts {
        let (Some(point), Some(area)) = (row.new.point, row.new.area) else { continue };
        let outline = plan.areas.iter().find(|(_, id)| *id == area).map(|(a, _)| points::ring(&a.outline)).unwrap();
        assert!(points::holds(&outline, point), "{}", row.new.title);
        placed += 1;
    }
    assert!(placed > 200, "{placed} ideas on the map");
    let again = plan::make(&texts, now, chrono_tz::Tz::Europe__Paris);
    let ids = |p: &plan::Plan| p.texts.iter().map(|(_, r)| (r.id, r.number, r.supports)).collect::<Vec<_>>();
    assert_eq!(ids(&plan), ids(&again));
}

#[test]
fn themes_are_guessed_where_the_town_agrees_only() {
    let texts = data::texts().unwrap();
    let town = texts.ideas.iter().max_by_key(|ideas| ideas.iter().filter(|i| i.tag == "Propreté").count()).unwrap();
    let others = (1..).zip(town).map(|(number, i)| near::Other {
        number,
        title: i.title.clone(),
        body: i.text.clone(),
        lang: i.lang.clone(),
        tag: i.tag.clone(),
        supports: 0,
    });
    let near = near::Near::build(others.collect(), parvis_themes::text::Language::Fr);
    for (text, theme) in [
        ("Une fontaine sur la place", ""),
        ("Il manque une piste cyclable entre la gare et le lycée", ""),
        ("نريد المزيد من الأشجار في الشارع", ""),
        ("Les poubelles débordent, la rue est sale", "Propreté"),
        ("Un médecin généraliste", "Santé"),
    ] {
        assert_eq!(near.theme(text), theme, "{text}");
    }
}
