### Ce que les serveurs de noms disent de l’expéditeur.

sender-title = Pour ne pas finir dans les indésirables
sender-lead = Trois lignes, chez celui qui vous vend le nom de domaine, disent au monde que vos courriels sont bien de vous.
sender-none = Indiquez d’abord l’adresse d’envoi.
sender-check = Vérifier
sender-again = Vérifier de nouveau
sender-domain = Domaine { $domain }
sender-when = { $domain }, vérifié le { $date } à { $time }. Un changement met parfois une journée à se voir.
sender-selector = Sélecteur DKIM
sender-selector-hint = Facultatif. Votre hébergeur vous l’a donné ; sans lui, nous essayons les plus courants.
sender-selector-wrong = Un sélecteur n’a que des lettres sans accent, des chiffres et des tirets. Exemple : s1
sender-publish = Ajoutez une entrée TXT nommée
sender-stand-good = En place
sender-stand-weak = À améliorer
sender-stand-bad = À corriger
sender-stand-unknown = Pas de réponse
sender-spf-good = { $host } a le droit d’envoyer pour { $domain }.
sender-spf-silent = Les serveurs de noms n’ont pas répondu. Ce n’est pas forcément votre domaine : réessayez dans quelques minutes.
sender-spf-missing = { $domain } ne dit pas qui peut envoyer en son nom. Si votre hébergeur indique une autre valeur, prenez la sienne.
sender-spf-several = { $what } a plusieurs lignes SPF : aucune ne compte. Gardez-en une seule, avec les termes de toutes.
sender-spf-broken = La ligne SPF ne se lit pas à « { $what } » : elle ne compte pas. Corrigez ce terme.
sender-spf-nested = La ligne SPF renvoie à { $what }, qui n’en a pas : elle ne compte pas. Retirez ce renvoi.
sender-spf-many = La ligne SPF demande plus de dix recherches : elle ne compte pas. Retirez les services que vous n’utilisez plus.
sender-spf-open = La ligne SPF se termine par « +all » : n’importe qui peut envoyer en votre nom. Remplacez-le par « ~all ».
sender-spf-refused = La ligne SPF refuse { $host } : vos courriels sont pris pour des faux. Ajoutez-le avant la fin de la ligne.
sender-spf-absent = { $host } n’est pas dans la ligne SPF. Ajoutez-y « { $what } », ou la valeur que donne votre hébergeur.
sender-spf-unclosed = { $host } est dans la ligne SPF, mais elle ne dit rien des autres. Finissez-la par « ~all ».
sender-spf-here = Une ligne SPF existe. Vos courriels partent de cette machine : vérifiez que son adresse publique y est.
sender-dkim-good = Une clé est publiée sous le sélecteur { $what }.
sender-dkim-silent = Les serveurs de noms n’ont pas répondu. Réessayez dans quelques minutes.
sender-dkim-unseen = Aucune clé sous les sélecteurs courants. Demandez à votre hébergeur d’activer DKIM, ajoutez la ligne qu’il donne, puis écrivez ici son sélecteur.
sender-dkim-missing = Aucune clé sous le sélecteur { $what }. Vérifiez son nom chez votre hébergeur, et la ligne qu’il vous a donnée.
sender-dkim-trial = La clé du sélecteur { $what } est à l’essai (t=y). Retirez cette mention quand tout marche.
sender-dkim-short = La clé du sélecteur { $what } est courte. Demandez à votre hébergeur une clé de 2048 bits.
sender-dkim-broken = La clé du sélecteur { $what } ne se lit pas. Copiez la ligne de nouveau, entière.
sender-dkim-revoked = La clé du sélecteur { $what } a été retirée. Demandez-en une autre à votre hébergeur.
sender-dmarc-good = Les faux courriels de { $domain } sont écartés.
sender-dmarc-silent = Les serveurs de noms n’ont pas répondu. Réessayez dans quelques minutes.
sender-dmarc-watching = DMARC est en place et observe. Quand SPF et DKIM sont en place, vous pourrez passer à « p=quarantine ».
sender-dmarc-missing = { $domain } n’a pas de ligne DMARC. Les grandes messageries en demandent une.
sender-dmarc-several = { $what } a plusieurs lignes DMARC : aucune ne compte. Gardez-en une seule.
sender-dmarc-broken = La ligne DMARC ne se lit pas à « { $what } » : elle ne compte pas. Corrigez-la.
