mail-role = courriel
mail-why = Pourquoi recevez-vous ce courriel ?
mail-unsubscribe = Ne plus recevoir ces courriels
mail-telephone = Téléphone : { $number }.
mail-reply = Vous pouvez répondre à ce courriel, une personne le lit.
mail-quote = « { $text } »
