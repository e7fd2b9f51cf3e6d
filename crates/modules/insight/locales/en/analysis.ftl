### The analysis: what people say.

analysis-nav = Analysis
analysis-title = What people say
analysis-intro = All published contributions: ideas and comments.
analysis-updated = Computed on { $day } at { $time }.
analysis-again = Compute again
done-analysis-asked = The computation is asked for. The figures below stay until it is done.
done-analysis-redone = The themes have been computed again since: that link is gone. Choose a theme below.

analysis-filter = Filter the analysis
analysis-filter-project = Consultation
analysis-filter-period = Period
analysis-filter-area = Neighbourhood
analysis-filter-apply = Apply
analysis-all-projects = All consultations
analysis-all-areas = All neighbourhoods
analysis-period-all = Since the beginning
analysis-period-ten = Last ten weeks
analysis-period-four = Last four weeks

analysis-none-yet = The analysis is not computed yet
analysis-none-yet-next = It computes by itself, two minutes at most after the first contribution is published. Come back soon.
analysis-few = Fewer than 11 people
analysis-few-filtered = Not shown: fewer than 11 people, or could be found by subtraction
analysis-few-why = Nothing is shown about fewer than 11 people, nor anything from which it could be found by subtraction.
analysis-few-start = The analysis opens once 11 people have contributed. Make the consultation known, then come back.
analysis-few-wider = Widen the period, or choose all neighbourhoods.
analysis-see-everything = See the whole analysis

analysis-kpi-texts = { $n ->
    [one] contribution
   *[other] contributions
}
analysis-kpi-people = { $n ->
    [one] person
   *[other] people
}
analysis-kpi-themes = { $n ->
    [one] theme
   *[other] themes
}
analysis-kpi-without = { $n ->
    [one] contribution without a theme
   *[other] contributions without a theme
}

analysis-themes = Themes
analysis-themes-first = “{ $theme }” comes first: { $share } of contributions.
analysis-themes-many = { $n ->
    [one] One theme stands out.
   *[other] { $n } themes stand out, none clearly ahead of the others.
}
analysis-themes-none = No theme gathers enough people to be shown.
analysis-themes-note = Share of contributions. The thin stroke gives the 95% margin of error. Choose a theme to see it by neighbourhood and in people’s words.
analysis-themes-table = Table of themes
analysis-themes-more = { $n ->
    [one] See one more theme
   *[other] See { $n } more themes
}
analysis-themes-more-table = Table of the other themes
analysis-under-one = under 1%
analysis-themes-caption = Themes of the contributions
analysis-unnamed = { $n ->
    [one] One theme of fewer than 11 people, or that would reveal one by subtraction, is not shown.
   *[other] { $n } themes of fewer than 11 people, or that would reveal one by subtraction, are not shown.
}
analysis-col-theme = Theme
analysis-col-bar = Bar
analysis-col-share = Share
analysis-col-texts = Number
analysis-col-area = Neighbourhood
analysis-col-age = Age
analysis-col-margin = Margin
analysis-col-people = People
analysis-col-week = Week of
analysis-read-texts = contributions about “{ $theme }”
analysis-not-shown = not shown
analysis-not-shown-why = not shown: fewer than 11 people, or could be found by subtraction
analysis-margin = { $low } to { $high }%
analysis-figures = See the figures
analysis-in-table = The values are in the table below.

analysis-evolution = Over time
analysis-evolution-by-week = Contributions by week
analysis-evolution-lead = { $who }: { $how }, { $when }.
analysis-evolution-none = No week gathers enough people to show a change.
analysis-evolution-note = Contributions by week, all together and the first themes. A week of fewer than 11 people has no point.
analysis-evolution-open = The last week is not over.
analysis-evolution-table = Table of weeks
analysis-line-all = All
analysis-line-all-lead = All contributions
analysis-line-lead = “{ $theme }”
analysis-from-to = from { $first } to { $last } a week
analysis-between = from { $from } to { $to }
analysis-short-day = { $d }/{ $m }
analysis-short-date = { $d }/{ $m }/{ $y }
analysis-town-only = Change over time and ages are given for the whole town: in one neighbourhood, nearly every figure would be about fewer than 11 people.

analysis-areas = By neighbourhood
analysis-areas-title = Share of the people of each neighbourhood who speak of “{ $theme }”
analysis-areas-apart = Most spoken of here: { $high }. Least here: { $low }.
analysis-areas-near = No clear difference between neighbourhoods: from { $low } to { $high }.
analysis-areas-none = Too few people in each neighbourhood to compare on this theme.
analysis-areas-note = “{ $theme }”, as a share of the people of each neighbourhood.
analysis-areas-table = Table of neighbourhoods
analysis-group = { $name }, { $share }
analysis-class-below = below { $n }%
analysis-class-between = { $from } to { $to }%
analysis-class-above = { $n }% and above

analysis-ages = By age
analysis-ages-lead = “{ $theme }”: { $words }
analysis-ages-apart = most of all { $high }. Least: { $low }.
analysis-ages-near = no clear difference between ages, from { $low } to { $high }.
analysis-ages-none = Too few people of each age to compare the themes.
analysis-ages-note = Share of each age that takes up the theme. Dotted: average. Filled dot: clear difference from the average. Stroke: 95% margin of error.
analysis-ages-known = { $n ->
    [one] Age known for { $n } person.
   *[other] Age known for { $n } people.
}
analysis-ages-people = Age of those who take part
analysis-ages-table = Table of ages
analysis-ages-caption = Themes by age
analysis-age-over = 65 and over
analysis-age-of = { $age } years
analysis-average = Average { $share }
analysis-of-people = { $hits } of { $all }

