CREATE TABLE cases (id int UNIQUE);
CREATE TABLE notes (case_id int REFERENCES cases (id));
