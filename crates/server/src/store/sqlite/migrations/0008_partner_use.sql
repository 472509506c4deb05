-- How much of this server each partner uses: see spec/federation.md. What is kept counts itself, whoever writes or forgets it.

CREATE TABLE partner_use (
    partner BLOB NOT NULL PRIMARY KEY,  -- Who.
    rooms   INTEGER NOT NULL DEFAULT 0, -- Rooms that live there in which somebody of here is.
    bytes   INTEGER NOT NULL DEFAULT 0, -- Bytes of events and welcomes that are kept of them.
    day     INTEGER NOT NULL DEFAULT 0, -- Day since 1970 of which the next two are.
    begun   INTEGER NOT NULL DEFAULT 0, -- New rooms that live there.
    claimed INTEGER NOT NULL DEFAULT 0  -- Key packages that it asked for.
) STRICT, WITHOUT ROWID;

-- Key packages of a device that a partner took in a day.
CREATE TABLE partner_claim (
    device  BLOB NOT NULL,    -- Whose.
    partner BLOB NOT NULL,    -- Who took them.
    day     INTEGER NOT NULL, -- When, in days since 1970.
    count   INTEGER NOT NULL, -- How many.
    PRIMARY KEY (device, partner)
) STRICT, WITHOUT ROWID;

INSERT INTO partner_use (partner, rooms, bytes)
SELECT hub,
       SUM(EXISTS (SELECT 1 FROM membership WHERE membership.room = room.id AND until IS NULL)),
       SUM((SELECT IFNULL(SUM(LENGTH(body)), 0) FROM event WHERE event.room = room.id)
           + (SELECT IFNULL(SUM(LENGTH(body)), 0) FROM inbox JOIN welcome ON welcome.id = inbox.welcome WHERE inbox.room = room.id))
FROM room WHERE hub IS NOT NULL GROUP BY hub;

CREATE TRIGGER partner_use_event_comes AFTER INSERT ON event WHEN (SELECT hub FROM room WHERE id = NEW.room) IS NOT NULL
BEGIN INSERT INTO partner_use (partner, bytes) SELECT hub, LENGTH(NEW.body) FROM room WHERE id = NEW.room ON CONFLICT (partner) DO UPDATE SET bytes = bytes + excluded.bytes; END;

CREATE TRIGGER partner_use_event_goes AFTER DELETE ON event WHEN (SELECT hub FROM room WHERE id = OLD.room) IS NOT NULL
BEGIN UPDATE partner_use SET bytes = bytes - LENGTH(OLD.body) WHERE partner = (SELECT hub FROM room WHERE id = OLD.room); END;

CREATE TRIGGER partner_use_welcome_comes AFTER INSERT ON inbox WHEN (SELECT hub FROM room WHERE id = NEW.room) IS NOT NULL
BEGIN INSERT INTO partner_use (partner, bytes) SELECT hub, (SELECT LENGTH(body) FROM welcome WHERE id = NEW.welcome) FROM room WHERE id = NEW.room ON CONFLICT (partner) DO UPDATE SET bytes = bytes + excluded.bytes; END;

CREATE TRIGGER partner_use_welcome_goes AFTER DELETE ON inbox WHEN (SELECT hub FROM room WHERE id = OLD.room) IS NOT NULL
BEGIN UPDATE partner_use SET bytes = bytes - (SELECT LENGTH(body) FROM welcome WHERE id = OLD.welcome) WHERE partner = (SELECT hub FROM room WHERE id = OLD.room); END;

CREATE TRIGGER partner_use_member_comes AFTER INSERT ON membership
WHEN NEW.until IS NULL AND (SELECT hub FROM room WHERE id = NEW.room) IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM membership WHERE room = NEW.room AND until IS NULL AND (device <> NEW.device OR since <> NEW.since))
BEGIN INSERT INTO partner_use (partner, rooms) SELECT hub, 1 FROM room WHERE id = NEW.room ON CONFLICT (partner) DO UPDATE SET rooms = rooms + 1; END;

CREATE TRIGGER partner_use_member_changes AFTER UPDATE OF until ON membership
WHEN (OLD.until IS NULL) <> (NEW.until IS NULL) AND (SELECT hub FROM room WHERE id = NEW.room) IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM membership WHERE room = NEW.room AND until IS NULL AND (device <> NEW.device OR since <> NEW.since))
BEGIN UPDATE partner_use SET rooms = rooms + IIF(NEW.until IS NULL, 1, -1) WHERE partner = (SELECT hub FROM room WHERE id = NEW.room); END;

CREATE TRIGGER partner_use_member_goes AFTER DELETE ON membership
WHEN OLD.until IS NULL AND (SELECT hub FROM room WHERE id = OLD.room) IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM membership WHERE room = OLD.room AND until IS NULL)
BEGIN UPDATE partner_use SET rooms = rooms - 1 WHERE partner = (SELECT hub FROM room WHERE id = OLD.room); END;
