CREATE FUNCTION inventory.stock_on_hand(product bigint, at timestamptz DEFAULT now()) RETURNS numeric
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(sum(quantity), 0)
    FROM inventory.stock_movements
    WHERE product_id = product AND moved_at <= at
$$;
