# The interface's words in English. A sentence's id names what it says; ru.ftl has the same ids and arguments, the other
# languages may lack some, which are then said as here.

## Everywhere
close = Close
cancel = Cancel
save = Save
back = Back
remove = Remove
more = More choices
show = Show
go-on = Continue
try-again = Try again
discard = Delete
download = Download
resume = Continue
pause = Pause
paused = paused
copied = Copied
you = You
owner = Owner
registrar = Registrar
ended = Ended
language = Language
language-not-here = { $language } is not on this device yet and could not be fetched. It will be there the next time that Valise starts with a connection.
loading = Loading…
today = Today
yesterday = Yesterday
names-joined = { $head } and { $last }
size-bytes = { $size } bytes
size-kilobytes = { $size } KB
size-megabytes = { $size } MB
size-gigabytes = { $size } GB
days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
members = { $count ->
    [one] { $count } member
   *[other] { $count } members
}
announcement-members = { $count ->
    [one] Announcements · { $count } member
   *[other] Announcements · { $count } members
}

## At the door
starting = Opening…
starting-first = Valise is on its way to this device. It comes whole, once, and that takes a moment on a slow line. From then on it opens at once, even without a line.
landing-title = Welcome
landing-text = Valise is the sealed messenger of your organisation. To begin you need an invitation.
landing-invited = Got a link from a colleague? Open it in this browser.
landing-qr = Got a square code? Point your phone’s camera at it.
landing-operator = Setting up Valise? Open the set-up link that the server printed when it started.
unsupported-title = This browser cannot keep your messages
unsupported-text = Valise keeps your messages sealed on this device. This browser window gives it no lasting place to do so.
unsupported-private = If this is a private window, open the link in an ordinary one.
unsupported-old = If your browser is old, bring it up to date.
broken-title = Something went wrong
broken-text = Your messages could not be opened. Nothing was lost. Close other windows of Valise and try again.
set-up-title = Set up your organisation
set-up-text = You become its first registrar: you invite the others. The key of the organisation is made on this device and never leaves it.
set-up-incomplete = Please fill in the organisation’s name, your name and your address.
set-up-go = Create organisation
set-up-busy = Creating…
organisation-name = Name of the organisation
your-name = Your name
your-address = Your address
your-address-hint = This is how colleagues find you. Leave it empty to take the suggestion.
passkey-hint = Your device asks for your fingerprint, face or PIN. There is no password to remember.
joining-look = Looking at your invitation…
joining-title = Joining
joining-text = This takes a moment.
join-title = { $inviter } invites you to { $organisation }
join-title-unknown = You are invited
join-as = You join as
join-go = Join
join-busy = Joining…
join-sealed = What you write is sealed on your device. Only the people in the chat can read it; the server cannot.
join-name-missing = Please write your name.
join-bad-title = This invitation does not work
join-bad-text = Ask the person who invited you for a new link.
open-look = Looking at your link…
open-title = Open { $name }’s account here
open-go = Open here
open-busy = Opening…
open-once = This link works once. From now on the account lives in this browser, sealed; the server cannot read it.
open-used-title = This link was used
open-bad-title = This link does not work
open-offline-title = No connection
moved-title = This device has moved
device-have = I use Valise on another device
device-passkey = Valise
link-title = Link this device
link-step-open = Open Valise on the device that you use already.
link-step-devices = There: Settings, Devices, Link a device.
link-step-code = Type this code there:
link-label = Link of this device
link-or = Or scan this with your other device’s camera.
link-waiting = Waiting for your other device…
link-compare-here = Your other device shows six digits. Are they these?
link-compare-hint = If they are, say so on the other device. If not, choose “They differ” there.
unlock-title = Locked
unlock-text = Your messages are sealed on this device.
unlock-link = This browser has an account already. To open your link, use another browser or another profile.
unlock-guest-link = Somebody’s conversation lives in this browser already. If you came by this very link, unlock it. If the link is for somebody else, open it in another browser, or in another profile of this one.
unlock-go = Unlock
unlock-busy = Unlocking…
unlock-cancelled = That was not confirmed. Nothing was changed; try again.
unlock-no-passkeys = This browser has no passkeys. Use the browser in which you joined.
unlock-wrong = This is not the passkey of this device’s messages. Try again with the one with which you joined.
unlock-failed = Your device did not answer. Nothing was changed; try again.
unlock-lost = I no longer have this passkey
unlock-lost-text = Without it nobody can open the messages on this device. You can erase them here and join again with a new invitation.
first-title = Invite your first colleague
first-text = Your organisation stands. It gets useful with the second person.
first-done = Go to my chats
first-later = Later
colleague-name = Name of your colleague
invite-name-hint = This is what everybody will see. Leave it empty to let them choose.
handed-text = Works once, for 7 days or as long as you chose. Whoever has it can join: send it only to the person meant.
invite-link = Invitation link
copy-link = Copy link
qr-label = The link as a square code

## Troubles
trouble-offline = There is no connection to the server. Nothing was changed; try again when you are online.
trouble-bad-link = This link is not complete. Copy it whole and try again.
trouble-link-gone = This link was used already, has expired, or was taken back.
trouble-group-link-over = This link lets nobody in: it has ended or was switched off. Ask whoever gave it to you for a new one.
trouble-other-organisation = This link belongs to another organisation than yours.
trouble-link-used = The account opens in the browser in which the link was used first. Go on there.
trouble-bad-archive = What this link opens is not whole. Nothing was taken over; ask for a new link.
trouble-newer-version = This was made by a newer version of Valise. Reload this page or bring the program up to date.
trouble-moved = It lives where its link was opened. Nothing can be written or read here any more.
trouble-no-device-waits = No device is waiting under this code, or no longer. Look at the code on the new device again: it changes every few minutes.
trouble-past-coming = Your earlier messages are still on their way to this device. Wait until they are here.
trouble-two-registrars = Two registrars have to do this, one after the other, and neither for themselves.
trouble-too-many-devices = You have as many devices as one person can have. Remove one first.
trouble-files-under-way = Files are still being sent from this device. Wait until they have arrived.
trouble-link-mismatch = The server shows something else than the link promises. Do not go on; tell the person who sent you the link.
trouble-already-founded = This organisation exists already. Ask its registrar for an invitation.
trouble-already-joined = This device belongs to somebody already.
trouble-bad-name = This name cannot be used. Use letters, up to 80 characters.
trouble-bad-address = This address cannot be used. Use small Latin letters, digits and dots.
trouble-address-taken = Somebody has this address already. Choose another one.
trouble-office-name-taken = Another office is called so. Requests tell offices apart by their names: choose another one.
trouble-not-allowed = You have no right to do this.
trouble-not-found = This is no longer there.
trouble-bad-text = This message is too long. Send it in parts or as a file.
trouble-file-too-large = This file is larger than the server takes.
trouble-storage-full = There is no space left. Nothing was lost; make room and try again.
trouble-last-owner = You are the last owner. Make somebody else an owner first.
trouble-last-of-request = You are the last one of your side who has to do with this request. Give it to a colleague first. A chat that is in the way can go into the archive.
trouble-no-device = This person has not joined yet. Try again later.
trouble-imported-chat = This chat was brought over from another messenger. It is there to be read and searched; nobody is there to answer.
trouble-no-export = This is no export of WhatsApp or Telegram. Choose the .zip file of WhatsApp, or result.json of Telegram Desktop.
trouble-export-damaged = This archive is damaged or not whole. Copy it again from where it was made.
trouble-export-locked = This archive has a password. Unpack it first.
trouble-export-unknown = This archive is packed in an unusual way. Unpack it and choose the folder.
trouble-export-bomb = This archive would unpack to far more than an export holds. Nothing was unpacked.
trouble-export-bad-path = This archive names places outside of itself. Nothing was unpacked.
trouble-export-gone = The export can no longer be read. What is here stays; choose it again to go on.
trouble-export-under-way = Chats are being brought over already. Wait until that is done, or stop it.
trouble-server-misbehaved = The server answered wrongly. Nothing was changed; tell your operator.
trouble-internal = Something failed on this device. What you wrote was kept; try again.
trouble-too-many-holders = An office is held by 200 people at most.
trouble-too-many-addressees = At most 50 can be asked together.
trouble-overtaken = Somebody else changed this meanwhile. Look again before you change it.
trouble-own-link = This link was made by your own organisation. Send it to the registrar of the other one.
trouble-domain-taken = Another organisation that you know has the same domain. Two of them could not be told apart.
trouble-partner-away = The server of the other organisation cannot be reached now. Try again later.
trouble-partner-disagrees = The other organisation has not agreed yet, or has ended the partnership. Your registrar can ask theirs.
trouble-residency-unsaid = The other organisation does not say under whose law it stands, and yours works with some countries alone. Your registrar can make an exception.
trouble-residency-outside = Your organisation does not work with this one: its registrars have ruled it out.
trouble-room-residency-unsaid = The rule of this chat lets in only organisations under some laws, and this one does not say under whose law it stands. Guests say nothing of it either.
trouble-room-residency-outside = The rule of this chat leaves out a law under which this organisation stands.
trouble-requests-not-accepted = The other organisation takes no requests.
trouble-rooms-not-accepted = People of the other organisation write with nobody outside of it.
trouble-bad-jurisdictions = Name one to eight countries by two capital letters each, such as DE.
trouble-bad-time = The time is over already, or more than two years away.
trouble-bad-deadline = The deadline is over already, or too far away.
trouble-bad-numbers = A number needs exactly one {"{"}n{"}"} or {"{"}n:5{"}"}; besides it {"{"}year{"}"}, {"{"}office{"}"}, letters, digits and - / . _ can stand there.
trouble-needs-release = Your organisation lets no request go before somebody releases it, and another wording of one cannot be released. Withdraw the request and ask anew.
trouble-calendar-ends = Your organisation’s calendar does not reach so far. Choose a date, or ask a registrar to extend it.
trouble-bad-calendar = Something in this calendar cannot be so. Look at the days and the numbers.
trouble-out-of-place = That cannot be done with this request now: somebody was faster. Look at where it stands.
trouble-nobody-there = Nobody holds that office now. Choose another one.
trouble-nothing-to-sign-with = This device is not ready to sign yet. It will be within a minute of being on line: try again then.
trouble-file-away = A file of this is not on this device, and cannot be fetched now. Try again when there is a line.
trouble-not-whole = A file of this is not the one that was signed, or it is damaged. It cannot go in the name of your organisation.