analysis-words = In their words
analysis-words-lead = Word for word, drawn at random from the contributions about “{ $theme }”.
analysis-words-none = No sentence of this theme reads by itself.
analysis-words-source = Contribution { $number }
analysis-words-next = Draw three others

analysis-method = How it is computed
analysis-method-when = Computed on { $day } at { $time }, in { $seconds } s, on this server, sent to nobody.
analysis-method-how = Two contributions are neighbours when they share rare words. Groups of neighbours make the themes. Their names are the words that set them apart, as people write them. Nobody has reviewed them: read the contributions before you conclude.
analysis-method-count = { $texts ->
    [one] { $texts } contribution read
   *[other] { $texts } contributions read
}, { $classified } placed in { $themes ->
    [one] { $themes } theme
   *[other] { $themes } themes
}. The others do not share enough words with any.
analysis-method-part = The themes were looked for in { $read } contributions drawn at random; each of the others joins the theme of those most like it.
analysis-method-people = Themes are counted in contributions, each in one theme. Comparisons by age and neighbourhood are about people. Margins are 95% Wilson intervals.
analysis-method-small = Nothing is shown about fewer than 11 people, nor anything from which it could be found by subtraction, whatever the filters.
analysis-method-sample = Those who take part are not a sample of the town: read these figures as what was said, not as a poll.
analysis-method-fresh = The analysis is made again by itself, two minutes after a change.

analysis-texts-all = All contributions
analysis-texts-without = Contributions without a theme
analysis-texts-count = { $n ->
    [one] { $n } contribution
   *[other] { $n } contributions
}
analysis-texts-pages = Pages of the list
analysis-texts-before = Previous page
analysis-texts-after = Next page
analysis-texts-gone = These contributions have just changed. The analysis is made again in two minutes.
analysis-week-of = week of { $day }
analysis-kind-idea = Idea
analysis-kind-comment = Comment

analysis-town = Who speaks, who is missing
analysis-town-lead-ages = By age, most missing: { $who }. { $here } here, { $town } in the town.
analysis-town-lead-ages-none = No age is clearly missing.
analysis-town-lead-ages-few = Too few people gave their age to conclude.
analysis-town-lead-areas = By neighbourhood, most missing: { $who }. { $here } of the people, { $town } of the inhabitants.
analysis-town-lead-areas-none = No neighbourhood is clearly missing.
analysis-town-lead-areas-few = Too few people to conclude by neighbourhood.
analysis-town-caption-ages = Age of those who take part, beside the town
analysis-town-caption-areas = Neighbourhoods of those who take part, beside the town
analysis-town-here = Here
analysis-town-town = In town
analysis-town-gap = Gap with the town
analysis-town-note-ages = Of the { $n } people whose age is known. Dotted: share in the town, aged { $from } and over, after “{ $source }”. Thin line: 95% margin of error.
analysis-town-note-areas = Of the { $n } people whose contributions name one of these neighbourhoods. Dotted: share of the inhabitants. Thin line: 95% margin of error.
analysis-town-hidden = Not shown: fewer than 11 people, or found by subtraction.
analysis-town-over = { $from } and over
analysis-town-gender = Gender is not asked for: it is not compared.
analysis-town-apart = { $who }: the census that was imported cuts at other ages, and nothing is estimated. The file POP1B, by single year of age, allows to compare.
analysis-town-cut = The census that was imported cuts ages otherwise than the contributions: they are not compared. The file POP1B, by single year of age, allows it.
analysis-town-ages-hidden = Too few people gave their age to compare it with the town.
analysis-town-import = To compare ages with those of the town, the figures of the census are needed.
analysis-town-import-link = Import a file of Insee
analysis-town-populations = To compare neighbourhoods, their number of inhabitants is needed.
analysis-town-populations-link = Complete the neighbourhoods
analysis-town-act = To reach them
analysis-town-short = { $who }: about { $n } { $n ->
    [one] person is
   *[other] people are
} missing to be like the town.
analysis-town-short-hidden = { $who }: too few people to be shown.
analysis-town-poster = Make a poster
analysis-town-poster-area = Make a poster for { $area }
analysis-town-enter = Enter what we are told in person
analysis-gap-few = too few people
analysis-gap-none = no clear gap
analysis-gap-less = { $n ->
    [0] slightly fewer
    [1] about a third fewer
    [2] about half as many
    [3] about a third as many
    [4] about a quarter as many
    [5] about a fifth as many
    [6] about a sixth as many
    [7] about a seventh as many
    [8] about an eighth as many
    [9] about a ninth as many
   *[other] about a tenth as many, or fewer
}
analysis-gap-more = { $n ->
    [0] slightly more
    [1] about half as many again
    [2] about twice as many
    [3] about three times as many
    [4] about four times as many
    [5] about five times as many
    [6] about six times as many
    [7] about seven times as many
    [8] about eight times as many
    [9] about nine times as many
   *[other] about ten times as many, or more
}
analysis-gap-check = { $gap } (to be confirmed)
