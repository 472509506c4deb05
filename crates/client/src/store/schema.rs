//! The schema, step by step. A step that was released is never edited.

/// Each step brings the store from the version that is its index to the next one.
pub(super) const STEPS: &[&str] = &[
    FIRST, KINDS, TALK, FIND, NAMED, PINS, DEVICES, BROUGHT, QUEUE, KEPT, LABEL, VOICE, TIMER,
    POLLS, OWN, CARD, SENT, ROOM_LINKS, ELSEWHERE, PARTNERS, REQUESTS, GUESTS, TEMPLATES, RECEIPTS,
    TOGETHER, SEALS, HANDS, ANSWERS, BEGUN, REWORDED, ENDS, ROOM_RULES,
];

const FIRST: &str = "
CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,          -- which, see `Setting`
    value BLOB NOT NULL                      -- its bytes
) STRICT, WITHOUT ROWID;

CREATE TABLE mls (
    key BLOB NOT NULL PRIMARY KEY,           -- key of the MLS state
    value BLOB NOT NULL                      -- its value
) STRICT, WITHOUT ROWID;

CREATE TABLE statement (
    position INTEGER NOT NULL PRIMARY KEY,   -- place in the organisation's log, from 1
    body BLOB NOT NULL                       -- the signed statement, verified
) STRICT;

CREATE TABLE link (
    invitation BLOB NOT NULL PRIMARY KEY,    -- invitation that this device made
    url TEXT NOT NULL                        -- its link
) STRICT, WITHOUT ROWID;

CREATE TABLE chat (
    id TEXT NOT NULL PRIMARY KEY,            -- 'd' and the other account, or 'g' and the room
    kind INTEGER NOT NULL,                   -- room kind: 0 direct, 1 group, 2 announcement
    peer BLOB,                               -- the other account of a direct chat
    title TEXT NOT NULL DEFAULT '',          -- name of a group
    picture BLOB,                            -- picture of a group
    profile_version INTEGER NOT NULL DEFAULT 0, -- version of name and picture
    draft TEXT NOT NULL DEFAULT '',          -- text that was begun
    muted INTEGER NOT NULL DEFAULT 0,        -- whether it makes no noise
    pinned INTEGER NOT NULL DEFAULT 0,       -- whether it stands on top
    settled INTEGER NOT NULL DEFAULT 0,      -- messages that have a position
    unread INTEGER NOT NULL DEFAULT 0,       -- unread messages of others
    read_position INTEGER NOT NULL DEFAULT 0, -- first position that was not seen
    touched_at INTEGER NOT NULL,             -- when the last thing happened in it
    shown INTEGER NOT NULL DEFAULT 1         -- whether it stands in the list
) STRICT, WITHOUT ROWID;
CREATE INDEX chat_by_peer ON chat (peer);

CREATE TABLE room (
    id BLOB NOT NULL PRIMARY KEY,            -- room
    chat TEXT NOT NULL,                      -- chat that shows it
    kind INTEGER NOT NULL,                   -- room kind
    stage INTEGER NOT NULL,                  -- 0 to be made at the hub, 1 member, 2 out of it
    cursor INTEGER NOT NULL,                 -- last event that was taken
    head INTEGER NOT NULL,                   -- last event that is known of
    chain BLOB,                              -- chain hash at the cursor; none after a loss of the server's
    epoch INTEGER NOT NULL DEFAULT 0,        -- epoch of the group
    people INTEGER NOT NULL DEFAULT 1,       -- accounts in it
    number INTEGER NOT NULL DEFAULT 0,       -- number of this device's last content
    frozen INTEGER NOT NULL DEFAULT 0,       -- whether the server broke it
    refused INTEGER NOT NULL DEFAULT 0,      -- whether a commit was refused that the hub took
    lost INTEGER NOT NULL DEFAULT 0,         -- whether it cannot be followed and has to be come back into
    leaving INTEGER NOT NULL DEFAULT 0,      -- whether this device wants to leave
    fresh INTEGER NOT NULL DEFAULT 0,        -- whether events came that no checkpoint covers
    creation BLOB                            -- the request that makes it at the hub
) STRICT, WITHOUT ROWID;
CREATE INDEX room_by_chat ON room (chat);

