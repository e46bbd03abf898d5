CREATE TABLE parent (a int);
