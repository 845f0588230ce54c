"""What the bot is: its rules, actions, views, connectors and the composition that joins them."""
