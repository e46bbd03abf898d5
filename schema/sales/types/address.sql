CREATE TYPE sales.address AS (
    street      text,
    postal_code text,
    city        text,
    country     sales.country_code
);
