# Die Wörter der Oberfläche auf Deutsch. Kennungen und Argumente wie in en.ftl; was hier fehlt, wird englisch gesagt.

## Überall
close = Schließen
cancel = Abbrechen
save = Speichern
back = Zurück
remove = Entfernen
more = Weitere Optionen
show = Anzeigen
go-on = Weiter
try-again = Erneut versuchen
discard = Löschen
download = Herunterladen
resume = Fortsetzen
pause = Pause
paused = pausiert
copied = Kopiert
you = Sie
owner = Inhaber
registrar = Registrar
ended = Zugang beendet
language = Sprache
language-not-here = { $language } ist noch nicht auf diesem Gerät und war nicht zu laden. Es ist da, sobald Valise das nächste Mal mit Verbindung startet.
loading = Wird geladen…
today = Heute
yesterday = Gestern
names-joined = { $head } und { $last }
size-bytes = { $size } Byte
size-kilobytes = { $size } KB
size-megabytes = { $size } MB
size-gigabytes = { $size } GB
days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
}
members = { $count ->
    [one] { $count } Mitglied
   *[other] { $count } Mitglieder
}
announcement-members = { $count ->
    [one] Ankündigungen · { $count } Mitglied
   *[other] Ankündigungen · { $count } Mitglieder
}

## An der Tür
starting = Wird geöffnet…
starting-first = Valise kommt auf dieses Gerät. Es kommt ganz und nur einmal, auf einer langsamen Leitung dauert das einen Moment. Danach öffnet es sich sofort, auch ohne Verbindung.
landing-title = Willkommen
landing-text = Valise ist der versiegelte Messenger Ihrer Organisation. Zum Anfangen brauchen Sie eine Einladung.
landing-invited = Hat Ihnen jemand aus Ihrer Organisation einen Link geschickt? Öffnen Sie ihn in diesem Browser.
landing-qr = Haben Sie einen QR-Code? Richten Sie die Kamera Ihres Telefons darauf.
landing-operator = Richten Sie Valise gerade ein? Öffnen Sie den Einrichtungslink, den der Server beim Start ausgegeben hat.
unsupported-title = Dieser Browser kann Ihre Nachrichten nicht aufbewahren
unsupported-text = Valise bewahrt Ihre Nachrichten versiegelt auf diesem Gerät auf. In diesem Browserfenster gibt es dafür keinen dauerhaften Platz.
unsupported-private = Wenn dies ein privates Fenster ist, öffnen Sie den Link in einem gewöhnlichen.
unsupported-old = Wenn Ihr Browser alt ist, aktualisieren Sie ihn.
broken-title = Etwas ist schiefgegangen
broken-text = Ihre Nachrichten konnten nicht geöffnet werden. Nichts ist verloren. Schließen Sie andere Fenster von Valise und versuchen Sie es erneut.
set-up-title = Richten Sie Ihre Organisation ein
set-up-text = Sie werden ihr erster Registrar und laden die anderen ein. Der Schlüssel der Organisation entsteht auf diesem Gerät und verlässt es nie.
set-up-incomplete = Bitte geben Sie den Namen der Organisation, Ihren Namen und Ihre Adresse an.
set-up-go = Organisation anlegen
set-up-busy = Wird angelegt…
organisation-name = Name der Organisation
your-name = Ihr Name
your-address = Ihre Adresse
your-address-hint = Unter ihr werden Sie gefunden. Lassen Sie das Feld leer, um den Vorschlag zu übernehmen.
passkey-hint = Ihr Gerät fragt nach Fingerabdruck, Gesicht oder PIN. Sie müssen sich kein Passwort merken.
joining-look = Einladung wird geöffnet…
joining-title = Beitritt
joining-text = Das dauert einen Moment.
join-title = { $inviter } lädt Sie zu { $organisation } ein
join-title-unknown = Sie sind eingeladen
join-as = Sie treten bei als
join-go = Beitreten
join-busy = Beitritt läuft…
join-sealed = Was Sie schreiben, wird auf Ihrem Gerät versiegelt. Lesen können es nur die Personen im Chat, nicht der Server.
join-name-missing = Bitte geben Sie Ihren Namen an.
join-bad-title = Diese Einladung funktioniert nicht
join-bad-text = Bitten Sie die Person, die Sie eingeladen hat, um einen neuen Link.
open-look = Link wird geprüft…
open-title = Konto von { $name } hier öffnen
open-go = Hier öffnen
open-busy = Wird geöffnet…
open-once = Dieser Link funktioniert einmal. Von da an lebt das Konto versiegelt in diesem Browser; der Server kann es nicht lesen.
open-used-title = Dieser Link wurde schon benutzt
open-bad-title = Dieser Link funktioniert nicht
open-offline-title = Keine Verbindung
moved-title = Dieses Gerät ist umgezogen
device-have = Ich nutze Valise auf einem anderen Gerät
device-passkey = Valise
link-title = Dieses Gerät koppeln
link-step-open = Öffnen Sie Valise auf dem Gerät, das Sie schon benutzen.
link-step-devices = Dort: Einstellungen, Geräte, Gerät koppeln.
link-step-code = Geben Sie dort diesen Code ein:
link-label = Link dieses Geräts
link-or = Oder scannen Sie dies mit der Kamera des anderen Geräts.
link-waiting = Warten auf Ihr anderes Gerät…
link-compare-here = Ihr anderes Gerät zeigt sechs Ziffern. Sind es diese?
link-compare-hint = Wenn ja, bestätigen Sie das auf dem anderen Gerät. Wenn nicht, wählen Sie dort „Stimmen nicht überein“.
unlock-title = Gesperrt
unlock-text = Ihre Nachrichten liegen versiegelt auf diesem Gerät.
unlock-link = Dieser Browser hat schon ein Konto. Öffnen Sie Ihren Link in einem anderen Browser oder einem anderen Profil.
unlock-guest-link = In diesem Browser liegt schon jemandes Gespräch. Kam es durch diesen Link, entsperren Sie es. Ist der Link für jemand anderen, öffnen Sie ihn in einem anderen Browser oder in einem anderen Profil dieses Browsers.
unlock-go = Entsperren
unlock-busy = Wird entsperrt…
unlock-cancelled = Das wurde nicht bestätigt. Nichts wurde geändert; versuchen Sie es erneut.
unlock-no-passkeys = Dieser Browser kennt keine Passkeys. Verwenden Sie den Browser, in dem Sie beigetreten sind.
unlock-wrong = Das ist nicht der Passkey zu den Nachrichten auf diesem Gerät. Versuchen Sie es mit dem, mit dem Sie beigetreten sind.
unlock-failed = Ihr Gerät hat nicht geantwortet. Nichts wurde geändert; versuchen Sie es erneut.
unlock-lost = Ich habe diesen Passkey nicht mehr
unlock-lost-text = Ohne ihn kann niemand die Nachrichten auf diesem Gerät öffnen. Sie können sie hier löschen und mit einer neuen Einladung wieder beitreten.
first-title = Laden Sie die erste Person ein
first-text = Ihre Organisation steht. Nützlich wird sie zu zweit.
first-done = Zu meinen Chats
first-later = Später
colleague-name = Name der Person
invite-name-hint = Diesen Namen sehen alle. Lassen Sie das Feld leer, damit die Person ihn selbst wählt.
handed-text = Der Link gilt einmal, 7 Tage lang oder so lange, wie Sie gewählt haben. Wer ihn hat, kann beitreten: Senden Sie ihn nur an die Person, die gemeint ist.
invite-link = Einladungslink
copy-link = Link kopieren
qr-label = Der Link als QR-Code

## Schwierigkeiten
trouble-offline = Keine Verbindung zum Server. Nichts wurde geändert; versuchen Sie es erneut, wenn Sie online sind.
trouble-bad-link = Dieser Link ist nicht vollständig. Kopieren Sie ihn ganz und versuchen Sie es erneut.
trouble-link-gone = Dieser Link wurde schon benutzt, ist abgelaufen oder wurde zurückgezogen.
trouble-group-link-over = Über diesen Link kommt niemand mehr hinein: er ist abgelaufen oder abgeschaltet. Bitten Sie um einen neuen, wo Sie ihn bekommen haben.
trouble-other-organisation = Dieser Link gehört zu einer anderen Organisation als Ihrer.
trouble-link-used = Das Konto öffnet sich in dem Browser, in dem der Link zuerst benutzt wurde. Machen Sie dort weiter.
trouble-bad-archive = Was dieser Link öffnet, ist nicht vollständig. Nichts wurde übernommen; bitten Sie um einen neuen Link.
trouble-newer-version = Dies stammt von einer neueren Version von Valise. Laden Sie die Seite neu oder aktualisieren Sie das Programm.
trouble-moved = Es lebt dort weiter, wo sein Link geöffnet wurde. Hier lässt sich nichts mehr schreiben oder lesen.
trouble-no-device-waits = Unter diesem Code wartet kein Gerät, oder nicht mehr. Sehen Sie sich den Code auf dem neuen Gerät noch einmal an: Er wechselt alle paar Minuten.
trouble-past-coming = Ihre früheren Nachrichten sind noch auf dem Weg zu diesem Gerät. Warten Sie, bis sie hier sind.
trouble-two-registrars = Das machen zwei Registrare, einer nach dem anderen, und keiner für sich selbst.
trouble-too-many-devices = Mehr Geräte kann eine Person nicht haben. Entfernen Sie zuerst eines.
trouble-files-under-way = Von diesem Gerät werden noch Dateien gesendet. Warten Sie, bis sie angekommen sind.
trouble-link-mismatch = Der Server zeigt etwas anderes, als der Link verspricht. Machen Sie nicht weiter; sagen Sie der Person Bescheid, die Ihnen den Link geschickt hat.
trouble-already-founded = Diese Organisation gibt es schon. Bitten Sie ihren Registrar um eine Einladung.
trouble-already-joined = Dieses Gerät gehört schon jemandem.
trouble-bad-name = Dieser Name ist nicht möglich. Verwenden Sie Buchstaben, höchstens 80 Zeichen.
trouble-bad-address = Diese Adresse ist nicht möglich. Verwenden Sie Kleinbuchstaben von a bis z, Ziffern und Punkte.
trouble-address-taken = Diese Adresse ist schon vergeben. Wählen Sie eine andere.
trouble-office-name-taken = So heißt schon eine andere Dienststelle. Anfragen unterscheiden sie am Namen: wählen Sie einen anderen.
trouble-not-allowed = Dazu haben Sie kein Recht.
trouble-not-found = Das gibt es nicht mehr.
trouble-bad-text = Diese Nachricht ist zu lang. Senden Sie sie in Teilen oder als Datei.
trouble-file-too-large = Diese Datei ist größer, als der Server annimmt.
trouble-storage-full = Der Speicher ist voll. Nichts ist verloren; schaffen Sie Platz und versuchen Sie es erneut.
trouble-last-owner = Sie sind der letzte Inhaber. Machen Sie zuerst jemand anderen zum Inhaber.
trouble-last-of-request = Sie sind auf Ihrer Seite die letzte Person, die mit dieser Anfrage zu tun hat. Geben Sie sie zuerst an jemanden weiter. Ein Chat, der stört, kann ins Archiv.
trouble-no-device = Diese Person ist noch nicht beigetreten. Versuchen Sie es später erneut.
trouble-imported-chat = Dieser Chat wurde aus einem anderen Messenger übernommen. Sie können darin lesen und suchen; antworten wird hier niemand.
trouble-no-export = Das ist kein Export von WhatsApp oder Telegram. Wählen Sie die .zip-Datei von WhatsApp oder result.json von Telegram Desktop.
trouble-export-damaged = Dieses Archiv ist beschädigt oder unvollständig. Kopieren Sie es noch einmal von dort, wo es entstanden ist.
trouble-export-locked = Dieses Archiv hat ein Passwort. Entpacken Sie es zuerst.
trouble-export-unknown = Dieses Archiv ist ungewöhnlich gepackt. Entpacken Sie es und wählen Sie den Ordner.
trouble-export-bomb = Entpackt wäre dieses Archiv viel größer, als ein Export ist. Nichts wurde entpackt.
trouble-export-bad-path = Dieses Archiv nennt Orte außerhalb seiner selbst. Nichts wurde entpackt.
trouble-export-gone = Der Export lässt sich nicht mehr lesen. Was schon hier ist, bleibt; wählen Sie ihn noch einmal, um weiterzumachen.
trouble-export-under-way = Es werden gerade schon Chats übernommen. Warten Sie, bis das fertig ist, oder stoppen Sie es.
trouble-server-misbehaved = Der Server hat falsch geantwortet. Nichts wurde geändert; informieren Sie den Betreiber.
trouble-internal = Auf diesem Gerät ist etwas fehlgeschlagen. Was Sie geschrieben haben, ist noch da; versuchen Sie es erneut.
trouble-too-many-holders = Zu einer Dienststelle gehören höchstens 200 Personen.
trouble-too-many-addressees = Höchstens 50 können zusammen gefragt werden.
trouble-overtaken = Jemand anders hat das inzwischen geändert. Sehen Sie noch einmal nach, bevor Sie es ändern.
trouble-own-link = Diesen Link hat Ihre eigene Organisation gemacht. Schicken Sie ihn dem Registrar der anderen.
trouble-domain-taken = Eine andere Organisation, die Sie kennen, hat dieselbe Domain. Man könnte beide nicht unterscheiden.
trouble-partner-away = Der Server der anderen Organisation ist gerade nicht erreichbar. Versuchen Sie es später noch einmal.
trouble-partner-disagrees = Die andere Organisation hat noch nicht zugestimmt oder die Partnerschaft beendet. Ihr Registrar kann dort nachfragen.
trouble-residency-unsaid = Die andere Organisation sagt nicht, unter welchem Recht sie steht, und Ihre arbeitet nur mit einigen Ländern. Ihr Registrar kann eine Ausnahme machen.
trouble-residency-outside = Ihre Organisation arbeitet mit dieser nicht: So haben es ihre Registrare festgelegt.
trouble-room-residency-unsaid = Die Regel dieses Chats lässt nur Organisationen unter bestimmten Rechten zu, und diese sagt nicht, unter welchem Recht sie steht. Auch Gäste sagen es nicht.
trouble-room-residency-outside = Die Regel dieses Chats lässt ein Recht aus, unter dem diese Organisation steht.
trouble-requests-not-accepted = Die andere Organisation nimmt keine Anfragen an.
trouble-rooms-not-accepted = Die Leute der anderen Organisation schreiben mit niemandem außerhalb.
trouble-bad-jurisdictions = Nennen Sie ein bis acht Länder mit je zwei Großbuchstaben, etwa DE.
trouble-bad-time = Die Zeit ist schon vorbei oder mehr als zwei Jahre entfernt.
trouble-bad-deadline = Die Frist ist schon vorbei oder zu weit weg.
trouble-bad-numbers = Eine Nummer braucht genau ein {"{"}n{"}"} oder {"{"}n:5{"}"}; daneben dürfen {"{"}year{"}"}, {"{"}office{"}"}, Buchstaben, Ziffern und - / . _ stehen.
trouble-needs-release = Ihre Organisation lässt keine Anfrage ohne Freigabe hinaus, und ein neuer Wortlaut kann nicht freigegeben werden. Ziehen Sie die Anfrage zurück und stellen Sie sie neu.
trouble-calendar-ends = Der Kalender Ihrer Organisation reicht nicht so weit. Wählen Sie ein Datum, oder bitten Sie Ihren Registrar, ihn zu verlängern.
trouble-bad-calendar = Etwas in diesem Kalender kann so nicht sein. Sehen Sie die Tage und Zahlen durch.
trouble-out-of-place = Das geht mit dieser Anfrage jetzt nicht: Jemand war schneller. Sehen Sie nach, wie sie steht.
trouble-nobody-there = Diese Stelle hat gerade niemand. Wählen Sie eine andere.
trouble-nothing-to-sign-with = Dieses Gerät kann noch nicht unterschreiben. Nach einer Minute mit Verbindung kann es das: Versuchen Sie es dann noch einmal.
trouble-file-away = Eine Datei davon ist nicht auf diesem Gerät und lässt sich gerade nicht holen. Versuchen Sie es mit Verbindung noch einmal.
trouble-not-whole = Eine Datei davon ist nicht die unterschriebene, oder sie ist beschädigt. Im Namen der Organisation geht das nicht.

