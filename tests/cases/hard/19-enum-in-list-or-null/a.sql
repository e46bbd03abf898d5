CREATE TYPE state AS ENUM ('new', 'paid', 'shipped');
CREATE TABLE t (state state, p int, CHECK (state IN ('paid', 'shipped') OR p IS NULL));
