CREATE TYPE inventory.movement_kind AS ENUM ('receipt', 'issue', 'transfer', 'adjustment', 'return');
