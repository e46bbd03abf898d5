CREATE DOMAIN billing.money_amount AS numeric(14, 2)
    CONSTRAINT money_amount_is_not_negative CHECK (VALUE >= 0);
