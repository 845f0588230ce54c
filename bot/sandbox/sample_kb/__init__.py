"""What the sample team has written down, as a folder of Markdown files."""
