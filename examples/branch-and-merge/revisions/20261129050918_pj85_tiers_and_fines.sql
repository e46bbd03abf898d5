-- schemadiff revision
-- id = "20261129050918_pj85"
-- parents = ["20261129050915_geq5", "20261129050916_48tg"]
-- message = "tiers and fines"
-- created = 2026-11-29T05:09:18Z
-- tool = "0.1.0"

-- end of 20261129050918_pj85
