# Les mots de l’interface en français. Mêmes identifiants et arguments que dans en.ftl ; ce qui manque ici est dit en anglais.

## Partout
close = Fermer
cancel = Annuler
save = Enregistrer
back = Retour
remove = Retirer
more = Plus d’options
show = Afficher
go-on = Continuer
try-again = Réessayer
discard = Supprimer
download = Télécharger
resume = Reprendre
pause = Pause
paused = en pause
copied = Copié
you = Vous
owner = Propriétaire
registrar = Registraire
ended = Accès fermé
language = Langue
language-not-here = { $language } n’est pas encore sur cet appareil et n’a pas pu être chargé. Il le sera au prochain démarrage avec connexion.
loading = Chargement…
today = Aujourd’hui
yesterday = Hier
names-joined = { $head } et { $last }
size-bytes = { $size } o
size-kilobytes = { $size } Ko
size-megabytes = { $size } Mo
size-gigabytes = { $size } Go
days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
members = { $count ->
    [one] { $count } membre
   *[other] { $count } membres
}
announcement-members = { $count ->
    [one] Annonces · { $count } membre
   *[other] Annonces · { $count } membres
}

## À la porte
starting = Ouverture…
starting-first = Valise arrive sur cet appareil. Il arrive en entier et une seule fois, ce qui prend un moment sur une ligne lente. Ensuite il s’ouvre aussitôt, même hors ligne.
landing-title = Bienvenue
landing-text = Valise est la messagerie scellée de votre organisation. Pour commencer, il vous faut une invitation.
landing-invited = Quelqu’un de votre organisation vous a envoyé un lien ? Ouvrez-le dans ce navigateur.
landing-qr = Vous avez un code QR ? Visez-le avec l’appareil photo de votre téléphone.
landing-operator = Vous installez Valise ? Ouvrez le lien d’installation que le serveur a affiché à son démarrage.
unsupported-title = Ce navigateur ne peut pas conserver vos messages
unsupported-text = Valise conserve vos messages scellés sur cet appareil. Cette fenêtre du navigateur ne lui donne pas de place durable pour cela.
unsupported-private = Si c’est une fenêtre privée, ouvrez le lien dans une fenêtre ordinaire.
unsupported-old = Si votre navigateur est ancien, mettez-le à jour.
broken-title = Un problème est survenu
broken-text = Vos messages n’ont pas pu être ouverts. Rien n’est perdu. Fermez les autres fenêtres de Valise et réessayez.
set-up-title = Créez votre organisation
set-up-text = Vous en devenez le premier registraire et vous invitez les autres. La clé de l’organisation est créée sur cet appareil et ne le quitte jamais.
set-up-incomplete = Indiquez le nom de l’organisation, votre nom et votre adresse.
set-up-go = Créer l’organisation
set-up-busy = Création…
organisation-name = Nom de l’organisation
your-name = Votre nom
your-address = Votre adresse
your-address-hint = C’est par elle qu’on vous trouve. Laissez vide pour prendre celle qui est proposée.
passkey-hint = Votre appareil demande votre empreinte, votre visage ou votre code PIN. Aucun mot de passe à retenir.
joining-look = Lecture de votre invitation…
joining-title = Entrée en cours
joining-text = Cela prend un instant.
join-title = { $inviter } vous invite à rejoindre { $organisation }
join-title-unknown = Vous avez reçu une invitation
join-as = Vous entrez sous le nom de
join-go = Rejoindre
join-busy = Entrée en cours…
join-sealed = Ce que vous écrivez est scellé sur votre appareil. Seules les personnes de la discussion peuvent le lire ; le serveur ne le peut pas.
join-name-missing = Indiquez votre nom.
join-bad-title = Cette invitation ne fonctionne pas
join-bad-text = Demandez un nouveau lien à la personne qui vous invite.
open-look = Lecture de votre lien…
open-title = Ouvrir ici le compte de { $name }
open-go = Ouvrir ici
open-busy = Ouverture…
open-once = Ce lien fonctionne une seule fois. Désormais, le compte vit dans ce navigateur, scellé ; le serveur ne peut pas le lire.
open-used-title = Ce lien a déjà servi
open-bad-title = Ce lien ne fonctionne pas
open-offline-title = Pas de connexion
moved-title = Cet appareil a déménagé
device-have = J’utilise Valise sur un autre appareil
device-passkey = Valise
link-title = Associer cet appareil
link-step-open = Ouvrez Valise sur l’appareil que vous utilisez déjà.
link-step-devices = Là-bas : Réglages, Appareils, Associer un appareil.
link-step-code = Saisissez-y ce code :
link-label = Lien de cet appareil
link-or = Ou visez ceci avec l’appareil photo de l’autre appareil.
link-waiting = En attente de votre autre appareil…
link-compare-here = Votre autre appareil affiche six chiffres. Est-ce que ce sont ceux-ci ?
link-compare-hint = Si oui, confirmez-le sur l’autre appareil. Sinon, choisissez-y « Ils diffèrent ».
unlock-title = Verrouillé
unlock-text = Vos messages sont scellés sur cet appareil.
unlock-link = Ce navigateur a déjà un compte. Pour ouvrir votre lien, prenez un autre navigateur ou un autre profil.
unlock-guest-link = Ce navigateur garde déjà la conversation de quelqu’un. Si elle est venue par ce lien même, déverrouillez-la. Si le lien est pour quelqu’un d’autre, ouvrez-le dans un autre navigateur ou un autre profil de celui-ci.
unlock-go = Déverrouiller
unlock-busy = Déverrouillage…
unlock-cancelled = Il n’y a pas eu de confirmation. Rien n’a changé ; réessayez.
unlock-no-passkeys = Ce navigateur ne connaît pas les clés d’accès. Prenez celui dans lequel vous avez rejoint l’organisation.
unlock-wrong = Ce n’est pas la clé d’accès des messages de cet appareil. Réessayez avec celle qui a servi à votre arrivée.
unlock-failed = Votre appareil n’a pas répondu. Rien n’a changé ; réessayez.
unlock-lost = Je n’ai plus cette clé d’accès
unlock-lost-text = Sans elle, personne ne peut ouvrir les messages de cet appareil. Vous pouvez les effacer ici et revenir avec une nouvelle invitation.
first-title = Invitez une première personne
first-text = Votre organisation est prête. Elle devient utile à deux.
first-done = Aller à mes discussions
first-later = Plus tard
colleague-name = Nom de votre collègue
invite-name-hint = C’est ce que tout le monde verra. Laissez vide pour que la personne choisisse.
handed-text = Le lien fonctionne une fois, pendant 7 jours ou la durée choisie. Toute personne qui l’a peut entrer : envoyez-le seulement à la personne voulue.
invite-link = Lien d’invitation
copy-link = Copier le lien
qr-label = Le lien sous forme de code QR

## Difficultés
trouble-offline = Pas de connexion au serveur. Rien n’a changé ; réessayez quand vous serez en ligne.
trouble-bad-link = Ce lien n’est pas complet. Copiez-le en entier et réessayez.
trouble-link-gone = Ce lien a déjà servi, a expiré ou a été retiré.
trouble-group-link-over = Ce lien ne laisse plus entrer personne : il a expiré ou a été désactivé. Demandez-en un nouveau à la personne qui vous l’a donné.
trouble-other-organisation = Ce lien appartient à une autre organisation que la vôtre.
trouble-link-used = Le compte s’ouvre dans le navigateur où le lien a servi en premier. Continuez là-bas.
trouble-bad-archive = Ce que ce lien ouvre n’est pas complet. Rien n’a été repris ; demandez un nouveau lien.
trouble-newer-version = Ceci vient d’une version plus récente de Valise. Rechargez cette page ou mettez le programme à jour.
trouble-moved = Il vit désormais là où son lien a été ouvert. Ici, on ne peut plus rien écrire ni lire.
trouble-no-device-waits = Aucun appareil n’attend sous ce code, ou n’attend plus. Regardez à nouveau le code sur le nouvel appareil : il change au bout de quelques minutes.
trouble-past-coming = Vos messages antérieurs sont encore en route vers cet appareil. Attendez qu’ils soient arrivés.
trouble-two-registrars = Deux registraires doivent le faire, l’un après l’autre, et aucun pour soi-même.
trouble-too-many-devices = Une personne ne peut pas avoir plus d’appareils. Retirez-en d’abord un.
trouble-files-under-way = Des fichiers partent encore de cet appareil. Attendez qu’ils soient arrivés.
trouble-link-mismatch = Le serveur montre autre chose que ce que le lien promet. N’allez pas plus loin ; prévenez la personne qui vous a envoyé le lien.
trouble-already-founded = Cette organisation existe déjà. Demandez une invitation à son registraire.
trouble-already-joined = Cet appareil appartient déjà à quelqu’un.
trouble-bad-name = Ce nom n’est pas possible. Utilisez des lettres, 80 caractères au plus.
trouble-bad-address = Cette adresse n’est pas possible. Utilisez des minuscules sans accent, des chiffres et des points.
trouble-address-taken = Quelqu’un a déjà cette adresse. Choisissez-en une autre.
trouble-office-name-taken = Un autre bureau porte ce nom. Les demandes distinguent les bureaux par leur nom : choisissez-en un autre.
trouble-not-allowed = Vous n’en avez pas le droit.
trouble-not-found = Cela n’existe plus.
trouble-bad-text = Ce message est trop long. Envoyez-le en plusieurs parties ou dans un fichier.
trouble-file-too-large = Ce fichier est plus gros que ce que le serveur accepte.
trouble-storage-full = Il n’y a plus de place. Rien n’est perdu ; libérez de la place et réessayez.
trouble-last-owner = Vous êtes le dernier propriétaire. Désignez d’abord quelqu’un d’autre.
trouble-last-of-request = Vous êtes, de votre côté, la dernière personne à s’occuper de cette demande. Confiez-la d’abord à un collègue. Une discussion qui gêne peut aller dans les archives.
trouble-no-device = Cette personne n’est pas encore là. Réessayez plus tard.
trouble-imported-chat = Cette discussion vient d’une autre messagerie. On peut la lire et y chercher ; personne n’est là pour répondre.
trouble-no-export = Ce n’est pas un export de WhatsApp ou de Telegram. Choisissez le fichier .zip de WhatsApp ou le result.json de Telegram Desktop.
trouble-export-damaged = Cette archive est abîmée ou incomplète. Copiez-la de nouveau depuis l’endroit où elle a été faite.
trouble-export-locked = Cette archive a un mot de passe. Décompressez-la d’abord.
trouble-export-unknown = Cette archive est compressée de façon inhabituelle. Décompressez-la et choisissez le dossier.
trouble-export-bomb = Décompressée, cette archive dépasserait de loin ce qu’un export contient. Rien n’a été décompressé.
trouble-export-bad-path = Cette archive désigne des endroits hors d’elle-même. Rien n’a été décompressé.
trouble-export-gone = L’export n’est plus lisible. Ce qui est déjà ici reste ; choisissez-le de nouveau pour continuer.
trouble-export-under-way = Des discussions sont déjà en cours d’importation. Attendez la fin ou arrêtez l’importation.
trouble-server-misbehaved = Le serveur a mal répondu. Rien n’a changé ; prévenez son administrateur.
trouble-internal = Quelque chose a échoué sur cet appareil. Ce que vous avez écrit est conservé ; réessayez.
trouble-too-many-holders = Un bureau compte au plus 200 personnes.
trouble-too-many-addressees = On peut demander à 50 destinataires au plus en même temps.
trouble-overtaken = Quelqu’un d’autre vient de modifier ceci. Regardez de nouveau avant de le modifier.
trouble-own-link = Ce lien vient de votre propre organisation. Envoyez-le au registraire de l’autre.
trouble-domain-taken = Une autre organisation que vous connaissez a le même domaine. On ne pourrait pas les distinguer.
trouble-partner-away = Le serveur de l’autre organisation est injoignable pour le moment. Réessayez plus tard.
trouble-partner-disagrees = L’autre organisation n’a pas encore accepté, ou a mis fin au partenariat. Votre registraire peut demander au leur.
trouble-residency-unsaid = L’autre organisation ne dit pas de quel droit elle relève, et la vôtre ne travaille qu’avec certains pays. Votre registraire peut faire une exception.
trouble-residency-outside = Votre organisation ne travaille pas avec celle-ci : ses registraires en ont décidé ainsi.
trouble-room-residency-unsaid = La règle de cette discussion n’admet que des organisations relevant de certains droits, et celle-ci ne dit pas de quel droit elle relève. Les invités ne le disent pas non plus.
trouble-room-residency-outside = La règle de cette discussion n’admet pas un droit dont relève cette organisation.
trouble-requests-not-accepted = L’autre organisation n’accepte pas de demandes.
trouble-rooms-not-accepted = Les personnes de l’autre organisation n’écrivent avec personne à l’extérieur.
trouble-bad-jurisdictions = Indiquez un à huit pays par deux lettres majuscules, par exemple DE.
trouble-bad-time = Cette date est déjà passée, ou dans plus de deux ans.
trouble-bad-deadline = L’échéance est déjà passée, ou trop lointaine.
trouble-bad-numbers = Un numéro a exactement un {"{"}n{"}"} ou {"{"}n:5{"}"} ; à côté peuvent figurer {"{"}year{"}"}, {"{"}office{"}"}, lettres, chiffres et - / . _
trouble-needs-release = Votre organisation ne laisse partir aucune demande sans autorisation, et une nouvelle version ne peut pas être autorisée. Retirez la demande et posez-la de nouveau.
trouble-calendar-ends = Le calendrier de votre organisation ne va pas si loin. Choisissez une date, ou demandez à un registraire de le prolonger.
trouble-bad-calendar = Quelque chose ne va pas dans ce calendrier. Vérifiez les jours et les nombres.
trouble-out-of-place = Cela n’est plus possible avec cette demande : quelqu’un a été plus rapide. Regardez où elle en est.
trouble-nobody-there = Personne ne tient ce bureau en ce moment. Choisissez-en un autre.
trouble-nothing-to-sign-with = Cet appareil ne peut pas encore signer. Il le pourra après une minute en ligne : réessayez alors.
trouble-file-away = Un fichier n’est pas sur cet appareil et ne peut pas être obtenu maintenant. Réessayez en ligne.
trouble-not-whole = Un fichier n’est pas celui qui a été signé, ou il est endommagé. Cela ne peut pas partir au nom de l’organisation.