## The shell
skip-to-chat = Skip to the conversation
sections = Sections
lists = Lists
chats = Chats
people = People
settings = Settings
nothing-open = Choose a chat
nothing-open-sealed = Sealed: only the people in a chat can read it
line-offline = Offline. You can go on writing.
line-offline-waiting = { $count ->
    [one] Offline. { $count } message waits and will be sent by itself.
   *[other] Offline. { $count } messages wait and will be sent by themselves.
}
line-connecting = Connecting…
line-catching-up = Getting new messages…
alarm-open = Open chat
alarm-noted = I understand
alarm-more = { $count ->
    [one] And { $count } more.
   *[other] And { $count } more.
}
alarm-rolled-back = The server lost part of its memory
alarm-rolled-back-advice = Nothing on your device is lost. Your operator should know.
alarm-forked = The server shows different messages to different people
alarm-missing = The server holds messages back
alarm-misbehaved = The server did something that no sound server does
alarm-server-advice = What you see here is genuine, but may not be all. Tell your operator and your security officer.
alarm-member = Somebody tried something they have no right to
alarm-member-advice = It was refused on your device. Nothing was changed.
alarm-closed = A chat was closed
alarm-closed-advice = The server's copy of it does not follow from yours. Ask the others in another way, then open the chat to go on.
alarm-change = The server refuses a change in a chat
alarm-change-advice = What you wrote there is kept here. Send it again later, and tell your operator.
alarm-strangers = Some people were not added to a chat
alarm-strangers-advice = Their organisations do not work with one another, so they cannot be in one chat. Add those of one of them, or ask the registrars of both to become partners.
alarm-left-out = A change was not made in a chat
alarm-left-out-advice = Its rule about the law of other organisations leaves somebody out. Change the rule in the details of the chat, and try again.
alarm-directory = Somebody was shown another list of people than you
alarm-directory-advice = The server keeps news from one of you: perhaps who has left. Tell your operator and your security officer.
alarm-device = A new device was linked to your account
alarm-device-advice = If it was not you, remove it at once under Settings, Devices, and tell your security officer.
alarm-set-back = This device was set back to an earlier state, or there is a copy of it
alarm-set-back-advice = It has come into the chats where this showed anew. Something that you sent from it meanwhile may be missing here. If you did not restore a backup or copy a folder, remove this device under Settings, Devices, link it anew, and tell your security officer.
alarm-relayed = Somebody stands between you and your server, or stood there
alarm-relayed-advice = This device did not sign in, and sent nothing. Try another network; if it stays, tell your operator and your security officer. A server that was not told of a renewed certificate in front of it looks the same.
alarm-not-persistent = The browser may delete your messages when space gets short
alarm-not-persistent-advice = Install Valise as an app or bookmark this page to prevent it.
alarm-full = This device is full
alarm-full-advice = New messages cannot be received until you make room. Nothing is lost.
keys-title = Keyboard
keys-go = Go to a person or chat
keys-new = New chat
keys-request = Ask another organisation
keys-find = Search chats
keys-previous = Previous chat
keys-next = Next chat
keys-send = Send
keys-newline = New line
keys-menu = Actions of a message
keys-edit = Edit your last message, where nothing is written yet
keys-rows = Move in lists and messages
keys-back = Back
keys-help = This sheet

## Chats
new-chat = New chat
saved-messages = Saved messages
saved-hint = Texts and files for yourself, on all your devices
saved-under = Only you, on all your devices
search-chats = Search
filter = Filter
filter-all = All
filter-unread = Unread
filter-groups = Groups
labels = Labels
labels-choose = Labels…
labels-none = No labels yet. A label is only yours, on all your devices.
label-new = New label
label-edit = Change the label
label-name = Name of the label
label-colour = Colour
label-make = Make and put on
label-remove = Remove the label
label-change = Change the label “{ $name }”
label-name-missing = Give the label a name.
label-name-taken = This name is taken, too long or has letters that mislead.
label-grey = Grey
label-red = Red
label-orange = Orange
label-green = Green
label-blue = Blue
label-violet = Violet
organisations = Organisations
organisations-open = Your organisations
organisations-hint = Add another one that you belong to, and go there from here
organisations-switch = Go to another organisation
organisations-about = Each one opens at its own address, in a window of its own, with its own chats and notifications. Only you see this list, on all your devices in this organisation. The others do not learn of it.
elsewhere-here = Open here
elsewhere-window = (opens in a new window)
elsewhere-new = Add an organisation
elsewhere-edit = Change the organisation
elsewhere-address = Address
elsewhere-address-hint = As in chat.example.org. An invitation will do too; only its address is taken. Open the invitation itself where you got it.
elsewhere-leads = Leads to { $address }
elsewhere-name = What you call it
elsewhere-add = Add
elsewhere-remove = Remove from the list
elsewhere-change = Change “{ $name }”
elsewhere-bad-address = This is no address of a server. It begins with https:// and names nobody with an @.
elsewhere-same = This is the organisation that is open here.
elsewhere-full = There are twenty in the list. Remove one first.
chats-empty = No chats yet
nothing-found = Nothing found
draft = Draft:
muted = Muted
pinned = Pinned
chat-actions = Chat actions
mark-read = Mark as read
unpin = No longer on top
unmute = Unmute
archive = Archive
unarchive = Take out of the archive
archive-done = The chat is in the archive.
unarchive-done = The chat is back in the list.
archived = Archived
archived-chat = In the archive
archived-count = { $count ->
    [one] { $count } chat
   *[other] { $count } chats
}
preview-sender = { $name }:
unread-count = { $count ->
    [one] { $count } unread message
   *[other] { $count } unread messages
}

