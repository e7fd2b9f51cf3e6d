### Exports and open data

exports-title = Exports
exports-lead = Each list of the desk, as a file. The journal keeps who took what.
exports-none = This list can't leave as a file.
exports-all = All lists
exports-whole = The whole list.
exports-whole-filter = The whole list. For a part of it, filter its page first, then choose “Export”.
exports-filtered = { $n ->
    [one] As on the page you come from: { $n } filter.
   *[other] As on the page you come from: { $n } filters.
}
exports-as-csv = Download as CSV
exports-as-xlsx = Download as XLSX
exports-as-geojson = Download as GeoJSON
exports-columns = { $n ->
    [one] { $n } column
   *[other] { $n } columns
}
exports-note = These files may name people: keep them within the team. To publish, take the
exports-open = open data
activity-list-exported = { $who } downloaded the list { $what }

open-title = Open data
open-lead = All that is published here, without names or addresses, for you to read and count again.
open-whole = Download everything (ZIP)
open-licence-licence-ouverte = Licence Ouverte 2.0 (Etalab): you may reuse these data if you name their source and their date.
open-licence-odbl = Open Database License 1.0 (ODbL): you may reuse these data if you name their source. A database made from them is shared alike.
open-licence-cc-by = Creative Commons Attribution 4.0 (CC BY 4.0): you may reuse these data if you name their source.
open-licence-text = Read the licence
open-readme-title = Open data of { $name }
open-readme-intro = All that is published in public projects, without names or addresses. Source: { $address }. Made on { $day }.
open-readme-intro-here = All that is published in public projects, without names or addresses. Source: { $name }, a site that has no address yet. Made on { $day }.
open-readme-form = CSV files in UTF-8, separated by semicolons. A cell that could be taken for a formula begins with an apostrophe. Addresses and telephone numbers written in a text are masked.
open-readme-rows = { $n ->
    [one] { $n } row
   *[other] { $n } rows
}

# taking everything away
leave-parvis-title = Leave Parvis
leave-parvis-lead = Everything this space holds in one file: texts, people, agreements, settings, images, key. Another installation of Parvis takes it as it is.
leave-parvis-make = Prepare the file
leave-parvis-again = Prepare a file as of now
leave-parvis-running = The file is being prepared.
leave-parvis-wait = You may leave this page, the work goes on. People can write meanwhile.
leave-parvis-ready = The file of { $date }, { $time } is ready.
leave-parvis-take = Download everything
leave-parvis-back = Bring it in elsewhere
leave-parvis-back-1 = On the other machine, install Parvis, of the same version or a newer one, with an empty folder for its data.
leave-parvis-back-2 = Copy the file there, then run:
leave-parvis-back-3 = Start Parvis, open the site, and check a few ideas. Open the new site to the public only once the old one is stopped: what is written in between is on one of the two only.
list-journal-at = Date and time
list-journal-who = Who did it
list-journal-kind = What was done (code)
list-journal-sentence = The sentence of the journal
list-journal-project = Project
list-journal-detail = Detail
list-mail-written = Date and time of writing
list-mail-sent = Date and time it left
list-mail-to = Address
list-mail-kind = Kind (code)
list-mail-subject = Subject, empty for what signs in
list-mail-state = State
list-deliveries = Programs told: deliveries
list-delivery-at = When
list-delivery-to = Address that was told
list-delivery-event = What happened
list-delivery-state = State of the delivery
list-delivery-why = Why it failed
list-delivery-tries = Number of tries
list-found-kind = Kind, and how many there are
list-found-title = Title or name
list-found-text = First words
list-found-about = What tells it apart
list-found-address = Address
