CREATE TABLE products (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, product_id int REFERENCES products);