CREATE TABLE key_package (
    id INTEGER NOT NULL PRIMARY KEY,         -- order
    body BLOB NOT NULL,                      -- key package message
    made_at INTEGER NOT NULL                 -- when
) STRICT;

CREATE TABLE log (
    room BLOB NOT NULL,                      -- room
    seq INTEGER NOT NULL,                    -- number of an event that was taken
    chain BLOB NOT NULL,                     -- chain hash at it
    PRIMARY KEY (room, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE member (
    room BLOB NOT NULL,                      -- room
    account BLOB NOT NULL,                   -- who is in it
    owner INTEGER NOT NULL,                  -- whether with the owner role
    PRIMARY KEY (room, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE sender (
    room BLOB NOT NULL,                      -- room
    account BLOB NOT NULL,                   -- whose device
    device BLOB NOT NULL,                    -- device
    number INTEGER NOT NULL,                 -- number of its last content
    PRIMARY KEY (room, account, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE message (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- names it on this device
    chat TEXT NOT NULL,                      -- where it stands
    position INTEGER,                        -- place in the chat; none while it waits to be sent
    room BLOB,                               -- room it came in
    mimi BLOB,                               -- id that all members know it by
    sender BLOB NOT NULL,                    -- account that wrote it
    mine INTEGER NOT NULL,                   -- whether that is oneself
    at INTEGER NOT NULL,                     -- when it was written
    kind INTEGER NOT NULL,                   -- 0 text, 1 files, 2 notice, 3 of a newer version
    body TEXT NOT NULL,                      -- text
    notice BLOB,                             -- notice
    failed INTEGER NOT NULL DEFAULT 0,       -- whether it cannot be sent
    people INTEGER NOT NULL DEFAULT 0,       -- people it went to
    delivered INTEGER NOT NULL DEFAULT 0,    -- people whose device has it
    read INTEGER NOT NULL DEFAULT 0,         -- people who have read it
    gap INTEGER NOT NULL DEFAULT 0           -- whether something is missing before it
) STRICT;
CREATE UNIQUE INDEX message_by_position ON message (chat, position) WHERE position IS NOT NULL;
CREATE INDEX message_waiting ON message (chat, id) WHERE position IS NULL;
CREATE UNIQUE INDEX message_by_mimi ON message (mimi) WHERE mimi IS NOT NULL;

CREATE TABLE seen (
    message INTEGER NOT NULL,                -- own message
    account BLOB NOT NULL,                   -- by whom
    status INTEGER NOT NULL,                 -- 1 delivered, 2 read
    PRIMARY KEY (message, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE early (
    mimi BLOB NOT NULL,                      -- own message whose echo has not come yet
    account BLOB NOT NULL,                   -- who has it already
    status INTEGER NOT NULL,                 -- 1 delivered, 2 read
    PRIMARY KEY (mimi, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE receipt (
    room BLOB NOT NULL,                      -- room to tell it in
    mimi BLOB NOT NULL,                      -- message of somebody else
    status INTEGER NOT NULL,                 -- 1 delivered, 2 read
    PRIMARY KEY (room, mimi)
) STRICT, WITHOUT ROWID;

CREATE TABLE unread (
    chat TEXT NOT NULL,                      -- chat
    position INTEGER NOT NULL,               -- place of an unread message
    room BLOB NOT NULL,                      -- room to tell that it was read
    mimi BLOB NOT NULL,                      -- its id
    PRIMARY KEY (chat, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- order of sending
    chat TEXT NOT NULL,                      -- chat it goes to
    room BLOB,                               -- room, once it was encrypted, or for what belongs to one room
    message INTEGER,                         -- message that it is, if it is one to show
    handle BLOB NOT NULL,                    -- transaction id under which it is sent, again and again
    content BLOB NOT NULL,                   -- MIMI content without its number
    ready INTEGER NOT NULL DEFAULT 1,        -- 0 while its files are on the way
    number INTEGER,                          -- number in the room, once it was encrypted
    mimi BLOB,                               -- its id, once it was encrypted
    epoch INTEGER,                           -- epoch of the ciphertext
    ciphertext BLOB,                         -- what is sent, the same at each repetition
    digest BLOB,                             -- SHA-256 of the ciphertext
    former BLOB                              -- SHA-256 of the ciphertext before this device came back into the room
) STRICT;
CREATE INDEX outbox_by_chat ON outbox (chat, id);

CREATE TABLE intent (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- order of asking
    room BLOB NOT NULL,                      -- where
    kind INTEGER NOT NULL,                   -- 0 add, 1 remove, 2 make owner, 3 no owner, 4 only owners write, 5 everybody writes
    account BLOB,                            -- whom
    tries INTEGER NOT NULL DEFAULT 0         -- how often the hub refused it
) STRICT;
CREATE INDEX intent_by_room ON intent (room);

CREATE TABLE pending (
    room BLOB NOT NULL PRIMARY KEY,          -- room with a commit or proposal of this device under way
    request BLOB NOT NULL,                   -- the whole request, the same at each repetition
    digest BLOB NOT NULL,                    -- SHA-256 of the commit or proposal
    adds INTEGER NOT NULL                    -- whether somebody is added by it
) STRICT, WITHOUT ROWID;

CREATE TABLE file (
    id TEXT NOT NULL PRIMARY KEY,            -- names it on this device
    message INTEGER NOT NULL,                -- message that it stands in
    part INTEGER NOT NULL,                   -- which of its files
    blob BLOB NOT NULL,                      -- name in the cache, and at the server once known there
    remote BLOB,                             -- name at the server
    name TEXT NOT NULL,                      -- file name
    media_type TEXT NOT NULL,                -- media type
    size INTEGER NOT NULL,                   -- length
    width INTEGER,                           -- width of a picture
    height INTEGER,                          -- height of a picture
    thumbnail BLOB,                          -- small picture
    key BLOB NOT NULL,                       -- input key of the file
    salt BLOB NOT NULL,                      -- salt of the file
    sealed_size INTEGER NOT NULL,            -- length of the ciphertext
    digest BLOB,                             -- SHA-256 of the ciphertext
    state INTEGER NOT NULL,                  -- 0 remote, 1 sealing, 2 going up, 3 coming down, 4 here, 5 broken, 6 gone, 7 failed
    done INTEGER NOT NULL DEFAULT 0,         -- bytes of ciphertext that are through
    paused INTEGER NOT NULL DEFAULT 0,       -- whether somebody asked it to rest
    handle INTEGER                           -- the driver's name for the source
) STRICT, WITHOUT ROWID;
CREATE INDEX file_by_message ON file (message, part);
CREATE INDEX file_moving ON file (state) WHERE state IN (1, 2, 3);

CREATE TABLE alarm (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- order
    kind INTEGER NOT NULL,                   -- 0 rolled back, 1 forked, 2 missing, 3 server, 4 member, 5 disk full
    chat TEXT,                               -- where
    at INTEGER NOT NULL                      -- when
) STRICT;
CREATE UNIQUE INDEX alarm_once ON alarm (kind, ifnull(chat, ''));
";

/// Chain hashes at commits are kept for good: a room that is come back to is compared with the newest of them.
const KINDS: &str = "
ALTER TABLE log ADD COLUMN kind INTEGER NOT NULL DEFAULT 0; -- kind of the event
";

/// Answers, signs, messages that were handed on, changed or taken back; chats that are put away.
const TALK: &str = "
ALTER TABLE message ADD COLUMN reply BLOB; -- id of the message that it answers
ALTER TABLE message ADD COLUMN edited INTEGER NOT NULL DEFAULT 0; -- whether it said something else before, see version
ALTER TABLE message ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0; -- 1 while its author is taking it back, 2 once he has, 3 once it has disappeared
ALTER TABLE message ADD COLUMN origin BLOB; -- account that wrote it first, if it was handed on
ALTER TABLE message ADD COLUMN origin_at INTEGER; -- when it was written first
ALTER TABLE chat ADD COLUMN archived INTEGER NOT NULL DEFAULT 0; -- whether it is put away
ALTER TABLE outbox ADD COLUMN target INTEGER; -- message that it changes, if it changes one

CREATE TABLE version (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- order
    message INTEGER NOT NULL,                -- message that was changed
    entry INTEGER,                           -- the outbox's entry that says it, while it is on the way
    at INTEGER NOT NULL,                     -- since when the message says it
    body TEXT NOT NULL                       -- what it says
) STRICT;
CREATE INDEX version_by_message ON version (message, id);

CREATE TABLE reaction (
    message INTEGER NOT NULL,                -- under which message
    account BLOB NOT NULL,                   -- who put it there
    emoji TEXT NOT NULL,                     -- the sign
    mimi BLOB,                               -- id of the content that put it there; none while it is on the way
    at INTEGER NOT NULL,                     -- when
    PRIMARY KEY (message, account)
) STRICT, WITHOUT ROWID;
";

/// The index holds words, not texts: those stand in `message` alone. They come as `search/words.rs` makes them, and are told
/// apart at the spaces between them: any other letter than an ASCII one is part of a word.
const FIND: &str = "
CREATE VIRTUAL TABLE search USING fts5 (
    words, stems, content = '', contentless_delete = 1, detail = 'column', prefix = '1 2 3', tokenize = 'ascii'
);
CREATE TABLE unindexed (
    message INTEGER NOT NULL PRIMARY KEY     -- message that is not in the index yet
) STRICT;
INSERT INTO unindexed (message) SELECT id FROM message;
";

/// Messages that mention oneself are counted apart.
const NAMED: &str = "
ALTER TABLE unread ADD COLUMN mention INTEGER NOT NULL DEFAULT 0; -- whether it mentions oneself
";

/// Messages that are kept in sight.
const PINS: &str = "
CREATE TABLE pin (
    message INTEGER NOT NULL PRIMARY KEY,    -- message that is pinned
    chat TEXT NOT NULL,                      -- where it stands
    number INTEGER NOT NULL,                 -- order of pinning
    at INTEGER NOT NULL                      -- when
) STRICT;
CREATE INDEX pin_by_chat ON pin (chat, number);
";

/// Several devices of one account.
const DEVICES: &str = "
CREATE TABLE device (
    id BLOB NOT NULL PRIMARY KEY,            -- device of this account
    name TEXT NOT NULL,                      -- what it said it is
    archive BLOB,                            -- archive in which this device owes it the past
    key BLOB                                 -- what opens that
) STRICT, WITHOUT ROWID;

CREATE TABLE past (
    room BLOB NOT NULL PRIMARY KEY,          -- room
    seq INTEGER NOT NULL                     -- event up to which the past tells that was brought to this device
) STRICT, WITHOUT ROWID;
";

/// Chats that were brought over from other messengers. Their keys begin with a letter of their own, see `bring/names.rs`.
const BROUGHT: &str = "
CREATE TABLE writer (
    id BLOB NOT NULL PRIMARY KEY,            -- stands as sender in messages; no account
    chat TEXT NOT NULL,                      -- chat that was brought
    name TEXT NOT NULL                       -- name in the export; nobody vouches for it
) STRICT, WITHOUT ROWID;
CREATE INDEX writer_by_chat ON writer (chat);

CREATE TABLE forgotten (
    chat TEXT NOT NULL PRIMARY KEY           -- chat that is gone, whose messages are being deleted
) STRICT, WITHOUT ROWID;
";

/// A long queue is as quick as a short one: each question to it has an index in the order in which it asks.
const QUEUE: &str = "
CREATE INDEX outbox_in_order ON outbox (chat, number IS NULL, id) WHERE ready = 1;
CREATE INDEX outbox_by_message ON outbox (message) WHERE message IS NOT NULL;
CREATE INDEX outbox_by_digest ON outbox (room, digest) WHERE digest IS NOT NULL;
CREATE INDEX outbox_by_mimi ON outbox (mimi) WHERE mimi IS NOT NULL;
CREATE INDEX outbox_of_changes ON outbox (chat) WHERE target IS NOT NULL;
";

/// What changed since the backup's last layer. Written by triggers that stand only while there is a backup.
const KEPT: &str = "
CREATE TABLE touched (
    kind INTEGER NOT NULL,                   -- 0 a message with all that belongs to it, 1 a chat, 2 a room
    key ANY NOT NULL,                        -- which
    marked INTEGER NOT NULL,                 -- whether it is in the layer that is on its way
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
";

/// Voice notes.
const VOICE: &str = "
ALTER TABLE file ADD COLUMN voice INTEGER;                   -- length of a voice note in milliseconds
ALTER TABLE file ADD COLUMN waveform BLOB;                   -- how loud it is, in steps of equal length
ALTER TABLE file ADD COLUMN heard INTEGER NOT NULL DEFAULT 0; -- whether it was listened to: here, or one's own by somebody
";

/// Messages that disappear.
const TIMER: &str = "
ALTER TABLE chat ADD COLUMN timer INTEGER NOT NULL DEFAULT 0; -- seconds after which what is said in it disappears, or 0
ALTER TABLE chat ADD COLUMN timer_version INTEGER NOT NULL DEFAULT 0; -- version of the timer
ALTER TABLE chat ADD COLUMN timer_by BLOB;                   -- who set it
ALTER TABLE message ADD COLUMN lasts INTEGER NOT NULL DEFAULT 0; -- seconds that one's own is given once the hub has it
ALTER TABLE message ADD COLUMN expires INTEGER;              -- when it disappears
CREATE INDEX message_expiring ON message (expires) WHERE expires IS NOT NULL;
";

/// Files that are labelled.
const LABEL: &str = "
ALTER TABLE file ADD COLUMN confidential INTEGER NOT NULL DEFAULT 0; -- whether its sender labelled it as confidential
";

/// Polls and votes. Who is on the way to vote has his former vote, too: it counts until the new one stands in the log.
const POLLS: &str = "
ALTER TABLE message ADD COLUMN poll BLOB; -- question and options, as in the content, if it is a poll
ALTER TABLE message ADD COLUMN closed INTEGER NOT NULL DEFAULT 0; -- 1 while its author is closing the poll, 2 once he has

CREATE TABLE vote (
    message INTEGER NOT NULL,                -- in which poll
    account BLOB NOT NULL,                   -- whose it is
    entry INTEGER NOT NULL,                  -- the outbox's entry that says it, while it is on the way, else 0
    options BLOB NOT NULL,                   -- places of the options, a byte each, rising
    at INTEGER NOT NULL,                     -- when
    PRIMARY KEY (message, account, entry)
) STRICT, WITHOUT ROWID;
";

/// What a person set follows on all of his devices.
const OWN: &str = "
CREATE TABLE told (
    chat TEXT NOT NULL,                      -- chat that it is of, which may not be here yet; empty where it is of none
    about BLOB NOT NULL,                     -- which thing of it
    room BLOB NOT NULL,                      -- room of one's own in whose log it stands
    at INTEGER NOT NULL,                     -- when the hub took it
    body BLOB NOT NULL,                      -- what was set, as in the content
    PRIMARY KEY (about, room)
) STRICT, WITHOUT ROWID;
CREATE INDEX told_by_chat ON told (chat);

CREATE TABLE label (
    id BLOB NOT NULL PRIMARY KEY,            -- label
    name TEXT NOT NULL,                      -- its name
    colour INTEGER NOT NULL                  -- its colour
) STRICT, WITHOUT ROWID;

CREATE TABLE labelled (
    chat TEXT NOT NULL,                      -- chat, which may not be here yet
    label BLOB NOT NULL,                     -- label that it bears
    PRIMARY KEY (chat, label)
) STRICT, WITHOUT ROWID;
CREATE INDEX labelled_by_label ON labelled (label);

ALTER TABLE chat ADD COLUMN untold INTEGER;  -- since when the other devices have not been told of the draft
CREATE INDEX chat_untold ON chat (untold) WHERE untold IS NOT NULL;
ALTER TABLE outbox ADD COLUMN about BLOB;    -- which thing it sets, if it tells one's own devices something
CREATE INDEX outbox_by_about ON outbox (about) WHERE about IS NOT NULL;
";

/// Contact cards.
const CARD: &str = "
ALTER TABLE message ADD COLUMN card TEXT; -- account that it is a card of, as content names it
";

/// What this device sent, so that what comes from the log in its name and is not among it shows that the store was set back.
const SENT: &str = "
ALTER TABLE room ADD COLUMN set_back INTEGER NOT NULL DEFAULT 0; -- whether that was found here once

CREATE TABLE sent (
    room BLOB NOT NULL,                      -- where
    digest BLOB NOT NULL,                    -- SHA-256 of a message that was encrypted in the epoch that lasts
    PRIMARY KEY (room, digest)
) STRICT, WITHOUT ROWID;
";

/// Links into rooms.
const ROOM_LINKS: &str = "
CREATE TABLE room_link (
    room BLOB NOT NULL,                      -- into which room
    id BLOB NOT NULL,                        -- of what its maker's devices make its secret
    key BLOB NOT NULL,                       -- its public key
    until INTEGER,                           -- when it ends, if it does
    wanted INTEGER NOT NULL,                 -- 0 if it stands in the room's policy, 1 if this device wants it there
    PRIMARY KEY (room, id)
) STRICT, WITHOUT ROWID;
";

/// Other organisations, each with a server of its own.
const ELSEWHERE: &str = "
CREATE TABLE organisation (
    origin TEXT NOT NULL PRIMARY KEY,        -- where its server is: scheme, host and port
    name TEXT NOT NULL                       -- what the person calls it
) STRICT, WITHOUT ROWID;
";

/// Other organisations.
const PARTNERS: &str = "
ALTER TABLE file ADD COLUMN lies_at BLOB;    -- organisation at whose server it is; none if it is one's own
ALTER TABLE room ADD COLUMN hub BLOB;        -- organisation on whose server it lives; none if it is one's own

CREATE TABLE foreign_statement (
    organisation BLOB NOT NULL,              -- whose log
    position INTEGER NOT NULL,               -- place in that log
    body BLOB NOT NULL,                      -- the signed statement, verified
    PRIMARY KEY (organisation, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE partner_offer (
    key BLOB NOT NULL PRIMARY KEY,           -- public half of the secret in a link that this device made
    url TEXT NOT NULL,                       -- the link
    not_after INTEGER NOT NULL               -- until when it counts
) STRICT, WITHOUT ROWID;
";

/// Requests between organisations.
const REQUESTS: &str = "
ALTER TABLE file ADD COLUMN plain BLOB;      -- SHA-256 of the file itself, of those that this device sends

CREATE TABLE signed (
    message INTEGER NOT NULL PRIMARY KEY,    -- message that it is in, whose place in the chat is its place in the chain
    room BLOB NOT NULL,                      -- room in which it counts
    device BLOB NOT NULL,                    -- device that sent it
    sort INTEGER NOT NULL,                   -- 0 request, 1 answer, 2 act
    digest BLOB,                             -- by which others refer to it; none while it waits for its files
    body BLOB NOT NULL,                      -- its bytes as they were sent; while it waits, what is to be signed
    proven INTEGER NOT NULL,                 -- 0 its key is not known yet, 1 its signature holds, 2 it does not
    again INTEGER NOT NULL DEFAULT 0         -- whether somebody repeated it who was there before this device came in
) STRICT;
CREATE INDEX signed_by_room ON signed (room);
CREATE INDEX signed_unproven ON signed (proven) WHERE proven = 0;

CREATE TABLE deed (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- order
    room BLOB NOT NULL,                      -- in which request's room
    kind INTEGER NOT NULL,                   -- what is to be done
    letter INTEGER,                          -- message with the answer that it names
    number TEXT,                             -- number that it gives
    until INTEGER,                           -- until when it asks for or gives time
    note TEXT,                               -- a few words
    message INTEGER                          -- message that says it, once it is on its way
) STRICT;

CREATE TABLE request (
    room BLOB NOT NULL PRIMARY KEY,          -- room in which it lives
    chat TEXT NOT NULL,                      -- chat that shows it
    message INTEGER NOT NULL,                -- message with its newest revision
    number TEXT NOT NULL,                    -- number with whoever asks
    theirs TEXT,                             -- number with the addressee
    subject TEXT NOT NULL,                   -- what it is about
    incoming INTEGER NOT NULL,               -- whether the other side asks
    other BLOB NOT NULL,                     -- the other organisation
    office TEXT,                             -- office that is asked
    asking TEXT,                             -- office for which it is asked
    state INTEGER NOT NULL,                  -- where it stands
    issued_at INTEGER NOT NULL,              -- when it was signed
    due INTEGER NOT NULL,                    -- by when an answer is due
    asked_until INTEGER,                     -- until when more time was asked for
    late INTEGER NOT NULL,                   -- whether the deadline of its time passed once without an answer
    opened INTEGER NOT NULL,                 -- whether somebody of the addressee opened it
    assignee BLOB,                           -- who works on it
    confidential INTEGER NOT NULL            -- whether whom it is about must not hear of it
) STRICT, WITHOUT ROWID;

CREATE INDEX request_by_chat ON request (chat);

CREATE TABLE tended (
    room BLOB NOT NULL PRIMARY KEY,          -- room of a request
    office BLOB NOT NULL,                    -- office of one's own that it is about, whatever that is called later
    holders BLOB NOT NULL                    -- who of one's own held the office when somebody of them was last brought in or put out
) STRICT, WITHOUT ROWID;
";

/// What this device signed for the organisation's log while there was no line.
const GUESTS: &str = "
CREATE TABLE unsaid (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- order
    statement BLOB NOT NULL                  -- what is to stand in the log, signed
) STRICT;
";

/// Templates of requests.
const TEMPLATES: &str = "
CREATE TABLE template (
    id BLOB NOT NULL PRIMARY KEY,            -- random
    body BLOB NOT NULL                       -- what it says, as devices tell it to one another
) STRICT, WITHOUT ROWID;
";

/// What servers say of signed things. Those of before have no mark, of which a server could say anything.
const RECEIPTS: &str = "
ALTER TABLE signed ADD COLUMN attested INTEGER NOT NULL DEFAULT 0; -- whether all receipts are here that there will be
UPDATE signed SET attested = 1;
CREATE INDEX signed_unattested ON signed (room) WHERE attested = 0;

CREATE TABLE attestation (
    message INTEGER NOT NULL,                -- message with the signed thing
    issuer BLOB NOT NULL,                    -- organisation whose server says it
    event INTEGER NOT NULL,                  -- what it says
    body BLOB NOT NULL,                      -- its bytes as they came
    PRIMARY KEY (message, issuer, event)
) STRICT, WITHOUT ROWID;
";

/// Requests that were asked together; and the next number without looking at all.
const TOGETHER: &str = "
ALTER TABLE request ADD COLUMN together BLOB; -- what it has in common with those that were asked with it; none of what others ask

CREATE INDEX request_together ON request (together) WHERE together IS NOT NULL;
CREATE INDEX request_by_own_number ON request (CASE incoming WHEN 0 THEN number ELSE theirs END);
";

/// Seals: what requests of one's own wait for, and whether those of others have what they need.
const SEALS: &str = "
ALTER TABLE signed ADD COLUMN seal BLOB; -- the organisation's seal on it, as it came
ALTER TABLE outbox ADD COLUMN among INTEGER NOT NULL DEFAULT 0; -- whether it is for those of one's own side, before the other one is in
ALTER TABLE request ADD COLUMN doubt INTEGER NOT NULL DEFAULT 0; -- why it may be none of the organisation that it names; 0 for nothing

CREATE TABLE awaited (
    room BLOB NOT NULL,                      -- room of a request of one's own that has not gone
    account BLOB NOT NULL,                   -- who of the other side comes in when it does
    PRIMARY KEY (room, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE release (
    message INTEGER NOT NULL PRIMARY KEY,    -- letter of one's own that waits for a seal, or message with what a colleague's letter says
    room BLOB NOT NULL,                      -- in which request's room
    digest BLOB NOT NULL,                    -- SHA-256 of what is signed
    own INTEGER NOT NULL,                    -- whether it is one's own
    stage INTEGER NOT NULL,                  -- 0 waits, 1 released, 2 sent back
    told BLOB NOT NULL,                      -- keepers who have it
    brought BLOB NOT NULL,                   -- keepers who were brought in for it alone
    body BLOB,                               -- of a colleague's: what is signed
    keeper BLOB,                             -- who sent it back; of a colleague's: who sent it
    device BLOB,                             -- of a colleague's: with which device
    note TEXT                                -- why it was sent back
) STRICT;
";

/// Whom a request was given to, when something is to be said of its deadline, and what was said.
const HANDS: &str = "
ALTER TABLE request ADD COLUMN given BLOB;   -- office of one's own that it was given to last
ALTER TABLE request ADD COLUMN next_at INTEGER; -- when its deadline is as near as the next reminder wants it; none if there is no more
UPDATE request SET next_at = 0;
CREATE INDEX request_by_next ON request (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE reminded (
    room BLOB NOT NULL PRIMARY KEY,          -- room of a request
    due INTEGER NOT NULL,                    -- deadline that it has
    stage INTEGER NOT NULL,                  -- how near that was when somebody was last reminded, or need not be
    asked_at INTEGER NOT NULL DEFAULT 0      -- when the other side was last reminded from here
) STRICT, WITHOUT ROWID;
";

/// Seals on answers, which come with them or later; and what wakes people though no chat shows it.
const ANSWERS: &str = "
ALTER TABLE outbox ADD COLUMN wakes INTEGER NOT NULL DEFAULT 0; -- whether somebody has to do something about it, though it is no message

CREATE TABLE seal (
    message INTEGER NOT NULL,                -- message with the answer
    keeper BLOB NOT NULL,                    -- account that says to have sealed it
    body BLOB NOT NULL,                      -- the seal, as it came; nothing of it is believed
    at INTEGER NOT NULL,                     -- when the hub took it
    PRIMARY KEY (message, keeper)
) STRICT, WITHOUT ROWID;
";

/// What was begun of an answer to a request. It stays on this device, and goes into no backup.
const BEGUN: &str = "
CREATE TABLE begun (
    chat TEXT NOT NULL PRIMARY KEY,          -- in which the request lives
    kind INTEGER NOT NULL,                   -- as what, as acts are numbered
    text TEXT NOT NULL,                      -- as it was typed
    ground TEXT NOT NULL,                    -- on what grounds it is refused
    confidential INTEGER NOT NULL,           -- whether no one is to hand its files on
    files INTEGER NOT NULL                   -- how many were chosen; they are not kept
) STRICT, WITHOUT ROWID;
";

/// What was begun of another wording of a request.
const REWORDED: &str = "
ALTER TABLE begun ADD COLUMN subject TEXT NOT NULL DEFAULT ''; -- what it is about; empty for an answer
ALTER TABLE begun ADD COLUMN days TEXT NOT NULL DEFAULT ''; -- in how many working days it is due, as it was typed
ALTER TABLE begun ADD COLUMN day TEXT NOT NULL DEFAULT ''; -- by which day instead
";

/// Requests that end by themselves.
const ENDS: &str = "
ALTER TABLE request ADD COLUMN ends INTEGER; -- when it ends by itself, or did; none where it does not
";

/// The rules of rooms about whose people are in them.
const ROOM_RULES: &str = "
ALTER TABLE room ADD COLUMN residency TEXT NOT NULL DEFAULT ''; -- codes of countries that its policy names, with a space between them
ALTER TABLE room ADD COLUMN residency_wanted TEXT; -- the same, as this device wants it; none if it wants no other one
";
