# Ce que disent les commandes.

admin-open = L’instance est ouverte. Ce qui n’a pas été répondu pendant la mise en place a sa valeur de départ, et se change dans les réglages.
import-not-set-up = Le site est encore fermé au public. Pour l’ouvrir : lancez « parvis » et suivez le lien de mise en place, ou nommez la première personne avec « parvis admin create prenom@exemple.fr ».
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
doctor-folder-foreign = Dossier { $folder } : { $file } appartient à un autre compte, le service ne peut pas y écrire. Faites : sudo chown -R --reference={ $folder } { $folder }, et lancez les commandes avec le compte du service (sudo -u parvis).
doctor-folder-read-only = Dossier { $folder } : Parvis ne peut pas y écrire. Changez son propriétaire, ou faites de la place.
doctor-disk = Disque : { $size } Go libres.
doctor-disk-full = Disque : il ne reste que { $size } Go. Faites de la place ou déplacez les anciennes sauvegardes.
doctor-clock = Horloge : { $at }.
doctor-clock-wrong = Horloge : { $at }, ce qui ne va pas avec ce qui est enregistré. Réglez l’heure de la machine.
doctor-clock-ahead = { $n ->
    [one] Horloge : { $at }, en avance d’une seconde sur celle de PostgreSQL. Réglez l’heure des deux machines : sudo timedatectl set-ntp true
   *[other] Horloge : { $at }, en avance de { $n } secondes sur celle de PostgreSQL. Réglez l’heure des deux machines : sudo timedatectl set-ntp true
}
doctor-clock-late = { $n ->
    [one] Horloge : { $at }, en retard d’une seconde sur celle de PostgreSQL. Réglez l’heure des deux machines : sudo timedatectl set-ntp true
   *[other] Horloge : { $at }, en retard de { $n } secondes sur celle de PostgreSQL. Réglez l’heure des deux machines : sudo timedatectl set-ntp true
}
doctor-clock-alone = Horloge : { $at }, mais aucun serveur de temps n’a encore répondu à cette machine. Voyez avec timedatectl timesync-status, et laissez sortir le port UDP 123.
doctor-database = Base de données { $name } : elle répond, ses tables sont à jour.
doctor-database-old = Base de données { $name } : ses tables ne sont pas à jour. Relancez Parvis.
doctor-database-damaged = Base de données { $name } : elle est abîmée. Restaurez la dernière sauvegarde dans un nouveau dossier.
doctor-mail = Courriel : { $host } répond et accepte ce compte, { $n } en attente.
doctor-mail-away = Courriel : { $host } ne prend rien ({ $said }), { $n } en attente. Vérifiez l’adresse, le port et le mot de passe dans Réglages, Courriel. Ce qui attend partira ensuite, rien n’est perdu.
doctor-mail-none = Courriel : aucun serveur réglé. Les messages attendront dans la boîte d’envoi. Pour qu’ils partent, réglez-le dans Réglages, Courriel.
doctor-mail-outbox = { $n ->
    [one] Courriel : { $n } message attend et aucun serveur n’est réglé. Réglez-le dans Réglages, Courriel.
   *[other] Courriel : { $n } messages attendent et aucun serveur n’est réglé. Réglez-le dans Réglages, Courriel.
}
doctor-sender = Domaine { $domain } : rien à corriger pour SPF, DKIM et DMARC.
doctor-sender-wrong = { $of } : { $words } Le détail est dans Réglages, Courriel.
doctor-mail-failed = { $n ->
    [one] Courriel : { $n } message n’est pas parti. Regardez pourquoi dans la boîte d’envoi.
   *[other] Courriel : { $n } messages ne sont pas partis. Regardez pourquoi dans la boîte d’envoi.
}
doctor-mail-uncertain = { $n ->
    [one] Courriel : { $n } message est peut-être parti, peut-être pas. Décidez-en dans la boîte d’envoi.
   *[other] Courriel : { $n } messages sont peut-être partis, peut-être pas. Décidez-en dans la boîte d’envoi.
}
doctor-backup = { $n ->
    [0] Sauvegarde : la dernière a moins d’un jour.
    [one] Sauvegarde : la dernière a un jour.
   *[other] Sauvegarde : la dernière a { $n } jours.
}
doctor-backup-old = Sauvegarde : la dernière a { $n } jours. Faites : parvis backup
doctor-backup-failed = Sauvegarde : la dernière a échoué. Voyez pourquoi dans Réglages, Sauvegardes.
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
start-served-already = Un autre Parvis se sert déjà du dossier { $folder }. Arrêtez-le d’abord ; pour en faire tourner plusieurs ensemble, il faut PostgreSQL (--database-url).
start-no-instance = Il n’y a pas d’instance de Parvis dans { $folder }. Donnez son dossier avec --data, ou faites-en une avec parvis serve.
start-folder-wrong = { $folder } ne peut pas être écrit ({ $said }). Choisissez un autre dossier avec --data.
start-key-damaged = La clé { $file } est abîmée. Remettez celle de votre dernière sauvegarde.
start-file-damaged = La base de données { $file } ne s’ouvre pas : elle est abîmée. Restaurez la dernière sauvegarde dans un nouveau dossier, avec parvis restore.
start-url-wrong = L’adresse donnée à --database-url ne se lit pas. Écrivez-la ainsi : postgres://compte:motdepasse@serveur/base
start-database-refuses = PostgreSQL, à { $server }, refuse ce compte ou n’a pas cette base. Vérifiez le compte, le mot de passe et le nom de la base dans --database-url.
start-database-silent = PostgreSQL ne répond pas à { $server }. Vérifiez qu’il tourne, et l’adresse de --database-url.
start-tables-wrong = Les tables ne peuvent pas être mises à jour ({ $said }). Vérifiez les droits du compte de la base et la place sur le disque, puis relancez Parvis.

