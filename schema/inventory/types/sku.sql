CREATE DOMAIN inventory.sku AS text
    CONSTRAINT sku_is_well_formed CHECK (VALUE ~ '^[A-Z]{2}-\d{5}$');

COMMENT ON DOMAIN inventory.sku IS 'Stock keeping unit: two letters of the category, five digits';
