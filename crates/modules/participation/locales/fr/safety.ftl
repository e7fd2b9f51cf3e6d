### Ce qui n’est plus en ligne, et ce que les petits nombres ne disent pas

leave-idea-gone = Vous n’aurez plus de courriel sur une idée qui n’est plus en ligne.
leave-ask-idea-gone = Vous recevez un courriel quand une idée, qui n’est plus en ligne, change.
home-voices-over = Plus de { $n } habitantes et habitants ont déjà participé.
confirm-fact-supports = Soutiens confirmés en même temps
confirm-fact-supports-n = { $n ->
    [one] { $n } soutien donné sur cet appareil
   *[other] { $n } soutiens donnés sur cet appareil
}