## Der Rahmen
skip-to-chat = Zur Unterhaltung springen
sections = Bereiche
lists = Listen
chats = Chats
people = Personen
settings = Einstellungen
nothing-open = Wählen Sie einen Chat
nothing-open-sealed = Versiegelt: Lesen können einen Chat nur die Personen darin
line-offline = Offline. Sie können weiterschreiben.
line-offline-waiting = { $count ->
    [one] Offline. { $count } Nachricht wartet und wird von selbst gesendet.
   *[other] Offline. { $count } Nachrichten warten und werden von selbst gesendet.
}
line-connecting = Wird verbunden…
line-catching-up = Neue Nachrichten werden geholt…
alarm-open = Chat öffnen
alarm-noted = Verstanden
alarm-more = { $count ->
    [one] Und noch { $count }.
   *[other] Und noch { $count }.
}
alarm-rolled-back = Der Server hat einen Teil seiner Daten verloren
alarm-rolled-back-advice = Auf Ihrem Gerät ist nichts verloren. Der Betreiber sollte es wissen.
alarm-forked = Der Server zeigt verschiedenen Personen verschiedene Nachrichten
alarm-missing = Der Server hält Nachrichten zurück
alarm-misbehaved = Der Server hat etwas getan, was kein ordentlicher Server tut
alarm-server-advice = Was Sie hier sehen, ist echt, aber vielleicht nicht alles. Informieren Sie den Betreiber und Ihre Sicherheitsbeauftragten.
alarm-member = Jemand hat etwas versucht, wozu das Recht fehlt
alarm-member-advice = Ihr Gerät hat es abgelehnt. Nichts wurde geändert.
alarm-closed = Ein Chat wurde geschlossen
alarm-closed-advice = Die Fassung des Servers setzt Ihre nicht fort. Fragen Sie die anderen auf einem anderen Weg und öffnen Sie dann den Chat, um weiterzumachen.
alarm-change = Der Server lehnt eine Änderung in einem Chat ab
alarm-change-advice = Was Sie dort geschrieben haben, bleibt hier erhalten. Senden Sie es später noch einmal und informieren Sie den Betreiber.
alarm-strangers = Einige Personen wurden nicht in einen Chat aufgenommen
alarm-strangers-advice = Ihre Organisationen arbeiten nicht miteinander und können deshalb nicht in einem Chat sein. Nehmen Sie nur die einer von ihnen auf, oder bitten Sie die Registrare beider, Partner zu werden.
alarm-left-out = Eine Änderung in einem Chat wurde nicht gemacht
alarm-left-out-advice = Seine Regel über das Recht anderer Organisationen lässt jemanden nicht zu. Ändern Sie die Regel in den Details des Chats, und versuchen Sie es noch einmal.
alarm-directory = Jemand bekam eine andere Personenliste zu sehen als Sie
alarm-directory-advice = Der Server verschweigt jemandem von Ihnen etwas Neues: vielleicht, wer gegangen ist. Informieren Sie den Betreiber und Ihre Sicherheitsbeauftragten.
alarm-device = Ein neues Gerät wurde mit Ihrem Konto gekoppelt
alarm-device-advice = Wenn Sie das nicht waren, entfernen Sie es sofort unter Einstellungen, Geräte, und informieren Sie Ihre Sicherheitsbeauftragten.
alarm-set-back = Dieses Gerät wurde auf einen früheren Stand zurückgesetzt, oder es gibt eine Kopie davon
alarm-set-back-advice = Den Chats, in denen sich das zeigte, ist es neu beigetreten. Was Sie inzwischen von ihm gesendet haben, kann hier fehlen. Wenn Sie keine Sicherung zurückgespielt und keinen Ordner kopiert haben, entfernen Sie dieses Gerät unter Einstellungen, Geräte, koppeln Sie es neu und informieren Sie Ihre Sicherheitsbeauftragten.
alarm-relayed = Jemand steht oder stand zwischen Ihnen und Ihrem Server
alarm-relayed-advice = Dieses Gerät hat sich nicht angemeldet und nichts gesendet. Versuchen Sie es in einem anderen Netz; bleibt es dabei, informieren Sie Ihre Administration und Ihre Sicherheitsbeauftragten. Ein Server, dem ein erneuertes Zertifikat vor ihm nicht genannt wurde, sieht genauso aus.
alarm-not-persistent = Der Browser könnte Ihre Nachrichten löschen, wenn der Platz knapp wird
alarm-not-persistent-advice = Installieren Sie Valise als App oder setzen Sie ein Lesezeichen auf diese Seite, um das zu verhindern.
alarm-full = Dieses Gerät ist voll
alarm-full-advice = Neue Nachrichten kommen erst wieder an, wenn Sie Platz schaffen. Nichts ist verloren.
keys-title = Tastatur
keys-go = Zu einer Person oder einem Chat
keys-new = Neuer Chat
keys-request = Eine andere Organisation anfragen
keys-find = Chats durchsuchen
keys-previous = Voriger Chat
keys-next = Nächster Chat
keys-send = Senden
keys-newline = Neue Zeile
keys-menu = Aktionen einer Nachricht
keys-edit = Ihre letzte Nachricht bearbeiten, solange noch nichts geschrieben ist
keys-rows = In Listen und Nachrichten bewegen
keys-back = Zurück
keys-help = Diese Übersicht

## Chats
new-chat = Neuer Chat
saved-messages = Gespeicherte Nachrichten
saved-hint = Texte und Dateien für Sie selbst, auf allen Ihren Geräten
saved-under = Nur Sie, auf allen Ihren Geräten
search-chats = Suchen
filter = Filter
filter-all = Alle
filter-unread = Ungelesen
filter-groups = Gruppen
labels = Etiketten
labels-choose = Etiketten…
labels-none = Noch keine Etiketten. Ein Etikett sehen nur Sie, auf allen Ihren Geräten.
label-new = Neues Etikett
label-edit = Etikett ändern
label-name = Name des Etiketts
label-colour = Farbe
label-make = Anlegen und vergeben
label-remove = Etikett löschen
label-change = Etikett „{ $name }“ ändern
label-name-missing = Geben Sie dem Etikett einen Namen.
label-name-taken = Der Name ist vergeben, zu lang oder enthält irreführende Zeichen.
label-grey = Grau
label-red = Rot
label-orange = Orange
label-green = Grün
label-blue = Blau
label-violet = Violett
organisations = Organisationen
organisations-open = Ihre Organisationen
organisations-hint = Fügen Sie eine weitere hinzu, zu der Sie gehören, und wechseln Sie von hier dorthin
organisations-switch = Zu einer anderen Organisation wechseln
organisations-about = Jede öffnet sich unter ihrer eigenen Adresse, in einem eigenen Fenster, mit eigenen Chats und Benachrichtigungen. Diese Liste sehen nur Sie, auf allen Ihren Geräten in dieser Organisation. Die anderen erfahren nichts davon.
elsewhere-here = Hier geöffnet
elsewhere-window = (öffnet sich in einem neuen Fenster)
elsewhere-new = Organisation hinzufügen
elsewhere-edit = Organisation ändern
elsewhere-address = Adresse
elsewhere-address-hint = Zum Beispiel chat.example.org. Auch eine Einladung genügt; von ihr wird nur die Adresse übernommen. Die Einladung selbst öffnen Sie dort, wo Sie sie bekommen haben.
elsewhere-leads = Führt zu { $address }
elsewhere-name = Wie Sie sie nennen
elsewhere-add = Hinzufügen
elsewhere-remove = Aus der Liste entfernen
elsewhere-change = „{ $name }“ ändern
elsewhere-bad-address = Das ist keine Adresse eines Servers. Sie beginnt mit https:// und enthält kein @.
elsewhere-same = Diese Organisation ist hier schon geöffnet.
elsewhere-full = Die Liste hat schon zwanzig Einträge. Entfernen Sie zuerst einen.
chats-empty = Noch keine Chats
nothing-found = Nichts gefunden
draft = Entwurf:
muted = Stumm
pinned = Oben gehalten
chat-actions = Chat-Aktionen
mark-read = Als gelesen markieren
unpin = Nicht mehr oben halten
unmute = Ton einschalten
archive = Archivieren
unarchive = Aus dem Archiv holen
archive-done = Der Chat ist im Archiv.
unarchive-done = Der Chat ist wieder in der Liste.
archived = Archiv
archived-chat = Im Archiv
archived-count = { $count ->
    [one] { $count } Chat
   *[other] { $count } Chats
}
preview-sender = { $name }:
unread-count = { $count ->
    [one] { $count } ungelesene Nachricht
   *[other] { $count } ungelesene Nachrichten
}