## Le cadre
skip-to-chat = Aller à la conversation
sections = Sections
lists = Listes
chats = Discussions
people = Personnes
settings = Réglages
nothing-open = Choisissez une discussion
nothing-open-sealed = Scellée : seules les personnes d’une discussion peuvent la lire
line-offline = Hors ligne. Vous pouvez continuer à écrire.
line-offline-waiting = { $count ->
    [one] Hors ligne. { $count } message attend et partira tout seul.
   *[other] Hors ligne. { $count } messages attendent et partiront tout seuls.
}
line-connecting = Connexion…
line-catching-up = Réception des nouveaux messages…
alarm-open = Ouvrir la discussion
alarm-noted = J’ai compris
alarm-more = { $count ->
    [one] Et { $count } autre.
   *[other] Et { $count } autres.
}
alarm-rolled-back = Le serveur a perdu une partie de sa mémoire
alarm-rolled-back-advice = Sur votre appareil, rien n’est perdu. Prévenez l’administrateur du serveur.
alarm-forked = Le serveur montre des messages différents à des personnes différentes
alarm-missing = Le serveur retient des messages
alarm-misbehaved = Le serveur a fait ce qu’aucun serveur en bon état ne fait
alarm-server-advice = Ce que vous voyez ici est authentique, mais peut-être incomplet. Prévenez l’administrateur du serveur et votre responsable de la sécurité.
alarm-member = Quelqu’un a tenté ce qu’il n’a pas le droit de faire
alarm-member-advice = Votre appareil l’a refusé. Rien n’a changé.
alarm-closed = Une discussion a été fermée
alarm-closed-advice = La copie du serveur ne fait pas suite à la vôtre. Interrogez les autres par un autre moyen, puis ouvrez la discussion pour continuer.
alarm-change = Le serveur refuse une modification dans une discussion
alarm-change-advice = Ce que vous y avez écrit est conservé ici. Renvoyez-le plus tard et prévenez l’administrateur du serveur.
alarm-strangers = Certaines personnes n’ont pas été ajoutées à une discussion
alarm-strangers-advice = Leurs organisations ne travaillent pas ensemble et ne peuvent donc pas se trouver dans une même discussion. Ajoutez celles d’une seule d’entre elles, ou demandez aux registraires des deux de devenir partenaires.
alarm-left-out = Une modification n’a pas été faite dans une discussion
alarm-left-out-advice = Sa règle sur le droit des autres organisations n’admet pas quelqu’un. Changez la règle dans les détails de la discussion et réessayez.
alarm-directory = Quelqu’un n’a pas reçu la même liste de personnes que vous
alarm-directory-advice = Le serveur cache des nouvelles à l’un de vous : peut-être un départ. Prévenez l’administrateur du serveur et votre responsable de la sécurité.
alarm-device = Un nouvel appareil a été associé à votre compte
alarm-device-advice = Si ce n’était pas vous, retirez-le tout de suite sous Réglages, Appareils, et prévenez votre responsable de la sécurité.
alarm-set-back = Cet appareil est revenu à un état antérieur, ou il en existe une copie
alarm-set-back-advice = Il a rejoint de nouveau les discussions où cela s’est vu. Ce que vous avez envoyé entre-temps depuis cet appareil peut manquer ici. Si vous n’avez ni restauré une sauvegarde ni copié un dossier, retirez cet appareil sous Réglages, Appareils, associez-le de nouveau et prévenez votre responsable de la sécurité.
alarm-relayed = Quelqu’un se trouve, ou se trouvait, entre vous et votre serveur
alarm-relayed-advice = Cet appareil ne s’est pas connecté et n’a rien envoyé. Essayez un autre réseau ; si cela persiste, prévenez votre administrateur et votre responsable de la sécurité. Un serveur auquel on n’a pas indiqué un certificat renouvelé devant lui donne la même impression.
alarm-not-persistent = Le navigateur pourrait supprimer vos messages si la place vient à manquer
alarm-not-persistent-advice = Pour l’éviter, installez Valise comme application ou ajoutez cette page à vos favoris.
alarm-full = Cet appareil est plein
alarm-full-advice = Les nouveaux messages n’arriveront pas tant que vous n’aurez pas libéré de la place. Rien n’est perdu.
keys-title = Clavier
keys-go = Aller à une personne ou une discussion
keys-new = Nouvelle discussion
keys-request = Demander à une autre organisation
keys-find = Chercher dans les discussions
keys-previous = Discussion précédente
keys-next = Discussion suivante
keys-send = Envoyer
keys-newline = Nouvelle ligne
keys-menu = Actions sur un message
keys-edit = Modifier votre dernier message, si rien n’est encore écrit
keys-rows = Se déplacer dans les listes et les messages
keys-back = Retour
keys-help = Cette aide

## Discussions
new-chat = Nouvelle discussion
saved-messages = Messages enregistrés
saved-hint = Textes et fichiers pour vous, sur tous vos appareils
saved-under = Vous seul, sur tous vos appareils
search-chats = Rechercher
filter = Filtre
filter-all = Toutes
filter-unread = Non lues
filter-groups = Groupes
labels = Étiquettes
labels-choose = Étiquettes…
labels-none = Pas encore d’étiquettes. Vous seul les voyez, sur tous vos appareils.
label-new = Nouvelle étiquette
label-edit = Modifier l’étiquette
label-name = Nom de l’étiquette
label-colour = Couleur
label-make = Créer et appliquer
label-remove = Supprimer l’étiquette
label-change = Modifier l’étiquette « { $name } »
label-name-missing = Donnez un nom à l’étiquette.
label-name-taken = Ce nom est pris, trop long ou contient des signes trompeurs.
label-grey = Gris
label-red = Rouge
label-orange = Orange
label-green = Vert
label-blue = Bleu
label-violet = Violet
organisations = Organisations
organisations-open = Vos organisations
organisations-hint = Ajoutez-en une autre dont vous faites partie, et allez-y d’ici
organisations-switch = Aller dans une autre organisation
organisations-about = Chacune s’ouvre à sa propre adresse, dans sa propre fenêtre, avec ses discussions et ses notifications. Vous seul voyez cette liste, sur tous vos appareils dans cette organisation. Les autres n’en apprennent rien.
elsewhere-here = Ouverte ici
elsewhere-window = (s’ouvre dans une nouvelle fenêtre)
elsewhere-new = Ajouter une organisation
elsewhere-edit = Modifier l’organisation
elsewhere-address = Adresse
elsewhere-address-hint = Par exemple chat.example.org. Une invitation convient aussi : seule son adresse est reprise. Ouvrez l’invitation elle-même là où vous l’avez reçue.
elsewhere-leads = Mène à { $address }
elsewhere-name = Comment vous l’appelez
elsewhere-add = Ajouter
elsewhere-remove = Retirer de la liste
elsewhere-change = Modifier « { $name } »
elsewhere-bad-address = Ce n’est pas l’adresse d’un serveur. Elle commence par https:// et ne contient pas de @.
elsewhere-same = Cette organisation est déjà ouverte ici.
elsewhere-full = La liste en compte déjà vingt. Retirez-en d’abord une.
chats-empty = Pas encore de discussions
nothing-found = Rien trouvé
draft = Brouillon :
muted = En sourdine
pinned = Gardée en haut
chat-actions = Actions sur la discussion
mark-read = Marquer comme lue
unpin = Ne plus garder en haut
unmute = Remettre le son
archive = Archiver
unarchive = Sortir des archives
archive-done = La discussion est dans les archives.
unarchive-done = La discussion est de retour dans la liste.
archived = Archives
archived-chat = Dans les archives
archived-count = { $count ->
    [one] { $count } discussion
   *[other] { $count } discussions
}
preview-sender = { $name } :
unread-count = { $count ->
    [one] { $count } message non lu
   *[other] { $count } messages non lus
}

