CREATE TABLE reading_lists (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reader_id bigint NOT NULL REFERENCES readers (id) ON DELETE CASCADE,
    title     text NOT NULL
);

CREATE INDEX reading_lists_reader_id_idx ON reading_lists (reader_id);
