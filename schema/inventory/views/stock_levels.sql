CREATE MATERIALIZED VIEW inventory.stock_levels AS
SELECT product_id,
       warehouse_id,
       sum(quantity) AS on_hand,
       max(moved_at) AS last_moved_at
FROM inventory.stock_movements
GROUP BY product_id, warehouse_id;

CREATE UNIQUE INDEX stock_levels_product_id_warehouse_id_idx
    ON inventory.stock_levels (product_id, warehouse_id);

COMMENT ON MATERIALIZED VIEW inventory.stock_levels IS 'Refreshed every night';
