//! Sentences that could be somebody's, from lists of words.

use rand::{RngExt, rngs::StdRng};

const NAMES: [&str; 24] = [
    "Aline", "Bruno", "Chloé", "Driss", "Emma", "Félix", "Gisèle", "Hakim", "Inès", "Jules", "Karine", "Léo", "Maud",
    "Nadir", "Odile", "Paul", "Rose", "Samir", "Tania", "Ugo", "Véra", "Willy", "Yann", "Zélie",
];
const THEMES: [(&str, &[&str], &[&str]); 10] = [
    (
        "Vélo",
        &["une piste cyclable", "des arceaux à vélo", "un sas devant le feu", "une bande cyclable continue"],
        &["on roule entre les portières", "les enfants passent sur le trottoir", "la bande s’arrête d’un coup"],
    ),
    (
        "Bus",
        &["un bus plus tard le soir", "un abri à l’arrêt", "une ligne le dimanche", "un arrêt devant l’hôpital"],
        &["le dernier passe à 19 h 40", "on attend sous la pluie", "il faut changer deux fois"],
    ),
    (
        "Propreté",
        &[
            "des poubelles de tri",
            "un ramassage des cartons",
            "des corbeilles près des bancs",
            "un nettoyage du marché",
        ],
        &[
            "les sacs s’ouvrent sur le trottoir",
            "le vent emporte tout vers la rivière",
            "il n’y a rien entre les deux places",
        ],
    ),
    (
        "Nature",
        &["des arbres dans la cour", "un jardin partagé", "une haie le long du stade", "de l’ombre sur la place"],
        &["il fait trop chaud en été", "le goudron brûle les pieds", "les platanes malades n’ont pas été remplacés"],
    ),
    (
        "École",
        &["une cour sans goudron", "un repas végétarien", "une garderie jusqu’à 19 h", "des toilettes neuves"],
        &["les petits n’osent pas y aller", "le car part avant la sonnerie", "la cantine est trop bruyante"],
    ),
    (
        "Sécurité",
        &["un passage surélevé", "un éclairage plus doux", "un panneau à trente", "une traversée protégée"],
        &["les voitures ne s’arrêtent pas", "on ne voit rien le soir", "le virage cache les piétons"],
    ),
    (
        "Commerces",
        &["un marché le mercredi", "une halle couverte", "des loyers plus bas", "une place de livraison"],
        &["la boulangerie a fermé", "on ne trouve plus de légumes en semaine", "les camions bloquent la rue"],
    ),
    (
        "Santé",
        &[
            "un centre de santé",
            "une navette vers la clinique",
            "une infirmière à la maison de quartier",
            "un dentiste",
        ],
        &["il faut attendre quatre mois", "les personnes âgées renoncent", "le cabinet ne prend plus personne"],
    ),
    (
        "Culture",
        &["une salle de répétition", "un cinéma en plein air", "une bibliothèque ouverte le dimanche", "un atelier"],
        &["les jeunes n’ont nulle part où aller", "tout ferme à 18 h", "la salle sert deux fois par an"],
    ),
    (
        "Logement",
        &[
            "une aide pour isoler",
            "des logements pour les étudiants",
            "un local à vélos dans l’immeuble",
            "un ascenseur",
        ],
        &["les murs suintent en hiver", "les charges ont doublé", "ma mère ne descend plus de son troisième"],
    ),
];
const PLACES: [&str; 16] = [
    "rue des Tanneurs",
    "devant l’école",
    "près de la gare",
    "au bout du pont",
    "place de l’Église",
    "le long du canal",
    "derrière le stade",
    "avenue de la Gare",
    "au marché",
    "dans la côte",
    "au rond-point des Fondeurs",
    "sur les quais",
    "rue du Moulin",
    "devant la pharmacie",
    "au vieux port",
    "près de l’hôpital",
];
const STARTS: [&str; 8] = [
    "Il manque",
    "Je voudrais",
    "Nous demandons",
    "Pourquoi pas",
    "On pourrait avoir",
    "Depuis des années on attend",
    "Ce serait bien d’avoir",
    "Il faut",
];
const ENDS: [&str; 10] = [
    "Ma voisine de 82 ans me le disait encore hier.",
    "Avec peu d’argent, on changerait la vie du quartier.",
    "Nous sommes plusieurs familles à le demander.",
    "Une autre ville l’a fait en six mois.",
    "Merci de nous dire si c’est possible, et quand.",
    "Même un essai de trois mois nous irait.",
    "Je veux bien aider un samedi.",
    "On en parle à chaque réunion et rien ne bouge.",
    "Les commerçants sont d’accord, je leur ai demandé.",
    "Si c’est trop cher, commencez par un seul endroit.",
];
const REPLIES: [&str; 12] = [
    "D’accord, surtout le matin.",
    "Je ne suis pas d’accord : qui va payer ?",
    "Chez nous c’est pareil, et cela dure.",
    "Bonne idée, mais il faut penser aux poussettes.",
    "Et les riverains, on leur a demandé ?",
    "J’y passe chaque jour, je confirme.",
    "On l’avait essayé en 2019, cela marchait bien.",
    "Un peu plus loin serait mieux, près du passage.",
    "Cela gênerait les livraisons.",
    "Merci de le dire, je n’osais pas.",
    "Pourquoi seulement là ? Le problème est partout.",
    "Oui, et avant l’hiver si possible.",
];

fn one<'a>(list: &[&'a str], rng: &mut StdRng) -> &'a str {
    list.get(rng.random_range(0..list.len().max(1))).copied().unwrap_or_default()
}

/// A first name.
pub fn first_name(rng: &mut StdRng) -> &'static str {
    one(&NAMES, rng)
}

/// Title, text and theme of an idea.
pub fn idea(rng: &mut StdRng) -> (String, String, &'static str) {
    let (theme, wishes, reasons) = THEMES.get(rng.random_range(0..THEMES.len())).copied().unwrap_or_default();
    let (wish, reason, place) = (one(wishes, rng), one(reasons, rng), one(&PLACES, rng));
    let mut letters = wish.chars();
    let title: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let other = one(&PLACES, rng);
    let mut body = format!("{} {wish} {place} : {reason}. {}", one(&STARTS, rng), one(&ENDS, rng));
    if rng.random_range(0..3) == 0 {
        body.push_str(&format!("\n\nC’est vrai aussi {other}. {}", one(&ENDS, rng)));
    }
    (format!("{title} {place}"), body, theme)
}

/// A comment.
pub fn comment(rng: &mut StdRng) -> String {
    match rng.random_range(0..3) {
        0 => one(&REPLIES, rng).to_owned(),
        1 => format!("{} {}", one(&REPLIES, rng), one(&ENDS, rng)),
        _ => format!("{} Moi je pense à {}.", one(&REPLIES, rng), one(&PLACES, rng)),
    }
}
