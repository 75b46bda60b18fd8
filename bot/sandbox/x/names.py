"""The field names that X's API description knows, in both versions."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Split a list of names at its spaces."""
    return frozenset(text.split())


POST_FIELDS = words(
    "article attachments author_id card_uri community_id context_annotations conversation_id"
    " created_at display_text_range edit_controls edit_history_tweet_ids edit_history_post_ids"
    " entities geo id in_reply_to_user_id lang media_metadata non_public_metrics note_tweet"
    " note_post organic_metrics paid_partnership possibly_sensitive promoted_metrics"
    " public_metrics referenced_tweets referenced_posts reply_settings scopes source"
    " suggested_source_links text username withheld"
)
"""Values that `tweet.fields` (2.166) and `post.fields` (2.167) may have."""

USER_FIELDS = words(
    "affiliation confirmed_email connection_status created_at description entities id"
    " is_identity_verified location most_recent_tweet_id most_recent_post_id name parody"
    " pinned_tweet_id pinned_post_id profile_banner_url profile_image_url protected"
    " public_metrics receives_your_dm subscribes_to_you subscription subscription_type url"
    " username verified verified_followers_count verified_type withheld"
)
"""Values that `user.fields` may have."""

MEDIA_FIELDS = words(
    "alt_text duration_ms height media_key non_public_metrics organic_metrics"
    " preview_image_url promoted_metrics public_metrics type url variants width"
)
"""Values that `media.fields` may have."""

NEW_NAMES = {
    "edit_history_tweet_ids": "edit_history_post_ids",
    "referenced_tweets": "referenced_posts",
    "retweet_count": "repost_count",
    "tweet_count": "post_count",
    "most_recent_tweet_id": "most_recent_post_id",
    "tweets": "posts",
}
"""What 2.167 calls the fields of 2.166."""