## A conversation
conversation = Conversation
messages = Messages
show-details = Details
day-go-to = Go to a day
day = Day
day-missing = Choose a day.
day-show = Show
sealed = Sealed
sealed-tip = Only the people in this chat can read it. The server cannot.
talk-empty = Nothing here yet. What you write is sealed on your device.
write = Message
send = Send
attach = Attach
drop-files = Drop to attach
to-newest = Go to newest message
to-newest-count = { $count ->
    [one] Go to newest message, { $count } new
   *[other] Go to newest message, { $count } new
}
new-messages = New messages
gap = Something is missing here. The server has not delivered it yet.
message-label = { $name }, { $time }
announce = { $name }: { $text }
unsupported-message = This message needs a newer version of Valise.
forwarded = Forwarded
forwarded-from = Forwarded from { $name }
forward = Forward
forward-title = { $count ->
    [one] Forward message
   *[other] Forward { $count } messages
}
forward-search = Chats and people
forward-to = Forward to
forwarded-to = Forwarded to { $name }
forwarded-to-several = { $count ->
    [one] Forwarded to { $count } chat
   *[other] Forwarded to { $count } chats
}
select = Select
selection = Selected messages
selected = { $count ->
    [one] { $count } selected
   *[other] { $count } selected
}
select-end = Cancel selection
select-most = { $count ->
    [one] Not more than { $count } message at once.
   *[other] Not more than { $count } messages at once.
}
message-select = Select the message of { $name }, { $time }
mention-count = { $count ->
    [one] { $count } mention of you
   *[other] { $count } mentions of you
}
mention-list = Mention somebody
mention-offered = { $count ->
    [one] { $count } person to mention
   *[other] { $count } people to mention
}
message-pin = Pin for everybody
message-unpin = Unpin for everybody
pinned-messages = Pinned messages
pinned-message = Pinned message
pinned-of = Pinned message { $number } of { $count }
deleted-message = This message was deleted.
message-actions = Message actions
message-more = More
show-message = Show this message
react = React
react-other = Other reaction
search-emoji = Search emoji
emoji-recent = Recently used
emoji-all = All
signs = Reactions
reply = Reply
answer-to = Reply to { $name }
answer-cancel = Cancel reply
quote-label = In reply to { $name }: { $text }
quote-gone = This message is not on this device.
copy-text = Copy text
edit = Edit
edit-title = Edit message
edit-cancel = Cancel editing
edited = edited
edited-show = edited, show versions
versions = Versions
version-now = Now
version-empty = No text
delete-for-all = Delete for everybody
delete-title = Delete for everybody?
delete-text = The message disappears from everybody’s devices, and a line says that there was one. Somebody may have read or copied it already. This cannot be undone.
delete-several = { $count ->
    [one] Delete { $count } message for everybody?
   *[other] Delete { $count } messages for everybody?
}
delete-several-text = The messages disappear from everybody’s devices, and a line in the place of each says that there was one. Somebody may have read or copied them already. This cannot be undone.
not-sent = Not sent.
typing = is writing…
typing-one = { $name } is writing…
typing-many = { $count ->
    [one] { $count } person is writing…
   *[other] { $count } people are writing…
}
tick-failed = Not sent
tick-waiting = Waiting to be sent
tick-accepted = Sent
tick-delivered = Delivered
tick-read = Read
tick-delivered-to = Delivered to { $count } of { $people }
tick-read-by = Read by { $count } of { $people }
blocked-left = You are no longer in this chat. You can go on reading it.
blocked-owners = Only owners write here.
blocked-frozen = This chat was closed: the server's copy does not follow from yours. Ask the others in another way before you go on.
blocked-reopen = Go on with the server's copy
blocked-person-left = The other person's account has ended. You can go on reading.
blocked-in-doubt = Nothing is written here before somebody checked whom the request is from.
blocked-nobody-left = Nobody of those who asked you is here any more, and nobody reads what you write. Ask the organisation for another link. You can go on reading.
blocked-left-out = Somebody is here whom the rule of this chat leaves out. Nothing is sent until they are removed or the rule is changed.
left-out-law = { $organisation } stands under the law of { $countries }, which the rule of this chat leaves out. Nothing is sent until they are removed or the rule is changed.
left-out-unsaid = { $organisation } does not say under whose law it stands, and the rule of this chat lets in only some. Nothing is sent until they are removed or the rule is changed.
blocked-imported = This chat was brought over. You can read it and search in it; nobody is there to answer.
imported = Brought over
imported-tip = This chat came out of another messenger’s export. Nobody vouches for the names in it.
imported-from = From { $messenger }, to read and search
blocked-removed = This device was removed from your account. You can go on reading.
blocked-revoked = Your account has ended. You can go on reading.
blocked-guest-over = The link was ended. You can go on reading here.
notice-created = { $by } created this chat
notice-added = { $by } added { $people }
notice-removed = { $by } removed { $people }
notice-gone = { $count ->
    [one] { $people } is no longer in the organisation
   *[other] { $people } are no longer in the organisation
}
notice-came-by-link = { $person } came in by the group’s link
notice-link = { $by } made a link into this group
notice-link-off = { $by } switched off the link into this group
notice-rule = { $by } lets in only organisations under the law of { $countries }
notice-rule-off = { $by } took away the rule about the law of other organisations
notice-left = { $person } left
notice-renamed = { $by } named this chat “{ $title }”
notice-picture = { $by } changed the picture
notice-owners = { $by } changed the owners: { $owners }
notice-announcement = { $by } set this chat to announcements: only owners write
notice-open-again = { $by } opened this chat: everybody writes again
notice-came-back = You were away and came back. What was written in between is not on this device.
notice-renewed = { $person } lost every device and got a new identity; confirmed by { $registrars }
notice-new-device = { $person } uses a new device from here on
notice-frozen = This chat was closed: the server broke its order

## Files
file-download = Download { $name }
file-open = Open { $name }
file-broken = This file arrived damaged. Ask for it again.
file-gone = The server no longer has this file.
file-another = This is not the file that was signed. It is not opened.
file-not-exported = It is not in the export, or not on this device.
file-unnamed = Photo or file
file-progress = Progress
file-moved = { $done } of { $total }
file-not-here = This file is not on this device.
send-title = { $count ->
    [one] Send { $count } file
   *[other] Send { $count } files
}
caption = Add a text
preparing = Preparing…
picture-size = Size of pictures
picture-smaller = Smaller
picture-smaller-hint = Sharp on every screen, quick to send
picture-original = Original
picture-original-hint = Every pixel, for documents and evidence
picture-cleaned = Place, time and camera data are taken out in both cases.
picture-not-cleaned = Pictures of this kind are sent as they are, with everything that is stored in them.
picture-unreadable = { $name } could not be read as a picture. Nothing was sent.
zoom-in = Larger
zoom-out = Smaller
pdf-pages = Pages
pdf-loading = Opening…
pdf-broken = This PDF cannot be shown. You can save it.
pdf-count = { $count ->
    [one] { $count } page
   *[other] { $count } pages
}

## Voice notes
voice-record = Speak a voice note
voice-recording = Recording a voice note
voice-discard = Discard the voice note
voice-send = Send the voice note
voice-denied = Valise may not use the microphone. Allow it for this page in the browser’s settings, and try again.
voice-no-microphone = There is no microphone, or another program is using it.
voice-too-short = That was too short to be heard. Press once to begin, and again to send.
voice-play = Play the voice note, { $length }
voice-pause = Pause
voice-where = Place in the voice note
voice-place = { $place } of { $length }
voice-speed = Speed: { $factor }×
voice-was-heard = heard
voice-not-heard = not heard yet
voice-new = new

## Messages that disappear
timer = Messages disappear
timer-hint = Counted from when a message was sent, on everybody’s devices, whether it was read or not. It holds for what is said from now on. Whoever reads a message can keep a copy elsewhere.
timer-is = Messages disappear { $after }
after-never = never
after-seconds = { $count ->
    [one] after { $count } second
   *[other] after { $count } seconds
}
after-minutes = { $count ->
    [one] after { $count } minute
   *[other] after { $count } minutes
}
after-hours = { $count ->
    [one] after { $count } hour
   *[other] after { $count } hours
}
after-days = { $count ->
    [one] after { $count } day
   *[other] after { $count } days
}
notice-timer = { $by }: messages from here on disappear { $after }
notice-timer-off = { $by }: messages from here on stay
disappeared-message = Disappeared, as was set in this chat.
disappears-at = Disappears: { $time }

## Details of a chat
details = Details
changing = A change is under way
rename = Rename
picture = Picture
mute = Mute
pin = Keep on top
group-link = Invite by link
group-link-off = Off
group-link-on = Works until you switch it off
group-link-until = Works until { $day }
group-link-over = Has ended
group-link-text = Everybody in your organisation who opens this link can join the group. They see what is written from then on.
group-link-removal = If you remove somebody from the group, the link stops working.
group-link-valid = Works for
group-link-forever = Until I switch it off
group-link-make = Make link
group-link-new = Make a new link
group-link-new-hint = This one stops working then.
group-link-end = Switch off
group-link-others = Another owner made the link and has it. You can make a new one; that one stops working then.
group-link-went = The link into this group does not work any more: { $name } may know it. You can make a new one.
share = Share
enter-title = Join “{ $title }”?
enter-look = Looking where the link leads…
enter-by = The link is from { $name }
enter-history = You see what is written after you join. The members see that you came by the link.
enter-in = You are in this group.
enter-go = Join
enter-busy = Joining…
enter-open = Open
enter-door-title = A link into a group
enter-door-text = This link leads into a group of an organisation, and works only for its people. If you are one of them, sign in on this device first.
enter-door-invited = New here? Open the invitation that your organisation gave you.
enter-door-again = Once you are in, open this link again.
announcement = Announcements only
announcement-hint = Only owners write, everybody reads
safety-title = Safety number
safety-text = Compare it with the other person’s if you want to be sure. Equal digits mean that nobody stands between you.
shared-files = Files
imported-text = Messages, photos and files are sealed on this device. Names are those of the export; nobody vouches for them.
imported-forget = Delete from this device
imported-forget-title = Delete “{ $title }”?
imported-forget-text = Its messages, photos and files are erased from this device. If you still have the export, you can bring it over again.
imported-forgotten = The chat was deleted.
leave = Leave group
leave-title = Leave “{ $title }”?
leave-text = You get no new messages from this group. What you have stays on this device.
group-name = Name of the group
group-name-missing = Please give the group a name.
add-people = Add people
add-count = { $count ->
    [0] Add
   *[other] Add { $count }
}
write-to = Message
owner-make = Make owner
owner-end = End ownership

