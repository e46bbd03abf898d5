CREATE TABLE inventory.products (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sku             inventory.sku NOT NULL,
    category_id     integer NOT NULL REFERENCES inventory.product_categories (id),
    name            text NOT NULL,
    description     text NOT NULL DEFAULT '',
    list_price      numeric(12, 2) NOT NULL,
    weight_grams    bigint,
    attributes      jsonb NOT NULL DEFAULT '{}',
    discontinued_on date,
    updated_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT products_sku_key UNIQUE (sku),
    CONSTRAINT list_price_is_positive CHECK (list_price > 0)
);

CREATE INDEX products_category_id_idx ON inventory.products (category_id);
CREATE INDEX products_attributes_idx ON inventory.products USING gin (attributes jsonb_path_ops);
CREATE INDEX products_words_idx ON inventory.products
    USING gin (to_tsvector('english', name || ' ' || description));

CREATE TRIGGER products_touch BEFORE UPDATE ON inventory.products
    FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();

COMMENT ON TABLE inventory.products IS 'What we sell, and what we sold once';
COMMENT ON INDEX inventory.products_words_idx IS 'Full-text search of the web shop';
