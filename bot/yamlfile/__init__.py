"""The YAML that people write: read strictly, with the place of each value, and checked.

    text -> yamlmap.read -> Document -> Sheet.shape(SomeShape) -> that shape + problems

Campaigns, schedules, messages and card templates are all read this way, so that a typing
mistake gets the same answer everywhere: `file:line:column`, what is wrong, what to do.
"""
