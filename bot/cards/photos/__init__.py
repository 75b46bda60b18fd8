"""Pictures that come from people: made safe, cropped to what matters, made readable on."""
