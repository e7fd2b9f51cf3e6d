### Lists that leave as files

list-areas = Neighbourhoods
list-area-name = Name
list-area-population = Inhabitants, when the number is known
list-area-lon = Longitude of the name on the map (WGS 84)
list-area-lat = Latitude of the name on the map (WGS 84)
list-persons = People
list-person-name = First name
list-person-email = Confirmed mail address
list-person-phone = Telephone, with the country code
list-person-address = Postal address
list-person-lang = Language
list-person-area = Neighbourhood chosen
list-person-age = Age group given
list-person-role = Role in the team
list-person-office = Office
list-person-since = First confirmation
list-person-seen = Last visit
list-person-consents = Consents in force, with the channel

keep-passes = Sign-in links and codes
keep-passes-why = Those that serve no more. Until then, their page says why.
keep-sessions = Sessions
keep-sessions-why = After the last visit. The person signs in again with their address.
keep-tokens = Tokens of programs
keep-tokens-why = Those that ended. Until then, the page of tokens says so.
