CREATE TABLE cases (id int PRIMARY KEY);
CREATE TABLE notes (case_id int REFERENCES cases (id));
