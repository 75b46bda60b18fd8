"""The part of the Mastodon API that a publisher uses, in several servers' flavours."""