# Le service de la machine.
service-user = Compte { $user } : il existe, sans mot de passe, pour ce service seul.
service-program = Programme : copié dans { $file }.
service-settings = Adresse de la base : écrite dans { $file }, que seul root peut lire.
service-unit = Service : écrit dans { $file }.
service-runs = Parvis tourne, et démarrera avec la machine : { $address }
service-next-link = Le lien d’installation et les journaux : { $command }
service-next-commands = Les autres commandes se lancent ainsi, avec son compte et sa base : { $command }
service-next-https = Pour ouvrir au public, relancez cette commande avec --domain et le nom du site : Parvis fait alors lui-même le HTTPS. Derrière un serveur web, ajoutez plutôt --address 127.0.0.1
service-absent = Parvis n’est pas un service de cette machine. Pour l’installer : sudo parvis service install
service-active = Parvis tourne.
service-inactive = Parvis ne tourne pas. Pour savoir pourquoi : journalctl -u parvis -n 50
service-enabled = Il démarre avec la machine.
service-disabled = Il ne démarre pas avec la machine. Pour cela : sudo systemctl enable parvis
service-removed = Service retiré. Les données restent dans { $folder } et le programme dans { $file } : supprimez-les vous-même si vous n’en voulez plus.
service-not-root = Il faut les droits d’administration de la machine : relancez la même commande avec sudo.
service-no-systemd = Cette machine ne démarre pas avec systemd : lancez « parvis serve » par le gestionnaire de services que vous avez.
service-foreign = { $file } existe et n’a pas été écrit par Parvis : il n’est pas touché. Renommez-le ou supprimez-le, puis recommencez.
service-packaged = Le paquet Debian a déjà installé ce service ({ $file }). Ses options se règlent dans /etc/default/parvis ; pour le retirer : sudo apt remove parvis
service-folder-hidden = Un service ne voit pas le dossier { $folder }. Choisissez-en un autre avec --data, par exemple { $better }.
service-folder-foreign = Le dossier { $folder } contient autre chose que les données de Parvis : il ne peut pas lui être confié. Choisissez un dossier vide avec --data.
service-cannot-write = { $file } ne peut pas être écrit ({ $said }). Faites de la place ou vérifiez les droits, puis recommencez.
service-command-failed = La commande « { $command } » n’a pas marché ({ $said }). Corrigez, puis recommencez : ce qui est fait ne sera pas refait.

