CREATE FUNCTION billing.refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'invoice % is issued and cannot be changed', OLD.invoice_number
        USING HINT = 'void it and write a new one';
END
$$;
