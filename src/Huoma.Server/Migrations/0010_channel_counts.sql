-- Figures of channels are summed by the channel alone. Rows of a code's own QR, by far the most, stay out of the index.
CREATE INDEX visit_counts_by_channel ON visit_counts (channel_id, hour) WHERE channel_id > 0;
