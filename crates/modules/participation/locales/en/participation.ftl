### Words of participation

# The history of a person, on their sheet
past-idea = Posted “{ $what }”
past-comment = Commented on “{ $what }”