## Eine Unterhaltung
conversation = Unterhaltung
messages = Nachrichten
show-details = Details
day-go-to = Zu einem Tag gehen
day = Tag
day-missing = Wählen Sie einen Tag.
day-show = Zeigen
sealed = Versiegelt
sealed-tip = Lesen können es nur die Personen in diesem Chat. Der Server kann es nicht.
talk-empty = Noch nichts hier. Was Sie schreiben, wird auf Ihrem Gerät versiegelt.
write = Nachricht
send = Senden
attach = Anhängen
drop-files = Zum Anhängen loslassen
to-newest = Zur neuesten Nachricht
to-newest-count = { $count ->
    [one] Zur neuesten Nachricht, { $count } neue
   *[other] Zur neuesten Nachricht, { $count } neue
}
new-messages = Neue Nachrichten
gap = Hier fehlt etwas. Der Server hat es noch nicht zugestellt.
message-label = { $name }, { $time }
announce = { $name }: { $text }
unsupported-message = Für diese Nachricht wird eine neuere Version von Valise gebraucht.
forwarded = Weitergeleitet
forwarded-from = Weitergeleitet von { $name }
forward = Weiterleiten
forward-title = { $count ->
    [one] Nachricht weiterleiten
   *[other] { $count } Nachrichten weiterleiten
}
forward-search = Chats und Personen
forward-to = Weiterleiten an
forwarded-to = Weitergeleitet an { $name }
forwarded-to-several = { $count ->
    [one] An { $count } Chat weitergeleitet
   *[other] An { $count } Chats weitergeleitet
}
select = Auswählen
selection = Ausgewählte Nachrichten
selected = { $count ->
    [one] { $count } ausgewählt
   *[other] { $count } ausgewählt
}
select-end = Auswahl aufheben
select-most = { $count ->
    [one] Nicht mehr als { $count } Nachricht auf einmal.
   *[other] Nicht mehr als { $count } Nachrichten auf einmal.
}
message-select = Nachricht auswählen: { $name }, { $time }
mention-count = { $count ->
    [one] { $count } Erwähnung von Ihnen
   *[other] { $count } Erwähnungen von Ihnen
}
mention-list = Jemanden erwähnen
mention-offered = { $count ->
    [one] { $count } Person zum Erwähnen
   *[other] { $count } Personen zum Erwähnen
}
message-pin = Für alle anheften
message-unpin = Für alle lösen
pinned-messages = Angeheftete Nachrichten
pinned-message = Angeheftete Nachricht
pinned-of = Angeheftete Nachricht { $number } von { $count }
deleted-message = Diese Nachricht wurde gelöscht.
message-actions = Aktionen der Nachricht
message-more = Mehr
show-message = Diese Nachricht anzeigen
react = Reagieren
react-other = Andere Reaktion
search-emoji = Emoji suchen
emoji-recent = Zuletzt verwendet
emoji-all = Alle
signs = Reaktionen
reply = Antworten
answer-to = Antwort an { $name }
answer-cancel = Antwort verwerfen
quote-label = Antwort auf { $name }: { $text }
quote-gone = Diese Nachricht ist nicht auf diesem Gerät.
copy-text = Text kopieren
edit = Bearbeiten
edit-title = Nachricht bearbeiten
edit-cancel = Bearbeiten abbrechen
edited = bearbeitet
edited-show = bearbeitet, Fassungen anzeigen
versions = Fassungen
version-now = Jetzt
version-empty = Kein Text
delete-for-all = Für alle löschen
delete-title = Für alle löschen?
delete-text = Die Nachricht verschwindet von den Geräten aller, und eine Zeile sagt, dass es sie gab. Vielleicht hat sie schon jemand gelesen oder kopiert. Das lässt sich nicht rückgängig machen.
delete-several = { $count ->
    [one] { $count } Nachricht für alle löschen?
   *[other] { $count } Nachrichten für alle löschen?
}
delete-several-text = Die Nachrichten verschwinden von den Geräten aller, und an der Stelle jeder einzelnen sagt eine Zeile, dass es sie gab. Vielleicht hat sie schon jemand gelesen oder kopiert. Das lässt sich nicht rückgängig machen.
not-sent = Nicht gesendet.
typing = schreibt…
typing-one = { $name } schreibt…
typing-many = { $count ->
    [one] { $count } Person schreibt…
   *[other] { $count } Personen schreiben…
}
tick-failed = Nicht gesendet
tick-waiting = Wartet auf Versand
tick-accepted = Gesendet
tick-delivered = Zugestellt
tick-read = Gelesen
tick-delivered-to = Zugestellt: { $count } von { $people }
tick-read-by = Gelesen: { $count } von { $people }
blocked-left = Sie sind nicht mehr in diesem Chat. Lesen können Sie ihn weiterhin.
blocked-owners = Hier schreiben nur Inhaber.
blocked-frozen = Dieser Chat wurde geschlossen: Die Fassung des Servers setzt Ihre nicht fort. Fragen Sie die anderen auf einem anderen Weg, bevor Sie weitermachen.
blocked-reopen = Mit der Fassung des Servers weitermachen
blocked-person-left = Das Konto der anderen Person ist beendet. Sie können weiterhin lesen.
blocked-in-doubt = Hier wird nichts geschrieben, bevor geprüft ist, von wem die Anfrage kommt.
blocked-nobody-left = Von denen, die Sie gefragt haben, ist niemand mehr hier, und niemand liest, was Sie schreiben. Bitten Sie die Organisation um einen neuen Link. Sie können weiterhin lesen.
blocked-left-out = Hier ist jemand, den die Regel dieses Chats nicht zulässt. Es wird nichts gesendet, bis er entfernt oder die Regel geändert ist.
left-out-law = { $organisation } steht unter dem Recht von { $countries }, das die Regel dieses Chats nicht zulässt. Es wird nichts gesendet, bis diese Personen entfernt sind oder die Regel geändert ist.
left-out-unsaid = { $organisation } sagt nicht, unter welchem Recht sie steht, und die Regel dieses Chats lässt nur einige zu. Es wird nichts gesendet, bis diese Personen entfernt sind oder die Regel geändert ist.
blocked-imported = Dieser Chat wurde übernommen. Sie können darin lesen und suchen; antworten wird hier niemand.
imported = Übernommen
imported-tip = Dieser Chat stammt aus dem Export eines anderen Messengers. Für die Namen darin bürgt niemand.
imported-from = Aus { $messenger }, zum Lesen und Suchen
blocked-removed = Dieses Gerät wurde aus Ihrem Konto entfernt. Sie können weiterhin lesen.
blocked-revoked = Ihr Konto ist beendet. Sie können weiterhin lesen.
blocked-guest-over = Der Link wurde beendet. Lesen können Sie hier weiterhin.
notice-created = { $by } hat diesen Chat erstellt
notice-added = { $by } hat { $people } hinzugefügt
notice-removed = { $by } hat { $people } entfernt
notice-gone = { $count ->
    [one] { $people } ist nicht mehr in der Organisation
   *[other] { $people } sind nicht mehr in der Organisation
}
notice-came-by-link = { $person } ist über den Link der Gruppe gekommen
notice-link = { $by } hat einen Link in diese Gruppe erstellt
notice-link-off = { $by } hat den Link in diese Gruppe abgeschaltet
notice-rule = { $by } lässt nur Organisationen unter dem Recht von { $countries } zu
notice-rule-off = { $by } hat die Regel über das Recht anderer Organisationen aufgehoben
notice-left = { $person } hat den Chat verlassen
notice-renamed = { $by } hat diesen Chat „{ $title }“ genannt
notice-picture = { $by } hat das Bild geändert
notice-owners = { $by } hat die Inhaber geändert: { $owners }
notice-announcement = { $by } hat diesen Chat auf Ankündigungen gestellt: Nur Inhaber schreiben
notice-open-again = { $by } hat diesen Chat geöffnet: Alle schreiben wieder
notice-came-back = Sie waren weg und sind zurück. Was dazwischen geschrieben wurde, ist nicht auf diesem Gerät.
notice-renewed = { $person } hat alle Geräte verloren und eine neue Identität bekommen; bestätigt von { $registrars }
notice-new-device = { $person } benutzt ab hier ein neues Gerät
notice-frozen = Dieser Chat wurde geschlossen: Der Server hat seine Reihenfolge verletzt

## Dateien
file-download = { $name } herunterladen
file-open = { $name } öffnen
file-broken = Diese Datei kam beschädigt an. Bitten Sie noch einmal darum.
file-gone = Der Server hat diese Datei nicht mehr.
file-another = Das ist nicht die Datei, die unterschrieben wurde. Sie wird nicht geöffnet.
file-not-exported = Nicht im Export oder nicht auf diesem Gerät.
unplayable = Dieser Browser kann das nicht abspielen. Sie können die Datei speichern und woanders öffnen.
file-unnamed = Foto oder Datei
file-progress = Fortschritt
file-moved = { $done } von { $total }
file-not-here = Diese Datei ist nicht auf diesem Gerät.
send-title = { $count ->
    [one] { $count } Datei senden
   *[other] { $count } Dateien senden
}
caption = Text hinzufügen
preparing = Wird vorbereitet…
picture-size = Größe der Bilder
picture-smaller = Kleiner
picture-smaller-hint = Auf jedem Bildschirm scharf, schnell gesendet
picture-original = Original
picture-original-hint = Jedes Pixel, für Dokumente und Beweise
picture-cleaned = Ort, Zeit und Kameradaten werden in beiden Fällen entfernt.
picture-not-cleaned = Bilder dieser Art werden gesendet, wie sie sind, mit allem, was darin gespeichert ist.
picture-unreadable = { $name } ließ sich nicht als Bild lesen. Nichts wurde gesendet.
zoom-in = Größer
zoom-out = Kleiner
pdf-pages = Seiten
pdf-loading = Wird geöffnet…
pdf-broken = Dieses PDF lässt sich nicht anzeigen. Sie können es speichern.
pdf-count = { $count ->
    [one] { $count } Seite
   *[other] { $count } Seiten
}

## Sprachnachrichten
voice-record = Sprachnachricht aufnehmen
voice-recording = Sprachnachricht wird aufgenommen
voice-discard = Aufnahme verwerfen
voice-send = Sprachnachricht senden
voice-denied = Valise darf das Mikrofon nicht benutzen. Erlauben Sie es für diese Seite in den Einstellungen des Browsers und versuchen Sie es noch einmal.
voice-no-microphone = Es gibt kein Mikrofon, oder ein anderes Programm benutzt es.
voice-too-short = Das war zu kurz. Einmal drücken, um zu beginnen, und noch einmal, um zu senden.
voice-play = Sprachnachricht anhören, { $length }
voice-pause = Pause
voice-where = Stelle in der Sprachnachricht
voice-place = { $place } von { $length }
voice-speed = Tempo: { $factor }×
voice-was-heard = angehört
voice-not-heard = noch nicht angehört
voice-new = neu

## Nachrichten, die verschwinden
timer = Nachrichten verschwinden
timer-hint = Gezählt ab dem Senden, auf den Geräten aller, ob gelesen oder nicht. Es gilt für alles, was ab jetzt gesagt wird. Wer eine Nachricht liest, kann woanders eine Kopie behalten.
timer-is = Nachrichten verschwinden { $after }
after-never = nie
after-seconds = { $count ->
    [one] nach { $count } Sekunde
   *[other] nach { $count } Sekunden
}
after-minutes = { $count ->
    [one] nach { $count } Minute
   *[other] nach { $count } Minuten
}
after-hours = { $count ->
    [one] nach { $count } Stunde
   *[other] nach { $count } Stunden
}
after-days = { $count ->
    [one] nach { $count } Tag
   *[other] nach { $count } Tagen
}
notice-timer = { $by }: Nachrichten verschwinden ab hier { $after }
notice-timer-off = { $by }: Nachrichten bleiben ab hier
disappeared-message = Verschwunden, wie in diesem Chat eingestellt.
disappears-at = Verschwindet: { $time }

## Details eines Chats
details = Details
changing = Eine Änderung läuft
rename = Umbenennen
picture = Bild
mute = Stummschalten
pin = Oben halten
group-link = Per Link einladen
group-link-off = Aus
group-link-on = Gilt, bis Sie ihn abschalten
group-link-until = Gilt bis { $day }
group-link-over = Abgelaufen
group-link-text = Alle in Ihrer Organisation, die diesen Link öffnen, können der Gruppe beitreten. Zu sehen ist, was danach geschrieben wird.
group-link-removal = Wenn Sie jemanden aus der Gruppe entfernen, gilt der Link nicht mehr.
group-link-valid = Gilt für
group-link-forever = Bis ich ihn abschalte
group-link-make = Link erstellen
group-link-new = Neuen Link erstellen
group-link-new-hint = Dieser gilt dann nicht mehr.
group-link-end = Abschalten
group-link-others = Den Link hat ein anderer Besitzer erstellt, nur dort ist er zu sehen. Sie können einen neuen erstellen; der andere gilt dann nicht mehr.
group-link-went = Der Link in diese Gruppe gilt nicht mehr: { $name } kennt ihn vielleicht. Sie können einen neuen erstellen.
share = Teilen
enter-title = „{ $title }“ beitreten?
enter-look = Es wird nachgesehen, wohin der Link führt…
enter-by = Der Link ist von { $name }
enter-history = Sie sehen, was nach Ihrem Beitritt geschrieben wird. Die Mitglieder sehen, dass Sie über den Link gekommen sind.
enter-in = Sie sind in dieser Gruppe.
enter-go = Beitreten
enter-busy = Beitritt läuft…
enter-open = Öffnen
enter-door-title = Ein Link in eine Gruppe
enter-door-text = Dieser Link führt in die Gruppe einer Organisation und gilt nur für ihre Leute. Wenn Sie dazugehören, melden Sie sich zuerst auf diesem Gerät an.
enter-door-invited = Neu hier? Öffnen Sie die Einladung, die Sie von Ihrer Organisation bekommen haben.
enter-door-again = Öffnen Sie danach diesen Link noch einmal.
announcement = Nur Ankündigungen
announcement-hint = Nur Inhaber schreiben, alle lesen
safety-title = Sicherheitsnummer
safety-text = Vergleichen Sie sie mit der Nummer der anderen Person, wenn Sie sichergehen wollen. Gleiche Ziffern bedeuten, dass niemand zwischen Ihnen steht.
shared-files = Dateien
imported-text = Nachrichten, Fotos und Dateien liegen versiegelt auf diesem Gerät. Die Namen stammen aus dem Export; niemand bürgt für sie.
imported-forget = Von diesem Gerät löschen
imported-forget-title = „{ $title }“ löschen?
imported-forget-text = Nachrichten, Fotos und Dateien dieses Chats werden von diesem Gerät gelöscht. Wenn Sie den Export noch haben, können Sie ihn erneut übernehmen.
imported-forgotten = Der Chat wurde gelöscht.
leave = Gruppe verlassen
leave-title = „{ $title }“ verlassen?
leave-text = Sie erhalten keine neuen Nachrichten dieser Gruppe. Was Sie haben, bleibt auf diesem Gerät.
group-name = Name der Gruppe
group-name-missing = Bitte geben Sie der Gruppe einen Namen.
add-people = Personen hinzufügen
add-count = { $count ->
    [0] Hinzufügen
   *[other] { $count } hinzufügen
}
write-to = Schreiben
owner-make = Zum Inhaber machen
owner-end = Als Inhaber absetzen

