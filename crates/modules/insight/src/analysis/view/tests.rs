use super::*;
use crate::analysis::figures::{Said, Scope, decide};

fn this_week() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

fn themes() -> Vec<Theme> {
    let theme = |(i, label): (u128, &str)| Theme {
        id: Uuid::from_u128(i + 1),
        analysis_id: Uuid::nil(),
        position: i64::try_from(i).unwrap(),
        label: label.to_owned(),
        size: 0,
    };
    [(0, "Vélo, pistes"), (1, "Cantine"), (2, "")].into_iter().map(theme).collect()
}

/// 60 people on theme 0, 30 on theme 1, 4 on theme 2; area 0 speaks of theme 0 more than area 1 does.
fn figures() -> Figures {
    let mut said = Vec::new();
    for voice in 0..94_u32 {
        let theme = match voice {
            0..60 => 0,
            60..90 => 1,
            _ => 2,
        };
        let area = if (40..75).contains(&voice) { 1 } else { 0 };
        let week = this_week() - chrono::TimeDelta::weeks(i64::from(voice % 2));
        said.push(Said { voice, theme: Some(theme), area: Some(area), age: None, week });
    }
    decide(Scope { said: &said, themes: 3 }, &[], 2, this_week()).remove(0)
}

fn board(figures: &Figures, choice: &Choice) -> Option<Board> {
    let areas = [Uuid::from_u128(10), Uuid::from_u128(11)];
    Board::new(Ground { figures, themes: &themes(), areas: &areas, this_week: this_week() }, choice)
}

#[test]
fn the_board_shows_what_may_be_shown() {
    let figures = figures();
    let board = board(&figures, &Choice::default()).unwrap();
    assert_eq!(board.total, Figure { texts: 94, people: 94 });
    assert_eq!((board.themes.len(), board.unnamed), (2, 1), "a theme without a name is only counted");
    let (figure, share) = board.themes[0].shown.unwrap();
    assert_eq!(figure.texts, 60);
    assert!(share.margin.low < share.share && share.share < share.margin.high && share.margin.high <= board.full());
    // The small theme is hidden; so is the next smallest, from which it could be found.
    assert_eq!(board.themes[1].shown, None);
    assert_eq!(board.chosen.as_ref().map(|t| t.at), Some(0));
    assert!(board.lines.iter().any(|l| l.theme.is_none()), "all texts by week");
    assert_eq!(board.ages, [], "nobody gave an age");
    assert_eq!(board.without, None);
}

/// A number of texts without a theme is never what the themes leave of all texts: it is said, or a theme is hidden with it.
#[test]
fn texts_without_a_theme_are_not_found_by_subtraction() {
    for left in 0..30_u32 {
        let said: Vec<Said> = (0..90 + left)
            .map(|voice| {
                let theme = if voice < 90 { Some(usize::from(voice >= 50)) } else { None };
                Said { voice, theme, area: Some(0), age: None, week: this_week() }
            })
            .collect();
        let figures = decide(Scope { said: &said, themes: 2 }, &[], 2, this_week()).remove(0);
        let board = board(&figures, &Choice::default()).unwrap();
        let themes: i64 = board.themes.iter().filter_map(|t| t.shown).map(|(f, _)| f.texts).sum();
        match left {
            0 => assert_eq!((board.without, themes), (Some(Figure { texts: 0, people: 0 }), 90)),
            1..11 => {
                assert_eq!(board.without, None, "{left}");
                assert!(board.total.texts - themes > 10, "{left}: {themes} of {}", board.total.texts);
            }
            _ => assert_eq!(board.without.map(|f| f.texts), Some(i64::from(left))),
        }
    }
}

#[test]
fn too_few_people_make_no_board() {
    let few: Vec<Said> =
        (0..10).map(|voice| Said { voice, theme: None, area: Some(0), age: None, week: this_week() }).collect();
    let figures = decide(Scope { said: &few, themes: 0 }, &[], 2, this_week()).remove(0);
    assert!(figures.is_empty());
    assert_eq!(board(&figures, &Choice::default()), None);
    // An area that is not there any more.
    let all = super::tests::figures();
    assert_eq!(board(&all, &Choice { area: Some(Uuid::from_u128(99)), ..Choice::default() }), None);
}

#[test]
fn classes_are_fixed_on_two_scales() {
    let figures = figures();
    let mut board = board(&figures, &Choice::default()).unwrap();
    let row = |hits| GroupRow { at: 0, all: Some(100), shown: Some((100, hits, Share::of(hits, 100))) };
    board.areas = vec![row(52), row(19)];
    assert_eq!([0.19, 0.2, 0.39, 0.41, 0.52].map(|s| board.class(s)), [1, 2, 3, 4, 5]);
    board.areas = vec![row(7), row(19)];
    assert_eq!([0.03, 0.04, 0.119, 0.12, 0.19].map(|s| board.class(s)), [1, 2, 3, 4, 5]);
}

#[test]
fn a_choice_survives_its_address() {
    let choice = Choice {
        project: Some(Uuid::from_u128(1)),
        period: Period::Ten,
        area: Some(Uuid::from_u128(2)),
        theme: Some(Uuid::from_u128(3)),
        age: Some("65+"),
        week: Some(this_week()),
        without: false,
        turn: 2,
    };
    assert_eq!(Choice::parse(choice.query().trim_start_matches('?')), choice);
    assert_eq!(Choice::default().query(), "");
    let odd = "projet=1&periode=<script>&quartier=%00&theme=%F0%9F%9A%B2&age=12&semaine=2026-13-45&suite=-9&fait=x";
    assert_eq!(Choice::parse(odd), Choice::default(), "anything else is as if not there");
}
