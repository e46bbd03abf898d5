CREATE DOMAIN sales.country_code AS char(2)
    CONSTRAINT country_code_is_upper_case CHECK (VALUE ~ '^[A-Z]{2}$');

COMMENT ON DOMAIN sales.country_code IS 'ISO 3166-1 alpha-2';
