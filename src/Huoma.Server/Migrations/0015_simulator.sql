-- The WeChat simulator: everything of an imagined WeChat in one document. keeper: the process whose gateways serve its robots.
CREATE TABLE sim_worlds (
    name text PRIMARY KEY,
    version bigint NOT NULL,
    document text NOT NULL,
    keeper text NULL,
    kept_until bigint NOT NULL
);

-- Pictures somebody sent into a chat there: base64, by the hash of the content.
CREATE TABLE sim_pictures (
    hash text PRIMARY KEY,
    type text NOT NULL,
    content text NOT NULL
);
