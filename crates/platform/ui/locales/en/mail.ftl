mail-role = mail
mail-why = Why do you receive this mail?
mail-unsubscribe = Stop receiving these mails
mail-telephone = Telephone: { $number }.
mail-reply = You may answer this mail: a person reads it.
mail-quote = “{ $text }”
