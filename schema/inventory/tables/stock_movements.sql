CREATE SEQUENCE inventory.stock_movements_id_seq AS bigint;

CREATE TABLE inventory.stock_movements (
    id           bigint NOT NULL DEFAULT nextval('inventory.stock_movements_id_seq'),
    moved_at     timestamptz NOT NULL,
    product_id   bigint NOT NULL REFERENCES inventory.products (id),
    warehouse_id integer NOT NULL REFERENCES inventory.warehouses (id),
    kind         inventory.movement_kind NOT NULL,
    quantity     numeric(12, 3) NOT NULL,
    reference    text,
    PRIMARY KEY (id, moved_at),
    CONSTRAINT quantity_is_not_zero CHECK (quantity <> 0)
) PARTITION BY RANGE (moved_at);

ALTER SEQUENCE inventory.stock_movements_id_seq OWNED BY inventory.stock_movements.id;

CREATE INDEX stock_movements_product_id_moved_at_idx ON inventory.stock_movements (product_id, moved_at);

COMMENT ON TABLE inventory.stock_movements IS 'Every movement, a partition a month; what is on hand is their sum';
