"""The quality gates of the built site: accessibility, valid markup, speed, weight, paper, keyboard, narrow screens."""
