CREATE TABLE members (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name  text NOT NULL,
    email text NOT NULL UNIQUE,
    tier  text NOT NULL DEFAULT 'basic' CHECK (tier IN ('basic', 'gold'))
);