## People
search-people = Name or address
new-group = New group
group-make = { $count ->
    [0] Create group
   *[other] Create group with { $count }
}
person-verified = Name and address are signed by your organisation
letter-to-me = This link leads to you.
letter-to-nobody = Nobody in your organisation has the address { $address }.
person-link-hint = Whoever opens this link in your organisation writes to this person.
person-end = End access
person-end-sure = End access now
person-end-text = { $name } is cut off at once on all devices and leaves all chats. This cannot be undone.
person-end-alone = Nobody else holds { $offices }. Name a successor there first, otherwise its open requests have nobody.
person-ended = Access was ended.
invitations = Invitations
invite = Invite
invite-ready = Invitation ready
invite-make = Make link
invite-office = Office (optional)
invite-address = Address before the @
invite-address-hint = Leave it empty to take it from the name.
invite-registrar = Registrar
invite-registrar-hint = May invite and remove people
invite-valid = Valid for
invite-many = Link for several people
invite-many-hint = Up to 50 people; each chooses their own name
invite-anybody = Several people
invite-until = Valid until { $day }
invite-used = Used
invite-expired = Expired
invite-revoked = Taken back
invite-uses-of = { $used } of { $count } used
invite-taken-back = The invitation was taken back.
take-back = Take back

## Other organisations
outside-word = from
outside-title = Another organisation: { $domain }
outside-banner = People of other organisations
outside-here = { $organisation } is in this chat: { $people }
outside-here-many = { $organisation } is in this chat: { $people } and { $count } more
write-outside = Also for { $organisations }
person-verified-outside = Name and address are signed by this person’s organisation
elsewhere-looking = Looking for this address at { $organisation }…
elsewhere-nobody = { $organisation } knows nobody with this address. Check it with the person.
partners = Partner organisations
partners-none = None yet. People of partners write to each other as you do here.
partner-waits = Waits for you
partner-unanswered = Not reached yet
partner-link-open = Link that nobody has answered
partner-offer = Make a link for a partner
partner-offer-text = With this link the registrar of another organisation asks to work with yours. Nobody can reach your people before you have agreed.
partner-link = Link for a partner
partner-link-caution = Give it to the registrar of the other organisation alone. When they have agreed, you are asked here.
partner-own = Digits of your organisation
partner-digits = Digits of { $name }
partner-compare = Ring the other registrar at a number that you know already. Each reads out the digits of their own organisation. If a single one differs, do not agree.
partner-domain = Addresses end in
partner-server = Server
partner-law = Under the law of
partner-laws = Law: { $countries }
partner-barred = Ruled out
laws-title = Law and whom to work with
laws-own = Under the law of
laws-own-hint = One to eight countries, two letters each, such as DE. Your partners see it.
laws-requests = We take formal requests
laws-rooms = Our people write with people of partners
laws-allowed = Work only with organisations under the law of
laws-allowed-hint = Two letters each, such as DE FR. Empty: with all partners. Left out is who does not say under whose law it stands, and who also stands under another one. Chats and requests that exist go on.
laws-as-ruled = As the rule says
laws-always = Always
laws-never = Never
laws-said = Saved. Everybody in your organisation goes by it now.
room-rule = Law of other organisations
room-rule-none = Any, and guests
room-rule-is = Only organisations under the law of { $countries }
room-rule-allowed = Only organisations under the law of
room-rule-hint = Two letters each, such as DE FR. Empty: all partners. Left out is who does not say under whose law it stands, who also stands under another one, and guests. If an organisation says later that it stands under another law, nothing is sent until its people are removed or the rule is changed.
partner-meet = I have a link
partner-meet-title = Link of another organisation
partner-paste = Link
partner-paste-hint = The registrar of the other organisation made it.
partner-looking = Asking the server of the other organisation…
partner-agree = All digits are the same: agree
partner-later = Not now
partner-agreed = You have agreed. When the other registrar agrees, too, you are partners.
partner-waits-title = Work together?
partner-title = Partner
partner-confirmed = { $name } is a partner now.
partner-end = End the partnership
partner-end-text = From then on nothing goes to { $name } and nothing comes from there, in shared chats either. What was said stays. To begin again you need a new link.
partner-end-sure = Yes, end it
partner-ended = You no longer work with { $name }.
partner-news = { $name } would like to work with your organisation.
partner-look = Look
partner-page-title = A link between two organisations
partner-page-text = An organisation asks another one to work together. Nobody is signed in here, and there is nothing to do on this page.
partner-page-registrar = Are you a registrar of the other organisation? Copy the link, open Valise of your own organisation, and paste it there: People, Partner organisations, “I have a link”.
partner-page-other = Are you not? Send the link to your registrar and to nobody else.
partner-member-text = With this link another organisation asks yours to work together. Only a registrar can agree: send the link to your registrar and to nobody else.

## Offices
offices = Offices
offices-none = None yet. An office, a registry for instance, has an address of its own and is held by several people. Partners see it, too.
office-people = { $count ->
    [one] one person
   *[other] { $count } people
}
office-mine = Yours
office-new = New office
office-make = Make the office
office-made = The office is there now.
office-name = Name of the office
office-name-hint = Everybody here sees it, and partners do.
office-note = What it is for (optional)
office-numbers = Numbers of its requests (optional)
office-numbers-hint = Without anything: {"{"}year{"}"}/{"{"}office{"}"}-{"{"}n:5{"}"}, which gives 2026/REGISTRY-00042. {"{"}n:5{"}"} is the count, with five digits.
office-holders = Who holds it
office-holders-none = Nobody holds it now.
office-verified = Name, address and people are signed by a registrar
office-verified-outside = Name, address and people are signed by that organisation
office-change = Change
office-change-title = Change the office
office-changed = The office was changed.
office-close = Close the office
office-close-text = { $name } disappears here and for partners, and its address is free again. Chats stay, and open requests stay with those who have them now.
office-close-sure = Yes, close it
office-closed = { $name } is closed.

## Settings
name-change = Change name
notices = Notifications
notices-nothing = None
notices-something = Only “New message”
notices-names = Who wrote and where
notices-words = Who wrote, and what
notices-outside = What a notification says leaves the sealed store: your system may keep it and show it on the locked screen.
notices-refused = Your browser does not show any for this page. Allow them in its settings for this page.
notices-open = Your browser will ask for your permission.
notices-unknown = This browser has no notifications.
notices-offer = Be told of new messages?
notices-offer-go = Turn on
notices-offer-no = Not now
notice-messages = { $count ->
    [1] New message
   *[other] { $count } new messages
}
notice-from = { $name } wrote
notice-words = { $name }: { $text }
notice-something = New messages
quiet-hours = Quiet hours
quiet-from = from
quiet-to = to
install = Install Valise on this device
install-hint = Its own icon and window, and a start without a line
update = A new version is ready.
shared = Choose a chat for what you share.
update-go = Start it
appearance = Appearance
theme = Colours
theme-system = System
theme-light = Light
theme-dark = Dark
here = Presence
here-share = Show when I am here
here-hint = Whoever looks at your chat with them sees that you are here, or when you last were. You see it of those who show it, too.
here-now = here now
here-last = last here { $when }
come-over = Coming over
bring = Bring your chats
bring-hint = From WhatsApp and Telegram, to read and search here
bring-from = Where from
bring-whatsapp-open = Open the chat in WhatsApp.
bring-whatsapp-export = In its menu: More, Export chat, with media.
bring-whatsapp-choose = Bring the .zip file to this device and choose it here.
bring-telegram-open = Open the chat in Telegram Desktop on a computer.
bring-telegram-export = In its menu: Export chat history. Choose the format JSON.
bring-telegram-choose = Choose the folder that it makes, or result.json alone without photos and files.
bring-drop = Drop the export here
bring-file = Choose file
bring-folder = Choose folder
bring-too-many = { $count ->
    [one] Not more than { $count } file at once.
   *[other] Not more than { $count } files at once.
}
bring-local = The export is read on this device and sealed on it. Nothing of it goes to the server.
bring-reading = Reading the export…
bring-messages = Bringing messages…
bring-files = Bringing photos and files…
bring-count = { $count ->
    [one] { $count } message
   *[other] { $count } messages
}
bring-chats = { $count ->
    [one] { $count } chat
   *[other] { $count } chats
}
bring-files-of = { $done } of { $of }
bring-background = You can close this window. It goes on as long as Valise is open.
bring-stop = Stop
bring-span = { $from } – { $until }
bring-left-out = { $count ->
    [one] { $count } place makes no sense and is left out
   *[other] { $count } places make no sense and are left out
}
bring-left-out-list = What was left out
bring-left-out-more = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
}
bring-who = Which of these are you?
bring-who-hint = Your own messages stand on your side.
bring-nobody = None of them
bring-dates = 03/04 is
bring-day-first = 3 April
bring-month-first = March 4
bring-go = Bring over
bring-done = Your chats are here
bring-stopped = Stopped
bring-stopped-text = What came in stays. Choose the same export again to go on.
bring-known = { $count ->
    [one] { $count } of them was here before
   *[other] { $count } of them were here before
}
bring-files-here = { $count ->
    [one] { $count } photo or file
   *[other] { $count } photos and files
}
bring-files-missing = { $count ->
    [one] { $count } photo or file is not in the export
   *[other] { $count } photos and files are not in the export
}
bring-another = Another one
bring-open = Open
left-out-line = Line { $line }: { $why }
left-out-not-utf8 = it is no readable text
left-out-too-long = it is longer than a message can be
left-out-no-message = it stands before the first message
left-out-bad-date = there is no such day or hour
left-out-bad-message = it is not a message
left-out-broken = the file is broken from here on
left-out-cut-off = the file ends in the middle
answer-here = “Answer me here”
answer-here-hint = A text for your old chats, with an invitation
answer-here-about = Paste it into a chat of WhatsApp or Telegram. Whoever opens the link is in the organisation and can write to you here.
answer-here-for = For whom
answer-here-person = For one person
answer-here-person-hint = The link works once
answer-here-group = For a group
answer-here-group-hint = { $count ->
    [one] The link works for { $count } person
   *[other] The link works for { $count } people
}
answer-here-caution = Whoever has the link joins { $organisation }. Paste it only where everybody may.
answer-here-make = Make the text
answer-here-paste = Copy it and paste it into the old chat.
answer-here-label = Text to paste
answer-here-text = From now on please write to me on Valise, the sealed messenger of { $organisation }. It runs in the browser: no phone number, no password. Answer me here: { $link } (valid until { $day })
devices = Devices
devices-hint = Use Valise on your phone and on your desk
device-link = Link a device
device-this = This device
device-since = Since { $day }
device-waiting = Its messages are on their way: keep this device open.
device-unnamed = A device
device-remove = Remove
device-remove-named = Remove { $name }
device-remove-title = Remove this device?
device-remove-text = It gets no message any more, at once. What it has already stays readable on it until somebody erases it there.
device-step-open = Open this server’s address on the new device.
device-step-press = Press “I use Valise on another device” there.
device-step-type = Type the code that it shows.
device-code = Code
device-code-hint = Eight letters and digits, as K7QM-2RX9. A link works, too.
device-busy = The two devices find each other…
device-compare = “{ $name }” wants to be linked to your account. Does it show these digits?
device-compare-caution = Go on only if the new device is in your own hands and you began this yourself. It will be able to read everything.
device-refuse = They differ
device-approve = They are the same
device-linked = Linked. Your messages are on their way there.
past-title = Bringing your messages
past-text = They come from your other device, sealed. Keep it open until they are here.
past-waiting = Your other device brings this one into every chat first…
past-coming = { $parts } of { $of } parts are here
past-skip = Begin without them
past-skip-title = Begin without earlier messages?
past-skip-text = They stay on your other device and do not come to this one later.
this-device = This device
lock-now = Lock now
lock-hint = Your fingerprint, face or PIN opens it again
move = Move to another device
move-hint = Your account and chats go on in another browser or phone
move-title = Move this account to another device?
move-text = You get a link. Where it is opened first, you are from then on, with everything. This device is signed off at once and cannot read or write any more.
move-go = Make the link
move-busy = Sealing everything into an archive…
move-label = Link to this account
move-link = Open this link on the other device. It works once.
wipe = Erase this device
wipe-title = Erase everything on this device?
wipe-text = Your messages and your access are erased from this device. This cannot be undone. To come back you need a new invitation.
about-sealed = Everything you write is sealed on your device before it leaves. The server stores and forwards it and can read nothing.

