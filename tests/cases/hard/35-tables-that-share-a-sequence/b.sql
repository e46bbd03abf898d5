CREATE SEQUENCE shared;
CREATE TABLE a (id bigint DEFAULT nextval('shared') PRIMARY KEY);
CREATE TABLE b (id bigint DEFAULT nextval('shared') PRIMARY KEY);