## Personen
search-people = Name oder Adresse
new-group = Neue Gruppe
group-make = { $count ->
    [0] Gruppe anlegen
   *[other] Gruppe mit { $count } anlegen
}
person-verified = Name und Adresse sind von Ihrer Organisation bestätigt
letter-to-me = Dieser Link führt zu Ihnen.
letter-to-nobody = Niemand in Ihrer Organisation hat die Adresse { $address }.
person-link-hint = Wer diesen Link in Ihrer Organisation öffnet, schreibt dieser Person.
person-end = Zugang beenden
person-end-sure = Zugang jetzt beenden
person-end-text = { $name } verliert sofort auf allen Geräten den Zugang und verlässt alle Chats. Das lässt sich nicht rückgängig machen.
person-end-alone = Niemand sonst gehört zu: { $offices }. Benennen Sie dort zuerst jemanden, sonst hat deren offene Anfragen niemand.
person-ended = Der Zugang wurde beendet.
invitations = Einladungen
invite = Einladen
invite-ready = Einladung fertig
invite-make = Link erstellen
invite-office = Abteilung (optional)
invite-address = Adresse vor dem @
invite-address-hint = Lassen Sie das Feld leer, um sie aus dem Namen zu bilden.
invite-registrar = Registrar
invite-registrar-hint = Darf Personen einladen und entfernen
invite-valid = Gültig für
invite-many = Link für mehrere Personen
invite-many-hint = Bis zu 50 Personen; alle wählen ihren Namen selbst
invite-anybody = Mehrere Personen
invite-until = Gültig bis { $day }
invite-used = Benutzt
invite-expired = Abgelaufen
invite-revoked = Zurückgezogen
invite-uses-of = { $used } von { $count } benutzt
invite-taken-back = Die Einladung wurde zurückgezogen.
take-back = Zurückziehen

## Andere Organisationen
outside-word = von
outside-title = Andere Organisation: { $domain }
outside-banner = Personen anderer Organisationen
outside-here = { $organisation } ist in diesem Chat: { $people }
outside-here-many = { $organisation } ist in diesem Chat: { $people } und { $count } weitere
write-outside = Auch für { $organisations }
person-verified-outside = Name und Adresse sind von der Organisation dieser Person bestätigt
elsewhere-looking = Diese Adresse wird bei { $organisation } gesucht…
elsewhere-nobody = { $organisation } kennt niemanden mit dieser Adresse. Fragen Sie die Person noch einmal.
partners = Partnerorganisationen
partners-none = Noch keine. Personen von Partnern schreiben einander so, wie Sie es hier tun.
partner-waits = Wartet auf Sie
partner-unanswered = Noch nicht erreicht
partner-link-open = Link, den noch niemand beantwortet hat
partner-offer = Link für einen Partner machen
partner-offer-text = Mit diesem Link bittet der Registrar einer anderen Organisation um Zusammenarbeit. Bevor Sie zugestimmt haben, erreicht niemand Ihre Leute.
partner-link = Link für einen Partner
partner-link-caution = Geben Sie ihn nur dem Registrar der anderen Organisation. Hat er zugestimmt, werden Sie hier gefragt.
partner-own = Ziffern Ihrer Organisation
partner-digits = Ziffern von { $name }
partner-compare = Rufen Sie den anderen Registrar unter einer Nummer an, die Sie schon kennen. Jeder liest die Ziffern der eigenen Organisation vor. Weicht eine einzige ab, stimmen Sie nicht zu.
partner-domain = Adressen enden auf
partner-server = Server
partner-law = Unter dem Recht von
partner-laws = Recht: { $countries }
partner-barred = Ausgeschlossen
laws-title = Recht und mit wem gearbeitet wird
laws-own = Unter dem Recht von
laws-own-hint = Ein bis acht Länder mit je zwei Buchstaben, etwa DE. Ihre Partner sehen es.
laws-requests = Wir nehmen förmliche Anfragen an
laws-rooms = Unsere Leute schreiben mit Leuten der Partner
laws-allowed = Nur mit Organisationen arbeiten unter dem Recht von
laws-allowed-hint = Je zwei Buchstaben, etwa DE FR. Leer: mit allen Partnern. Ausgeschlossen ist, wer nicht sagt, unter welchem Recht er steht, und wer auch unter einem anderen steht. Begonnene Chats und Anfragen gehen weiter.
laws-as-ruled = Nach der Regel
laws-always = Immer
laws-never = Nie
laws-said = Gespeichert. Ab jetzt gilt es für alle in der Organisation.
room-rule = Recht anderer Organisationen
room-rule-none = Jedes, auch Gäste
room-rule-is = Nur Organisationen unter dem Recht von { $countries }
room-rule-allowed = Nur Organisationen unter dem Recht von
room-rule-hint = Je zwei Buchstaben, etwa DE FR. Leer: alle Partner. Nicht zugelassen ist, wer nicht sagt, unter welchem Recht er steht, wer auch unter einem anderen steht, und Gäste. Sagt eine Organisation später, dass sie unter einem anderen Recht steht, wird nichts gesendet, bis ihre Personen entfernt sind oder die Regel geändert ist.
partner-meet = Ich habe einen Link
partner-meet-title = Link einer anderen Organisation
partner-paste = Link
partner-paste-hint = Der Registrar der anderen Organisation hat ihn gemacht.
partner-looking = Der Server der anderen Organisation wird gefragt…
partner-agree = Alle Ziffern sind gleich: zustimmen
partner-later = Nicht jetzt
partner-agreed = Sie haben zugestimmt. Stimmt auch der andere Registrar zu, sind Sie Partner.
partner-waits-title = Zusammenarbeiten?
partner-title = Partner
partner-confirmed = { $name } ist jetzt Partner.
partner-end = Partnerschaft beenden
partner-end-text = Danach geht nichts mehr an { $name }, und nichts kommt mehr von dort, auch in gemeinsamen Chats. Was gesagt wurde, bleibt. Um neu zu beginnen, brauchen Sie einen neuen Link.
partner-end-sure = Ja, beenden
partner-ended = Sie arbeiten nicht mehr mit { $name } zusammen.
partner-news = { $name } möchte mit Ihrer Organisation zusammenarbeiten.
partner-look = Ansehen
partner-page-title = Ein Link zwischen zwei Organisationen
partner-page-text = Eine Organisation bittet eine andere um Zusammenarbeit. Hier ist niemand angemeldet, und auf dieser Seite gibt es nichts zu tun.
partner-page-registrar = Sind Sie Registrar der anderen Organisation? Kopieren Sie den Link, öffnen Sie Valise Ihrer eigenen Organisation und fügen Sie ihn dort ein: Personen, Partnerorganisationen, „Ich habe einen Link“.
partner-page-other = Sind Sie es nicht? Schicken Sie den Link Ihrem Registrar und niemandem sonst.
partner-member-text = Mit diesem Link bittet eine andere Organisation Ihre um Zusammenarbeit. Nur ein Registrar kann zustimmen: Schicken Sie den Link Ihrem Registrar und niemandem sonst.

## Dienststellen
offices = Dienststellen
offices-none = Noch keine. Eine Dienststelle, etwa eine Registratur, hat eine eigene Adresse, und mehrere Personen gehören zu ihr. Auch Partner sehen sie.
office-people = { $count ->
    [one] eine Person
   *[other] { $count } Personen
}
office-mine = Ihre
office-new = Neue Dienststelle
office-make = Dienststelle anlegen
office-made = Die Dienststelle ist angelegt.
office-name = Name der Dienststelle
office-name-hint = Alle hier sehen ihn, und Partner auch.
office-note = Wofür sie da ist (optional)
office-numbers = Nummern ihrer Ersuchen (optional)
office-numbers-hint = Leer: {"{"}year{"}"}/{"{"}office{"}"}-{"{"}n:5{"}"}, also 2026/REGISTRY-00042. {"{"}n:5{"}"} ist die laufende Nummer mit fünf Stellen.
office-holders = Wer dazugehört
office-holders-none = Zurzeit gehört niemand dazu.
office-verified = Name, Adresse und Personen hat ein Registrar unterschrieben
office-verified-outside = Name, Adresse und Personen hat jene Organisation unterschrieben
office-change = Ändern
office-change-title = Dienststelle ändern
office-changed = Die Dienststelle wurde geändert.
office-close = Dienststelle schließen
office-close-text = { $name } verschwindet hier und bei Partnern, und die Adresse wird frei. Chats bleiben, und offene Anfragen bleiben bei denen, die sie jetzt haben.
office-close-sure = Ja, schließen
office-closed = { $name } ist geschlossen.

