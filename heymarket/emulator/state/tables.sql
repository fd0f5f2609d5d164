-- One table for each kind of record. `record` is a JSON object with the fields that the API returns; fields whose
-- names begin with "_" are the emulator's own and never returned. The columns after it are what records are found by.
-- Those that pages are ordered by are never null, because null compares with nothing.

CREATE TABLE team (id INTEGER PRIMARY KEY AUTOINCREMENT, record TEXT NOT NULL);

CREATE TABLE user (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    record TEXT NOT NULL
);

CREATE TABLE inbox (id INTEGER PRIMARY KEY AUTOINCREMENT, record TEXT NOT NULL);

CREATE TABLE field (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    record TEXT NOT NULL,
    title TEXT AS (json_extract(record, '$.title'))
);

CREATE TABLE contact (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    record TEXT NOT NULL,
    uuid TEXT AS (json_extract(record, '$.uuid')),
    email TEXT AS (json_extract(record, '$.email')),
    created TEXT AS (coalesce(json_extract(record, '$.created'), '')),
    updated TEXT AS (coalesce(json_extract(record, '$.updated'), ''))
);
CREATE UNIQUE INDEX contact_by_uuid ON contact (uuid);
CREATE INDEX contact_by_email ON contact (email);
CREATE INDEX contact_by_updated ON contact (updated, id);

CREATE TABLE channel (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    record TEXT NOT NULL,
    contact_id INTEGER AS (json_extract(record, '$.contact_id')),
    channel_type TEXT AS (json_extract(record, '$.channel_type')),
    channel_id TEXT AS (json_extract(record, '$.channel_id'))
);
CREATE INDEX channel_by_contact ON channel (contact_id);
CREATE UNIQUE INDEX channel_by_value ON channel (channel_id, channel_type);

CREATE TABLE tag (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    record TEXT NOT NULL,
    updated TEXT AS (coalesce(json_extract(record, '$.updated'), ''))
);

CREATE TABLE list (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    record TEXT NOT NULL,
    updated TEXT AS (coalesce(json_extract(record, '$.updated'), ''))
);

CREATE TABLE template (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    record TEXT NOT NULL,
    updated TEXT AS (coalesce(json_extract(record, '$.updated'), ''))
);

CREATE TABLE survey (id INTEGER PRIMARY KEY AUTOINCREMENT, record TEXT NOT NULL);

CREATE TABLE schedule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    record TEXT NOT NULL,
    execute TEXT AS (json_extract(record, '$.execute'))
);
CREATE INDEX schedule_by_execute ON schedule (execute);

-- `key` tells the conversations of an inbox apart: the phone number, or the JSON of a group's sorted numbers. Emails have
-- none: each that isn't a reply begins a conversation.
CREATE TABLE conversation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    record TEXT NOT NULL,
    inbox INTEGER AS (json_extract(record, '$.inbox')),
    key TEXT AS (
        CASE json_extract(record, '$.channel') WHEN 'email' THEN NULL
        ELSE coalesce(json_extract(record, '$.target'), json_extract(record, '$.targets')) END
    ),
    target TEXT AS (json_extract(record, '$.target')),
    status TEXT AS (json_extract(record, '$.status')),
    updated TEXT AS (coalesce(json_extract(record, '$.updated'), ''))
);
CREATE UNIQUE INDEX conversation_by_key ON conversation (key, inbox);
CREATE INDEX conversation_by_target ON conversation (target);
CREATE INDEX conversation_by_updated ON conversation (updated, id);

CREATE TABLE message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    record TEXT NOT NULL,
    conversation_id INTEGER AS (json_extract(record, '$._conversation_id')),
    date TEXT AS (coalesce(json_extract(record, '$.date'), '')),
    updated TEXT AS (coalesce(json_extract(record, '$.updated'), ''))
);
CREATE INDEX message_by_conversation ON message (conversation_id, date, id);
CREATE INDEX message_by_date ON message (date, id);
CREATE INDEX message_by_updated ON message (updated, id);

-- The first ids, by which kinds are told apart.
INSERT INTO sqlite_sequence (name, seq) VALUES
    ('user', 20), ('inbox', 30), ('list', 40), ('template', 50), ('schedule', 60), ('tag', 70), ('survey', 80),
    ('field', 100), ('contact', 500), ('conversation', 600), ('message', 700), ('channel', 1000);

-- The response that a repeated `local_id` gets.
CREATE TABLE first_response (
    operation TEXT NOT NULL,
    local_id TEXT NOT NULL,
    response TEXT NOT NULL,
    PRIMARY KEY (operation, local_id)
) WITHOUT ROWID;

-- Webhook deliveries, those to come and those that were made.
CREATE TABLE delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    record TEXT NOT NULL,
    state TEXT AS (json_extract(record, '$.state')),
    webhook INTEGER AS (json_extract(record, '$.webhook')),
    due TEXT AS (json_extract(record, '$.due'))
);
CREATE INDEX delivery_by_due ON delivery (state, webhook, due);

-- What carriers will report of messages that were sent.
CREATE TABLE carrier_report (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    record TEXT NOT NULL,
    due TEXT AS (json_extract(record, '$.due'))
);
CREATE INDEX carrier_report_by_due ON carrier_report (due);
