"""The queue in a terminal: a full screen, or plain lines for screen readers and pipes."""