## Einstellungen
name-change = Namen ändern
notices = Benachrichtigungen
notices-nothing = Keine
notices-something = Nur „Neue Nachricht“
notices-names = Wer geschrieben hat und wo
notices-words = Wer geschrieben hat und was
notices-outside = Was in einer Benachrichtigung steht, verlässt den versiegelten Speicher: Ihr System bewahrt es vielleicht auf und zeigt es auf dem Sperrbildschirm.
notices-refused = Ihr Browser zeigt für diese Seite keine an. Erlauben Sie Benachrichtigungen in seinen Einstellungen für diese Seite.
notices-open = Ihr Browser wird Sie um Erlaubnis fragen.
notices-unknown = Dieser Browser kennt keine Benachrichtigungen.
notices-offer = Über neue Nachrichten informieren?
notices-offer-go = Einschalten
notices-offer-no = Nicht jetzt
notice-messages = { $count ->
    [1] Neue Nachricht
   *[other] { $count } neue Nachrichten
}
notice-from = { $name } hat geschrieben
notice-words = { $name }: { $text }
notice-something = Neue Nachrichten
quiet-hours = Ruhezeit
quiet-from = von
quiet-to = bis
install = Valise auf diesem Gerät installieren
install-hint = Eigenes Symbol, eigenes Fenster und Start auch ohne Verbindung
update = Eine neue Version ist bereit.
shared = Wählen Sie einen Chat für das, was Sie teilen.
update-go = Jetzt starten
appearance = Aussehen
theme = Farben
theme-system = System
theme-light = Hell
theme-dark = Dunkel
here = Anwesenheit
here-share = Zeigen, wenn ich da bin
here-hint = Wer den Chat mit Ihnen offen hat, sieht, dass Sie da sind oder wann Sie zuletzt da waren. Sie sehen es bei denen, die es auch zeigen.
here-now = ist da
here-last = zuletzt da { $when }
come-over = Umstieg
bring = Chats mitbringen
bring-hint = Aus WhatsApp und Telegram, zum Lesen und Suchen
bring-from = Woher
bring-whatsapp-open = Öffnen Sie den Chat in WhatsApp.
bring-whatsapp-export = In seinem Menü: Mehr, Chat exportieren, mit Medien.
bring-whatsapp-choose = Bringen Sie die .zip-Datei auf dieses Gerät und wählen Sie sie hier.
bring-telegram-open = Öffnen Sie den Chat in Telegram Desktop auf einem Computer.
bring-telegram-export = In seinem Menü: Chatverlauf exportieren. Wählen Sie das Format JSON.
bring-telegram-choose = Wählen Sie den Ordner, der dabei entsteht, oder nur result.json ohne Fotos und Dateien.
bring-drop = Export hier ablegen
bring-file = Datei wählen
bring-folder = Ordner wählen
bring-too-many = { $count ->
    [one] Nicht mehr als { $count } Datei auf einmal.
   *[other] Nicht mehr als { $count } Dateien auf einmal.
}
bring-local = Der Export wird auf diesem Gerät gelesen und hier versiegelt. Nichts davon geht an den Server.
bring-reading = Export wird gelesen…
bring-messages = Nachrichten werden übernommen…
bring-files = Fotos und Dateien werden übernommen…
bring-count = { $count ->
    [one] { $count } Nachricht
   *[other] { $count } Nachrichten
}
bring-chats = { $count ->
    [one] { $count } Chat
   *[other] { $count } Chats
}
bring-files-of = { $done } von { $of }
bring-background = Sie können dieses Fenster schließen. Es geht weiter, solange Valise offen ist.
bring-stop = Stoppen
bring-span = { $from } – { $until }
bring-left-out = { $count ->
    [one] { $count } Stelle ergibt keinen Sinn und wird ausgelassen
   *[other] { $count } Stellen ergeben keinen Sinn und werden ausgelassen
}
bring-left-out-list = Was ausgelassen wurde
bring-left-out-more = { $count ->
    [one] und noch { $count }
   *[other] und noch { $count }
}
bring-who = Wer davon sind Sie?
bring-who-hint = Ihre eigenen Nachrichten stehen auf Ihrer Seite.
bring-nobody = Niemand davon
bring-dates = 03/04 bedeutet
bring-day-first = 3. April
bring-month-first = 4. März
bring-go = Übernehmen
bring-done = Ihre Chats sind da
bring-stopped = Gestoppt
bring-stopped-text = Was schon da ist, bleibt. Wählen Sie denselben Export noch einmal, um weiterzumachen.
bring-known = { $count ->
    [one] { $count } davon war schon hier
   *[other] { $count } davon waren schon hier
}
bring-files-here = { $count ->
    [one] { $count } Foto oder Datei
   *[other] { $count } Fotos und Dateien
}
bring-files-missing = { $count ->
    [one] { $count } Foto oder Datei ist nicht im Export
   *[other] { $count } Fotos und Dateien sind nicht im Export
}
bring-another = Noch ein Export
bring-open = Öffnen
left-out-line = Zeile { $line }: { $why }
left-out-not-utf8 = kein lesbarer Text
left-out-too-long = länger, als eine Nachricht sein kann
left-out-no-message = steht vor der ersten Nachricht
left-out-bad-date = diesen Tag oder diese Stunde gibt es nicht
left-out-bad-message = keine Nachricht
left-out-broken = ab hier ist die Datei beschädigt
left-out-cut-off = die Datei bricht mittendrin ab
answer-here = „Antworten Sie mir hier“
answer-here-hint = Ein Text für Ihre alten Chats, mit einer Einladung
answer-here-about = Fügen Sie ihn in einen Chat von WhatsApp oder Telegram ein. Wer den Link öffnet, ist in der Organisation und kann Ihnen hier schreiben.
answer-here-for = Für wen
answer-here-person = Für eine Person
answer-here-person-hint = Der Link funktioniert einmal
answer-here-group = Für eine Gruppe
answer-here-group-hint = { $count ->
    [one] Der Link funktioniert für { $count } Person
   *[other] Der Link funktioniert für { $count } Personen
}
answer-here-caution = Wer den Link hat, kommt zu { $organisation }. Fügen Sie ihn nur dort ein, wo alle das dürfen.
answer-here-make = Text erstellen
answer-here-paste = Kopieren Sie ihn und fügen Sie ihn in den alten Chat ein.
answer-here-label = Text zum Einfügen
answer-here-text = Bitte schreiben Sie mir ab jetzt über Valise, den versiegelten Messenger von { $organisation }. Er läuft im Browser: ohne Telefonnummer, ohne Passwort. Antworten Sie mir hier: { $link } (gültig bis { $day })
devices = Geräte
devices-hint = Valise auf dem Telefon und am Schreibtisch
device-link = Gerät koppeln
device-this = Dieses Gerät
device-since = Seit { $day }
device-waiting = Seine Nachrichten sind unterwegs: Lassen Sie Valise auf diesem Gerät offen.
device-unnamed = Ein Gerät
device-remove = Entfernen
device-remove-named = { $name } entfernen
device-remove-title = Dieses Gerät entfernen?
device-remove-text = Es erhält ab sofort keine Nachrichten mehr. Was es schon hat, bleibt darauf lesbar, bis es dort gelöscht wird.
device-step-open = Öffnen Sie auf dem neuen Gerät die Adresse dieses Servers.
device-step-press = Wählen Sie dort „Ich nutze Valise auf einem anderen Gerät“.
device-step-type = Geben Sie den Code ein, den es zeigt.
device-code = Code
device-code-hint = Acht Buchstaben und Ziffern, wie K7QM-2RX9. Ein Link geht auch.
device-busy = Die beiden Geräte finden einander…
device-compare = „{ $name }“ möchte mit Ihrem Konto gekoppelt werden. Zeigt das Gerät diese Ziffern?
device-compare-caution = Machen Sie nur weiter, wenn Sie das neue Gerät selbst in der Hand haben und selbst damit angefangen haben. Es wird alles lesen können.
device-refuse = Stimmen nicht überein
device-approve = Stimmen überein
device-linked = Gekoppelt. Ihre Nachrichten sind auf dem Weg dorthin.
past-title = Ihre Nachrichten kommen
past-text = Die Nachrichten kommen versiegelt von Ihrem anderen Gerät. Lassen Sie Valise dort offen, bis sie hier sind.
past-waiting = Ihr anderes Gerät nimmt dieses zuerst in jeden Chat auf…
past-coming = { $parts } von { $of } Teilen sind hier
past-skip = Ohne sie anfangen
past-skip-title = Ohne frühere Nachrichten anfangen?
past-skip-text = Die Nachrichten bleiben auf Ihrem anderen Gerät und kommen auch später nicht auf dieses.
this-device = Dieses Gerät
lock-now = Jetzt sperren
lock-hint = Mit Fingerabdruck, Gesicht oder PIN geht es wieder auf
move = Auf ein anderes Gerät umziehen
move-hint = Konto und Chats gehen in einem anderen Browser oder Telefon weiter
move-title = Mit diesem Konto auf ein anderes Gerät umziehen?
move-text = Sie erhalten einen Link. Wo er zuerst geöffnet wird, geht Ihr Konto mit allem weiter. Dieses Gerät wird sofort abgemeldet und kann nichts mehr lesen oder schreiben.
move-go = Link erstellen
move-busy = Alles wird in ein Archiv versiegelt…
move-label = Link zu diesem Konto
move-link = Öffnen Sie diesen Link auf dem anderen Gerät. Er funktioniert einmal.
wipe = Alles auf diesem Gerät löschen
wipe-title = Alles auf diesem Gerät löschen?
wipe-text = Ihre Nachrichten und Ihr Zugang werden von diesem Gerät gelöscht. Das lässt sich nicht rückgängig machen. Um zurückzukommen, brauchen Sie eine neue Einladung.
about-sealed = Alles, was Sie schreiben, wird auf Ihrem Gerät versiegelt, bevor es hinausgeht. Der Server speichert es und gibt es weiter, lesen kann er nichts.

## Suche
found = { $count ->
    [0] Keine Nachrichten
    [one] { $count } Nachricht
   *[other] { $count } Nachrichten
}
found-more = Mehr als { $count } Nachrichten
found-show-more = Mehr anzeigen
found-preparing = Ältere Nachrichten werden noch vorbereitet.
found-hint = Grenzen Sie ein mit von:Anna, in:Team, hat:Datei, vor:31.12.2026. Eine Suche verlässt dieses Gerät nie.

# Die Sicherung, und die Rückkehr mit ihr.
backup = Sicherung
backup-off = Es gibt keine Sicherung. Wenn Sie Ihre Geräte verlieren, sind Ihre Nachrichten weg.
backup-coming = Auf dem Server Ihrer Organisation entsteht eine versiegelte Kopie Ihrer Nachrichten…
backup-kept = Eine versiegelte Kopie Ihrer Nachrichten liegt auf dem Server Ihrer Organisation. Zuletzt aufgefrischt: { $day }, { $time }.
backup-elsewhere = Ein anderes Ihrer Geräte führt die Sicherung.
backup-opens-passkey = Nur Ihr Passkey öffnet sie.
backup-opens-code = Nur Ihr gedruckter Code öffnet sie.
backup-opens-both = Nur Ihr Passkey oder Ihr gedruckter Code öffnet sie.
backup-begin = Sicherung führen
backup-begin-hint = Versiegelt, und sie hält sich selbst frisch. Auf einem neuen Gerät öffnet Ihr Passkey sie.
backup-no-passkey = Dieser Browser hat keinen Passkey, der eine Sicherung öffnen könnte. Drucken Sie stattdessen einen Code.
backup-print = Code drucken
backup-print-hint = Für den Tresor oder die Schublade: Er öffnet die Sicherung, wenn auch der Passkey weg ist.
backup-printed-since = Gedruckt am { $day }. Ein neuer macht den alten wertlos.
backup-stop = Sicherung löschen
backup-stop-title = Sicherung löschen?
backup-stop-text = Die Kopie auf dem Server wird gelöscht. Wenn Sie danach Ihre Geräte verlieren, sind Ihre Nachrichten weg.
backup-anew-title = Neuen Code drucken?
backup-anew-text = Der Code, den Sie früher gedruckt haben, öffnet dann nichts mehr.
backup-paper-title = Ihr Code
backup-paper-text = Wer diesen Code hat, kann auf einem neuen Gerät Sie werden und alles lesen. Verwahren Sie ihn wie einen Ausweis.
backup-paper-once = Er wird nur jetzt gezeigt.
backup-paper-print = Drucken
lost = Ich habe meine Geräte verloren
lost-text = Wenn es eine Sicherung gab, bringt Ihr Passkey oder Ihr gedruckter Code Sie und Ihre Nachrichten zurück.
back-passkey = Mit meinem Passkey zurückkommen
back-code = Gedruckter Code
back-code-hint = Sieben Gruppen zu vier Zeichen
back-by-code = Mit dem Code zurückkommen
back-no-secret = Dieser Passkey kann keine Sicherung öffnen. Versuchen Sie es mit dem gedruckten Code.
back-title = Willkommen zurück
back-coming = Ihre Nachrichten kommen versiegelt vom Server Ihrer Organisation.
trouble-bad-code = Ein Zeichen des Codes ist falsch, oder eines fehlt.
trouble-no-backup = Es gibt keine Sicherung, die das öffnet.
# Papier: Scannen und Schwärzen.
attach-file = Foto oder Datei
attach-scan = Seiten scannen
attach-camera = Seiten fotografieren
scan-title = Scannen
scan-name = Scan { $date }.pdf
paper-working = Die Seite wird gesucht …
paper-shown = Die Seite, wie sie gesendet wird
paper-pages = Seiten
paper-page = Seite { $number }
paper-add = Seiten hinzufügen
paper-photograph = Fotografieren
camera-asked = Der Browser fragt, ob Valise die Kamera benutzen darf.
camera-shown = Was die Kamera sieht
camera-take = Diese Seite aufnehmen
camera-taken = { $count ->
    [one] Eine Seite ist aufgenommen.
   *[other] { $count } Seiten sind aufgenommen.
}
camera-done = Seiten ansehen
camera-denied = Valise darf die Kamera nicht benutzen. Erlauben Sie es für diese Seite in den Einstellungen des Browsers, oder fügen Sie Bilder hinzu, die schon aufgenommen sind.
camera-missing = Es gibt keine Kamera, oder ein anderes Programm benutzt sie. Bilder, die schon aufgenommen sind, können hinzugefügt werden.
paper-zoom = Größe auf dem Bildschirm
paper-larger = Größer
paper-smaller = Kleiner
paper-tools = Was mit der Seite gemacht werden kann
paper-edges = Ränder
paper-look = Aussehen
paper-cover = Schwärzen
paper-turn = Drehen
paper-earlier = Nach vorn
paper-later = Nach hinten
paper-remove = Entfernen
paper-unreadable = Dieses Bild kann nicht gelesen werden. JPEG, PNG und WebP schon.
paper-too-large = Dieses Bild ist größer, als Kameras sie machen, und wurde nicht geöffnet.
paper-too-many = Ein Dokument hat höchstens { $count } Seiten.
edges-hint = Ziehen Sie die Ecken auf die Ecken des Blattes.
corner-upper-left = Ecke oben links
corner-upper-right = Ecke oben rechts
corner-lower-right = Ecke unten rechts
corner-lower-left = Ecke unten links
finish-colour = Farbe
finish-grey = Grau
finish-black-white = S/W
finish-plain = Unverändert
cover-title = Stellen schwärzen
cover-hint = Zeichnen Sie über das, was niemand sehen soll. Es wird aus der Datei entfernt, mit allem Text der Seite, und nicht nur verdeckt.
cover-add = Schwärzung hinzufügen
cover-box = Geschwärzte Stelle { $number }
cover-remove = Schwärzung aufheben
cover-done = Fertig
confidential = Vertraulich
confidential-hint = Wer es liest, sieht seinen eigenen Namen darüber. Das schreckt ab; es verschließt nichts.
confidential-save-title = Diese Datei ist vertraulich
confidential-save-text = Wer sie gesendet hat, bittet darum, dass sie hier bleibt. Eine Kopie außerhalb trägt keinen Namen, ist nicht versiegelt, und Sie haben für sie einzustehen.
confidential-save-go = Kopie speichern
text-cut = Nur der Anfang wird gezeigt. Speichern Sie die Datei, um alles zu lesen.
picture-refused = Dieses Bild ist größer, als eine Kamera sie macht, oder ist kein Bild. Es wurde nicht geöffnet; es kann gespeichert werden.

## Polls
poll = Umfrage
poll-line = Umfrage: { $question }
card = Kontakt
card-whose = Kontakt senden
card-line = Kontakt: { $name }
card-line-unknown = Kontakt: hier unbekannt
card-unknown = Hier unbekannt
card-unknown-hint = Das Verzeichnis Ihrer Organisation kennt dieses Konto nicht.
card-open = { $name } schreiben
poll-new = Neue Umfrage
poll-question = Frage
poll-options = Antworten
poll-option = Antwort { $number }
poll-several = Mehrere Antworten sind möglich
poll-named = Alle im Chat sehen, wer was gewählt hat.
poll-no-question = Schreiben Sie, was Sie fragen möchten.
poll-few-options = Schreiben Sie mindestens zwei Antworten.
poll-same-options = Zwei Antworten sind gleich.
poll-choose-one = Umfrage · eine Antwort
poll-choose-several = Umfrage · eine oder mehrere Antworten
poll-closed = Umfrage · beendet
poll-choice = { $text }, { $count ->
    [0] niemand
    [one] { $count } Person
   *[other] { $count } Personen
}
poll-voters = { $count ->
    [0] Noch niemand hat abgestimmt
    [one] { $count } Person hat abgestimmt
   *[other] { $count } Personen haben abgestimmt
}
poll-who = Wer abgestimmt hat
poll-nobody = Niemand
poll-close = Umfrage beenden
poll-close-title = Diese Umfrage beenden?
poll-close-text = Danach kann niemand mehr abstimmen, und sie lässt sich nicht wieder öffnen. Das Ergebnis sehen alle weiterhin.

