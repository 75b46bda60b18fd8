"""What the bot does at each tick, step by step, on the floors below.

refresh     slots that have come become rows
deliver     what is due is posted
reconcile   doubts are settled by looking
sample      engagement is read
"""
