-- Other organisations: see spec/federation.md.

ALTER TABLE room ADD COLUMN hub BLOB; -- Organisation on whose server the room lives; none if it is this one.

CREATE INDEX room_by_hub ON room (hub) WHERE hub IS NOT NULL;

-- What this server was shown of the logs of others, in the order in which it came.
CREATE TABLE foreign_statement (
    id           INTEGER NOT NULL PRIMARY KEY, -- Counts from 1.
    organisation BLOB NOT NULL,                -- Whose log.
    position     INTEGER NOT NULL,             -- Place in that log.
    kind         INTEGER NOT NULL,             -- Number of the kind of statement.
    payload      BLOB NOT NULL,                -- What was signed.
    signature    BLOB NOT NULL,                -- Ed25519.
    UNIQUE (organisation, position)
) STRICT;

-- Partners with members in a room of this server, and how far they have its log.
CREATE TABLE follower (
    room    INTEGER NOT NULL REFERENCES room (id), -- Which room.
    partner BLOB NOT NULL,                         -- Who follows.
    has     INTEGER NOT NULL,                      -- Last number that it has.
    until   INTEGER,                               -- Last number that it gets; none while it has members in the room.
    chain   BLOB NOT NULL,                         -- Chain hash up to where it began.
    since   INTEGER NOT NULL,                      -- Where it began.
    PRIMARY KEY (room, partner)
) STRICT, WITHOUT ROWID;

CREATE INDEX follower_by_partner ON follower (partner);

-- Accounts of this organisation that a partner was shown, and is told of.
CREATE TABLE shown (
    partner BLOB NOT NULL, -- Who knows.
    account BLOB NOT NULL, -- Whom.
    PRIMARY KEY (partner, account)
) STRICT, WITHOUT ROWID;

-- How far a partner was told what became of them.
CREATE TABLE told (
    partner  BLOB NOT NULL PRIMARY KEY, -- Who.
    position INTEGER NOT NULL           -- Last position of this organisation's log.
) STRICT, WITHOUT ROWID;

-- Welcomes that came from hubs: a repetition is none.
CREATE TABLE carried (
    device   BLOB NOT NULL,    -- For whom.
    hub      BLOB NOT NULL,    -- From where.
    position INTEGER NOT NULL, -- Last position of the inbox there.
    PRIMARY KEY (device, hub)
) STRICT, WITHOUT ROWID;

-- Links by which another organisation may introduce itself.
CREATE TABLE partner_offer (
    key       BLOB NOT NULL PRIMARY KEY, -- Public half of the secret in the link.
    not_after INTEGER NOT NULL           -- Until when, milliseconds since 1970.
) STRICT, WITHOUT ROWID;

-- Who did.
CREATE TABLE introduction (
    key  BLOB NOT NULL PRIMARY KEY REFERENCES partner_offer (key) ON DELETE CASCADE, -- By which link.
    body BLOB NOT NULL                                                               -- What was said.
) STRICT, WITHOUT ROWID;