## Une conversation
conversation = Conversation
messages = Messages
show-details = Détails
day-go-to = Aller à un jour
day = Jour
day-missing = Choisissez un jour.
day-show = Afficher
sealed = Scellée
sealed-tip = Seules les personnes de cette discussion peuvent la lire. Le serveur ne le peut pas.
talk-empty = Rien ici pour l’instant. Ce que vous écrivez est scellé sur votre appareil.
write = Message
send = Envoyer
attach = Joindre
drop-files = Déposez pour joindre
to-newest = Aller au dernier message
to-newest-count = { $count ->
    [one] Aller au dernier message, { $count } nouveau
   *[other] Aller au dernier message, { $count } nouveaux
}
new-messages = Nouveaux messages
gap = Il manque quelque chose ici. Le serveur ne l’a pas encore distribué.
message-label = { $name }, { $time }
announce = { $name } : { $text }
unsupported-message = Ce message demande une version plus récente de Valise.
forwarded = Transféré
forwarded-from = Transféré, écrit par { $name }
forward = Transférer
forward-title = { $count ->
    [one] Transférer le message
   *[other] Transférer { $count } messages
}
forward-search = Discussions et personnes
forward-to = Transférer à
forwarded-to = Transféré à { $name }
forwarded-to-several = { $count ->
    [one] Transféré dans { $count } discussion
   *[other] Transféré dans { $count } discussions
}
select = Sélectionner
selection = Messages sélectionnés
selected = { $count ->
    [one] { $count } sélectionné
   *[other] { $count } sélectionnés
}
select-end = Annuler la sélection
select-most = { $count ->
    [one] Pas plus de { $count } message à la fois.
   *[other] Pas plus de { $count } messages à la fois.
}
message-select = Sélectionner le message : { $name }, { $time }
mention-count = { $count ->
    [one] { $count } mention de vous
   *[other] { $count } mentions de vous
}
mention-list = Mentionner quelqu’un
mention-offered = { $count ->
    [one] { $count } personne à mentionner
   *[other] { $count } personnes à mentionner
}
message-pin = Épingler pour tous
message-unpin = Détacher pour tous
pinned-messages = Messages épinglés
pinned-message = Message épinglé
pinned-of = Message épinglé { $number } sur { $count }
deleted-message = Ce message a été supprimé.
message-actions = Actions sur le message
message-more = Plus
show-message = Afficher ce message
react = Réagir
react-other = Autre réaction
search-emoji = Rechercher un emoji
emoji-recent = Récents
emoji-all = Tous
signs = Réactions
reply = Répondre
answer-to = Réponse à { $name }
answer-cancel = Annuler la réponse
quote-label = En réponse à { $name } : { $text }
quote-gone = Ce message n’est pas sur cet appareil.
copy-text = Copier le texte
edit = Modifier
edit-title = Modifier le message
edit-cancel = Annuler la modification
edited = modifié
edited-show = modifié, afficher les versions
versions = Versions
version-now = Actuelle
version-empty = Pas de texte
delete-for-all = Supprimer pour tous
delete-title = Supprimer pour tous ?
delete-text = Le message disparaît des appareils de tous, et une ligne dit qu’il y en avait un. Quelqu’un l’a peut-être déjà lu ou copié. C’est irréversible.
delete-several = { $count ->
    [one] Supprimer { $count } message pour tous ?
   *[other] Supprimer { $count } messages pour tous ?
}
delete-several-text = Les messages disparaissent des appareils de tous et, à la place de chacun, une ligne dit qu’il y en avait un. Quelqu’un les a peut-être déjà lus ou copiés. C’est irréversible.
not-sent = Non envoyé.
typing = écrit…
typing-one = { $name } écrit…
typing-many = { $count ->
    [one] { $count } personne écrit…
   *[other] { $count } personnes écrivent…
}
tick-failed = Non envoyé
tick-waiting = En attente d’envoi
tick-accepted = Envoyé
tick-delivered = Distribué
tick-read = Lu
tick-delivered-to = Distribué à { $count } sur { $people }
tick-read-by = Lu par { $count } sur { $people }
blocked-left = Vous n’êtes plus dans cette discussion. Vous pouvez encore la lire.
blocked-owners = Seuls les propriétaires écrivent ici.
blocked-frozen = Cette discussion a été fermée : la copie du serveur ne fait pas suite à la vôtre. Interrogez les autres par un autre moyen avant de continuer.
blocked-reopen = Continuer avec la copie du serveur
blocked-person-left = Le compte de l’autre personne est fermé. Vous pouvez encore lire.
blocked-in-doubt = Rien ne s’écrit ici avant que l’on ait vérifié de qui vient la demande.
blocked-nobody-left = Plus personne parmi ceux qui vous ont interrogé n’est ici, et personne ne lit ce que vous écrivez. Demandez un nouveau lien à l’organisation. Vous pouvez encore lire.
blocked-left-out = Il y a ici quelqu’un que la règle de cette discussion n’admet pas. Rien n’est envoyé tant qu’il n’est pas retiré ou que la règle n’est pas changée.
left-out-law = { $organisation } relève du droit de { $countries }, que la règle de cette discussion n’admet pas. Rien n’est envoyé tant que ces personnes ne sont pas retirées ou que la règle n’est pas changée.
left-out-unsaid = { $organisation } ne dit pas de quel droit elle relève, et la règle de cette discussion n’en admet que certains. Rien n’est envoyé tant que ces personnes ne sont pas retirées ou que la règle n’est pas changée.
blocked-imported = Cette discussion a été importée. Vous pouvez la lire et y chercher ; personne n’est là pour répondre.
imported = Importée
imported-tip = Cette discussion sort de l’export d’une autre messagerie. Personne ne se porte garant des noms qui y figurent.
imported-from = De { $messenger }, pour lire et chercher
blocked-removed = Cet appareil a été retiré de votre compte. Vous pouvez encore lire.
blocked-revoked = Votre compte est fermé. Vous pouvez encore lire.
blocked-guest-over = Le lien a été terminé. Vous pouvez continuer à lire ici.
notice-created = { $by } a créé cette discussion
notice-added = { $by } a ajouté { $people }
notice-removed = { $by } a retiré { $people }
notice-gone = { $count ->
    [one] { $people } n’est plus dans l’organisation
   *[other] { $people } ne sont plus dans l’organisation
}
notice-came-by-link = { $person } est entré par le lien du groupe
notice-link = { $by } a créé un lien vers ce groupe
notice-link-off = { $by } a désactivé le lien vers ce groupe
notice-rule = { $by } n’admet que des organisations relevant du droit de { $countries }
notice-rule-off = { $by } a retiré la règle sur le droit des autres organisations
notice-left = { $person } a quitté la discussion
notice-renamed = { $by } a nommé cette discussion « { $title } »
notice-picture = { $by } a changé l’image
notice-owners = { $by } a changé les propriétaires : { $owners }
notice-announcement = { $by } a réservé cette discussion aux annonces : seuls les propriétaires écrivent
notice-open-again = { $by } a ouvert cette discussion : tout le monde écrit de nouveau
notice-came-back = Vous revoilà après une absence. Ce qui a été écrit entre-temps n’est pas sur cet appareil.
notice-renewed = { $person } a perdu tous ses appareils et a reçu une nouvelle identité ; confirmée par { $registrars }
notice-new-device = { $person } utilise un nouvel appareil à partir d’ici
notice-frozen = Cette discussion a été fermée : le serveur en a rompu l’ordre

## Fichiers
file-download = Télécharger { $name }
file-open = Ouvrir { $name }
file-broken = Ce fichier est arrivé abîmé. Demandez-le de nouveau.
file-gone = Le serveur n’a plus ce fichier.
file-another = Ce n’est pas le fichier qui a été signé. Il n’est pas ouvert.
file-not-exported = Absent de l’export ou de cet appareil.
unplayable = Ce navigateur ne peut pas le lire. Vous pouvez l’enregistrer et l’ouvrir ailleurs.
file-unnamed = Photo ou fichier
file-progress = Progression
file-moved = { $done } sur { $total }
file-not-here = Ce fichier n’est pas sur cet appareil.
send-title = { $count ->
    [one] Envoyer { $count } fichier
   *[other] Envoyer { $count } fichiers
}
caption = Ajouter un texte
preparing = Préparation…
picture-size = Taille des images
picture-smaller = Réduite
picture-smaller-hint = Nette sur tous les écrans, vite envoyée
picture-original = Originale
picture-original-hint = Au pixel près, pour les documents et les preuves
picture-cleaned = Le lieu, l’heure et les données de l’appareil photo sont retirés dans les deux cas.
picture-not-cleaned = Les images de ce type sont envoyées telles quelles, avec tout ce qui y est enregistré.
picture-unreadable = { $name } n’a pas pu être lu comme image. Rien n’a été envoyé.
zoom-in = Agrandir
zoom-out = Réduire
pdf-pages = Pages
pdf-loading = Ouverture…
pdf-broken = Ce PDF ne peut pas être affiché. Vous pouvez l’enregistrer.
pdf-count = { $count ->
    [one] { $count } page
   *[other] { $count } pages
}

## Messages vocaux
voice-record = Enregistrer un message vocal
voice-recording = Enregistrement d’un message vocal
voice-discard = Supprimer l’enregistrement
voice-send = Envoyer le message vocal
voice-denied = Valise n’a pas accès au microphone. Autorisez-le pour cette page dans les réglages du navigateur, puis réessayez.
voice-no-microphone = Il n’y a pas de microphone, ou un autre programme l’utilise.
voice-too-short = C’était trop court. Appuyez une fois pour commencer, et encore une fois pour envoyer.
voice-play = Écouter le message vocal, { $length }
voice-pause = Pause
voice-where = Position dans le message vocal
voice-place = { $place } sur { $length }
voice-speed = Vitesse : { $factor }×
voice-was-heard = écouté
voice-not-heard = pas encore écouté
voice-new = nouveau

## Messages éphémères
timer = Les messages disparaissent
timer-hint = Compté à partir de l’envoi, sur les appareils de tous, que le message ait été lu ou non. Cela vaut pour ce qui est dit à partir de maintenant. Qui lit un message peut en garder une copie ailleurs.
timer-is = Les messages disparaissent { $after }
after-never = jamais
after-seconds = { $count ->
    [one] après { $count } seconde
   *[other] après { $count } secondes
}
after-minutes = { $count ->
    [one] après { $count } minute
   *[other] après { $count } minutes
}
after-hours = { $count ->
    [one] après { $count } heure
   *[other] après { $count } heures
}
after-days = { $count ->
    [one] après { $count } jour
   *[other] après { $count } jours
}
notice-timer = { $by } : à partir d’ici, les messages disparaissent { $after }
notice-timer-off = { $by } : à partir d’ici, les messages restent
disappeared-message = Disparu, comme réglé dans cette discussion.
disappears-at = Disparaît : { $time }

## Détails d’une discussion
details = Détails
changing = Une modification est en cours
rename = Renommer
picture = Image
mute = Mettre en sourdine
pin = Garder en haut
group-link = Inviter par un lien
group-link-off = Désactivé
group-link-on = Valable jusqu’à ce que vous le désactiviez
group-link-until = Valable jusqu’au { $day }
group-link-over = Expiré
group-link-text = Toute personne de votre organisation qui ouvre ce lien peut rejoindre le groupe. Elle voit ce qui est écrit ensuite.
group-link-removal = Si vous retirez quelqu’un du groupe, le lien cesse de fonctionner.
group-link-valid = Valable pendant
group-link-forever = Jusqu’à ce que je le désactive
group-link-make = Créer un lien
group-link-new = Créer un nouveau lien
group-link-new-hint = Celui-ci cessera alors de fonctionner.
group-link-end = Désactiver
group-link-others = Un autre propriétaire a créé le lien et le détient. Vous pouvez en créer un nouveau ; l’autre cessera alors de fonctionner.
group-link-went = Le lien vers ce groupe ne fonctionne plus : { $name } le connaît peut-être. Vous pouvez en créer un nouveau.
share = Partager
enter-title = Rejoindre « { $title } » ?
enter-look = Où mène le lien…
enter-by = Lien de { $name }
enter-history = Vous verrez ce qui est écrit après votre arrivée. Les membres voient que vous êtes venu par le lien.
enter-in = Vous êtes dans ce groupe.
enter-go = Rejoindre
enter-busy = Arrivée en cours…
enter-open = Ouvrir
enter-door-title = Un lien vers un groupe
enter-door-text = Ce lien mène à un groupe d’une organisation et ne sert qu’à ses membres. Si vous en êtes, connectez-vous d’abord sur cet appareil.
enter-door-invited = Nouveau ici ? Ouvrez l’invitation que votre organisation vous a donnée.
enter-door-again = Ouvrez ensuite ce lien encore une fois.
announcement = Annonces seulement
announcement-hint = Seuls les propriétaires écrivent, tout le monde lit
safety-title = Numéro de sécurité
safety-text = Comparez-le avec celui de l’autre personne pour lever tout doute. Des chiffres identiques signifient que personne ne s’est glissé entre vous.
shared-files = Fichiers
imported-text = Messages, photos et fichiers sont scellés sur cet appareil. Les noms sont ceux de l’export ; personne ne s’en porte garant.
imported-forget = Supprimer de cet appareil
imported-forget-title = Supprimer « { $title } » ?
imported-forget-text = Ses messages, photos et fichiers sont effacés de cet appareil. Si vous avez encore l’export, vous pouvez l’importer de nouveau.
imported-forgotten = La discussion a été supprimée.
leave = Quitter le groupe
leave-title = Quitter « { $title } » ?
leave-text = Vous ne recevrez plus de messages de ce groupe. Ce que vous avez reste sur cet appareil.
group-name = Nom du groupe
group-name-missing = Donnez un nom au groupe.
add-people = Ajouter des personnes
add-count = { $count ->
    [0] Ajouter
   *[other] Ajouter { $count }
}
write-to = Écrire
owner-make = Rendre propriétaire
owner-end = Retirer comme propriétaire

