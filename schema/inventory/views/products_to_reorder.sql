CREATE VIEW inventory.products_to_reorder AS
SELECT p.id, p.sku, p.name, coalesce(sum(s.on_hand), 0) AS on_hand
FROM inventory.products p
LEFT JOIN inventory.stock_levels s ON s.product_id = p.id
WHERE p.discontinued_on IS NULL
GROUP BY p.id
HAVING coalesce(sum(s.on_hand), 0) < 10;
