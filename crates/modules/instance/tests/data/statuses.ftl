status-prescreening = À relire
status-proposed = Publiée
status-under_consideration = À l’étude
status-accepted = Retenue
status-implemented = Réalisée
status-rejected = Non retenue
status-answered = Réponse donnée
status-ineligible = Hors sujet
