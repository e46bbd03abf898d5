CREATE TABLE parent (a int UNIQUE);
CREATE TABLE child (a int REFERENCES parent (a));