## Personnes
search-people = Nom ou adresse
new-group = Nouveau groupe
group-make = { $count ->
    [0] Créer le groupe
   *[other] Créer le groupe avec { $count }
}
person-verified = Nom et adresse sont attestés par votre organisation
letter-to-me = Ce lien mène à vous.
letter-to-nobody = Personne dans votre organisation n’a l’adresse { $address }.
person-link-hint = Qui ouvre ce lien dans votre organisation écrit à cette personne.
person-end = Fermer l’accès
person-end-sure = Fermer l’accès maintenant
person-end-text = { $name } perd aussitôt l’accès sur tous ses appareils et quitte toutes les discussions. C’est irréversible.
person-end-alone = Personne d’autre ne tient : { $offices }. Nommez-y d’abord un successeur, sinon ses demandes en cours n’ont plus personne.
person-ended = L’accès a été fermé.
invitations = Invitations
invite = Inviter
invite-ready = Invitation prête
invite-make = Créer un lien
invite-office = Service (facultatif)
invite-address = Adresse avant le @
invite-address-hint = Laissez vide pour la tirer du nom.
invite-registrar = Registraire
invite-registrar-hint = Peut inviter et retirer des personnes
invite-valid = Valable pendant
invite-many = Lien pour plusieurs personnes
invite-many-hint = Jusqu’à 50 personnes ; chacune choisit son nom
invite-anybody = Plusieurs personnes
invite-until = Valable jusqu’au { $day }
invite-used = Utilisée
invite-expired = Expirée
invite-revoked = Retirée
invite-uses-of = utilisée { $used } fois sur { $count }
invite-taken-back = L’invitation a été retirée.
take-back = Retirer

## Autres organisations
outside-word = de
outside-title = Autre organisation : { $domain }
outside-banner = Personnes d’autres organisations
outside-here = { $organisation } participe à cette discussion : { $people }
outside-here-many = { $organisation } participe à cette discussion : { $people } et { $count } autres
write-outside = Aussi pour { $organisations }
person-verified-outside = Nom et adresse sont attestés par l’organisation de cette personne
elsewhere-looking = Recherche de cette adresse chez { $organisation }…
elsewhere-nobody = { $organisation } ne connaît personne à cette adresse. Vérifiez-la avec la personne.
partners = Organisations partenaires
partners-none = Aucune pour l’instant. Les personnes d’organisations partenaires s’écrivent comme vous le faites ici.
partner-waits = Vous attend
partner-unanswered = Pas encore joint
partner-link-open = Lien auquel personne n’a répondu
partner-offer = Créer un lien pour un partenaire
partner-offer-text = Avec ce lien, le registraire d’une autre organisation propose de travailler avec la vôtre. Personne ne peut joindre vos collègues avant votre accord.
partner-link = Lien pour un partenaire
partner-link-caution = Ne le donnez qu’au registraire de l’autre organisation. Quand il aura accepté, on vous demandera votre accord ici.
partner-own = Chiffres de votre organisation
partner-digits = Chiffres de { $name }
partner-compare = Appelez l’autre registraire à un numéro que vous connaissez déjà. Chacun lit les chiffres de sa propre organisation. Si un seul diffère, n’acceptez pas.
partner-domain = Les adresses finissent par
partner-server = Serveur
partner-law = Relève du droit de
partner-laws = Droit : { $countries }
partner-barred = Exclue
laws-title = Droit applicable et partenaires admis
laws-own = Nous relevons du droit de
laws-own-hint = Un à huit pays, deux lettres chacun, par exemple DE. Vos partenaires le voient.
laws-requests = Nous acceptons les demandes officielles
laws-rooms = Nos membres écrivent avec ceux des partenaires
laws-allowed = Travailler seulement avec des organisations relevant du droit de
laws-allowed-hint = Deux lettres par pays, par exemple DE FR. Vide : avec tous les partenaires. Est exclu qui ne dit pas de quel droit il relève, et qui relève aussi d’un autre. Les discussions et demandes en cours continuent.
laws-as-ruled = Selon la règle
laws-always = Toujours
laws-never = Jamais
laws-said = Enregistré. Cela vaut désormais pour toute l’organisation.
room-rule = Droit des autres organisations
room-rule-none = N’importe lequel, invités compris
room-rule-is = Seulement des organisations relevant du droit de { $countries }
room-rule-allowed = Seulement des organisations relevant du droit de
room-rule-hint = Deux lettres chacun, par exemple DE FR. Vide : tous les partenaires. N’est pas admis qui ne dit pas de quel droit il relève, qui relève aussi d’un autre, ni les invités. Si une organisation dit plus tard qu’elle relève d’un autre droit, rien n’est envoyé tant que ses personnes ne sont pas retirées ou que la règle n’est pas changée.
partner-meet = J’ai un lien
partner-meet-title = Lien d’une autre organisation
partner-paste = Lien
partner-paste-hint = Le registraire de l’autre organisation l’a créé.
partner-looking = Demande au serveur de l’autre organisation…
partner-agree = Tous les chiffres concordent : accepter
partner-later = Pas maintenant
partner-agreed = Vous avez accepté. Dès que l’autre registraire accepte aussi, vous êtes partenaires.
partner-waits-title = Travailler ensemble ?
partner-title = Partenaire
partner-confirmed = { $name } est maintenant partenaire.
partner-end = Mettre fin au partenariat
partner-end-text = Ensuite, plus rien ne va à { $name } et plus rien n’en vient, dans les discussions communes non plus. Ce qui a été dit reste. Pour recommencer, il faudra un nouveau lien.
partner-end-sure = Oui, y mettre fin
partner-ended = Vous ne travaillez plus avec { $name }.
partner-news = { $name } souhaite travailler avec votre organisation.
partner-look = Regarder
partner-page-title = Un lien entre deux organisations
partner-page-text = Une organisation propose à une autre de travailler ensemble. Personne n’est connecté ici, et il n’y a rien à faire sur cette page.
partner-page-registrar = Êtes-vous registraire de l’autre organisation ? Copiez le lien, ouvrez Valise de votre propre organisation et collez-le là : Personnes, Organisations partenaires, « J’ai un lien ».
partner-page-other = Sinon ? Envoyez le lien à votre registraire et à personne d’autre.
partner-member-text = Avec ce lien, une autre organisation propose à la vôtre de travailler ensemble. Seul un registraire peut accepter : envoyez-lui le lien, et à personne d’autre.

## Les bureaux
offices = Bureaux
offices-none = Aucun pour l’instant. Un bureau, un greffe par exemple, a sa propre adresse et réunit plusieurs personnes. Les partenaires le voient aussi.
office-people = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
}
office-mine = Le vôtre
office-new = Nouveau bureau
office-make = Créer le bureau
office-made = Le bureau est créé.
office-name = Nom du bureau
office-name-hint = Tout le monde ici le voit, et les partenaires aussi.
office-note = À quoi il sert (facultatif)
office-numbers = Numéros de ses demandes (facultatif)
office-numbers-hint = Vide : {"{"}year{"}"}/{"{"}office{"}"}-{"{"}n:5{"}"}, soit 2026/REGISTRY-00042. {"{"}n:5{"}"} est le compteur, sur cinq chiffres.
office-holders = Qui en fait partie
office-holders-none = Personne n’en fait partie pour l’instant.
office-verified = Nom, adresse et personnes sont signés par un registraire
office-verified-outside = Nom, adresse et personnes sont signés par cette organisation
office-change = Modifier
office-change-title = Modifier le bureau
office-changed = Le bureau a été modifié.
office-close = Fermer le bureau
office-close-text = { $name } disparaît ici et chez les partenaires, et son adresse redevient libre. Les discussions restent, et les demandes en cours restent à ceux qui les ont.
office-close-sure = Oui, le fermer
office-closed = { $name } est fermé.