## Eine neue Identität
renew-title = Ihre Identität, zurückgegeben
renew-text = Zwei Personen Ihrer Organisation sagen, dass Sie alle Geräte verloren haben. Mit diesem Link werden Sie auf diesem Gerät wieder Sie selbst: gleicher Name, gleiche Chats.
renew-no-messages = Alte Nachrichten kommen so nicht zurück. Alle in Ihren Chats sehen, dass Sie eine neue Identität haben.
renew-go = Auf diesem Gerät beginnen
renew-busy = Es beginnt…
renew-reading = Es wird nachgesehen…
renew-stopped = Gestoppt: Eines Ihrer Geräte hat gesagt, dass es nicht verloren ist.
renew-over = Daraus wurde nichts: Es wurde zurückgenommen, die Zeit ist um, oder der Link wurde auf einem anderen Gerät geöffnet. Fragen Sie dort nach, woher Sie den Link haben.
renew-waits-second = Wartet auf einen zweiten Registrar.
renew-waits-time = Gilt ab { $time }.
renew-asked-by = { $registrar } bittet um eine neue Identität für { $person }, { $organisation }.
renew-confirmed-by = Bestätigt von { $registrar }.
renew-by-itself = Es geht von selbst weiter, wenn die Zeit gekommen ist. Sie können diese Seite schließen und wieder öffnen.
renew-forget = Von diesem Gerät löschen
renewal-alarm = Jemand sagt, Sie hätten alle Geräte verloren
renewal-alarm-one = { $first } bittet in Ihrem Namen um eine neue Identität. Dieses Gerät würde ausgesperrt.
renewal-alarm-both = { $first } und { $second } geben einem fremden Gerät eine neue Identität in Ihrem Namen. Dieses Gerät wird ausgesperrt: { $time }.
renewal-stop = Das bin ich nicht: stoppen
renewal-stopped = Gestoppt. Informieren Sie Ihre Sicherheitsbeauftragten.
renewal-lost = Alles verloren…
renewal-lost-text = Wenn { $name } alle Geräte verloren und keinen gedruckten Code hat, können Sie mit einem zweiten Registrar die Identität zurückgeben. Vergewissern Sie sich zuerst, dass es wirklich diese Person ist. Alte Nachrichten kommen nicht zurück.
renewal-offer = Link für eine neue Identität erstellen
renewal-title = Eine neue Identität
renewal-asked = Angefragt von { $registrar }, { $time }.
renewal-waits-you = Wartet auf Ihre Bestätigung.
renewal-confirm-text = Bestätigen Sie nur, wenn Sie selbst mit dieser Person gesprochen haben.
renewal-confirm = Bestätigen
renewal-decline = Ablehnen
renewal-link = Link für die neue Identität
renewal-link-caution = Geben Sie ihn nur dieser Person: Wer ihn zuerst öffnet, wird zu ihr.

## Anfragen
requests = Anfragen
requests-burning = { $count ->
    [one] { $count } Anfrage wartet auf Sie oder ist überfällig
   *[other] { $count } Anfragen warten auf Sie oder sind überfällig
}
nothing-open-request = Wählen Sie eine Anfrage
requests-open = Offen
requests-for-us = An uns
requests-mine = Meine
requests-waiting = Warten
requests-urgent = Dringend
requests-ended = Beendet
requests-empty = Nichts ist offen. Hier steht, was andere Organisationen von Ihrer erfragen und Ihre von ihnen.
requests-none-here = Hier ist nichts.
search-requests = Anfragen suchen
request-count = { $count ->
    [one] { $count } Anfrage
   *[other] { $count } Anfragen
}
request-new = Neue Anfrage
request-incoming = Eingehend
request-outgoing = Ausgehend
request-subject = Betreff
request-number = Nummer
request-number-own = Nummer in Ihrem Register
request-their-number = Nummer der Gegenseite
request-number-double = Diese Nummer hat in Ihrem Register noch eine andere Anfrage: beide wurden gleichzeitig begonnen. Nennen Sie das Datum dazu, oder ziehen Sie eine zurück und fragen Sie neu.
request-number-hint = Leer lassen für die nächste.
request-with = Organisation
request-state = Stand
request-assignee = Bearbeitung
request-due = Antwort fällig
request-due-by = Antwort fällig bis { $time }
request-left-days = { $count ->
    [one] in { $count } Tag
   *[other] in { $count } Tagen
}
request-left-tomorrow = morgen
request-left-today = heute
request-left-just-over = seit heute überfällig
request-left-late = { $count ->
    [one] { $count } Tag überfällig
   *[other] { $count } Tage überfällig
}
request-late = verspätet
request-was-late = war verspätet
request-fresh = Neu
request-submitted = Unterwegs
request-received = Eingegangen
request-registered = Registriert
request-in-work = In Arbeit
request-questioned = Rückfrage
request-partly = Teilweise beantwortet
request-answered = Beantwortet
request-refused = Abgelehnt
request-disputed = Antwort beanstandet
request-confirmed = Erledigt
request-withdrawn = Zurückgezogen
request-closed = Geschlossen
request-expired = Von selbst beendet
request-reached-waiting = Noch auf diesem Gerät
request-reached-sent = Gesendet
request-reached-delivered = Dort zugestellt
request-reached-opened = Dort geöffnet
request-parts = Teile der Anfrage
request-document = Anfrage
request-talk = Gespräch
request-from = Von
request-to = An
request-issued = Unterschrieben
request-asked-until = Fristverlängerung erbeten bis
request-basis = Rechtsgrundlage
request-class = Einstufung
request-confidential-said = Vertraulich: Die Person, um die es geht, darf nichts davon erfahren
request-in-working-days = { $count ->
    [one] { $count } Arbeitstag nach dem Senden
   *[other] { $count } Arbeitstage nach dem Senden
}
working-days = { $count ->
    [one] { $count } Arbeitstag
   *[other] { $count } Arbeitstage
}
request-files = Dateien
request-file-remove = { $name } entfernen
request-course = Verlauf
request-ground-is = Grundlage: { $ground }
request-under-way = Unterwegs zur anderen Seite
request-more = Mehr zu dieser Anfrage
request-export = Nachweis speichern
request-exporting = Der Nachweis wird zusammengestellt…
request-fetching = Zuerst werden die Dateien geholt. Der Nachweis wird gespeichert, sobald sie da sind.
request-exported = Der Nachweis ist gespeichert. Jeder kann ihn prüfen, auch ohne Netz.
request-exported-unstamped = Der Nachweis ist gespeichert, ohne Zeitstempel über das Ganze: Niemand konnte einen geben. Jeder kann ihn prüfen, auch ohne Netz.
request-export-without = Nachweis ohne einzelne Dateien speichern
evidence-without-text = Was angekreuzt ist, kommt nicht mit. Der Prüfwert bleibt im Nachweis, und dieser sagt, dass es absichtlich weggelassen wurde; alles andere lässt sich prüfen wie immer.
evidence-leave-out = Weglassen
evidence-left-out = { $count ->
    [one] { $count } Datei wurde weggelassen.
   *[other] { $count } Dateien wurden weggelassen.
}
evidence-not-had = { $count ->
    [one] { $count } Datei war von ihrem Server nicht zu bekommen; der Nachweis sagt es.
   *[other] { $count } Dateien waren von ihrem Server nicht zu bekommen; der Nachweis sagt es.
}
evidence-too-large = { $count ->
    [one] { $count } Datei passte nicht hinein: Mehr als 256 MB kommen nicht mit. Der Nachweis sagt es.
   *[other] { $count } Dateien passten nicht hinein: Mehr als 256 MB kommen nicht mit. Der Nachweis sagt es.
}
evidence-another = { $count ->
    [one] { $count } Datei ist nicht die unterschriebene; der Nachweis sagt es.
   *[other] { $count } Dateien sind nicht die unterschriebenen; der Nachweis sagt es.
}
request-do-answer = Antworten
request-do-answer-part = Teilweise antworten
request-do-question = Rückfragen
request-do-clarify = Klarstellen
request-do-ask-time = Mehr Zeit
request-do-give-time = Zeit geben
request-do-deny-time = Nicht verlängern
request-do-refuse = Ablehnen
request-do-assign = Zuweisen
request-do-register = Registrieren
request-do-confirm = Bestätigen
request-do-dispute = Keine Antwort
request-do-withdraw = Zurückziehen
request-do-close = Anfrage schließen
request-ends = Damit endet die Anfrage. Das lässt sich nicht rückgängig machen.
request-ground = Grundlage der Ablehnung
request-ground-hint = Zum Beispiel der Artikel des Gesetzes.
request-why = Warum das keine Antwort ist
request-why-missing = Sagen Sie, warum das keine Antwort ist.
request-why-optional = Warum (kann leer bleiben)
request-until = Bis
request-time-later = Wählen Sie einen Tag nach der Frist.
request-time-until = Die Antwort ist dann fällig bis { $time }.
letter-request = Anfrage
letter-answer = Antwort
letter-part = Teilantwort
letter-question = Rückfrage
letter-clarification = Klarstellung
letter-refusal = Ablehnung
letter-text = Text
letter-empty = Schreiben Sie etwas oder fügen Sie eine Datei hinzu.
letter-is-part = Das ist ein Teil der Antwort
letter-is-part-hint = Die Anfrage bleibt für den Rest offen.
letter-broken = Etwas davon ist nicht das, was unterschrieben wurde. Verlassen Sie sich nicht darauf.
sees-request = Genau das sieht { $organisation }, mit Ihrem Namen. Datum und Nummer kommen beim Senden.
sees-answer = { $organisation } bekommt diesen Text und diese Dateien, unterschrieben mit Ihrem Namen.
sees-question = { $organisation } bekommt diese Rückfrage, unterschrieben mit Ihrem Namen. Die Frist bleibt.
sees-clarification = { $organisation } bekommt diesen Text, unterschrieben mit Ihrem Namen.
sees-refusal = { $organisation } bekommt diese Ablehnung und ihre Grundlage, unterschrieben mit Ihrem Namen.
sees-assignee = { $organisation } sieht den Namen der Person, die daran arbeitet.
sees-number = { $organisation } sieht, dass die Anfrage registriert ist, und die Nummer.
sees-time-asked = { $organisation } wird um mehr Zeit gebeten. Bis zur Zustimmung bleibt die Frist.
sees-time-given = { $organisation } sieht die neue Frist.
sees-time-denied = { $organisation } sieht, dass die Frist bleibt, und warum.
sees-confirmed = { $organisation } sieht, dass Sie haben, was Sie wollten. Die Anfrage ist erledigt.
sees-disputed = { $organisation } sieht, warum das keine Antwort ist. Die Anfrage ist wieder offen.
sees-withdrawn = { $organisation } sieht, dass Sie nichts mehr wollen, und warum.
sees-closed = { $organisation } sieht, dass Sie die Anfrage geschlossen haben, und warum.
act-received = Geöffnet von { $name }
act-registered = { $name } hat sie registriert: { $number }
act-registered-plain = { $name } hat sie registriert
act-assigned = { $name } hat sie { $assignee } zugewiesen
act-assigned-plain = { $name } hat sie jemandem zugewiesen
act-took = { $name } arbeitet daran
act-questioned = { $name } fragt zurück
act-clarified = { $name } hat klargestellt, was gemeint war
act-extension-asked = { $name } bittet um Zeit bis { $day }
act-extension-granted = { $name } gibt Zeit bis { $day }
act-extension-denied = { $name } gibt nicht mehr Zeit
act-partly-answered = { $name } hat teilweise geantwortet
act-answered = { $name } hat geantwortet
act-refused = { $name } hat abgelehnt
act-confirmed = { $name } hat die Antwort bestätigt
act-disputed = { $name } nimmt das nicht als Antwort
act-withdrawn = { $name } hat die Anfrage zurückgezogen
act-amended = { $name } hat die Anfrage geändert
act-closed = { $name } hat die Anfrage geschlossen
standing-out-of-place = Zählt nicht: Etwas anderes war früher.
standing-not-theirs = Zählt nicht: Das stand dieser Seite nicht zu.
standing-no-object = Zählt nicht: Worauf es sich bezieht, fehlt.
standing-unproven = Zählt noch nicht: Die Unterschrift konnte nicht geprüft werden.
request-whom = Dienststelle, Name oder Adresse
request-whom-hint = Wählen Sie eine Dienststelle oder Person einer Partnerorganisation, oder geben Sie die ganze Adresse ein.
request-offices = Dienststellen
request-asker = Für
request-asker-me = Mich allein
request-goes-to = Sie geht an { $name }.
request-other-recipient = Ändern
request-text = Was Sie erfragen
request-basis-hint = Der Artikel oder das Aktenzeichen.
request-class-hint = In den Worten Ihrer Organisation.
request-by-days = In Arbeitstagen
request-by-day = An einem Tag
request-ends-itself = Endet von selbst
request-ends-never = Nie
request-ends-with = Mit der Frist
request-ends-after = Tage danach
request-ends-days = Tage nach der Frist
request-ends-days-after = { $count ->
    [one] Einen Tag nach der Frist
   *[other] { $count } Tage nach der Frist
}
request-ends-hint = Eine spätere Antwort zählt nicht mehr: Die Anfrage ist dann auf beiden Seiten zu Ende.
request-expired-said = Diese Anfrage endete von selbst: { $time }. Es kam keine rechtzeitige Antwort, und sie nimmt keine mehr an.
silence = Was laut Servern nicht geschah
silence-carried = Bis { $time } nicht zum Server der anderen Seite gebracht.
silence-fetched = Bis { $time } von keinem Gerät der anderen Seite abgeholt.
silence-answered = Die Anfrage war von selbst zu Ende, und von der anderen Seite war rechtzeitig nichts da; gesagt am { $time }.
silence-own = Das sagt Ihr Server.
silence-theirs = Das sagt der Server von { $organisation }.
silence-later = Später geschah es doch: { $time }.
silence-hint = Das ist das Wort eines Servers, von ihm unterschrieben, und beweist nur, dass er es sagte.
request-confidential = Vertraulich
request-confidential-hint = Die Person, um die es geht, darf nichts davon erfahren. Wer liest, sieht auf den Dateien den eigenen Namen.
request-further = Einstufung, Nummer und Recht
request-look = Ansehen
request-change = Ändern
request-send = Unterschreiben und senden
answer-go-on = Angefangenes weiterschreiben
request-kept = Auf diesem Gerät aufgehoben, bis Sie es senden
request-files-again = Das wurde begonnen, bevor Valise geschlossen wurde. Die Dateien müssen noch einmal gewählt werden.
request-no-subject = Sagen Sie kurz, worum es geht.
request-no-text = Schreiben Sie, was Sie erfragen, oder fügen Sie eine Datei hinzu.
request-no-days = Wählen Sie 1 bis 1.000 Arbeitstage.
templates = Vorlagen
templates-edit = Vorlagen umbenennen oder entfernen
templates-none = Noch keine Vorlagen. Schreiben Sie eine Anfrage, sehen Sie sie an, und behalten Sie sie dort als Vorlage.
templates-back = Zurück zur Anfrage
templates-full = Mehr Vorlagen kann man nicht haben. Entfernen Sie zuerst eine.
templates-most = Höchstens { $count } Vorlagen.
template-name = Name der Vorlage
template-keep = Als Vorlage behalten
template-keep-it = Behalten
template-keep-hint = Betreff, Text, Grundlage und die Namen der Felder werden für Sie allein behalten, auf allen Ihren Geräten. Was Sie eingetragen haben, nicht.
template-replaces = Sie haben schon eine Vorlage dieses Namens. Diese tritt an ihre Stelle.
template-replace = Ersetzen
template-kept = Die Vorlage ist da.
template-change = { $name } ändern
template-remove = Entfernen
request-fields = Formular
request-field = Feld
request-field-add = Feld hinzufügen
request-field-remove = Feld wegnehmen
request-field-name = Name des Feldes
request-field-value = Was darin steht
request-field-empty = Füllen Sie „{ $name }“ aus, oder nehmen Sie das Feld weg.
request-field-no-name = Geben Sie dem Feld einen Namen.
request-field-twice = Zwei Felder heißen „{ $name }“. Nennen Sie eines davon anders.
request-again = Dasselbe noch einmal anfragen
request-begun = Diese Anfrage haben Sie vorher begonnen. Senden Sie sie, oder leeren Sie Betreff und Text; dann fragen Sie dasselbe noch einmal.
request-another = Empfänger hinzufügen
request-from-table = Aus einer Tabelle
request-others = Wer noch dasselbe gefragt wird
request-each-apart = { $count } Empfänger. Jeder bekommt eine eigene Anfrage und sieht nichts von den anderen.
request-to-many = { $count } Empfänger
request-asked-together = Zusammen gefragt:
requests-answered = { $answered } von { $count } beantwortet
requests-all = Alle Anfragen
requests-save = Diese Liste als Tabelle speichern
request-way = Richtung
request-office = Stelle
sees-request-each = Genau das sieht jeder von ihnen, mit Ihrem Namen und seinem eigenen als Empfänger. Datum und Nummern kommen beim Senden.
request-table-no-text = Diese Tabelle lässt sich nicht lesen. Speichern Sie sie als „CSV UTF-8“, und wählen Sie sie noch einmal.
request-table-large = Die Tabelle ist zu groß. Höchstens 50 können zusammen gefragt werden.
request-table-unclosed = Ein Anführungszeichen in der Tabelle ist geöffnet und nicht geschlossen.
request-table-empty = Die Tabelle ist leer. Schreiben Sie in jede Zeile einen Empfänger, und wählen Sie sie noch einmal.
request-table-wrong = { $count ->
    [one] { $count } Zeile nennt niemanden, den man fragen kann. Es wurde nichts gesendet.
   *[other] { $count } Zeilen nennen niemanden, den man fragen kann. Es wurde nichts gesendet.
}
request-table-lines = Zeilen der Tabelle
request-table-line = Zeile { $number }
request-table-nobody = Keine Stelle eines Partners und niemand, den Sie dort kennen, heißt so. Schreiben Sie die ganze Adresse.
request-table-no-address = Dort hat niemand diese Adresse.
request-table-no-partner = Keine Partnerorganisation hat diesen Namen oder diese Domain.
request-table-unreached = Diese Organisation konnte jetzt nicht gefragt werden.
request-table-looking = Wird gesucht …
request-table-progress = Leute werden bei ihren Organisationen gesucht: { $done } von { $count }
request-table-several = Mehrere heißen so. Schreiben Sie die ganze Adresse.
request-table-again = Steht zweimal in der Tabelle.
request-table-take = { $count ->
    [one] Auslassen und { $count } Empfänger nehmen
   *[other] Auslassen und { $count } Empfänger nehmen
}
request-no-day = Wählen Sie einen Tag, der nicht vorbei ist.
request-no-end = Geben Sie eine Zahl von 1 bis 1000 Tagen ein.