## Search
found = { $count ->
    [0] No messages
    [one] { $count } message
   *[other] { $count } messages
}
found-more = More than { $count } messages
found-show-more = Show more
found-preparing = Older messages are still being made ready.
found-hint = Narrow it down with from:Anna, in:Team, has:file, before:2026-12-31. A search never leaves this device.

# The backup, and coming back with it.
backup = Backup
backup-off = There is no backup. If you lose your devices, your messages are gone.
backup-coming = A sealed copy of your messages is being made on your organisation’s server…
backup-kept = A sealed copy of your messages lies on your organisation’s server. Last brought up to date: { $day }, { $time }.
backup-elsewhere = Another of your devices keeps the backup.
backup-opens-passkey = Only your passkey opens it.
backup-opens-code = Only your printed code opens it.
backup-opens-both = Only your passkey or your printed code opens it.
backup-begin = Keep a backup
backup-begin-hint = Sealed, and brought up to date by itself. Your passkey opens it on a new device.
backup-no-passkey = This browser has no passkey that could open a backup. Print a code instead.
backup-print = Print a code
backup-print-hint = For a safe or a drawer: it opens the backup if your passkey is lost, too.
backup-printed-since = Printed on { $day }. A new one makes the old one worthless.
backup-stop = Delete the backup
backup-stop-title = Delete the backup?
backup-stop-text = The copy on the server is erased. If you lose your devices after that, your messages are gone.
backup-anew-title = Print a new code?
backup-anew-text = The code that you printed before will open nothing any more.
backup-paper-title = Your code
backup-paper-text = Whoever has this code can become you on a new device and read everything. Keep it as you keep a passport.
backup-paper-once = It is shown only now.
backup-paper-print = Print
lost = I have lost my devices
lost-text = If a backup was kept, your passkey or your printed code brings back you and your messages.
back-passkey = Come back with my passkey
back-code = Printed code
back-code-hint = Seven groups of four letters
back-by-code = Come back with the code
back-no-secret = This passkey cannot open a backup. Try the printed code.
back-title = Welcome back
back-coming = Your messages are coming, sealed, from your organisation’s server.
trouble-bad-code = A letter of the code is wrong, or one is missing.
trouble-no-backup = There is no backup that this opens.
# Paper: scanning and covering.
attach-file = Photo or file
attach-scan = Scan pages
attach-camera = Photograph pages
scan-title = Scan
scan-name = Scan { $date }.pdf
paper-working = Looking for the page…
paper-shown = The page as it will be sent
paper-pages = Pages
paper-page = Page { $number }
paper-add = Add pages
paper-photograph = Photograph
camera-asked = The browser asks whether Valise may use the camera.
camera-shown = What the camera sees
camera-take = Take this page
camera-taken = { $count ->
    [one] One page is taken.
   *[other] { $count } pages are taken.
}
camera-done = Look at the pages
camera-denied = Valise may not use the camera. Allow it for this page in the browser’s settings, or add pictures that were taken before.
camera-missing = There is no camera, or another program is using it. Pictures that were taken before can be added.
paper-zoom = Size on the screen
paper-larger = Larger
paper-smaller = Smaller
paper-tools = What can be done with the page
paper-edges = Edges
paper-look = Look
paper-cover = Cover
paper-turn = Turn
paper-earlier = Earlier
paper-later = Later
paper-remove = Remove
paper-unreadable = This picture cannot be read. JPEG, PNG and WebP can.
paper-too-large = This picture is larger than cameras make them, and was not opened.
paper-too-many = One document has at most { $count } pages.
edges-hint = Drag the corners onto the corners of the sheet.
corner-upper-left = Upper left corner
corner-upper-right = Upper right corner
corner-lower-right = Lower right corner
corner-lower-left = Lower left corner
finish-colour = Colour
finish-grey = Grey
finish-black-white = B/W
finish-plain = As it is
cover-title = Cover parts
cover-hint = Draw over what nobody is to see. It is removed from the file, with all text of the page, not only hidden.
cover-add = Add a box
cover-box = Covered part { $number }
cover-remove = Uncover
cover-done = Done

# Labels and what the viewer shows.
confidential = Confidential
confidential-hint = Readers see their own name across it. It deters; it does not lock.
confidential-save-title = This file is confidential
confidential-save-text = Whoever sent it asked for it to stay here. A copy outside has no name across it, is not sealed, and is yours to answer for.
confidential-save-go = Save a copy
text-cut = Only the beginning is shown. Save the file to read all of it.
picture-refused = This picture is larger than any camera makes, or is no picture. It was not opened; it can be saved.
unplayable = This browser cannot play it. You can save it and open it elsewhere.

## Polls
poll = Poll
poll-line = Poll: { $question }
card = Contact
card-whose = Send a contact
card-line = Contact: { $name }
card-line-unknown = Contact: nobody known here
card-unknown = Nobody known here
card-unknown-hint = Your organisation’s directory does not have this account.
card-open = Write to { $name }
poll-new = New poll
poll-question = Question
poll-options = Options
poll-option = Option { $number }
poll-several = Several options can be chosen
poll-named = Everybody in the chat sees who chose what.
poll-no-question = Write what you want to ask.
poll-few-options = Write at least two options.
poll-same-options = Two options are the same.
poll-choose-one = Poll · choose one
poll-choose-several = Poll · choose one or more
poll-closed = Poll · closed
poll-choice = { $text }, { $count ->
    [0] nobody
    [one] { $count } person
   *[other] { $count } people
}
poll-voters = { $count ->
    [0] Nobody has voted yet
    [one] { $count } person voted
   *[other] { $count } people voted
}
poll-who = Who voted
poll-nobody = Nobody
poll-close = Close poll
poll-close-title = Close this poll?
poll-close-text = Nobody can vote after that, and it cannot be opened again. Everybody still sees the result.

