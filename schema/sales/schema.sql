CREATE SCHEMA sales;

COMMENT ON SCHEMA sales IS 'Customers and what they order';