## Réglages
name-change = Changer de nom
notices = Notifications
notices-nothing = Aucune
notices-something = Seulement « Nouveau message »
notices-names = Qui a écrit et où
notices-words = Qui a écrit et quoi
notices-outside = Ce que dit une notification quitte l’espace scellé : votre système peut le garder et le montrer sur l’écran verrouillé.
notices-refused = Votre navigateur n’en affiche aucune pour cette page. Autorisez-les dans ses réglages pour cette page.
notices-open = Votre navigateur vous demandera la permission.
notices-unknown = Ce navigateur n’a pas de notifications.
notices-offer = Signaler les nouveaux messages ?
notices-offer-go = Activer
notices-offer-no = Pas maintenant
notice-messages = { $count ->
    [1] Nouveau message
   *[other] { $count } nouveaux messages
}
notice-from = { $name } a écrit
notice-words = { $name } : { $text }
notice-something = Nouveaux messages
quiet-hours = Heures calmes
quiet-from = de
quiet-to = à
install = Installer Valise sur cet appareil
install-hint = Une icône et une fenêtre à part, et un démarrage sans réseau
update = Une nouvelle version est prête.
shared = Choisissez une discussion pour ce que vous partagez.
update-go = Lancer
appearance = Apparence
theme = Couleurs
theme-system = Système
theme-light = Claires
theme-dark = Sombres
here = Présence
here-share = Montrer quand je suis là
here-hint = Qui a ouvert votre conversation voit que vous êtes là, ou quand vous l’étiez. Vous le voyez chez ceux qui le montrent aussi.
here-now = est là
here-last = vu { $when }
come-over = Changer de messagerie
bring = Importer vos discussions
bring-hint = De WhatsApp et de Telegram, pour les lire et y chercher ici
bring-from = D’où
bring-whatsapp-open = Ouvrez la discussion dans WhatsApp.
bring-whatsapp-export = Dans son menu : Plus, Exporter discussion, avec les médias.
bring-whatsapp-choose = Apportez le fichier .zip sur cet appareil et choisissez-le ici.
bring-telegram-open = Ouvrez la discussion dans Telegram Desktop sur un ordinateur.
bring-telegram-export = Dans son menu : Exporter l’historique. Choisissez le format JSON.
bring-telegram-choose = Choisissez le dossier obtenu, ou result.json seul, sans photos ni fichiers.
bring-drop = Déposez l’export ici
bring-file = Choisir un fichier
bring-folder = Choisir un dossier
bring-too-many = { $count ->
    [one] Pas plus de { $count } fichier à la fois.
   *[other] Pas plus de { $count } fichiers à la fois.
}
bring-local = L’export est lu et scellé sur cet appareil. Rien n’en part vers le serveur.
bring-reading = Lecture de l’export…
bring-messages = Importation des messages…
bring-files = Importation des photos et fichiers…
bring-count = { $count ->
    [one] { $count } message
   *[other] { $count } messages
}
bring-chats = { $count ->
    [one] { $count } discussion
   *[other] { $count } discussions
}
bring-files-of = { $done } sur { $of }
bring-background = Vous pouvez fermer cette fenêtre. L’importation continue tant que Valise est ouvert.
bring-stop = Arrêter
bring-span = { $from } – { $until }
bring-left-out = { $count ->
    [one] { $count } passage est incompréhensible et laissé de côté
   *[other] { $count } passages sont incompréhensibles et laissés de côté
}
bring-left-out-list = Ce qui a été laissé de côté
bring-left-out-more = { $count ->
    [one] et { $count } autre
   *[other] et { $count } autres
}
bring-who = Lequel de ces noms est le vôtre ?
bring-who-hint = Vos propres messages seront de votre côté.
bring-nobody = Aucun d’eux
bring-dates = 03/04 signifie
bring-day-first = 3 avril
bring-month-first = 4 mars
bring-go = Importer
bring-done = Vos discussions sont ici
bring-stopped = Importation arrêtée
bring-stopped-text = Ce qui est arrivé reste. Choisissez de nouveau le même export pour continuer.
bring-known = { $count ->
    [one] { $count } d’entre eux était déjà ici
   *[other] { $count } d’entre eux étaient déjà ici
}
bring-files-here = { $count ->
    [one] { $count } photo ou fichier
   *[other] { $count } photos et fichiers
}
bring-files-missing = { $count ->
    [one] { $count } photo ou fichier n’est pas dans l’export
   *[other] { $count } photos et fichiers ne sont pas dans l’export
}
bring-another = Un autre export
bring-open = Ouvrir
left-out-line = Ligne { $line } : { $why }
left-out-not-utf8 = ce n’est pas un texte lisible
left-out-too-long = plus long qu’un message ne peut l’être
left-out-no-message = placé avant le premier message
left-out-bad-date = ce jour ou cette heure n’existe pas
left-out-bad-message = ce n’est pas un message
left-out-broken = le fichier est abîmé à partir d’ici
left-out-cut-off = le fichier s’arrête au milieu
answer-here = « Répondez-moi ici »
answer-here-hint = Un texte pour vos anciennes discussions, avec une invitation
answer-here-about = Collez-le dans une discussion de WhatsApp ou de Telegram. Toute personne qui ouvre le lien entre dans l’organisation et peut vous écrire ici.
answer-here-for = Pour qui
answer-here-person = Pour une personne
answer-here-person-hint = Le lien fonctionne une fois
answer-here-group = Pour un groupe
answer-here-group-hint = { $count ->
    [one] Le lien fonctionne pour { $count } personne
   *[other] Le lien fonctionne pour { $count } personnes
}
answer-here-caution = Toute personne qui a le lien peut rejoindre { $organisation }. Collez-le seulement là où tout le monde en a le droit.
answer-here-make = Créer le texte
answer-here-paste = Copiez-le et collez-le dans l’ancienne discussion.
answer-here-label = Texte à coller
answer-here-text = Désormais, écrivez-moi sur Valise, la messagerie scellée de { $organisation }. Elle fonctionne dans le navigateur : sans numéro de téléphone, sans mot de passe. Répondez-moi ici : { $link } (valable jusqu’au { $day })
devices = Appareils
devices-hint = Utilisez Valise sur votre téléphone et à votre bureau
device-link = Associer un appareil
device-this = Cet appareil
device-since = Depuis le { $day }
device-waiting = Ses messages sont en route : laissez Valise ouvert sur cet appareil.
device-unnamed = Un appareil
device-remove = Retirer
device-remove-named = Retirer { $name }
device-remove-title = Retirer cet appareil ?
device-remove-text = Il ne reçoit aussitôt plus aucun message. Ce qu’il a déjà y reste lisible jusqu’à ce que quelqu’un l’efface.
device-step-open = Ouvrez l’adresse de ce serveur sur le nouvel appareil.
device-step-press = Choisissez-y « J’utilise Valise sur un autre appareil ».
device-step-type = Saisissez le code qu’il affiche.
device-code = Code
device-code-hint = Huit lettres et chiffres, comme K7QM-2RX9. Un lien convient aussi.
device-busy = Les deux appareils se cherchent…
device-compare = « { $name } » demande à être associé à votre compte. Affiche-t-il ces chiffres ?
device-compare-caution = Continuez seulement si le nouvel appareil est entre vos mains et si vous avez commencé vous-même. Il pourra tout lire.
device-refuse = Ils diffèrent
device-approve = Ils sont identiques
device-linked = Appareil associé. Vos messages sont en route.
past-title = Vos messages arrivent
past-text = Ils viennent de votre autre appareil, scellés. Laissez Valise ouvert là-bas jusqu’à ce qu’ils soient ici.
past-waiting = Votre autre appareil ajoute d’abord celui-ci à toutes les discussions…
past-coming = Parties arrivées : { $parts } sur { $of }
past-skip = Commencer sans eux
past-skip-title = Commencer sans les messages antérieurs ?
past-skip-text = Ils restent sur votre autre appareil et ne viendront pas plus tard sur celui-ci.
this-device = Cet appareil
lock-now = Verrouiller
lock-hint = Votre empreinte, votre visage ou votre code PIN le rouvre
move = Passer à un autre appareil
move-hint = Votre compte et vos discussions continuent dans un autre navigateur ou téléphone
move-title = Transférer ce compte vers un autre appareil ?
move-text = Vous recevez un lien. Votre compte continue, avec tout son contenu, là où ce lien est ouvert en premier. Cet appareil est aussitôt déconnecté et ne peut plus rien lire ni écrire.
move-go = Créer le lien
move-busy = Tout est scellé dans une archive…
move-label = Lien vers ce compte
move-link = Ouvrez ce lien sur l’autre appareil. Il fonctionne une seule fois.
wipe = Effacer cet appareil
wipe-title = Tout effacer sur cet appareil ?
wipe-text = Vos messages et votre accès sont effacés de cet appareil. C’est irréversible. Pour revenir, il vous faudra une nouvelle invitation.
about-sealed = Tout ce que vous écrivez est scellé sur votre appareil avant de partir. Le serveur le garde et le transmet, mais ne peut rien lire.

## Recherche
found = { $count ->
    [0] Aucun message
    [one] { $count } message
   *[other] { $count } messages
}
found-more = Plus de { $count } messages
found-show-more = Afficher plus
found-preparing = Les messages plus anciens sont encore en préparation.
found-hint = Précisez avec de:Anna, dans:Équipe, avec:fichier, avant:2026-12-31. Une recherche ne quitte jamais cet appareil.

# La sauvegarde, et le retour grâce à elle.
backup = Sauvegarde
backup-off = Il n’y a pas de sauvegarde. Si vous perdez vos appareils, vos messages sont perdus.
backup-coming = Une copie scellée de vos messages se crée sur le serveur de votre organisation…
backup-kept = Une copie scellée de vos messages se trouve sur le serveur de votre organisation. Dernière mise à jour : { $day }, { $time }.
backup-elsewhere = Un autre de vos appareils tient la sauvegarde.
backup-opens-passkey = Seule votre clé d’accès l’ouvre.
backup-opens-code = Seul votre code imprimé l’ouvre.
backup-opens-both = Seuls votre clé d’accès ou votre code imprimé l’ouvrent.
backup-begin = Tenir une sauvegarde
backup-begin-hint = Scellée, elle se met à jour toute seule. Sur un nouvel appareil, votre clé d’accès l’ouvre.
backup-no-passkey = Ce navigateur n’a pas de clé d’accès qui pourrait ouvrir une sauvegarde. Imprimez plutôt un code.
backup-print = Imprimer un code
backup-print-hint = Pour un coffre ou un tiroir : il ouvre la sauvegarde si la clé d’accès est perdue, elle aussi.
backup-printed-since = Imprimé le { $day }. Un nouveau code rend l’ancien sans valeur.
backup-stop = Supprimer la sauvegarde
backup-stop-title = Supprimer la sauvegarde ?
backup-stop-text = La copie sur le serveur est effacée. Si vous perdez ensuite vos appareils, vos messages sont perdus.
backup-anew-title = Imprimer un nouveau code ?
backup-anew-text = Le code imprimé auparavant n’ouvrira plus rien.
backup-paper-title = Votre code
backup-paper-text = Qui a ce code peut devenir vous sur un nouvel appareil et tout lire. Gardez-le comme un passeport.
backup-paper-once = Il ne s’affiche que maintenant.
backup-paper-print = Imprimer
lost = J’ai perdu mes appareils
lost-text = Si une sauvegarde existait, votre clé d’accès ou votre code imprimé vous ramène, vous et vos messages.
back-passkey = Revenir avec ma clé d’accès
back-code = Code imprimé
back-code-hint = Sept groupes de quatre caractères
back-by-code = Revenir avec le code
back-no-secret = Cette clé d’accès ne peut pas ouvrir de sauvegarde. Essayez le code imprimé.
back-title = Heureux de vous revoir
back-coming = Vos messages arrivent, scellés, du serveur de votre organisation.
trouble-bad-code = Un caractère du code est faux, ou il en manque un.
trouble-no-backup = Aucune sauvegarde ne s’ouvre avec cela.
# Papier : numériser et caviarder.
attach-file = Photo ou fichier
attach-scan = Numériser des pages
attach-camera = Photographier des pages
scan-title = Numériser
scan-name = Numérisation { $date }.pdf
paper-working = Recherche de la page…
paper-shown = La page telle qu’elle sera envoyée
paper-pages = Pages
paper-page = Page { $number }
paper-add = Ajouter des pages
paper-photograph = Photographier
camera-asked = Le navigateur demande si Valise peut utiliser l’appareil photo.
camera-shown = Ce que voit l’appareil photo
camera-take = Prendre cette page
camera-taken = { $count ->
    [one] { $count } page est prise.
   *[other] { $count } pages sont prises.
}
camera-done = Voir les pages
camera-denied = Valise ne peut pas utiliser l’appareil photo. Autorisez-le pour cette page dans les réglages du navigateur, ou ajoutez des images déjà prises.
camera-missing = Il n’y a pas d’appareil photo, ou un autre programme l’utilise. Des images déjà prises peuvent être ajoutées.
paper-zoom = Taille à l’écran
paper-larger = Plus grand
paper-smaller = Plus petit
paper-tools = Ce que l’on peut faire de la page
paper-edges = Bords
paper-look = Aspect
paper-cover = Caviarder
paper-turn = Tourner
paper-earlier = Avancer
paper-later = Reculer
paper-remove = Retirer
paper-unreadable = Cette image ne peut pas être lue. JPEG, PNG et WebP le peuvent.
paper-too-large = Cette image est plus grande que celles des appareils photo, et n’a pas été ouverte.
paper-too-many = Un document compte au plus { $count } pages.
edges-hint = Faites glisser les coins sur ceux de la feuille.
corner-upper-left = Coin supérieur gauche
corner-upper-right = Coin supérieur droit
corner-lower-right = Coin inférieur droit
corner-lower-left = Coin inférieur gauche
finish-colour = Couleur
finish-grey = Gris
finish-black-white = N/B
finish-plain = Telle quelle
cover-title = Caviarder des passages
cover-hint = Tracez un cadre sur ce que personne ne doit voir. Cela est retiré du fichier, avec tout le texte de la page, et pas seulement masqué.
cover-add = Ajouter un cadre
cover-box = Passage caviardé { $number }
cover-remove = Découvrir
cover-done = Terminé
confidential = Confidentiel
confidential-hint = Qui le lit voit son propre nom en travers. Cela dissuade ; cela n’empêche rien.
confidential-save-title = Ce fichier est confidentiel
confidential-save-text = La personne qui l’a envoyé demande qu’il reste ici. Une copie au-dehors ne porte aucun nom, n’est pas scellée, et c’est vous qui en répondez.
confidential-save-go = Enregistrer une copie
text-cut = Seul le début est montré. Enregistrez le fichier pour tout lire.
picture-refused = Cette image est plus grande que celles des appareils photo, ou n’est pas une image. Elle n’a pas été ouverte ; elle peut être enregistrée.

## Polls
poll = Sondage
poll-line = Sondage : { $question }
card = Contact
card-whose = Envoyer un contact
card-line = Contact : { $name }
card-line-unknown = Contact : inconnu ici
card-unknown = Inconnu ici
card-unknown-hint = L’annuaire de votre organisation ne connaît pas ce compte.
card-open = Écrire à { $name }
poll-new = Nouveau sondage
poll-question = Question
poll-options = Réponses
poll-option = Réponse { $number }
poll-several = Plusieurs réponses sont possibles
poll-named = Tous les membres voient qui a choisi quoi.
poll-no-question = Écrivez ce que vous demandez.
poll-few-options = Écrivez au moins deux réponses.
poll-same-options = Deux réponses sont identiques.
poll-choose-one = Sondage · une réponse
poll-choose-several = Sondage · une ou plusieurs réponses
poll-closed = Sondage · clos
poll-choice = { $text }, { $count ->
    [0] personne
    [one] { $count } personne
   *[other] { $count } personnes
}
poll-voters = { $count ->
    [0] Personne n’a encore voté
    [one] { $count } personne a voté
   *[other] { $count } personnes ont voté
}
poll-who = Qui a voté
poll-nobody = Personne
poll-close = Clore le sondage
poll-close-title = Clore ce sondage ?
poll-close-text = Plus personne ne pourra voter ensuite, et il ne pourra pas être rouvert. Tout le monde voit encore le résultat.