# HTTPS par le programme lui-même.
start-domain-wrong = « { $domain } » n’est pas un nom de site public. Écrivez-le sans https:// ni port, par exemple --domain idees.rivemont.fr
start-https-port-taken = Le port { $port } est déjà pris par un autre programme, sans doute un serveur web. Arrêtez-le, ou lancez Parvis derrière lui, sans --domain.
start-https-port-denied = Vous n’avez pas le droit d’ouvrir le port { $port }. Faites de Parvis un service : sudo parvis service install, avec les mêmes options.
tls-files-wrong = Le certificat { $cert } et la clé { $key } ne peuvent pas servir ({ $said }). Donnez à --tls-cert le certificat avec ceux de ses émetteurs, et à --tls-key sa clé, en PEM.
tls-root-wrong = Le certificat { $file }, donné à --acme-root, ne peut pas servir ({ $said }).
tls-obtained = HTTPS : le certificat de { $domain } est là.
tls-refused = HTTPS : pas de certificat pour { $domain } ({ $said }). Vérifiez que ce nom mène à cette machine et que le port 443 s’ouvre depuis internet. Nouvel essai dans un quart d’heure ; le site continue.
doctor-tls = { $n ->
    [one] HTTPS : le certificat de { $name } est bon pour un jour encore.
   *[other] HTTPS : le certificat de { $name } est bon pour { $n } jours encore.
}
doctor-tls-waits = HTTPS : le certificat de { $name } n’est pas encore là. Attendez une minute, puis recommencez.
doctor-tls-none = HTTPS : pas de certificat pour { $name } ({ $said }), les navigateurs préviennent d’un danger. Vérifiez que ce nom mène à cette machine et que le port 443 s’ouvre depuis internet.
doctor-tls-problem = { $n ->
    [one] HTTPS : le certificat de { $name } n’est bon que pour un jour encore, et le renouveler n’a pas marché ({ $said }). Vérifiez que le nom mène à cette machine et que le port 443 s’ouvre depuis internet, ou les fichiers donnés.
   *[other] HTTPS : le certificat de { $name } est bon pour { $n } jours encore, mais le renouveler n’a pas marché ({ $said }). Vérifiez que le nom mène à cette machine et que le port 443 s’ouvre depuis internet, ou les fichiers donnés.
}
doctor-tls-ends = { $n ->
    [one] HTTPS : le certificat de { $name } finit dans un jour. Renouvelez-le, ou regardez les journaux de Parvis.
   *[other] HTTPS : le certificat de { $name } finit dans { $n } jours. Renouvelez-le, ou regardez les journaux de Parvis.
}
doctor-tls-ended = HTTPS : le certificat de { $name } n’est plus bon, les navigateurs préviennent d’un danger. Renouvelez-le, ou relancez Parvis et regardez ses journaux.