# Gäste: Menschen ohne Organisation, mit Link und Code.
trouble-wrong-code = Dieser Code gehört nicht zu diesem Link. Vergleichen Sie ihn Zeichen für Zeichen; nach fünf falschen wird der Link gesperrt.
guest-mark = Gast
guest-mark-title = Jemand ohne Organisation, mit Link und Code
guest-by-link = Jemand ohne Valise
guest-by-link-hint = Mit Link und Code oder mit einem Brief auf Papier
guest-name = Wen Sie fragen
guest-name-hint = So, wie es in der Anfrage stehen soll. Der Server kann es nicht lesen.
guest-name-missing = Schreiben Sie, wen Sie fragen.
guest-hold = Ich sehe zuerst, wer gekommen ist
guest-hold-hint = Sonst liest die Anfrage sofort, wer Link und Code hat.
guest-panel = Der Gast
guest-panel-digits = Ziffern zum Vergleichen am Telefon:
guest-link-until = Der Link gilt bis { $day }.
guest-not-sending = Die Anfrage ist unterwegs. Link, Code und Brief sind hier, sobald sie fort ist.
guest-not-released = Die Anfrage wartet auf Freigabe. Link, Code und Brief sind hier, sobald sie fort ist.
guest-not-sent-back = Die Anfrage wurde zurückgegeben. Link, Code und Brief sind hier, sobald sie fort ist.
guest-not-stopped = Alle Anfragen sind angehalten. So lange wird nichts übergeben und niemand eingelassen.
guest-hand-over = Link übergeben
guest-let-in = Einlassen
guest-renew = Neuer Link
guest-renew-text = Der bisherige Link und sein Code gelten nicht mehr, und wer damit kam, ist draußen. Übergeben Sie danach die neuen.
guest-end = Link beenden
guest-end-text = Wer über den Link kam, kann nichts mehr lesen oder beantworten. Was vorher gesendet wurde, bleibt bei Ihnen. Das lässt sich nicht rückgängig machen, aber ein neuer Link ist möglich.
guest-making = Link wird gemacht
guest-awaited = Noch nicht geöffnet
guest-waits = Wartet auf Einlass
guest-comes = Kommt herein
guest-in = Ist da
guest-is-over = Link ist beendet
guest-hand-title = Für { $name }
guest-hand-link = Der Link
guest-hand-link-hint = Per E-Mail oder gedruckt. Er ist für einen Menschen und öffnet ohne Code nichts.
guest-hand-code = Der Code
guest-hand-code-hint = Auf anderem Weg als der Link: am Telefon, per SMS, auf einem eigenen Blatt.
guest-copy-code = Code kopieren
guest-mail-copy = Text einer E-Mail kopieren
guest-mail-head = { $organisation } bittet Sie, ein Ersuchen zu beantworten (Nummer { $number }), bitte bis { $due }.
guest-mail-open = Um es zu lesen, öffnen Sie diese Seite in einem beliebigen Browser, auf dem Telefon oder dem Computer. Sie brauchen kein Konto und installieren nichts:
guest-mail-code = Die Seite fragt nach einem Code. Er erreicht Sie getrennt, nie in einer E-Mail.
guest-mail-doubt = Wenn Sie das nicht erwarten, öffnen Sie nichts, und rufen Sie uns unter einer Nummer an, die Sie vorher kannten.
guest-looking = Es wird nachgesehen, wer fragt…
guest-bad-title = Dieser Link öffnet nichts
guest-bad-text = Vielleicht wurde er benutzt, beendet oder ist zu alt, oder die Anfrage ist abgeschlossen. Bitten Sie um einen neuen, wer ihn geschickt hat.
guest-again-title = Öffnen Sie den Link noch einmal
guest-again-text = Damit ihn hier niemand findet, hat diese Seite den Link beim Öffnen vergessen. Solange kein Code eingegeben wurde, gilt er wie zuvor.
guest-again-mail = Aus einer E-Mail oder Nachricht: Öffnen Sie den Link dort noch einmal.
guest-again-paper = Aus einem Brief: Richten Sie die Kamera wieder auf das Quadrat.
guest-link-title = Der Link eines Gastes
guest-link-asked = { $asks } fragt mit diesem Link { $guest }.
guest-link-you = Hier sind Sie { $name }, { $organisation }. Dass Sie ihn geöffnet haben, hat niemanden hereingelassen.
guest-link-in = Sie haben mit dieser Anfrage zu tun.
guest-link-out = In Ihrem eigenen Konto haben Sie mit dieser Anfrage nichts zu tun.
guest-link-private = Um als { $guest } zu kommen, öffnen Sie den Link in einem privaten Fenster oder in einem anderen Browser: Dort öffnet er sich ohne Ihr Konto.
guest-link-copy = Link kopieren
guest-link-open = Anfrage öffnen
guest-other-title = Dieser Link ist für { $guest }
guest-other-here = In diesem Browser liegt schon das Gespräch eines Gastes: { $name }, { $organisation }. Es ist, wie es war: Dass der Link geöffnet wurde, hat nichts geändert.
guest-other-how = Ein Browser bewahrt das Gespräch eines Gastes auf. Um als { $guest } zu antworten, öffnen Sie den Link in einem anderen Browser, in einem anderen Profil dieses Browsers oder auf einem anderen Gerät. Er gilt wie zuvor.
guest-other-back = Zum Gespräch von { $name }
guest-title = { $organisation } bittet Sie um eine Antwort
guest-asks = Wer fragt
guest-asked = Wer gefragt wird
guest-until = Sie können sie bis { $day } öffnen.
guest-held = Bevor Sie lesen können, muss Sie jemand einlassen.
guest-code = Code
guest-code-hint = Er kam auf anderem Weg als der Link: drei Gruppen aus vier Zeichen.
guest-code-missing = Geben Sie den Code ein.
guest-go = Anfrage öffnen
guest-busy = Wird geöffnet…
guest-passkey-hint = Ihr Gerät fragt nach Gesicht, Finger oder PIN. Damit kommen Sie später auf diesem Gerät zurück.
guest-sealed = Nur Sie und die Fragenden können das lesen. Der Server überbringt es versiegelt.
guest-sure = Wie sicher ist diese Seite?
guest-sure-text = Die Seite kommt von { $domain }. Prüfen Sie diesen Namen in der Adresszeile. Im Zweifel rufen Sie die Organisation unter einer Nummer an, die Sie selbst kennen, nicht unter einer aus dem Brief, und vergleichen Sie diese Ziffern:
guest-offline = Keine Verbindung. Was Sie schreiben, bleibt erhalten.
guest-connecting = Verbindung wird aufgebaut…
guest-wait-title = Sie warten auf Einlass
guest-wait-text = Sie werden eingelassen, sobald jemand von den Fragenden Valise offen hat. Solange alle weg sind, kann es niemand. Lassen Sie diese Seite offen oder kommen Sie später auf diesem Gerät zurück: Ihr Platz bleibt.
guest-wait-held = Die Fragenden sehen zuerst nach, wer gekommen ist, und lassen Sie dann ein. Solange alle weg sind, kann es niemand. Lassen Sie diese Seite offen oder kommen Sie später auf diesem Gerät zurück: Ihr Platz bleibt.
guest-wait-digits = Wenn man Sie anruft, nennen Sie diese Ziffern:
guest-over = Die Fragenden haben diesen Link beendet. Was Sie vorher gesendet haben, ist bei ihnen.
guest-refused-title = Sie wurden nicht eingelassen
guest-refused-text = Die Anfrage ist abgeschlossen, oder die Fragenden haben diesen Link beendet, bevor etwas gezeigt wurde. Nichts von Ihnen wurde gesendet. Ist das ein Irrtum, rufen Sie dort unter einer Nummer an, die Sie kennen, und bitten Sie um einen neuen Link.
guest-clear = Diese Seite leeren
guest-clear-text = Alles von dieser Anfrage verschwindet von diesem Gerät. Eine Quittung, die Sie gesichert haben, bleibt Ihnen.
guest-honest = Versiegelt zwischen Ihnen und den Fragenden. Sie kennen Sie nur als jemanden, der Link und Code hatte.
guest-here = In diesem Chat ist ein Gast, mit Link und Code: { $people }
guest-you-are-asked = Sie werden gefragt
guest-receipt = Quittung sichern
guest-letter = Ein Brief auf Papier
guest-letter-hint = Für alle ohne E-Mail: Der Brief trägt den Link als Quadrat für die Kamera, der Code geht auf einem eigenen Blatt, an einem anderen Tag oder auf anderem Weg.
guest-letter-to = Anschrift im Fenster
guest-letter-from = Ihr Sitz
guest-letter-from-hint = Eine Zeile über der Anschrift. Sie kann leer bleiben.
guest-letter-print = Brief drucken
guest-letter-code = Code drucken
guest-letter-no-address = Schreiben Sie, an wen der Brief geht.
guest-letter-long-address = Ein Fenster zeigt höchstens sechs Zeilen.
guest-letter-failed = Der Brief konnte nicht gemacht werden. Versuchen Sie es noch einmal.
guest-letter-letters = Einige Zeichen fehlen in der Schrift; an ihrer Stelle steht ein Kästchen. Lesen Sie den Brief, bevor Sie ihn senden.

