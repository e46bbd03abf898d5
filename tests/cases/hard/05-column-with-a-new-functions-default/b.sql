CREATE FUNCTION gen() RETURNS text LANGUAGE sql AS $$SELECT 'x' || 1$$;
CREATE TABLE items (id int, external_id text NOT NULL DEFAULT gen());
