CREATE TABLE subscribers (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email     text NOT NULL UNIQUE,
    -- schemadiff:renamed-from name
    full_name text NOT NULL,
    -- schemadiff:backfill 'en'
    locale    text NOT NULL
);
