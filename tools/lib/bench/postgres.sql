-- The diary of a clinic as a good engineer would lay it out: the database itself refuses two bookings at one time. It
-- keeps less than Daybook does: names lie open, and nothing proves what was recorded.
CREATE EXTENSION btree_gist;

CREATE TABLE location (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE service (id int PRIMARY KEY, name text NOT NULL, minutes int NOT NULL);
CREATE TABLE therapist (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE room (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE client (id int PRIMARY KEY, number text NOT NULL, given_name text NOT NULL, family_name text NOT NULL);

CREATE TABLE booking (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    therapist int NOT NULL,
    client int NOT NULL,
    room int NOT NULL,
    location int NOT NULL,
    service int NOT NULL DEFAULT 1,
    during tstzrange NOT NULL,
    status text NOT NULL DEFAULT 'booked',
    price_minor bigint NOT NULL DEFAULT 12000,
    price_currency text NOT NULL DEFAULT 'USD',
    EXCLUDE USING gist (therapist WITH =, during WITH &&),
    EXCLUDE USING gist (client WITH =, during WITH &&),
    EXCLUDE USING gist (room WITH =, during WITH &&)
);

CREATE TABLE event (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    booking bigint,
    body bytea NOT NULL
);