## Une nouvelle identité
renew-title = Votre identité, rendue
renew-text = Deux personnes de votre organisation disent que vous avez perdu tous vos appareils. Avec ce lien, vous redevenez vous-même sur cet appareil : même nom, mêmes discussions.
renew-no-messages = Les anciens messages ne reviennent pas ainsi. Tout le monde dans vos discussions voit que vous avez une nouvelle identité.
renew-go = Commencer sur cet appareil
renew-busy = Un instant…
renew-reading = Vérification en cours…
renew-stopped = Arrêté : un de vos appareils a dit qu’il n’est pas perdu.
renew-over = Cela n’a pas abouti : la demande a été retirée, le délai est passé ou le lien a été ouvert sur un autre appareil. Redemandez là où vous avez reçu le lien.
renew-waits-second = En attente d’un deuxième registraire.
renew-waits-time = Prend effet le { $time }.
renew-asked-by = { $registrar } demande une nouvelle identité pour { $person }, { $organisation }.
renew-confirmed-by = Confirmé par { $registrar }.
renew-by-itself = La suite se fait toute seule le moment venu. Vous pouvez fermer cette page et la rouvrir.
renew-forget = Supprimer de cet appareil
renewal-alarm = Quelqu’un dit que vous avez perdu tous vos appareils
renewal-alarm-one = { $first } demande une nouvelle identité en votre nom. Cet appareil serait exclu.
renewal-alarm-both = { $first } et { $second } donnent à l’appareil de quelqu’un d’autre une nouvelle identité en votre nom. Cet appareil sera exclu le { $time }.
renewal-stop = Ce n’est pas moi : arrêter
renewal-stopped = Arrêté. Prévenez votre responsable de la sécurité.
renewal-lost = Tout perdu…
renewal-lost-text = Si { $name } a perdu tous ses appareils et n’a pas de code imprimé, vous pouvez rendre l’identité avec un deuxième registraire. Assurez-vous d’abord que c’est bien cette personne. Aucun ancien message ne revient.
renewal-offer = Créer un lien pour une nouvelle identité
renewal-title = Une nouvelle identité
renewal-asked = Demandé par { $registrar }, { $time }.
renewal-waits-you = Attend votre confirmation.
renewal-confirm-text = Confirmez seulement si vous avez parlé vous-même à cette personne.
renewal-confirm = Confirmer
renewal-decline = Refuser
renewal-link = Lien pour la nouvelle identité
renewal-link-caution = Donnez-le à cette personne seule : qui l’ouvre en premier devient elle.

## Demandes
requests = Demandes
requests-burning = { $count ->
    [one] { $count } demande vous attend ou est en retard
   *[other] { $count } demandes vous attendent ou sont en retard
}
nothing-open-request = Choisissez une demande
requests-open = Ouvertes
requests-for-us = Pour nous
requests-mine = Les miennes
requests-waiting = En attente
requests-urgent = Urgentes
requests-ended = Terminées
requests-empty = Rien n’est ouvert. Ici se trouve ce que d’autres organisations demandent à la vôtre, et la vôtre à elles.
requests-none-here = Rien ici.
search-requests = Chercher des demandes
request-count = { $count ->
    [one] { $count } demande
   *[other] { $count } demandes
}
request-new = Nouvelle demande
request-incoming = Reçue
request-outgoing = Envoyée par nous
request-subject = Objet
request-number = Numéro
request-number-own = Numéro dans votre registre
request-their-number = Leur numéro
request-number-double = Une autre demande de votre registre porte aussi ce numéro : elles ont été commencées en même temps. Indiquez la date avec le numéro, ou retirez l’une d’elles et demandez à nouveau.
request-number-hint = Laissez vide pour le suivant.
request-with = Organisation
request-state = État
request-assignee = Chargé du dossier
request-due = Réponse attendue
request-due-by = Réponse attendue avant le { $time }
request-left-days = { $count ->
    [one] dans { $count } jour
   *[other] dans { $count } jours
}
request-left-tomorrow = demain
request-left-today = aujourd’hui
request-left-just-over = en retard depuis aujourd’hui
request-left-late = { $count ->
    [one] { $count } jour de retard
   *[other] { $count } jours de retard
}
request-late = en retard
request-was-late = était en retard
request-fresh = Nouvelle
request-submitted = En route
request-received = Reçue là-bas
request-registered = Enregistrée
request-in-work = En cours
request-questioned = Question posée
request-partly = Réponse partielle
request-answered = Répondue
request-refused = Refusée
request-disputed = Réponse contestée
request-confirmed = Réglée
request-withdrawn = Retirée
request-closed = Close
request-expired = Expirée
request-reached-waiting = Encore sur cet appareil
request-reached-sent = Envoyée
request-reached-delivered = Arrivée chez eux
request-reached-opened = Ouverte chez eux
request-parts = Parties de la demande
request-document = Demande
request-talk = Conversation
request-from = De
request-to = À
request-issued = Signée
request-asked-until = Délai demandé jusqu’au
request-basis = Base légale
request-class = Classification
request-confidential-said = Confidentiel : la personne concernée ne doit pas en avoir connaissance
request-in-working-days = { $count ->
    [one] { $count } jour ouvré après l’envoi
   *[other] { $count } jours ouvrés après l’envoi
}
working-days = { $count ->
    [one] { $count } jour ouvré
   *[other] { $count } jours ouvrés
}
request-files = Fichiers
request-file-remove = Retirer { $name }
request-course = Ce qui a été fait
request-ground-is = Motif : { $ground }
request-under-way = En route vers l’autre partie
request-more = Autres actions sur cette demande
request-export = Enregistrer les preuves
request-exporting = Réunion des preuves…
request-fetching = Les fichiers d’abord. Les preuves s’enregistrent quand ils sont là.
request-exported = Les preuves sont enregistrées. Chacun peut les vérifier, même sans réseau.
request-exported-unstamped = Les preuves sont enregistrées, sans horodatage de l’ensemble : personne ne pouvait en donner. Chacun peut les vérifier, même sans réseau.
request-export-without = Enregistrer les preuves sans certains fichiers
evidence-without-text = Ce qui est coché n’est pas joint. Son empreinte reste dans les preuves, qui disent qu’il a été omis volontairement ; le reste se vérifie comme toujours.
evidence-leave-out = Omettre
evidence-left-out = { $count ->
    [one] { $count } fichier a été omis.
   *[other] { $count } fichiers ont été omis.
}
evidence-not-had = { $count ->
    [one] { $count } fichier n’a pas pu être obtenu de son serveur ; les preuves le disent.
   *[other] { $count } fichiers n’ont pas pu être obtenus de leur serveur ; les preuves le disent.
}
evidence-too-large = { $count ->
    [one] { $count } fichier n’est pas joint : plus de 256 Mo ne tiennent pas. Les preuves le disent.
   *[other] { $count } fichiers ne sont pas joints : plus de 256 Mo ne tiennent pas. Les preuves le disent.
}
evidence-another = { $count ->
    [one] { $count } fichier n’est pas celui qui a été signé ; les preuves le disent.
   *[other] { $count } fichiers ne sont pas ceux qui ont été signés ; les preuves le disent.
}
request-do-answer = Répondre
request-do-answer-part = Répondre en partie
request-do-question = Poser une question
request-do-clarify = Préciser
request-do-ask-time = Plus de temps
request-do-give-time = Accorder le délai
request-do-deny-time = Ne pas l’accorder
request-do-refuse = Refuser
request-do-assign = Confier
request-do-register = Enregistrer
request-do-confirm = Confirmer
request-do-dispute = Pas une réponse
request-do-withdraw = Retirer
request-do-close = Clore la demande
request-ends = Cela met fin à la demande, sans retour possible.
request-ground = Motif du refus
request-ground-hint = Par exemple l’article de la loi.
request-why = Pourquoi ce n’est pas une réponse
request-why-missing = Dites pourquoi ce n’est pas une réponse.
request-why-optional = Pourquoi (peut rester vide)
request-until = Jusqu’au
request-time-later = Choisissez un jour après l’échéance.
request-time-until = La réponse est alors attendue avant le { $time }.
letter-request = Demande
letter-answer = Réponse
letter-part = Réponse partielle
letter-question = Question
letter-clarification = Précision
letter-refusal = Refus
letter-text = Texte
letter-empty = Écrivez quelque chose ou ajoutez un fichier.
letter-is-part = C’est une partie de la réponse
letter-is-part-hint = La demande reste ouverte pour le reste.
letter-broken = Une partie n’est pas ce qui a été signé. Ne vous y fiez pas.
sees-request = C’est exactement ce que verra { $organisation }, avec votre nom. La date et un numéro viennent à l’envoi.
sees-answer = { $organisation } reçoit ce texte et ces fichiers, signés de votre nom.
sees-question = { $organisation } reçoit cette question, signée de votre nom. L’échéance reste.
sees-clarification = { $organisation } reçoit ce texte, signé de votre nom.
sees-refusal = { $organisation } reçoit ce refus et son motif, signés de votre nom.
sees-assignee = { $organisation } voit le nom de qui s’en occupe.
sees-number = { $organisation } voit que la demande est enregistrée, et le numéro.
sees-time-asked = { $organisation } reçoit une demande de délai. Sans accord, l’échéance reste.
sees-time-given = { $organisation } voit la nouvelle échéance.
sees-time-denied = { $organisation } voit que l’échéance reste, et pourquoi.
sees-confirmed = { $organisation } voit que vous avez ce que vous demandiez. La demande est réglée.
sees-disputed = { $organisation } voit pourquoi ce n’est pas une réponse. La demande est de nouveau ouverte.
sees-withdrawn = { $organisation } voit que vous ne voulez plus rien, et pourquoi.
sees-closed = { $organisation } voit que vous avez clos la demande, et pourquoi.
act-received = Ouverte par { $name }
act-registered = { $name } l’a enregistrée : { $number }
act-registered-plain = { $name } l’a enregistrée
act-assigned = { $name } l’a confiée à { $assignee }
act-assigned-plain = { $name } l’a confiée à quelqu’un
act-took = { $name } s’en occupe
act-questioned = { $name } pose une question
act-clarified = { $name } a précisé ce qui était demandé
act-extension-asked = { $name } demande un délai jusqu’au { $day }
act-extension-granted = { $name } accorde un délai jusqu’au { $day }
act-extension-denied = { $name } n’accorde pas de délai
act-partly-answered = { $name } a répondu en partie
act-answered = { $name } a répondu
act-refused = { $name } a refusé
act-confirmed = { $name } a confirmé la réponse
act-disputed = { $name } ne le prend pas pour une réponse
act-withdrawn = { $name } a retiré la demande
act-amended = { $name } a modifié la demande
act-closed = { $name } a clos la demande
standing-out-of-place = Ne compte pas : autre chose est venu avant.
standing-not-theirs = Ne compte pas : ce n’était pas à eux de le faire.
standing-no-object = Ne compte pas : ce à quoi cela renvoie manque.
standing-unproven = Ne compte pas encore : la signature n’a pas pu être vérifiée.
request-whom = Bureau, nom ou adresse
request-whom-hint = Choisissez un bureau ou une personne d’une organisation partenaire, ou tapez l’adresse entière.
request-offices = Bureaux
request-asker = Au nom de
request-asker-me = Moi seul
request-goes-to = Elle va à { $name }.
request-other-recipient = Changer
request-text = Ce que vous demandez
request-basis-hint = L’article, ou le numéro de l’ordonnance.
request-class-hint = Dans les mots de votre organisation.
request-by-days = En jours ouvrés
request-by-day = À une date
request-ends-itself = Prend fin d’elle-même
request-ends-never = Jamais
request-ends-with = Avec le délai
request-ends-after = Jours après
request-ends-days = Jours après le délai
request-ends-days-after = { $count ->
    [one] Un jour après le délai
   *[other] { $count } jours après le délai
}
request-ends-hint = Une réponse plus tardive ne compte plus : la demande est alors terminée des deux côtés.
request-expired-said = Cette demande a pris fin d’elle-même : { $time }. Aucune réponse n’est venue à temps, et elle n’en accepte plus.
silence = Ce qui, selon les serveurs, n’a pas eu lieu
silence-carried = Pas remis au serveur de l’autre partie au { $time }.
silence-fetched = Retiré par aucun appareil de l’autre partie au { $time }.
silence-answered = La demande avait pris fin d’elle-même, et rien de l’autre partie n’était venu à temps ; dit le { $time }.
silence-own = C’est votre serveur qui le dit.
silence-theirs = C’est le serveur de { $organisation } qui le dit.
silence-later = C’est arrivé plus tard : { $time }.
silence-hint = C’est la parole d’un serveur, signée par lui ; elle prouve seulement qu’il l’a dit.
request-confidential = Confidentiel
request-confidential-hint = La personne concernée ne doit pas en avoir connaissance. Qui lit voit son propre nom sur les fichiers.
request-further = Classification, numéro et droit
request-look = Voir
request-change = Modifier
request-send = Signer et envoyer
answer-go-on = Reprendre ce que vous aviez commencé
request-kept = Gardé sur cet appareil jusqu’à l’envoi
request-files-again = Cela a été commencé avant la fermeture de Valise. Les fichiers doivent être choisis de nouveau.
request-no-subject = Dites en quelques mots de quoi il s’agit.
request-no-text = Écrivez ce que vous demandez, ou ajoutez un fichier.
request-no-days = Choisissez de 1 à 1 000 jours ouvrés.
templates = Modèles
templates-edit = Renommer ou supprimer des modèles
templates-none = Pas encore de modèle. Écrivez une demande, relisez-la, et gardez-la là comme modèle.
templates-back = Retour à la demande
templates-full = Vous avez déjà autant de modèles qu’on peut en avoir. Supprimez-en un d’abord.
templates-most = Au plus { $count } modèles.
template-name = Nom du modèle
template-keep = Garder comme modèle
template-keep-it = Garder
template-keep-hint = L’objet, le texte, le fondement et les noms des champs sont gardés pour vous seul, sur tous vos appareils. Ce que vous avez rempli ne l’est pas.
template-replaces = Vous avez déjà un modèle de ce nom. Celui-ci prend sa place.
template-replace = Remplacer
template-kept = Le modèle est gardé.
template-change = Modifier { $name }
template-remove = Supprimer
request-fields = Formulaire
request-field = Champ
request-field-add = Ajouter un champ
request-field-remove = Enlever le champ
request-field-name = Nom du champ
request-field-value = Ce qu’il contient
request-field-empty = Remplissez « { $name } », ou enlevez le champ.
request-field-no-name = Donnez un nom au champ.
request-field-twice = Deux champs s’appellent « { $name } ». Appelez-en un autrement.
request-again = Redemander la même chose
request-begun = Vous aviez commencé cette demande. Envoyez-la, ou videz l’objet et le texte, puis redemandez la même chose.
request-another = Ajouter un destinataire
request-from-table = D’un tableau
request-others = Autres à qui l’on demande la même chose
request-each-apart = { $count } destinataires. Chacun reçoit sa propre demande et ne voit rien des autres.
request-to-many = { $count } destinataires
request-asked-together = Demandé ensemble, réponses
requests-answered = { $answered } sur { $count }
requests-all = Toutes les demandes
requests-save = Enregistrer cette liste comme tableau
request-way = Sens
request-office = Service
sees-request-each = C’est exactement ce que voit chacun d’eux, avec votre nom et le sien comme destinataire. La date et les numéros viennent à l’envoi.
request-table-no-text = Ce tableau ne peut pas être lu. Enregistrez-le en « CSV UTF-8 » et choisissez-le à nouveau.
request-table-large = Le tableau est trop grand. On peut demander à 50 destinataires au plus en même temps.
request-table-unclosed = Un guillemet du tableau est ouvert et non fermé.
request-table-empty = Le tableau est vide. Écrivez un destinataire par ligne et choisissez-le à nouveau.
request-table-wrong = { $count ->
    [one] { $count } ligne ne nomme personne à qui l’on puisse demander. Rien n’a été envoyé.
   *[other] { $count } lignes ne nomment personne à qui l’on puisse demander. Rien n’a été envoyé.
}
request-table-lines = Lignes du tableau
request-table-line = Ligne { $number }
request-table-nobody = Aucun service d’un partenaire et personne que vous y connaissez ne s’appelle ainsi. Écrivez l’adresse entière.
request-table-no-address = Personne n’y a cette adresse.
request-table-no-partner = Aucune organisation partenaire n’a ce nom ou ce domaine.
request-table-unreached = Cette organisation n’a pas pu être interrogée maintenant.
request-table-looking = Recherche…
request-table-progress = Recherche des personnes auprès de leurs organisations : { $done } sur { $count }
request-table-several = Plusieurs s’appellent ainsi. Écrivez l’adresse entière.
request-table-again = Figure deux fois dans le tableau.
request-table-take = { $count ->
    [one] Les laisser et prendre { $count } destinataire
   *[other] Les laisser et prendre { $count } destinataires
}
request-no-day = Choisissez un jour qui n’est pas passé.
request-no-end = Indiquez un nombre de jours de 1 à 1000.

