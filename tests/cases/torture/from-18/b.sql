CREATE EXTENSION btree_gist;
CREATE TABLE t (
    a integer CONSTRAINT a_there NOT NULL,
    b integer GENERATED ALWAYS AS (a * 2) VIRTUAL,
    c integer CONSTRAINT c_there NOT NULL NO INHERIT,
    d integer,
    CONSTRAINT soft CHECK (d > 0) NOT ENFORCED
);
ALTER TABLE t ADD CONSTRAINT d_there NOT NULL d NOT VALID;
CREATE TABLE rooms (id integer, during tsrange, PRIMARY KEY (id, during WITHOUT OVERLAPS), UNIQUE (during, id));
CREATE TABLE stays (room integer, during tsrange, FOREIGN KEY (room, PERIOD during) REFERENCES rooms (id, PERIOD during));
CREATE TABLE loose (id integer PRIMARY KEY);
CREATE TABLE refers (id integer REFERENCES loose NOT ENFORCED);
CREATE PUBLICATION generated FOR TABLE t WITH (publish_generated_columns = stored);
