CREATE TYPE book_format AS ENUM ('hardcover', 'paperback', 'audio');

CREATE TABLE books (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    author_id    bigint NOT NULL REFERENCES authors (id),
    title        text NOT NULL,
    format       book_format NOT NULL DEFAULT 'paperback',
    published_on date,
    UNIQUE (author_id, title, format)
);

CREATE INDEX books_title_idx ON books (lower(title));

CREATE VIEW recent_books AS
SELECT b.id, b.title, a.name AS author
FROM books b
JOIN authors a ON a.id = b.author_id
WHERE b.published_on > CURRENT_DATE - 365;