# Invités : des personnes sans organisation, par un lien et un code.
trouble-wrong-code = Ce code ne va pas avec ce lien. Comparez-le lettre par lettre ; après cinq codes faux le lien est bloqué.
guest-mark = Invité
guest-mark-title = Une personne sans organisation, par un lien et un code
guest-by-link = Quelqu’un sans Valise
guest-by-link-hint = Par un lien et un code, ou par une lettre sur papier
guest-name = Qui vous interrogez
guest-name-hint = Comme cela doit figurer dans la demande. Le serveur ne peut pas le lire.
guest-name-missing = Dites qui vous interrogez.
guest-hold = Je regarde d’abord qui est venu
guest-hold-hint = Sinon, quiconque a le lien et le code lit aussitôt la demande.
guest-panel = L’invité
guest-panel-digits = Chiffres à comparer par téléphone :
guest-link-until = Le lien vaut jusqu’au { $day }.
guest-not-sending = La demande est en route. Lien, code et lettre sont ici dès qu’elle est partie.
guest-not-released = La demande attend une autorisation. Lien, code et lettre sont ici dès qu’elle est partie.
guest-not-sent-back = La demande a été renvoyée. Lien, code et lettre sont ici dès qu’elle est partie.
guest-not-stopped = Toutes les demandes sont arrêtées. D’ici là, rien n’est remis et personne n’entre.
guest-hand-over = Remettre le lien
guest-let-in = Laisser entrer
guest-renew = Nouveau lien
guest-renew-text = L’ancien lien et son code ne valent plus rien, et qui est venu par eux est dehors. Transmettez ensuite les nouveaux.
guest-end = Terminer le lien
guest-end-text = Qui est venu par le lien ne peut plus ni lire ni répondre. Ce qui a été envoyé avant reste chez vous. C’est irréversible, mais un nouveau lien est possible.
guest-making = Lien en préparation
guest-awaited = Pas encore ouvert
guest-waits = Attend d’entrer
guest-comes = Entre
guest-in = Est là
guest-is-over = Lien terminé
guest-hand-title = Pour { $name }
guest-hand-link = Le lien
guest-hand-link-hint = Par courriel, ou imprimé. Il est pour une personne et n’ouvre rien sans le code.
guest-hand-code = Le code
guest-hand-code-hint = Par une autre voie que le lien : par téléphone, par SMS, sur une feuille à part.
guest-copy-code = Copier le code
guest-mail-copy = Copier le texte d’un e-mail
guest-mail-head = { $organisation } vous prie de répondre à une demande (numéro { $number }), avant le { $due }.
guest-mail-open = Pour la lire, ouvrez cette page dans n’importe quel navigateur, sur un téléphone ou un ordinateur. Il ne faut ni compte ni installation :
guest-mail-code = La page demande un code. Il vous parvient séparément, jamais par e-mail.
guest-mail-doubt = Si vous ne vous y attendez pas, n’ouvrez rien et appelez-nous à un numéro que vous connaissiez déjà.
guest-looking = On regarde qui demande…
guest-bad-title = Ce lien n’ouvre rien
guest-bad-text = Il a peut-être servi, été terminé, ou il est trop ancien, ou la demande est close. Demandez-en un autre à qui l’a envoyé.
guest-again-title = Ouvrez le lien encore une fois
guest-again-text = Pour que personne ne le trouve ici, cette page a oublié le lien à l’ouverture. Tant qu’aucun code n’a été saisi, il vaut comme avant.
guest-again-mail = D’un courriel ou d’un message : rouvrez-y le lien.
guest-again-paper = D’une lettre : pointez de nouveau l’appareil photo sur le carré.
guest-link-title = Le lien d’un invité
guest-link-asked = Par ce lien, { $asks } interroge { $guest }.
guest-link-you = Ici, vous êtes { $name }, { $organisation }. En l’ouvrant, vous n’avez fait entrer personne.
guest-link-in = Vous faites partie de ceux qui traitent cette demande.
guest-link-out = Avec votre propre compte, vous n’avez rien à voir avec cette demande.
guest-link-private = Pour entrer en tant que { $guest }, ouvrez le lien dans une fenêtre privée ou un autre navigateur : là, il s’ouvre sans votre compte.
guest-link-copy = Copier le lien
guest-link-open = Ouvrir la demande
guest-other-title = Ce lien est pour { $guest }
guest-other-here = Ce navigateur garde déjà la conversation d’un invité : { $name }, { $organisation }. Elle est telle qu’elle était : l’ouverture du lien n’a rien changé.
guest-other-how = Un navigateur garde la conversation d’un seul invité. Pour répondre en tant que { $guest }, ouvrez le lien dans un autre navigateur, un autre profil de celui-ci ou sur un autre appareil. Il vaut toujours.
guest-other-back = Aller à la conversation de { $name }
guest-title = { $organisation } vous demande une réponse
guest-asks = Qui demande
guest-asked = Qui est interrogé
guest-until = Vous pouvez l’ouvrir jusqu’au { $day }.
guest-held = Avant que vous puissiez lire, quelqu’un doit vous laisser entrer.
guest-code = Code
guest-code-hint = Il est venu par une autre voie que le lien : trois groupes de quatre caractères.
guest-code-missing = Saisissez le code.
guest-go = Ouvrir la demande
guest-busy = Ouverture…
guest-passkey-hint = Votre appareil demande visage, doigt ou code PIN. Ainsi vous reviendrez plus tard sur cet appareil.
guest-sealed = Vous seul et ceux qui demandent pouvez lire ceci. Le serveur le transporte scellé.
guest-sure = Cette page est-elle sûre ?
guest-sure-text = La page vient de { $domain }. Vérifiez ce nom dans la barre d’adresse. En cas de doute, appelez l’organisation à un numéro que vous connaissez, pas à celui de la lettre, et comparez ces chiffres :
guest-offline = Pas de connexion. Ce que vous écrivez est conservé.
guest-connecting = Connexion…
guest-wait-title = Vous attendez d’entrer
guest-wait-text = On vous laisse entrer dès que l’un de ceux qui demandent a Valise ouvert. Tant que tous sont absents, personne ne le peut. Laissez cette page ouverte, ou revenez plus tard sur cet appareil : votre place est gardée.
guest-wait-held = Ceux qui demandent regardent d’abord qui est venu, puis vous laissent entrer. Tant que tous sont absents, personne ne le peut. Laissez cette page ouverte, ou revenez plus tard sur cet appareil : votre place est gardée.
guest-wait-digits = Si l’on vous appelle, dites ces chiffres :
guest-over = Ceux qui demandent ont terminé ce lien. Ce que vous avez envoyé avant est chez eux.
guest-refused-title = On ne vous a pas laissé entrer
guest-refused-text = La demande est close, ou ceux qui demandent ont terminé ce lien, avant que quoi que ce soit ne soit montré. Rien de vous n’a été envoyé. Si c’est une erreur, appelez-les à un numéro que vous connaissez et demandez un nouveau lien.
guest-clear = Vider cette page
guest-clear-text = Tout ce qui concerne cette demande disparaît de cet appareil. Un reçu que vous avez enregistré vous reste.
guest-honest = Scellé entre vous et ceux qui demandent. Ils vous connaissent seulement comme quelqu’un qui avait le lien et le code.
guest-here = Un invité est dans cette discussion, par un lien et un code : { $people }
guest-you-are-asked = On vous interroge
guest-receipt = Enregistrer le reçu
guest-letter = Une lettre sur papier
guest-letter-hint = Pour qui n’a pas de courriel : la lettre porte le lien en carré pour l’appareil photo, le code part sur une feuille à part, un autre jour ou par une autre voie.
guest-letter-to = Adresse dans la fenêtre
guest-letter-from = Votre adresse
guest-letter-from-hint = Une ligne au-dessus de l’adresse. Elle peut rester vide.
guest-letter-print = Imprimer la lettre
guest-letter-code = Imprimer le code
guest-letter-no-address = Dites à qui va la lettre.
guest-letter-long-address = Une fenêtre montre six lignes au plus.
guest-letter-failed = La lettre n’a pas pu être faite. Réessayez.
guest-letter-letters = Quelques caractères manquent dans la police ; un cadre tient leur place. Relisez la lettre avant de l’envoyer.