## A new identity
renew-title = Your identity, given back
renew-text = Two people of your organisation say that you lost every device. With this link you become yourself again on this device: same name, same chats.
renew-no-messages = Old messages do not come back this way. Everybody in your chats sees that you have a new identity.
renew-go = Begin on this device
renew-busy = Beginning…
renew-reading = Looking how it stands…
renew-stopped = Stopped: a device of yours said that it is not lost.
renew-over = This came to nothing: it was taken back, or its time is over, or the link was opened on another device. Ask again where you got the link.
renew-waits-second = Waits for a second registrar.
renew-waits-time = Takes effect at { $time }.
renew-asked-by = { $registrar } asked for a new identity for { $person }, { $organisation }.
renew-confirmed-by = Confirmed by { $registrar }.
renew-by-itself = It goes on by itself when the time has come. You can close this page and open it again.
renew-forget = Delete this from the device
renewal-alarm = Somebody says that you lost all your devices
renewal-alarm-one = { $first } asks for a new identity in your name. This device would be shut out.
renewal-alarm-both = { $first } and { $second } give a new identity in your name to somebody else’s device. This device is shut out at { $time }.
renewal-stop = This is not me: stop it
renewal-stopped = Stopped. Tell your security officer.
renewal-lost = Lost everything…
renewal-lost-text = If { $name } lost every device and has no printed code, you can give the identity back together with a second registrar. Make sure first that it is really them. No old message comes back.
renewal-offer = Make a link for a new identity
renewal-title = A new identity
renewal-asked = Asked for by { $registrar }, { $time }.
renewal-waits-you = Waits for your confirmation.
renewal-confirm-text = Confirm only if you have talked to this person yourself.
renewal-confirm = Confirm
renewal-decline = Decline
renewal-link = Link for the new identity
renewal-link-caution = Give it to this person alone: whoever opens it first becomes them.

## Requests
requests = Requests
requests-burning = { $count ->
    [one] { $count } request that waits for you or is late
   *[other] { $count } requests that wait for you or are late
}
nothing-open-request = Choose a request
requests-open = Open
requests-for-us = For us
requests-mine = Mine
requests-waiting = Waiting
requests-urgent = Urgent
requests-ended = Ended
requests-empty = Nothing is open. What other organisations ask of yours stands here, and what yours asks of them.
requests-none-here = Nothing here.
search-requests = Search requests
request-count = { $count ->
    [one] { $count } request
   *[other] { $count } requests
}
request-new = New request
request-incoming = Asked of us
request-outgoing = We ask
request-subject = Subject
request-number = Number
request-number-own = Number in your register
request-their-number = Their number
request-number-double = Another request in your register has this number, too: both were begun at the same time. Name the day with it, or withdraw one of them and ask again.
request-number-hint = Leave it empty for the next one.
request-with = Organisation
request-state = State
request-assignee = Works on it
request-due = Answer due
request-due-by = Answer due by { $time }
request-left-days = { $count ->
    [one] in { $count } day
   *[other] in { $count } days
}
request-left-tomorrow = tomorrow
request-left-today = today
request-left-just-over = late since today
request-left-late = { $count ->
    [one] { $count } day late
   *[other] { $count } days late
}
request-late = late
request-was-late = was late
request-fresh = New
request-submitted = On its way
request-received = Received
request-registered = Registered
request-in-work = In work
request-questioned = Asked back
request-partly = Answered in part
request-answered = Answered
request-refused = Refused
request-disputed = Answer rejected
request-confirmed = Done
request-withdrawn = Withdrawn
request-closed = Closed
request-expired = Ended by itself
request-reached-waiting = Still on this device
request-reached-sent = Sent
request-reached-delivered = Delivered to them
request-reached-opened = Opened by them
request-parts = Parts of the request
request-document = Request
request-talk = Conversation
request-from = From
request-to = To
request-issued = Signed
request-asked-until = More time asked for, until
request-basis = Legal basis
request-class = Classification
request-confidential-said = Confidential: the person whom it is about must not hear of it
request-in-working-days = { $count ->
    [one] { $count } working day after it is sent
   *[other] { $count } working days after it is sent
}
working-days = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
request-files = Files
request-file-remove = Take away { $name }
request-course = What was done
request-ground-is = On what grounds: { $ground }
request-under-way = On its way to the other side
request-more = More to do with this request
request-export = Save evidence
request-exporting = Putting the evidence together…
request-fetching = Getting the files first. The evidence is saved when they are here.
request-exported = The evidence is saved. Anybody can check it, without a network.
request-exported-unstamped = The evidence is saved, without a time stamp over all of it: nobody could be asked for one. Anybody can check it, without a network.
request-export-without = Save evidence without some files
evidence-without-text = What is ticked does not go along. Its digest stays in the evidence, which says that it was left out on purpose; the rest can be checked as ever.
evidence-leave-out = Leave out
evidence-left-out = { $count ->
    [one] { $count } file was left out.
   *[other] { $count } files were left out.
}
evidence-not-had = { $count ->
    [one] { $count } file could not be had from its server; the evidence says so.
   *[other] { $count } files could not be had from their server; the evidence says so.
}
evidence-too-large = { $count ->
    [one] { $count } file did not fit in: more than 256 MB do not go along. The evidence says so.
   *[other] { $count } files did not fit in: more than 256 MB do not go along. The evidence says so.
}
evidence-another = { $count ->
    [one] { $count } file is not the one that was signed; the evidence says so.
   *[other] { $count } files are not the ones that were signed; the evidence says so.
}
request-do-answer = Answer
request-do-answer-part = Answer in part
request-do-question = Ask back
request-do-clarify = Say what was meant
request-do-ask-time = More time
request-do-give-time = Give the time
request-do-deny-time = Do not give it
request-do-refuse = Refuse
request-do-assign = Assign
request-do-register = Register
request-do-confirm = Confirm
request-do-dispute = Not an answer
request-do-withdraw = Withdraw
request-do-close = Close the request
request-ends = That ends the request. It cannot be undone.
request-ground = Grounds of the refusal
request-ground-hint = For example the article of the law.
request-why = Why it is no answer
request-why-missing = Say why it is no answer.
request-why-optional = Why (may stay empty)
request-until = Until
request-time-later = Choose a day after the deadline.
request-time-until = The answer is then due by { $time }.
letter-request = Request
letter-answer = Answer
letter-part = Answer in part
letter-question = Question
letter-clarification = What was meant
letter-refusal = Refusal
letter-text = Text
letter-empty = Write something or add a file.
letter-is-part = This is a part of the answer
letter-is-part-hint = The request stays open for the rest.
letter-broken = Something of this is not what was signed. Do not rely on it.
sees-request = Exactly this is seen by { $organisation }, with your name. The date and a number come when you send it.
sees-answer = { $organisation } gets this text and these files, signed with your name.
sees-question = { $organisation } gets this question, signed with your name. The deadline stays.
sees-clarification = { $organisation } gets this text, signed with your name.
sees-refusal = { $organisation } gets this refusal and its grounds, signed with your name.
sees-assignee = { $organisation } sees the name of who works on it.
sees-number = { $organisation } sees that it is registered, and the number.
sees-time-asked = { $organisation } is asked for more time. Until they agree the deadline stays.
sees-time-given = { $organisation } sees the new deadline.
sees-time-denied = { $organisation } sees that the deadline stays, and why.
sees-confirmed = { $organisation } sees that you have what you asked for. The request is done.
sees-disputed = { $organisation } sees why this is no answer. The request is open again.
sees-withdrawn = { $organisation } sees that you want nothing any more, and why.
sees-closed = { $organisation } sees that you closed the request, and why.
act-received = Opened by { $name }
act-registered = { $name } registered it: { $number }
act-registered-plain = { $name } registered it
act-assigned = { $name } gave it to { $assignee }
act-assigned-plain = { $name } gave it to somebody
act-took = { $name } works on it
act-questioned = { $name } asks back
act-clarified = { $name } said what was meant
act-extension-asked = { $name } asks for time until { $day }
act-extension-granted = { $name } gave time until { $day }
act-extension-denied = { $name } gave no more time
act-partly-answered = { $name } answered in part
act-answered = { $name } answered
act-refused = { $name } refused
act-confirmed = { $name } confirmed the answer
act-disputed = { $name } does not take it for an answer
act-withdrawn = { $name } withdrew the request
act-amended = { $name } changed the request
act-closed = { $name } closed the request
standing-out-of-place = Does not count: something else came first.
standing-not-theirs = Does not count: it was not theirs to do.
standing-no-object = Does not count: what it names is missing.
standing-unproven = Does not count yet: the signature could not be checked.
request-whom = Office, name or address
request-whom-hint = Choose an office or somebody of a partner organisation, or type the whole address.
request-offices = Offices
request-asker = Asked for
request-asker-me = Myself alone
request-goes-to = It goes to { $name }.
request-other-recipient = Change
request-text = What you ask
request-basis-hint = The article, or the file number of the order.
request-class-hint = In the words that your organisation uses.
request-by-days = In working days
request-by-day = On a day
request-ends-itself = Ends by itself
request-ends-never = Never
request-ends-with = With the deadline
request-ends-after = Days after it
request-ends-days = Days after the deadline
request-ends-days-after = { $count ->
    [one] One day after the deadline
   *[other] { $count } days after the deadline
}
request-ends-hint = An answer that comes later does not count any more: the request is over on both sides.
request-expired-said = This request ended by itself on { $time }. No answer came in time, and it takes none any more.
silence = What servers say did not happen
silence-carried = Not carried to the other side's server by { $time }.
silence-fetched = Not fetched by any device of the other side by { $time }.
silence-answered = It had ended by itself, and nothing of the other side was there in time; said at { $time }.
silence-own = Your server says so.
silence-theirs = The server of { $organisation } says so.
silence-later = It did happen later: { $time }.
silence-hint = This is the word of a server, signed by it, and proves no more than that it said so.
request-confidential = Confidential
request-confidential-hint = The person whom it is about must not hear of it. Readers see their own name across the files.
request-further = Classification, number and law
request-look = Look at it
request-change = Change
request-send = Sign and send
answer-go-on = Go on with what you began to write
request-kept = Kept on this device until you send it
request-files-again = This was begun before Valise was closed. The files that were chosen have to be chosen again.
request-no-subject = Say in a few words what it is about.
request-no-text = Write what you ask, or add a file.
request-no-days = Choose 1 to 1,000 working days.
templates = Templates
templates-edit = Rename or remove templates
templates-none = No templates yet. Write a request, look at it, and keep it as a template there.
templates-back = Back to the request
templates-full = You have as many templates as one can have. Remove one first.
templates-most = At most { $count } templates.
template-name = Name of the template
template-keep = Keep as a template
template-keep-it = Keep
template-keep-hint = Subject, text, grounds and the names of the fields are kept for you alone, on all of your devices. What you filled in is not.
template-replaces = You have a template of this name. This one takes its place.
template-replace = Replace it
template-kept = The template is kept.
template-change = Change { $name }
template-remove = Remove
request-fields = Form
request-field = Field
request-field-add = Add a field
request-field-remove = Take the field away
request-field-name = Name of the field
request-field-value = What stands in it
request-field-empty = Fill in “{ $name }”, or take the field away.
request-field-no-name = Give the field a name.
request-field-twice = Two fields are called “{ $name }”. Call one of them otherwise.
request-again = Ask the same again
request-begun = You have begun this request before. Send it, or empty subject and text; then ask the same again.
request-another = Add an addressee
request-from-table = From a table
request-others = Others who are asked the same
request-each-apart = { $count } addressees. Each gets a request of its own and sees nothing of the others.
request-to-many = { $count } addressees
request-asked-together = Asked together:
requests-answered = { $answered } of { $count } answered
requests-all = All requests
requests-save = Save this list as a table
request-way = Direction
request-office = Office
sees-request-each = Exactly this is seen by each of them, with your name and its own name as the addressee. The date and the numbers come when you send it.
request-table-no-text = That is no table that can be read. Save it as “CSV UTF-8” and choose it again.
request-table-large = The table is too large. At most 50 can be asked together.
request-table-unclosed = A quotation mark in the table is opened and not closed.
request-table-empty = The table is empty. Write one addressee in each line and choose it again.
request-table-wrong = { $count ->
    [one] { $count } line names nobody who can be asked. Nothing has been sent.
   *[other] { $count } lines name nobody who can be asked. Nothing has been sent.
}
request-table-lines = Lines of the table
request-table-line = Line { $number }
request-table-nobody = No office of a partner and nobody whom you know there is called so. Write the whole address.
request-table-no-address = Nobody there has this address.
request-table-no-partner = No partner organisation has this name or domain.
request-table-unreached = That organisation could not be asked now.
request-table-looking = Looking…
request-table-progress = Looking for people at their organisations: { $done } of { $count }
request-table-several = Several are called so. Write the whole address.
request-table-again = It stands in the table twice.
request-table-take = { $count ->
    [one] Leave them out and take { $count } addressee
   *[other] Leave them out and take { $count } addressees
}
request-no-day = Choose a day that is not over.
request-no-end = Type a number of days from 1 to 1,000.