# Ce que dit une commande qui refuse : une ligne, avec le remède.
cli-database = La base de données a refusé ({ $said }). Vérifiez qu’elle tourne et qu’il reste de la place sur le disque, puis recommencez.
cli-odd = La commande n’a pas pu finir ({ $said }). Recommencez ; si cela se répète, envoyez cette ligne aux auteurs de Parvis.
cli-full = Le disque est plein. Faites de la place, puis recommencez.
cli-step-read = Lecture
cli-step-write = Écriture
cli-step-check = Relecture
cli-filled-here = Cette instance n’est pas vide, et ce qu’elle contient serait perdu. Choisissez un nouveau dossier avec --data.
cli-filled-there = L’autre base de données n’est pas vide, et ce qu’elle contient serait perdu. Choisissez-en une vide.
cli-demo-elsewhere = Ce dossier contient une autre instance, que la démonstration abîmerait. Choisissez-en un nouveau avec --data.
cli-no-file = { $file } n’existe pas. Vérifiez le chemin du fichier.
cli-is-folder = { $file } est un dossier. Donnez le chemin d’un fichier.
cli-exists = { $file } existe déjà. Choisissez un autre nom.
cli-cannot-read = { $file } ne se lit pas ({ $said }). Vérifiez son chemin et ses droits.
cli-cannot-write = { $file } ne peut pas être écrit ({ $said }). Vérifiez son dossier, ses droits et la place sur le disque.
cli-folder-unwritten = { $folder } ne peut pas être écrit ({ $said }). Choisissez un autre dossier avec --data, ou changez son propriétaire.
cli-backup-unwritten = La sauvegarde ne peut pas être écrite ({ $said }). Vérifiez le disque.
cli-name-zip = Une sauvegarde est un fichier ZIP : donnez-lui un nom qui finit par .zip
cli-all-zip = Tout tient dans un seul fichier : donnez-lui un nom qui finit par .zip
cli-tables-unknown = La base contient des tables que cette version de Parvis ne connaît pas ({ $tables }). Utilisez la version qui les a faites.
cli-damaged-cut = { $file } n’est pas une sauvegarde entière de Parvis : le fichier est coupé ou n’est pas un ZIP. Prenez-en une autre copie.
cli-damaged-manifest = { $file } n’est pas une sauvegarde entière de Parvis : sa liste de contenu manque ou ne se lit pas. Prenez-en une autre copie.
cli-damaged-form = { $file } n’est pas une sauvegarde que cette version lit : sa forme est { $said }, celle-ci lit la forme { $form }. Mettez Parvis à jour, ou prenez une autre sauvegarde.
cli-damaged-missing = { $file } n’est pas une sauvegarde entière de Parvis : { $part } manque. Prenez-en une autre copie.
cli-damaged-unread = { $file } n’est pas une sauvegarde entière de Parvis : { $part } ne se lit pas ({ $said }). Prenez-en une autre copie.
cli-damaged-changed = { $file } n’est pas une sauvegarde entière de Parvis : { $part } n’est pas ce qui a été enregistré. Prenez-en une autre copie.
cli-damaged-outside = { $file } n’est pas une sauvegarde entière de Parvis : { $part } en sortirait. Prenez-en une autre copie.
cli-backup-newer = Cette sauvegarde vient de Parvis { $theirs }, plus récent que celui-ci ({ $ours }), qui ne connaît pas { $step }. Mettez Parvis à jour, puis restaurez.
cli-here-newer = La base de données vient d’un Parvis plus récent que celui-ci ({ $ours }), qui ne connaît pas { $step }. Choisissez un nouveau dossier avec --data, ou une nouvelle base.
cli-copy-address = L’adresse donnée à --to ne se lit pas. Écrivez postgres://compte:motdepasse@serveur/base, ou sqlite: et le chemin d’un fichier.
cli-copy-closed = L’autre base de données ne s’ouvre pas ({ $said }). Vérifiez son adresse, qu’elle tourne, et vos droits.
cli-copy-newer = L’autre base de données vient d’un Parvis plus récent, celui-ci ne connaît pas { $step }. Choisissez une base vide.
cli-copy-foreign = L’autre base de données n’est pas vide : elle contient des tables d’autre chose ({ $tables }). Choisissez-en une vide.
cli-copy-differs = La table { $table } n’est pas la même dans les deux bases (lignes ici : { $here }, là-bas : { $there }) : la copie est vidée. Recommencez, et dites-le aux auteurs de Parvis si cela se répète.
cli-not-address = « { $text } » n’est pas une adresse de courriel. Écrivez-la comme prenom@exemple.fr
cli-nobody = Personne de l’équipe n’a l’adresse { $email }. Pour en faire une personne propriétaire : parvis admin create { $email }
cli-import-database = La base de données a refusé ({ $said }). Relancez la même commande : elle reprend où elle s’est arrêtée.
cli-import-full = Le disque est plein. Faites de la place, puis relancez la même commande : elle reprend où elle s’est arrêtée.
cli-import-stopped = Arrêté. Relancez la même commande : elle reprend où elle s’est arrêtée.
cli-import-trial = Essai : rien n’a été écrit.
cli-import-same = { $n ->
    [0] Aucune ligne inchangée.
    [one] { $n } ligne inchangée.
   *[other] { $n } lignes inchangées.
}
cli-import-csv = { $delimiter ->
    [tab] { $file } ({ $encoding }, colonnes séparées par des tabulations)
    [semicolon] { $file } ({ $encoding }, colonnes séparées par des points-virgules)
   *[comma] { $file } ({ $encoding }, colonnes séparées par des virgules)
}
cli-import-sheet = { $file } (feuille « { $sheet } »)
cli-import-sheets = { $file } (feuille « { $sheet } » ; pour en lire une autre, --sheet : { $others })
cli-import-more = { $n ->
    [one] … et { $n } autre ligne refusée
   *[other] … et { $n } autres lignes refusées
}
cli-of-file = { $file } : { $why }
cli-zip-alone = { $file } contient toute une instance, qui se remet telle quelle dans une instance vide : un essai ou un choix de colonnes n’y a pas de sens. Retirez les autres options.
cli-import-set = Sur la ligne de commande : --set "colonne=text".
cli-set-form = « { $set } », donné à --set, ne se lit pas. Écrivez la colonne, le signe égal et son rôle, entre guillemets droits, comme : { $example }
cli-set-role = Il n’y a pas de rôle « { $role } ». Choisissez parmi : { $roles }
cli-set-unknown = Le fichier n’a pas de colonne « { $column } ». Ses colonnes sont : { $columns }
cli-set-forbidden = La loi interdit de se servir de la colonne « { $column } ». Retirez-la de --set.
cli-set-twice = Deux colonnes ont le rôle « { $role } ». Gardez-en une.
cli-no-project = Il n’y a pas de projet « { $slug } ». Choisissez parmi : { $slugs }
cli-no-project-yet = Il n’y a pas de projet « { $slug } », ni aucun autre. Retirez --project pour en faire un.
cli-people-origin = Il manque d’où viennent ces personnes, en { $n } signes au plus. Dites-le avec --origin, par exemple : Adhésions 2025, bulletins papier
cli-people-official = La loi interdit de se servir, pour une campagne, d’un fichier de la mairie, d’une école ou des impôts. Ajoutez --not-official pour confirmer que ce fichier n’en vient pas.
cli-result-unwritten = Le résultat n’a pas pu être écrit ({ $said }). Vérifiez la place sur le disque, puis recommencez.
cli-backup-done = { $files ->
    [0] { $file } : { $rows } lignes de { $tables } tables, aucun fichier
    [one] { $file } : { $rows } lignes de { $tables } tables, { $files } fichier
   *[other] { $file } : { $rows } lignes de { $tables } tables, { $files } fichiers
}
cli-backup-keep = Ce fichier contient des adresses et la clé de l’instance : gardez-le où vous êtes seul à pouvoir le lire.
cli-all-done = { $file } : { $rows } lignes de { $tables } tables
cli-export-done = { $files ->
    [one] { $file } : { $files } fichier
   *[other] { $file } : { $files } fichiers
}
cli-copy-done = Copié et prouvé : { $rows } lignes de { $tables } tables, les mêmes dans les deux bases.
cli-copy-next = Ce qui s’écrit ici désormais n’est pas dans la copie : arrêtez Parvis, et lancez-le sur l’autre base, avec le même dossier (--database-url pour PostgreSQL, sans cette option pour parvis.sqlite).
cli-restore-done = { $files ->
    [0] Remis et vérifié : { $rows } lignes de { $tables } tables, aucun fichier
    [one] Remis et vérifié : { $rows } lignes de { $tables } tables, { $files } fichier
   *[other] Remis et vérifié : { $rows } lignes de { $tables } tables, { $files } fichiers
}
cli-restore-no-list = Aucune liste de personnes effacées ici. S’il y a un fichier { $file } dans l’ancien dossier de données, des personnes parties depuis cette sauvegarde sont revenues : videz ce dossier, copiez-y ce fichier, et restaurez de nouveau.
cli-restore-erased = { $n ->
    [0] Personne n’est parti après cette sauvegarde.
    [one] { $n } personne partie après cette sauvegarde est effacée de nouveau.
   *[other] { $n } personnes parties après cette sauvegarde sont effacées de nouveau.
}

