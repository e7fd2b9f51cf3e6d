# Ce que disent les commandes.

admin-link = Ce lien connecte une fois, pendant trente minutes :

doctor-sign-ok = bien
doctor-sign-attention = attention
doctor-end = { $n ->
    [0] Tout va bien.
    [one] { $n } point demande votre attention.
   *[other] { $n } points demandent votre attention.
}
doctor-folder = Dossier { $folder } : vous seul pouvez le lire, et Parvis peut y écrire.
doctor-folder-open = Dossier { $folder } : d’autres comptes de la machine peuvent le lire. Faites : chmod 700 { $folder }
doctor-folder-read-only = Dossier { $folder } : Parvis ne peut pas y écrire. Changez son propriétaire, ou faites de la place.
doctor-disk = Disque : { $size } Go libres.
doctor-disk-full = Disque : il ne reste que { $size } Go. Faites de la place ou déplacez les anciennes sauvegardes.
doctor-clock = Horloge : { $at }.
doctor-clock-wrong = Horloge : { $at }, ce qui ne va pas avec ce qui est enregistré. Réglez l’heure de la machine.
doctor-database = Base de données { $name } : elle répond, ses tables sont à jour.
doctor-database-old = Base de données { $name } : ses tables ne sont pas à jour. Relancez Parvis.
doctor-database-damaged = Base de données { $name } : elle est abîmée. Restaurez la dernière sauvegarde dans un nouveau dossier.
doctor-mail = Courriel : envoyé par { $host }, { $n } en attente.
doctor-mail-none = Courriel : aucun serveur réglé. Les messages attendront dans la boîte d’envoi, page Réglages.
doctor-mail-outbox = { $n ->
    [one] Courriel : { $n } message attend et aucun serveur n’est réglé. Réglez-le, page Réglages.
   *[other] Courriel : { $n } messages attendent et aucun serveur n’est réglé. Réglez-le, page Réglages.
}
doctor-mail-failed = { $n ->
    [one] Courriel : { $n } message n’est pas parti. Regardez pourquoi dans la boîte d’envoi.
   *[other] Courriel : { $n } messages ne sont pas partis. Regardez pourquoi dans la boîte d’envoi.
}
doctor-mail-uncertain = { $n ->
    [one] Courriel : { $n } message est peut-être parti, peut-être pas. Décidez-en dans la boîte d’envoi.
   *[other] Courriel : { $n } messages sont peut-être partis, peut-être pas. Décidez-en dans la boîte d’envoi.
}
doctor-backup = { $n ->
    [0] Sauvegarde : la dernière date d’aujourd’hui.
    [one] Sauvegarde : la dernière date d’hier.
   *[other] Sauvegarde : la dernière a { $n } jours.
}
doctor-backup-old = Sauvegarde : la dernière a { $n } jours. Faites : parvis backup
doctor-backup-failed = Sauvegarde : la dernière a échoué. Voyez pourquoi, page Réglages, Sauvegardes.
doctor-backup-none = Sauvegarde : il n’y en a aucune ici. Faites : parvis backup, et gardez le fichier ailleurs.
doctor-jobs = Travaux en arrière-plan : aucun en échec.
doctor-jobs-failed = { $n ->
    [one] Travaux en arrière-plan : { $n } a échoué. Regardez les journaux du programme.
   *[other] Travaux en arrière-plan : { $n } ont échoué. Regardez les journaux du programme.
}
doctor-jobs-late = { $n ->
    [one] Travaux en arrière-plan : { $n } attend depuis plus d’une heure. Parvis tourne-t-il ?
   *[other] Travaux en arrière-plan : { $n } attendent depuis plus d’une heure. Parvis tourne-t-il ?
}

doctor-proxy = Serveur de façade : il dit qui il sert, les limites comptent chaque visiteur à part.
doctor-proxy-silent = Serveur de façade (nginx, Caddy) : il ne dit pas qui il sert, toute la ville partage les mêmes limites. Ajoutez-lui l’en-tête X-Forwarded-For (nginx : proxy_set_header X-Forwarded-For $remote_addr), et à Parvis --trusted-proxy s’il tourne sur une autre machine.

# Ce que dit le programme quand il ne peut pas démarrer : une ligne, avec le remède.
start-port-taken = Le port { $port } est déjà pris par un autre programme. Arrêtez-le, ou choisissez un autre port avec --port.
start-port-denied = Vous n’avez pas le droit d’ouvrir le port { $port }. Choisissez un port au-dessus de 1023 avec --port.
start-address-wrong = Parvis ne peut pas écouter à l’adresse { $address } ({ $said }). Choisissez une adresse de cette machine avec --address.
start-folder-denied = Vous n’avez pas le droit d’écrire dans { $folder }. Changez son propriétaire, ou choisissez un autre dossier avec --data.
start-folder-full = Il n’y a plus de place sur le disque de { $folder }. Faites de la place, ou choisissez un autre dossier avec --data.
start-folder-wrong = { $folder } ne peut pas être écrit ({ $said }). Choisissez un autre dossier avec --data.
start-key-damaged = La clé { $file } est abîmée. Remettez celle de votre dernière sauvegarde.
start-file-damaged = La base de données { $file } ne s’ouvre pas : elle est abîmée. Restaurez la dernière sauvegarde dans un nouveau dossier, avec parvis restore.
start-url-wrong = L’adresse donnée à --database-url ne se lit pas. Écrivez-la ainsi : postgres://compte:motdepasse@serveur/base
start-database-refuses = PostgreSQL, à { $server }, refuse ce compte ou n’a pas cette base. Vérifiez le compte, le mot de passe et le nom de la base dans --database-url.
start-database-silent = PostgreSQL ne répond pas à { $server }. Vérifiez qu’il tourne, et l’adresse de --database-url.
start-tables-wrong = Les tables ne peuvent pas être mises à jour ({ $said }). Vérifiez les droits du compte de la base et la place sur le disque, puis relancez Parvis.
