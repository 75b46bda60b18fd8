"""The tables of the sandbox's file. Times are milliseconds since 1970, as in the ids."""

from __future__ import annotations

SCHEMA = """
CREATE TABLE IF NOT EXISTS accounts (
  network TEXT NOT NULL, name TEXT NOT NULL, id TEXT NOT NULL, username TEXT NOT NULL,
  display_name TEXT NOT NULL, bot INTEGER NOT NULL, created_ms INTEGER NOT NULL,
  language TEXT NOT NULL, visibility TEXT NOT NULL, note TEXT NOT NULL,
  PRIMARY KEY (network, name), UNIQUE (network, id), UNIQUE (network, username));
CREATE TABLE IF NOT EXISTS tokens (
  network TEXT NOT NULL, token TEXT NOT NULL, secret TEXT NOT NULL, app TEXT NOT NULL,
  kind TEXT NOT NULL, account TEXT, code TEXT, redirect TEXT, scope TEXT,
  PRIMARY KEY (network, token));
CREATE TABLE IF NOT EXISTS apps (
  network TEXT NOT NULL, id TEXT NOT NULL, secret TEXT NOT NULL, name TEXT NOT NULL,
  website TEXT, redirects TEXT NOT NULL, scopes TEXT NOT NULL,
  PRIMARY KEY (network, id));
CREATE TABLE IF NOT EXISTS posts (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, network TEXT NOT NULL, id TEXT NOT NULL,
  account TEXT NOT NULL, text TEXT NOT NULL, created_ms INTEGER NOT NULL,
  visibility TEXT NOT NULL, language TEXT, cw TEXT, sensitive INTEGER NOT NULL,
  reply_to TEXT, poll TEXT, key TEXT, app TEXT, extra TEXT NOT NULL DEFAULT '{}',
  deleted INTEGER NOT NULL DEFAULT 0,
  UNIQUE (network, id));
CREATE INDEX IF NOT EXISTS posts_by_account ON posts (network, account, created_ms);
CREATE INDEX IF NOT EXISTS posts_in_order ON posts (network, account, seq);
CREATE INDEX IF NOT EXISTS posts_by_number ON posts (network, CAST(id AS INTEGER));
CREATE TABLE IF NOT EXISTS media (
  network TEXT NOT NULL, id TEXT NOT NULL, account TEXT NOT NULL, file TEXT NOT NULL,
  media_type TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
  size INTEGER NOT NULL, alt TEXT, focus TEXT, created_ms INTEGER NOT NULL,
  post_id TEXT, place INTEGER NOT NULL DEFAULT 0, ready_ms INTEGER,
  PRIMARY KEY (network, id));
CREATE INDEX IF NOT EXISTS media_by_post ON media (network, post_id);
CREATE INDEX IF NOT EXISTS media_by_number ON media (network, CAST(id AS INTEGER));
CREATE TABLE IF NOT EXISTS keys (
  account TEXT NOT NULL, key TEXT NOT NULL, post_id TEXT NOT NULL, used_ms INTEGER NOT NULL,
  PRIMARY KEY (account, key));
CREATE TABLE IF NOT EXISTS charges (
  what TEXT PRIMARY KEY, calls INTEGER NOT NULL, millicents INTEGER NOT NULL);
"""