# Une ligne de commande qui ne se lit pas.
cli-arg-unknown = « { $arg } » n’est pas connu ici. Voyez : { $help }
cli-arg-unknown-like = « { $arg } » n’est pas connu ici. Vouliez-vous dire { $like } ? Sinon, voyez : { $help }
cli-arg-wrong = « { $value } » ne convient pas à { $arg }. { $says }
cli-arg-empty = { $arg } attend une valeur. { $says }
cli-arg-missing = Il manque { $arg }. Voyez : { $help }
cli-arg-twice = { $arg } ne se donne qu’une fois.
cli-arg-conflict = { $arg } et { $other } ne vont pas ensemble. Retirez l’un des deux.
cli-command-missing = Il manque une commande. Voyez : { $help }
cli-arg-odd = Cette ligne de commande ne se lit pas. Voyez : { $help }
cli-themes-found = { $texts } textes, { $themes } thèmes, { $classed } dans un thème
cli-themes-refused = { $n ->
    [one] { $n } ligne n’a pas pu être lue ; elle compte comme un texte sans thème
   *[other] { $n } lignes n’ont pas pu être lues ; elles comptent comme des textes sans thème
}
cli-themes-measured = face à « { $column } » : NMI { $nmi }, AMI { $ami }, ARI { $ari }
