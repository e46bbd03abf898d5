-- state
CREATE TABLE parent (id integer PRIMARY KEY, above integer REFERENCES parent);
CREATE TABLE child (id integer PRIMARY KEY, p integer REFERENCES parent);
CREATE TABLE a_grandchild (id integer PRIMARY KEY, c integer REFERENCES child, p integer REFERENCES parent);
-- state
CREATE UNLOGGED TABLE parent (id integer PRIMARY KEY, above integer REFERENCES parent);
CREATE UNLOGGED TABLE child (id integer PRIMARY KEY, p integer REFERENCES parent);
CREATE UNLOGGED TABLE a_grandchild (id integer PRIMARY KEY, c integer REFERENCES child, p integer REFERENCES parent);
-- state: a key is gone
CREATE TABLE parent (id integer PRIMARY KEY, above integer REFERENCES parent);
CREATE TABLE child (id integer PRIMARY KEY, p integer REFERENCES parent);
CREATE TABLE a_grandchild (id integer PRIMARY KEY, c integer, p integer REFERENCES parent);
-- state
CREATE TABLE parent (id integer PRIMARY KEY, above integer REFERENCES parent);
CREATE UNLOGGED TABLE child (id integer PRIMARY KEY, p integer REFERENCES parent);
CREATE UNLOGGED TABLE a_grandchild (id integer PRIMARY KEY, c integer REFERENCES child, p integer REFERENCES parent);
-- state
CREATE TABLE parent (id integer PRIMARY KEY, above integer REFERENCES parent);
CREATE UNLOGGED TABLE child (id integer PRIMARY KEY, p integer);
CREATE TABLE a_grandchild (id integer PRIMARY KEY, c integer, p integer REFERENCES parent);
