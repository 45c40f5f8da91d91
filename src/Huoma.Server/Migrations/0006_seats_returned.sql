-- Seats that went back are counted, too, when a cap is switched on again.
DROP INDEX slot_visitors_by_lease;
CREATE INDEX slot_visitors_by_lease ON slot_visitors (live_code_id, leased_until) WHERE leased_until <> 0;
