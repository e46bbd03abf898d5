CREATE TABLE subscribers (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL UNIQUE,
    name  text NOT NULL
);

INSERT INTO subscribers (email, name)
SELECT 'reader' || n || '@example.org', 'reader ' || n
FROM generate_series(1, 10000) AS n;
