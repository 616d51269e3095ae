-- Reads all stock levels, while others read and write them.
-- Second half of V16.

ALTER TABLE shop.stock_levels
    VALIDATE CONSTRAINT stock_levels_reorder_point_not_negative;
