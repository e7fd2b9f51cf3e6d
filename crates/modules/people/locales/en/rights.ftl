### What a person may ask of the team

rights-download = Give them their data
rights-download-text = The same folder as in their own space. Hand it to the person only.
rights-erase = Erase { $name }
rights-erase-text = At once and for good. A receipt says what was erased, without a name.
rights-texts-missing = Choose what becomes of their texts.
rights-asked = The person asked for it
rights-no-accord = We do not have their accord, or they asked for it
rights-asked-missing = Confirm that the person asked for it.
rights-erase-button = Erase this person
receipt-title = Receipt of an erasure
receipt-number = Receipt { $number }
receipt-when = Erased on { $when } by { $who }.
receipt-texts-erased = The texts are erased as well.
receipt-texts-kept = Published texts stay, without a name.
receipt-kept = This receipt does not say whose it is. Only an unreadable print of the address stays, so that no older backup brings anybody back.
activity-person-exported = { $who } downloaded a person’s data as they asked
activity-person-erased_on_request = { $who } erased a person as they asked
refusal-erase_self = Erase yourself from your own space
    .why = This sheet is yours.
    .next = Open “My space”, then “My data”.
