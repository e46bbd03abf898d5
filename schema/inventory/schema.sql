CREATE SCHEMA inventory;

COMMENT ON SCHEMA inventory IS 'Products, where they lie and how they move';
