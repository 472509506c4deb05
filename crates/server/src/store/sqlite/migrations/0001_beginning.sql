-- Everything that the server remembers beside files. Rows refer to rooms by a small number, because one stands in every event.

CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY, -- What it is; see `Setting`.
    value BLOB NOT NULL              -- Its value.
) STRICT, WITHOUT ROWID;

CREATE TABLE statement (
    position  INTEGER NOT NULL PRIMARY KEY, -- Place in the organisation's log, from 1 without gaps.
    kind      INTEGER NOT NULL,             -- Number of the kind of statement.
    payload   BLOB NOT NULL,                -- What was signed.
    signature BLOB NOT NULL                 -- Ed25519.
) STRICT;

CREATE TABLE room (
    id               INTEGER NOT NULL PRIMARY KEY, -- Small number of the room, in this database alone.
    room             BLOB NOT NULL UNIQUE,         -- The room's name.
    head             INTEGER NOT NULL,             -- Last number of its log.
    epoch            INTEGER NOT NULL,             -- Epoch of its group.
    chain            BLOB NOT NULL,                -- Chain hash up to `head`.
    pending_removals INTEGER NOT NULL              -- Removals that the hub proposed in this epoch.
) STRICT;

-- Apart from `room`, whose rows change with every message and must stay small.
CREATE TABLE room_group (
    room       INTEGER NOT NULL PRIMARY KEY REFERENCES room (id), -- Which room.
    seq        INTEGER NOT NULL,                                  -- Number of the event that made this state.
    chain      BLOB NOT NULL,                                     -- Chain hash up to `seq`.
    state      BLOB NOT NULL,                                     -- Public state of the group.
    group_info BLOB NOT NULL                                      -- MLS GroupInfo without the tree.
) STRICT;

CREATE TABLE event (
    id             INTEGER NOT NULL PRIMARY KEY, -- Order over all rooms, so that the log only grows at its end.
    room           INTEGER NOT NULL,             -- Which room.
    seq            INTEGER NOT NULL,             -- Number in the room, from 1 without gaps.
    kind           INTEGER NOT NULL,             -- What the body is.
    at             INTEGER NOT NULL,             -- The hub's clock, milliseconds since 1970.
    device         BLOB,                         -- Who wanted it done once; nobody for what the hub made.
    transaction_id BLOB,                         -- Under which name.
    body           BLOB NOT NULL                 -- MLS message.
) STRICT;

CREATE UNIQUE INDEX event_by_number ON event (room, seq);
CREATE UNIQUE INDEX event_by_transaction ON event (transaction_id, room, device) WHERE transaction_id IS NOT NULL;

CREATE TABLE membership (
    device  BLOB NOT NULL,    -- Which device.
    room    INTEGER NOT NULL, -- In which room.
    since   INTEGER NOT NULL, -- Number of the event that added it; 0 for the creator.
    account BLOB NOT NULL,    -- Whose device.
    until   INTEGER,          -- Number of the event that removed it; none while it is a member.
    PRIMARY KEY (device, room, since)
) STRICT, WITHOUT ROWID;

CREATE INDEX membership_by_room ON membership (room) WHERE until IS NULL;
CREATE INDEX membership_by_account ON membership (account) WHERE until IS NULL;

CREATE TABLE welcome (
    id   INTEGER NOT NULL PRIMARY KEY, -- Number of the welcome; several inboxes share one.
    body BLOB NOT NULL                 -- MLS Welcome message.
) STRICT;

CREATE TABLE inbox (
    device   BLOB NOT NULL,    -- Whose inbox.
    position INTEGER NOT NULL, -- Counts up.
    room     INTEGER NOT NULL, -- Which room.
    seq      INTEGER NOT NULL, -- Number of the commit that added the device.
    chain    BLOB NOT NULL,    -- Chain hash up to `seq`.
    welcome  INTEGER NOT NULL REFERENCES welcome (id), -- Which welcome.
    PRIMARY KEY (device, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX inbox_by_welcome ON inbox (welcome);

-- Kept when an inbox is cleared, so that positions are never given out twice.
CREATE TABLE inbox_head (
    device   BLOB NOT NULL PRIMARY KEY, -- Whose inbox.
    position INTEGER NOT NULL           -- Last position.
) STRICT, WITHOUT ROWID;

CREATE TABLE key_package (
    id          INTEGER NOT NULL PRIMARY KEY, -- Oldest first.
    device      BLOB NOT NULL,                -- Whose.
    last_resort INTEGER NOT NULL,             -- 1 for the one that is given out again and again.
    given_out   INTEGER NOT NULL,             -- 1 once it was given out; the row stays, so that a repetition cannot bring it back.
    digest      BLOB NOT NULL,                -- SHA-256 of the body.
    body        BLOB NOT NULL,                -- MLS key package message; empty once it was given out.
    UNIQUE (device, digest)
) STRICT;

CREATE INDEX key_package_by_device ON key_package (device, last_resort, id) WHERE given_out = 0;