# Guests: people of no organisation, by a link and a code.
trouble-wrong-code = This code does not belong to this link. Compare it letter by letter; after five wrong ones the link is locked.
guest-mark = Guest
guest-mark-title = Somebody of no organisation, by a link and a code
guest-by-link = Somebody without Valise
guest-by-link-hint = By a link and a code, or a letter on paper
guest-name = Whom you ask
guest-name-hint = As it is to stand in the request. The server cannot read it.
guest-name-missing = Say whom you ask.
guest-hold = Let me look who came first
guest-hold-hint = Otherwise whoever has both the link and the code reads the request at once.
guest-panel = The guest
guest-panel-digits = Digits to compare by telephone:
guest-link-until = The link works until { $day }.
guest-not-sending = The request is on its way. Link, code and letter are here once it has gone.
guest-not-released = The request waits to be released. Link, code and letter are here once it has gone.
guest-not-sent-back = The request was sent back. Link, code and letter are here once it has gone.
guest-not-stopped = All requests are stopped. Until they go on, nothing is handed over and nobody is let in.
guest-hand-over = Hand over the link
guest-let-in = Let in
guest-renew = New link
guest-renew-text = The former link and its code work no more, and whoever came by them is out. Then hand over the new ones.
guest-end = End the link
guest-end-text = Whoever came by the link can no longer read or answer. What was sent before stays with you. It cannot be undone, but a new link can be made.
guest-making = Link is being made
guest-awaited = Not opened yet
guest-waits = Waits to be let in
guest-comes = Is coming in
guest-in = Is in
guest-is-over = Link is over
guest-hand-title = For { $name }
guest-hand-link = The link
guest-hand-link-hint = By e-mail, or printed. It is for one person and opens nothing without the code.
guest-hand-code = The code
guest-hand-code-hint = Another way than the link: by telephone, by SMS, on a sheet of its own.
guest-copy-code = Copy the code
guest-mail-copy = Copy the text of an e-mail
guest-mail-head = { $organisation } asks you to answer a request (number { $number }), please by { $due }.
guest-mail-open = To read it, open this page in any browser, on a phone or a computer. You need no account and install nothing:
guest-mail-code = The page asks for a code. It reaches you separately, never in an e-mail.
guest-mail-doubt = If you do not expect this, open nothing, and call us by a number that you knew before.
guest-looking = Looking who asks…
guest-bad-title = This link opens nothing
guest-bad-text = It may be used, ended or too old, or the request is over. Ask whoever sent it for a new one.
guest-again-title = Open the link again
guest-again-text = So that nobody finds it here, this page forgot the link when you opened it. As long as no code was typed, the link is as good as before.
guest-again-mail = Out of an e-mail or a message: open the link there again.
guest-again-paper = Out of a letter: point the camera at its square again.
guest-link-title = A guest’s link
guest-link-asked = { $asks } asks { $guest } by this link.
guest-link-you = Here you are { $name }, { $organisation }. Nobody came in by your opening it.
guest-link-in = You are one of those who have to do with this request.
guest-link-out = You have nothing to do with this request in your own account.
guest-link-private = To come in as { $guest }, open the link in a private window or in another browser: there it opens without your account.
guest-link-copy = Copy the link
guest-link-open = Open the request
guest-other-title = This link is for { $guest }
guest-other-here = A guest’s conversation lives in this browser already: { $name }, { $organisation }. It is as it was: that the link was opened changed nothing.
guest-other-how = A browser holds the conversation of one guest. To answer as { $guest }, open the link in another browser, in another profile of this one, or on another device. It is as good as before.
guest-other-back = Go to the conversation of { $name }
guest-title = { $organisation } asks you for an answer
guest-asks = Who asks
guest-asked = Who is asked
guest-until = You can open it until { $day }.
guest-held = Somebody looks at it before you can read.
guest-code = Code
guest-code-hint = It came another way than the link: three groups of four letters and digits.
guest-code-missing = Type the code.
guest-go = Open the request
guest-busy = Opening…
guest-passkey-hint = Your device asks for face, finger or PIN. With that you come back later, on this device.
guest-sealed = Only you and those who ask can read this. The server carries it sealed.
guest-sure = How sure is this page?
guest-sure-text = The page comes from { $domain }. Check that name in the address bar. If in doubt call the organisation by a number that you know, not by one in the letter, and compare these digits:
guest-offline = No connection. What you write is kept.
guest-connecting = Connecting…
guest-wait-title = Waiting to be let in
guest-wait-text = You are let in as soon as one of those who ask has Valise open. While all of them are away, nobody can. Leave this page open, or come back later on this device: your place is kept.
guest-wait-held = Those who ask look first who came, and then let you in. While all of them are away, nobody can. Leave this page open, or come back later on this device: your place is kept.
guest-wait-digits = If they call you, tell them these digits:
guest-over = Those who ask have ended this link. What you sent before is with them.
guest-refused-title = You were not let in
guest-refused-text = The request is over, or those who ask ended this link, before anything was shown. Nothing of yours was sent. If that is a mistake, call them by a number that you know, and ask for a new link.
guest-clear = Clear this page
guest-clear-text = Everything of this request is taken off this device. A receipt that you saved stays yours.
guest-honest = Sealed between you and those who ask. They know you only as somebody who had the link and the code.
guest-here = A guest is in this chat, by a link and a code: { $people }
guest-you-are-asked = You are asked
guest-receipt = Save the receipt
guest-letter = A letter on paper
guest-letter-hint = For whoever has no e-mail: the letter carries the link as a square for the camera, the code goes on a sheet of its own, another day or another way.
guest-letter-to = Address in the window
guest-letter-from = Where you sit
guest-letter-from-hint = One line over the address. It may stay empty.
guest-letter-print = Print the letter
guest-letter-code = Print the code
guest-letter-no-address = Say to whom the letter goes.
guest-letter-long-address = A window shows six lines at most.
guest-letter-failed = The letter could not be made. Try again.
guest-letter-letters = Some letters are missing in the typeface; a box stands in their places. Read the letter before you send it.

