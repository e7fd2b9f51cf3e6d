### Words of participation

# The history of a person, on their sheet
deed-idea = Posted an idea
deed-idea-n = { $n ->
    [one] { $n } idea
   *[other] { $n } ideas
}
deed-comment = Commented
deed-comment-n = { $n ->
    [one] { $n } comment
   *[other] { $n } comments
}
past-idea = Posted “{ $what }”
past-comment = Commented on “{ $what }”