## In whose name
requests-in-doubt = Douteuses
request-doubt-title = Ceci ne vient peut-être pas de { $organisation }
doubt-unsealed = { $organisation } scelle ses demandes, et celle-ci n’a pas de sceau. Un appareil ou une boîte aux lettres y a peut-être été volé.
doubt-bad-seal = Elle porte un sceau qui n’est pas valable : d’une personne qui n’en a pas le droit, ou pris d’une autre demande.
doubt-stopped = { $organisation } avait suspendu toutes ses demandes quand celle-ci est arrivée.
doubt-no-partner = { $organisation } n’est pas partenaire de votre organisation.
doubt-advice = Appelez { $organisation } à un numéro que vous connaissez déjà. Ne faites rien de ce qui est demandé avant. Ses fichiers restent fermés jusque-là.
request-do-vouch = Vérifiée autrement
request-vouch-warning = Dès lors, vous et vos collègues pourrez y travailler comme à toute autre demande. Que vous l’avez vérifiée est signé de votre nom.
request-vouch-how = Comment l’avez-vous vérifiée ? (facultatif)
sees-vouched = { $organisation } voit que vous avez vérifié par une autre voie, et ce que vous écrivez ici.
act-vouched = { $name } a vérifié par une autre voie de qui elle vient
request-sealed = Au nom de { $organisation }
request-sealed-by = Autorisée par { $name }
answer-sealed-by = Scellée par { $name }, { $when }
answer-unsealed = Signée par { $name }, non scellée au nom de { $organisation }.
answer-seal = Sceller au nom de { $organisation }
answer-seal-hint = Tous ici verront que c’est la réponse de votre organisation, et que vous en répondez.
answer-seal-done = Scellée. L’autre partie le voit.
held-waits = Attend l’autorisation d’un collègue. L’autre partie ne voit rien avant.
held-nobody = Attend une autorisation, et personne ne peut la donner. Dites-le à votre registraire.
held-back = { $name } l’a renvoyée : { $note }
held-stopped = Toutes les demandes de votre organisation sont suspendues. Celle-ci partira d’elle-même à la reprise.
held-left-out = La règle de sa discussion n’admet pas son destinataire. Elle attend que la règle soit changée.
held-over = Elle a pris fin avant de partir et ne partira plus. L’autre partie ne l’a pas vue. Vous pouvez demander à nouveau.
requests-stopped = Toutes les demandes de votre organisation sont suspendues. Ce qui est écrit attend qu’un registraire lève la suspension.
releases = En attente de votre autorisation
release-title = Autoriser cette demande ?
release-text = C’est exactement ce que verra l’autre partie. Avec votre autorisation, elle part au nom de votre organisation.
release-from = Écrite par { $name }
release-do = Autoriser
release-done = Autorisée. Elle est en route.
release-back = Renvoyer
release-back-why = Pourquoi la renvoyez-vous ?
release-back-missing = Dites pourquoi, pour qu’on puisse corriger.
release-sent-back = Renvoyée.
release-gone = Elle n’attend plus : quelqu’un d’autre l’a autorisée ou renvoyée, ou elle a été reprise.
rules = Demandes de l’organisation
rules-hint = Qui les autorise, et l’arrêt général
rules-asks = Ce qu’il faut à une demande avant de partir
rules-freely = Rien de plus
rules-freely-hint = La personne qui demande signe seule.
rules-sealed = Une autorisation
rules-sealed-hint = De quiconque peut autoriser. Qui le peut autorise la sienne en l’envoyant.
rules-four-eyes = Une seconde personne
rules-four-eyes-hint = Une autre personne que celle qui demande doit l’autoriser. Un appareil volé ne suffit alors pas.
rules-keepers = Qui peut autoriser
rules-keepers-hint = Elles scellent aussi les réponses de votre organisation : les leurs aussitôt, celles des collègues sur demande.
rules-keepers-none = Personne encore.
rules-keepers-needed = Personne ne peut autoriser : aucune demande ne pourrait partir.
rules-keeper-waits = Possible dès qu’un de ses appareils est en ligne
rules-keepers-change = Changer qui peut autoriser
rules-keepers-save = Enregistrer
rules-stop = Suspendre toutes les demandes
rules-stop-text = Personne de votre organisation ne peut envoyer de demande avant la reprise, et les partenaires se méfient de ce qui arrive malgré tout. Pour le cas où un appareil ou une boîte aux lettres a été volé.
rules-stop-sure = Oui, tout suspendre
rules-resume = Laisser repartir les demandes
rules-stopped = Toutes les demandes sont suspendues.
rules-resumed = Les demandes repartent.
rules-saved = Enregistré.
trouble-in-doubt = Rien ne prouve que l’autre organisation a envoyé ceci. Appelez-la à un numéro connu, puis dites ici que vous avez vérifié.
chip-in-doubt = Douteuse
chip-waits-release = En attente d’autorisation
chip-sent-back = Renvoyée
chip-stopped = Suspendue
chip-held = Retenue
chip-never-went = Jamais partie
## Working days, other wordings, handing on
requests-escalated = Remontées
request-remind = Relancer
request-remind-text = Un rappel : une réponse à cette demande est attendue. Dites-nous si quelque chose n’est pas clair ou s’il vous faut plus de temps.
request-reminded = L’autre partie a été relancée.
request-do-amend = Modifier
amend-hint = Vous envoyez une nouvelle version. Les fichiers envoyés restent. Qui a répondu à l’ancienne version répond de nouveau.
amend-due-same = Inchangée
sees-amended = { $organisation } voit la nouvelle version et ce qui a changé.
changed = Ce qui a changé
changed-due = Échéance : { $before } → { $after }
changed-ends = Elle prenait fin d’elle-même : { $before } ; maintenant : { $after }
changed-subject = L’objet était : { $subject }
changed-files = Nouveaux fichiers : { $names }
changed-text = Le texte précédent
letter-former = Une version précédente
letter-to-former = À une version précédente : ne compte plus
act-given = { $name } l’a transmise à { $office }
act-given-plain = { $name } l’a transmise à un autre bureau
forward-note = Quelques mots pour eux
forward-note-hint = Eux seuls le reçoivent, chacun dans une discussion avec vous. L’autre organisation ne le voit pas.
forward-people = Collègues
counted-by = C’est le { $time }, selon le calendrier « { $name } ».
counted-plain = C’est le { $time }. Seuls les week-ends sont exclus : votre organisation n’a pas de calendrier.
remind-soon = Une réponse est bientôt attendue.
remind-today = Une réponse est attendue aujourd’hui.
remind-overdue = Le délai est dépassé.
remind-escalated = Personne n’a répondu à temps. Tout le bureau en est averti.
remind-release = Une demande attend votre autorisation.
remind-sent-back = Votre demande vous a été renvoyée.
remind-guest-waits = Un invité est venu et attend d’entrer.
deadlines = Jours ouvrés et délais
deadlines-hint = Comment votre organisation compte et quand elle rappelle
deadlines-about = Dès l’enregistrement, les demandes en jours ouvrés sont comptées selon ce calendrier. Les échéances déjà fixées ne bougent pas.
deadlines-plain = Votre organisation n’a pas de calendrier : seuls les samedis et dimanches sont exclus.
deadlines-by = Fixé par { $name }
deadlines-name = Nom du calendrier
deadlines-name-first = Jours ouvrés
deadlines-weekend = Jours de repos de la semaine
deadlines-weekend-is = Repos chaque semaine : { $days }
deadlines-holidays = Jours fériés
deadlines-holidays-hint = Jours fériés et autres jours non travaillés.
deadlines-worked = Jours travaillés
deadlines-worked-hint = Samedis et autres jours travaillés en récupération.
deadlines-day = Un jour
deadlines-add = Ajouter
deadlines-remove = Retirer le { $day }
deadlines-many = Plusieurs à la fois
deadlines-many-hint = Des dates, une par ligne, ou un fichier de calendrier (.ics). Les noms des jours ne sont pas gardés.
deadlines-take = Ajouter ces jours
deadlines-file = Depuis un fichier
deadlines-until = Connu jusqu’au
deadlines-until-hint = Le dernier jour dont on sait s’il est travaillé. Au-delà, les délais ne se comptent pas en jours ouvrés.
deadlines-until-is = Connu jusqu’au { $day }
deadlines-ends = Le calendrier s’arrête le { $day }. Un registraire devrait ajouter l’année suivante.
deadlines-remind = Rappeler tant de jours ouvrés avant
deadlines-remind-hint = Jusqu’à cinq nombres séparés par des virgules : 1, 3. Le jour même, un rappel est fait aussi.
deadlines-escalate = Avertir tout le bureau tant de jours ouvrés après
deadlines-escalate-hint = Y compris ceux à qui elle n’est pas confiée. Laissez vide pour n’avertir personne d’autre.
deadlines-no-until = Indiquez jusqu’à quand le calendrier est connu.
deadlines-no-days = Écrivez des nombres de jours, séparés par des virgules.
deadlines-said = Le calendrier est enregistré.
deadlines-read = { $count ->
    [one] { $count } jour a été ajouté.
   *[other] { $count } jours ont été ajoutés.
}
deadlines-skipped = { $count ->
    [one] { $count } entrée n’est pas un jour entier ou se répète selon une règle : elle a été écartée.
   *[other] { $count } entrées ne sont pas des jours entiers ou se répètent selon une règle : elles ont été écartées.
}
away-until = Absent jusqu’au { $day }
away-until-cover = Absent jusqu’au { $day }, remplacé par { $name }
away-said-by = Indiqué par { $name }, registraire
away-title = Quand vous êtes absent
away-title-of = Quand { $name } est absent
away-last-day = Dernier jour d’absence
away-cover = Remplaçant
away-cover-nobody = Personne
away-cover-hint = Le remplaçant a les demandes ouvertes parmi les siennes, et on les lui rappelle. Pour cela, tous deux doivent tenir le même bureau.
away-words = Quelques mots aux collègues
away-said = Les collègues le voient maintenant.
away-back = De retour
away-back-said = De retour. Les collègues le voient maintenant.
away-day-wrong = Choisissez aujourd’hui ou un jour plus tard.
away-short = Absence
duty = Permanence
duty-mine = Je suis de permanence
duty-of = { $name } est de permanence
duty-hint = La personne de permanence apprend les nouvelles demandes ; les autres les trouvent dans la liste. S’il n’y en a pas, tout le monde les apprend.