## In whose name
requests-in-doubt = In doubt
request-doubt-title = This may not be from { $organisation }
doubt-unsealed = { $organisation } seals its requests, and this one has no seal. A device or a mailbox may have been stolen there.
doubt-bad-seal = It carries a seal that is not valid: made by somebody who may not, or taken from another request.
doubt-stopped = { $organisation } had stopped all its requests when this one came.
doubt-no-partner = { $organisation } is no partner of your organisation.
doubt-advice = Ring { $organisation } at a number that you know already. Do nothing that it asks before. Its files stay closed until then.
request-do-vouch = I checked it another way
request-vouch-warning = From then on you and your colleagues can work on it like on any other request. That you checked it is signed with your name.
request-vouch-how = How did you check it? (optional)
sees-vouched = { $organisation } sees that you checked it another way, and what you write here.
act-vouched = { $name } checked another way whom it is from
request-sealed = In the name of { $organisation }
request-sealed-by = Released by { $name }
answer-sealed-by = Sealed by { $name }, { $when }
answer-unsealed = Signed by { $name }, not sealed in the name of { $organisation }.
answer-seal = Seal in the name of { $organisation }
answer-seal-hint = Everybody here sees then that this is your organisation’s answer, and that you say so.
answer-seal-done = Sealed. The other side sees it.
held-waits = Waits for a colleague’s release. The other side sees nothing before.
held-nobody = Waits for a release, and there is nobody who may give it. Tell your registrar.
held-back = { $name } sent it back: { $note }
held-stopped = All requests of your organisation are stopped. This one goes by itself when that is lifted.
held-left-out = Its room lets in only organisations under some laws, and leaves out whom it is for. It waits until the rule is changed.
held-over = Its end passed before it could go, so it does not go any more. Nobody of the other side has seen it. You can ask again.
requests-stopped = All requests of your organisation are stopped. What is written waits until a registrar lifts that.
releases = Waiting for your release
release-title = Release this request?
release-text = This is exactly what the other side will see. With your release it goes in the name of your organisation.
release-from = Written by { $name }
release-do = Release
release-done = Released. It is on its way.
release-back = Send back
release-back-why = Why do you send it back?
release-back-missing = Say why, so that it can be mended.
release-sent-back = Sent back.
release-gone = It waits no longer: somebody else released it or sent it back, or it was taken back.
rules = Requests of the organisation
rules-hint = Who may release them, and the stop switch
rules-asks = What a request needs before it goes
rules-freely = Nothing more
rules-freely-hint = Whoever asks signs it alone.
rules-sealed = A release
rules-sealed-hint = By anybody who may release. Whoever may, releases his own by asking.
rules-four-eyes = A second person
rules-four-eyes-hint = Somebody else than asks has to release it. A stolen device is not enough then.
rules-keepers = Who may release
rules-keepers-hint = They seal answers of your organisation, too: their own at once, those of colleagues when they say so.
rules-keepers-none = Nobody yet.
rules-keepers-needed = Nobody may release: no request could go.
rules-keeper-waits = Ready when one of their devices is online
rules-keepers-change = Change who may release
rules-keepers-save = Save
rules-stop = Stop all requests
rules-stop-text = Nobody of your organisation can send a request until you lift this, and partners distrust what comes nevertheless. Use it when a device or a mailbox was stolen.
rules-stop-sure = Yes, stop all requests
rules-resume = Let requests go again
rules-stopped = All requests are stopped.
rules-resumed = Requests go again.
rules-saved = Saved.
trouble-in-doubt = Nothing proves that the other organisation sent this. Ring them at a number that you know, and say here that you checked it.
chip-in-doubt = In doubt
chip-waits-release = Waits for a release
chip-sent-back = Sent back
chip-stopped = Stopped
chip-held = Held back
chip-never-went = Never went
## Working days, other wordings, handing on
requests-escalated = Escalated
request-remind = Remind
request-remind-text = A reminder: an answer to this request is due. Please let us know if something is unclear or if you need more time.
request-reminded = The other side was reminded.
request-do-amend = Change
amend-hint = You send another wording. Files that were sent stay. Whoever answered the former wording answers anew.
amend-due-same = As it is
sees-amended = { $organisation } sees the new wording, and what is other in it.
changed = What changed
changed-due = Due: { $before } → { $after }
changed-ends = It ended by itself: { $before }; now: { $after }
changed-subject = It was about: { $subject }
changed-files = New files: { $names }
changed-text = The text before
letter-former = A former wording
letter-to-former = To a former wording: it counts for nothing now
act-given = { $name } gave it to { $office }
act-given-plain = { $name } gave it to another office
forward-note = A few words for them
forward-note-hint = Only they get it, each in a chat with you. The other organisation does not see it.
forward-people = Colleagues
counted-by = That is { $time }, by the calendar “{ $name }”.
counted-plain = That is { $time }. Only weekends are left out: your organisation has set no calendar.
remind-soon = An answer is due soon.
remind-today = An answer is due today.
remind-overdue = The deadline has passed.
remind-escalated = Nobody answered in time. Everybody of the office is told.
remind-release = A request waits for your release.
remind-sent-back = Your request was sent back.
remind-guest-waits = A guest came and waits to be let in.
deadlines = Working days and deadlines
deadlines-hint = How your organisation counts, and when it reminds
deadlines-about = Requests in working days are counted by this calendar from the moment you save it. What was asked before stays due when it was.
deadlines-plain = Your organisation has set no calendar: only Saturdays and Sundays are left out.
deadlines-by = Set by { $name }
deadlines-name = Name of the calendar
deadlines-name-first = Working days
deadlines-weekend = Days of the week that are off
deadlines-weekend-is = Off every week: { $days }
deadlines-holidays = Days off
deadlines-holidays-hint = Public holidays and other days on which nobody works.
deadlines-worked = Days that are worked
deadlines-worked-hint = Saturdays and the like on which a day off is made up for.
deadlines-day = A day
deadlines-add = Add
deadlines-remove = Remove { $day }
deadlines-many = Several at once
deadlines-many-hint = Dates, one a line, or a calendar file (.ics). Names of days are not kept.
deadlines-take = Add these days
deadlines-file = From a file
deadlines-until = Known until
deadlines-until-hint = The last day of which you have said whether it is worked. Deadlines behind it cannot be counted in working days.
deadlines-until-is = Known until { $day }
deadlines-ends = The calendar ends on { $day }. A registrar should add the next year.
deadlines-remind = Remind so many working days before
deadlines-remind-hint = Up to five numbers with commas between: 1, 3. On the day itself people are reminded, too.
deadlines-escalate = Tell everybody of the office so many working days after
deadlines-escalate-hint = Also those to whom it is not assigned. Leave it empty to tell nobody else.
deadlines-no-until = Say until when the calendar is known.
deadlines-no-days = Write numbers of days, with commas between.
deadlines-said = The calendar is saved.
deadlines-read = { $count ->
    [one] One day was added.
   *[other] { $count } days were added.
}
deadlines-skipped = { $count ->
    [one] One entry is no whole day, or comes again by a rule: it was left out.
   *[other] { $count } entries are no whole days, or come again by a rule: they were left out.
}
away-until = Away until { $day }
away-until-cover = Away until { $day }, { $name } stands in
away-said-by = Said by { $name }, registrar
away-title = When you are away
away-title-of = When { $name } is away
away-last-day = Last day away
away-cover = Who stands in
away-cover-nobody = Nobody
away-cover-hint = Whoever stands in has the open requests among their own, and is reminded of them. For that both have to hold the same office.
away-words = A few words to colleagues
away-said = Colleagues see it now.
away-back = Here again
away-back-said = Here again. Colleagues see it now.
away-day-wrong = Choose today or a later day.
away-short = Away
duty = On duty
duty-mine = I am on duty
duty-of = { $name } is on duty
duty-hint = Whoever is on duty hears of new requests; the others find them in the list. While nobody is, everybody hears of them.
