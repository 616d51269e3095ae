-- The catalogue: what we sell, and how it is grouped on the site.
CREATE TABLE shop.categories (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug  text NOT NULL,
    name  text NOT NULL,
    CONSTRAINT categories_slug_key UNIQUE (slug)
);

CREATE TABLE shop.products (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    category_id  bigint  NOT NULL REFERENCES shop.categories (id),
    sku          text    NOT NULL,
    name         text    NOT NULL,
    price_cents  bigint  NOT NULL,
    active       boolean NOT NULL DEFAULT true,
    CONSTRAINT products_sku_key UNIQUE (sku),
    CONSTRAINT products_price_not_negative CHECK (price_cents >= 0)
);

CREATE INDEX products_category_id_idx ON shop.products (category_id);
