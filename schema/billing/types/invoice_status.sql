CREATE TYPE billing.invoice_status AS ENUM ('draft', 'issued', 'paid', 'void');