## In whose name
requests-in-doubt = Zweifelhaft
request-doubt-title = Das ist vielleicht nicht von { $organisation }
doubt-unsealed = { $organisation } siegelt ihre Anfragen, und diese hat kein Siegel. Vielleicht wurde dort ein Gerät oder ein Postfach gestohlen.
doubt-bad-seal = Sie trägt ein Siegel, das nicht gilt: von jemandem, der nicht darf, oder von einer anderen Anfrage.
doubt-stopped = { $organisation } hatte alle Anfragen angehalten, als diese kam.
doubt-no-partner = { $organisation } ist kein Partner Ihrer Organisation.
doubt-advice = Rufen Sie { $organisation } unter einer Nummer an, die Sie schon kennen. Tun Sie vorher nichts von dem, was verlangt wird. Die Dateien bleiben so lange geschlossen.
request-do-vouch = Anders geprüft
request-vouch-warning = Von da an können Sie und Ihre Kollegen daran arbeiten wie an jeder anderen Anfrage. Dass Sie geprüft haben, ist mit Ihrem Namen unterschrieben.
request-vouch-how = Wie haben Sie geprüft? (freiwillig)
sees-vouched = { $organisation } sieht, dass Sie auf anderem Weg geprüft haben, und was Sie hier schreiben.
act-vouched = { $name } hat auf anderem Weg geprüft, von wem sie ist
request-sealed = Im Namen von { $organisation }
request-sealed-by = Freigegeben von { $name }
answer-sealed-by = Gesiegelt von { $name }, { $when }
answer-unsealed = Von { $name } unterschrieben, nicht im Namen von { $organisation } gesiegelt.
answer-seal = Im Namen von { $organisation } siegeln
answer-seal-hint = Alle hier sehen dann, dass es die Antwort Ihrer Organisation ist und dass Sie dafür einstehen.
answer-seal-done = Gesiegelt. Die andere Seite sieht es.
held-waits = Wartet auf die Freigabe durch Kollegen. Die andere Seite sieht vorher nichts.
held-nobody = Wartet auf eine Freigabe, und niemand darf sie geben. Sagen Sie es Ihrem Registrar.
held-back = { $name } hat sie zurückgegeben: { $note }
held-stopped = Alle Anfragen Ihrer Organisation sind angehalten. Diese geht von selbst, wenn das aufgehoben wird.
held-left-out = Die Regel ihres Chats lässt nicht zu, an wen sie geht. Sie wartet, bis die Regel geändert ist.
held-over = Sie endete, bevor sie gehen konnte, und geht nicht mehr. Die andere Seite hat sie nicht gesehen. Sie können neu fragen.
requests-stopped = Alle Anfragen Ihrer Organisation sind angehalten. Was geschrieben ist, wartet, bis ein Registrar das aufhebt.
releases = Warten auf Ihre Freigabe
release-title = Diese Anfrage freigeben?
release-text = Genau das wird die andere Seite sehen. Mit Ihrer Freigabe geht sie im Namen Ihrer Organisation.
release-from = Geschrieben von { $name }
release-do = Freigeben
release-done = Freigegeben. Sie ist unterwegs.
release-back = Zurückgeben
release-back-why = Warum geben Sie sie zurück?
release-back-missing = Sagen Sie warum, damit man es verbessern kann.
release-sent-back = Zurückgegeben.
release-gone = Sie wartet nicht mehr: Jemand anders hat sie freigegeben oder zurückgegeben, oder sie wurde zurückgenommen.
rules = Anfragen der Organisation
rules-hint = Wer sie freigibt, und der Halt für alle
rules-asks = Was eine Anfrage braucht, bevor sie geht
rules-freely = Nichts weiter
rules-freely-hint = Wer fragt, unterschreibt allein.
rules-sealed = Eine Freigabe
rules-sealed-hint = Durch alle, die freigeben dürfen. Wer darf, gibt seine eigene mit dem Absenden frei.
rules-four-eyes = Eine zweite Person
rules-four-eyes-hint = Jemand anders als wer fragt muss sie freigeben. Ein gestohlenes Gerät genügt dann nicht.
rules-keepers = Wer freigeben darf
rules-keepers-hint = Sie siegeln auch Antworten Ihrer Organisation: die eigenen sofort, die von Kollegen auf Knopfdruck.
rules-keepers-none = Noch niemand.
rules-keepers-needed = Niemand darf freigeben: Keine Anfrage könnte gehen.
rules-keeper-waits = Bereit, sobald eines ihrer Geräte verbunden ist
rules-keepers-change = Ändern, wer freigeben darf
rules-keepers-save = Sichern
rules-stop = Alle Anfragen anhalten
rules-stop-text = Niemand aus Ihrer Organisation kann eine Anfrage senden, bis Sie das aufheben, und Partner misstrauen dem, was trotzdem kommt. Für den Fall, dass ein Gerät oder ein Postfach gestohlen wurde.
rules-stop-sure = Ja, alle anhalten
rules-resume = Anfragen wieder gehen lassen
rules-stopped = Alle Anfragen sind angehalten.
rules-resumed = Anfragen gehen wieder.
rules-saved = Gesichert.
trouble-in-doubt = Nichts belegt, dass die andere Organisation das gesendet hat. Rufen Sie dort unter einer bekannten Nummer an und sagen Sie hier, dass Sie geprüft haben.
chip-in-doubt = Zweifelhaft
chip-waits-release = Wartet auf Freigabe
chip-sent-back = Zurückgegeben
chip-stopped = Angehalten
chip-held = Zurückgehalten
chip-never-went = Ging nie
## Working days, other wordings, handing on
requests-escalated = Eskaliert
request-remind = Erinnern
request-remind-text = Eine Erinnerung an diese Anfrage: die Antwort ist fällig. Sagen Sie uns bitte, wenn etwas unklar ist oder Sie mehr Zeit brauchen.
request-reminded = Die andere Seite wurde erinnert.
request-do-amend = Ändern
amend-hint = Sie schicken eine neue Fassung. Geschickte Dateien bleiben. Wer die frühere Fassung beantwortet hat, antwortet neu.
amend-due-same = Wie bisher
sees-amended = { $organisation } sieht die neue Fassung und was daran anders ist.
changed = Was sich geändert hat
changed-due = Fällig: { $before } → { $after }
changed-ends = Sie endete von selbst: { $before }; jetzt: { $after }
changed-subject = Bisher ging es um: { $subject }
changed-files = Neue Dateien: { $names }
changed-text = Der bisherige Text
letter-former = Eine frühere Fassung
letter-to-former = Zu einer früheren Fassung: gilt jetzt nicht
act-given = { $name } hat sie an { $office } gegeben
act-given-plain = { $name } hat sie an eine andere Stelle gegeben
forward-note = Ein paar Worte dazu
forward-note-hint = Nur sie bekommen es, jeder im Chat mit Ihnen. Die andere Organisation sieht es nicht.
forward-people = Kolleginnen und Kollegen
counted-by = Das ist { $time }, nach dem Kalender „{ $name }“.
counted-plain = Das ist { $time }. Nur Wochenenden zählen nicht: Ihre Organisation hat keinen Kalender.
remind-soon = Eine Antwort ist bald fällig.
remind-today = Eine Antwort ist heute fällig.
remind-overdue = Die Frist ist abgelaufen.
remind-escalated = Niemand hat rechtzeitig geantwortet. Alle der Stelle erfahren es.
remind-release = Eine Anfrage wartet auf Ihre Freigabe.
remind-sent-back = Ihre Anfrage wurde zurückgegeben.
remind-guest-waits = Ein Gast ist da und wartet auf Einlass.
deadlines = Arbeitstage und Fristen
deadlines-hint = Wie Ihre Organisation zählt und wann sie erinnert
deadlines-about = Anfragen in Arbeitstagen werden ab dem Speichern nach diesem Kalender gezählt. Frühere Fristen bleiben, wie sie waren.
deadlines-plain = Ihre Organisation hat keinen Kalender: nur Samstage und Sonntage zählen nicht.
deadlines-by = Festgelegt von { $name }
deadlines-name = Name des Kalenders
deadlines-name-first = Arbeitstage
deadlines-weekend = Freie Wochentage
deadlines-weekend-is = Jede Woche frei: { $days }
deadlines-holidays = Freie Tage
deadlines-holidays-hint = Feiertage und andere Tage, an denen niemand arbeitet.
deadlines-worked = Tage, an denen gearbeitet wird
deadlines-worked-hint = Samstage und ähnliche, an denen nachgearbeitet wird.
deadlines-day = Ein Tag
deadlines-add = Hinzufügen
deadlines-remove = { $day } entfernen
deadlines-many = Mehrere auf einmal
deadlines-many-hint = Daten, eines je Zeile, oder eine Kalenderdatei (.ics). Namen der Tage werden nicht behalten.
deadlines-take = Diese Tage hinzufügen
deadlines-file = Aus einer Datei
deadlines-until = Bekannt bis
deadlines-until-hint = Der letzte Tag, von dem feststeht, ob gearbeitet wird. Fristen dahinter lassen sich nicht in Arbeitstagen zählen.
deadlines-until-is = Bekannt bis { $day }
deadlines-ends = Der Kalender endet am { $day }. Ein Registrar sollte das nächste Jahr ergänzen.
deadlines-remind = So viele Arbeitstage vorher erinnern
deadlines-remind-hint = Bis zu fünf Zahlen mit Kommas: 1, 3. Am Tag selbst wird auch erinnert.
deadlines-escalate = Nach so vielen Arbeitstagen alle der Stelle verständigen
deadlines-escalate-hint = Auch die, denen sie nicht zugewiesen ist. Leer lassen, um sonst niemanden zu verständigen.
deadlines-no-until = Sagen Sie, bis wann der Kalender bekannt ist.
deadlines-no-days = Schreiben Sie Zahlen von Tagen, mit Kommas dazwischen.
deadlines-said = Der Kalender ist gespeichert.
deadlines-read = { $count ->
    [one] Ein Tag wurde hinzugefügt.
   *[other] { $count } Tage wurden hinzugefügt.
}
deadlines-skipped = { $count ->
    [one] Ein Eintrag ist kein ganzer Tag oder wiederholt sich nach einer Regel: er blieb weg.
   *[other] { $count } Einträge sind keine ganzen Tage oder wiederholen sich nach einer Regel: sie blieben weg.
}
away-until = Abwesend bis { $day }
away-until-cover = Abwesend bis { $day }, Vertretung: { $name }
away-said-by = Eingetragen von { $name }, Registrar
away-title = Wenn Sie abwesend sind
away-title-of = Wenn { $name } abwesend ist
away-last-day = Letzter Tag der Abwesenheit
away-cover = Vertretung
away-cover-nobody = Niemand
away-cover-hint = Die Vertretung hat die offenen Anfragen unter den eigenen und wird an sie erinnert. Dazu müssen beide zur selben Stelle gehören.
away-words = Ein paar Worte an die Kollegen
away-said = Die Kollegen sehen es jetzt.
away-back = Wieder da
away-back-said = Wieder da. Die Kollegen sehen es jetzt.
away-day-wrong = Wählen Sie heute oder einen späteren Tag.
away-short = Abwesenheit
duty = Dienst
duty-mine = Ich habe Dienst
duty-of = { $name } hat Dienst
duty-hint = Wer Dienst hat, erfährt von neuen Anfragen; die anderen finden sie in der Liste. Hat niemand Dienst, erfahren alle davon.
