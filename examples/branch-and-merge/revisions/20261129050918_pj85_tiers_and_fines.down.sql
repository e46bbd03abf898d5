-- schemadiff revision, the way back
-- id = "20261129050918_pj85"
-- message = "tiers and fines"
-- created = 2026-11-29T05:09:18Z
-- tool = "0.1.0"

-- end of 20261129050918_pj85
