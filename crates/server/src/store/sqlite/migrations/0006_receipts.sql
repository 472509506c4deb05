-- What this server took of signed things, which it cannot read: see spec/evidence.md.

CREATE TABLE receipt (
    room        INTEGER NOT NULL REFERENCES room (id), -- In which room.
    object      BLOB NOT NULL,                         -- Digest of the signed thing, as it stood beside the message.
    event       INTEGER NOT NULL,                      -- What happened.
    seq         INTEGER NOT NULL,                      -- Number of the message in the room.
    epoch       INTEGER NOT NULL,                      -- Epoch in which it was encrypted.
    request     BLOB NOT NULL,                         -- To which request it belongs, as it stood beside the message.
    transmitted BLOB NOT NULL,                         -- SHA-256 of the message.
    at          INTEGER NOT NULL,                      -- When it happened, by this server's clock, milliseconds since 1970.
    directory   INTEGER NOT NULL,                      -- How far the organisation's log reached then.
    device      BLOB,                                  -- To which device something was handed over.
    body        BLOB,                                  -- The receipt; none before somebody asked for it.
    PRIMARY KEY (room, object, event)
) STRICT, WITHOUT ROWID;
